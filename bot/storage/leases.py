"""Leases on a server: what only one process may do at a time, and who does it now.

A lease is a row and not an advisory lock of the server: a lock is held by a connection, and the kernel keeps a frozen
process's connections open for as long as it likes. Times are the server's, so that no machine's clock decides. `fence`
grows whenever a lease changes hands: what is done with an older one is known as late.
"""

from collections.abc import Mapping, Sequence
from datetime import timedelta

from sqlalchemy import BigInteger, Integer, cast, literal_column, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.services.ports import SourceState
from bot.storage.engine import insert
from bot.storage.tables import leases, source_states

_MICROSECOND = timedelta(microseconds=1)
_NOW = literal_column("CAST(extract(epoch FROM clock_timestamp()) * 1000000 AS bigint)", BigInteger)


def of_source(source_id: str) -> str:
    """Return the name of the lease on polling a source."""
    return f"source:{source_id}"


async def take(
    connection: AsyncConnection, names: Sequence[str], owner: str, length: timedelta, most: int | None = None
) -> Mapping[str, int]:
    """Take or renew those of the leases that are free or this owner's, at most so many; return their fences by name.

    Rows that another process is taking just now are passed over: nobody waits.
    """
    missing = set(names) - set(await connection.scalars(select(leases.c.name).where(leases.c.name.in_(names))))
    if missing:
        rows = [{"name": name, "owner": "", "until": 0, "fence": 0} for name in sorted(missing)]
        await connection.execute(insert(connection, leases).on_conflict_do_nothing(), rows)
    free = await connection.scalars(
        select(leases.c.name)
        .where(leases.c.name.in_(names), or_(leases.c.owner == owner, leases.c.until <= _NOW))
        .order_by(leases.c.until, leases.c.name)
        .limit(most)
        .with_for_update(skip_locked=True)
    )
    taken = await connection.execute(
        update(leases)
        .where(leases.c.name.in_(free.all()))
        .values(
            owner=owner,
            until=_NOW + length // _MICROSECOND,
            fence=leases.c.fence + cast(leases.c.owner != owner, Integer),
        )
        .returning(leases.c.name, leases.c.fence)
    )
    return {row.name: row.fence for row in taken}


async def give_back(connection: AsyncConnection, names: Sequence[str], owner: str) -> None:
    """End this owner's leases before their time."""
    await connection.execute(
        update(leases).where(leases.c.name.in_(names), leases.c.owner == owner).values(until=0, owner="")
    )


async def holds(connection: AsyncConnection, name: str, owner: str) -> bool:
    """Tell whether no other has the lease, and keep it from changing hands until this transaction ends."""
    holder = await connection.scalar(select(leases.c.owner).where(leases.c.name == name).with_for_update(read=True))
    return holder in {None, "", owner}


async def take_sources(
    connection: AsyncConnection, ids: Sequence[str], owner: str, length: timedelta, most: int
) -> Mapping[str, SourceState | None]:
    """Take the leases on polling some of these sources; return what is known of each that was taken."""
    names = {of_source(one): one for one in ids}
    taken = [names[name] for name in await take(connection, list(names), owner, length, most)]
    rows = await connection.execute(select(source_states).where(source_states.c.source_id.in_(taken)))
    known = {row.source_id: row.state for row in rows}
    return {one: known.get(one) for one in taken}


async def at_work(connection: AsyncConnection) -> bool:
    """Tell whether a process holds a lease just now."""
    return bool(await connection.scalar(select(leases.c.name).where(leases.c.until > _NOW).limit(1)))
