"""The operator's notices to all chats: a row for the words, and one for each chat that is to hear them.

    new -> sending (committed BEFORE the call) -> sent | dead | unknown
            '-> new         certainly not sent; it waits on

A notice without parcels is a draft. One that is over is dropped with its parcels as soon as the operator was told.
"""

from datetime import datetime

from sqlalchemy import ColumnElement, Update, delete, exists, func, literal, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.model.alert import Delivery
from bot.model.watch import ChatState
from bot.services.broadcast import Parcel, Tally
from bot.storage.engine import Database
from bot.storage.peace_tables import broadcast_parcels as parcels
from bot.storage.peace_tables import broadcasts
from bot.storage.tables import chats

_OPEN = (Delivery.NEW.value, Delivery.SENDING.value)


class BroadcastStore:
    """The `BroadcastBox` port over a database."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def draft(self, broadcast_id: str, words: str, now: datetime, oldest: datetime) -> int:
        """Keep a draft, and drop those from before `oldest`; return how many chats are active."""
        return await self._database.write(_draft, broadcast_id, words, now, oldest)

    async def confirm(self, broadcast_id: str, oldest: datetime) -> int | None:
        """Let the draft go to every active chat, once; return to how many, None where it is no draft (any more)."""
        return await self._database.write(_confirm, broadcast_id, oldest)

    async def abandon(self) -> int:
        """Count what is being sent as unanswered: whoever sent it has ended."""
        return await self._database.write(_abandon)

    async def waiting(self, limit: int) -> tuple[tuple[str, int], ...]:
        """Return what waits, as the id of the notice and of the chat, the oldest notice first."""
        return await self._database.read(_waiting, limit)

    async def take(self, broadcast_id: str, chat_id: int) -> Parcel | None:
        """Take one that waits: it is committed as being sent. None where it waits no more."""
        return await self._database.write(_take, broadcast_id, chat_id)

    async def settle(self, parcel: Parcel, state: Delivery) -> None:
        """Write what came of it; a chat that was forgotten meanwhile has no parcel any more."""
        await self._database.write(_settle, parcel, state)

    async def ended(self) -> tuple[Tally, ...]:
        """Return the confirmed notices of which nothing waits and nothing is being sent."""
        return await self._database.read(_ended)

    async def drop(self, broadcast_id: str) -> None:
        """Drop a notice with its parcels."""
        await self._database.write(_drop, broadcast_id)


async def move(connection: AsyncConnection, old_id: int, new_id: int) -> None:
    """Give a chat's parcels its new id; what its new id was already to be told stays the one."""
    known = select(parcels.c.broadcast_id).where(parcels.c.chat_id == new_id)
    await connection.execute(delete(parcels).where(parcels.c.chat_id == old_id, parcels.c.broadcast_id.in_(known)))
    await connection.execute(update(parcels).where(parcels.c.chat_id == old_id).values(chat_id=new_id))


async def _draft(connection: AsyncConnection, broadcast_id: str, words: str, now: datetime, oldest: datetime) -> int:
    await connection.execute(delete(broadcasts).where(broadcasts.c.at < oldest, ~_confirmed()))
    await connection.execute(broadcasts.insert().values(id=broadcast_id, words=words, at=now))
    active = select(func.count()).select_from(chats).where(chats.c.state == ChatState.ACTIVE)
    return await connection.scalar(active) or 0


async def _confirm(connection: AsyncConnection, broadcast_id: str, oldest: datetime) -> int | None:
    draft = select(broadcasts.c.id).where(broadcasts.c.id == broadcast_id, broadcasts.c.at >= oldest, ~_confirmed())
    if await connection.scalar(draft.with_for_update()) is None:
        return None
    everyone = select(literal(broadcast_id), chats.c.id, literal(Delivery.NEW.value))
    added = await connection.execute(
        parcels.insert().from_select(
            ["broadcast_id", "chat_id", "state"], everyone.where(chats.c.state == ChatState.ACTIVE)
        )
    )
    return added.rowcount


async def _abandon(connection: AsyncConnection) -> int:
    left = update(parcels).where(parcels.c.state == Delivery.SENDING.value)
    return (await connection.execute(left.values(state=Delivery.UNKNOWN.value))).rowcount


async def _waiting(connection: AsyncConnection, limit: int) -> tuple[tuple[str, int], ...]:
    rows = await connection.execute(
        select(parcels.c.broadcast_id, parcels.c.chat_id)
        .join(broadcasts, parcels.c.broadcast_id == broadcasts.c.id)
        .join(chats, chats.c.id == parcels.c.chat_id)  # else it is dropped within minutes: the chat was forgotten
        .where(parcels.c.state == Delivery.NEW.value)
        .order_by(broadcasts.c.at, broadcasts.c.id, parcels.c.chat_id)
        .limit(limit)
    )
    return tuple((row.broadcast_id, row.chat_id) for row in rows)


async def _take(connection: AsyncConnection, broadcast_id: str, chat_id: int) -> Parcel | None:
    taken = await connection.execute(
        _of(broadcast_id, chat_id)
        .where(parcels.c.state == Delivery.NEW.value, exists().where(chats.c.id == chat_id))
        .values(state=Delivery.SENDING.value)
    )
    if not taken.rowcount:
        return None
    told = (
        select(broadcasts.c.words, chats.c.chat)
        .join(parcels, parcels.c.broadcast_id == broadcasts.c.id)
        .join(chats, chats.c.id == parcels.c.chat_id)
        .where(parcels.c.broadcast_id == broadcast_id, parcels.c.chat_id == chat_id)
    )
    row = (await connection.execute(told)).one()
    return Parcel(broadcast_id=broadcast_id, chat=row.chat, words=row.words)


async def _settle(connection: AsyncConnection, parcel: Parcel, state: Delivery) -> None:
    """An answer that comes after the parcel was given up is the truth; but what was given up does not wait again."""
    still = (Delivery.SENDING.value,) if state is Delivery.NEW else (Delivery.SENDING.value, Delivery.UNKNOWN.value)
    one = _of(parcel.broadcast_id, parcel.chat.id)
    await connection.execute(one.where(parcels.c.state.in_(still)).values(state=state.value))


async def _ended(connection: AsyncConnection) -> tuple[Tally, ...]:
    rows = await connection.execute(
        select(parcels.c.broadcast_id, parcels.c.state, func.count().label("count"))
        .group_by(parcels.c.broadcast_id, parcels.c.state)
        .order_by(parcels.c.broadcast_id)
    )
    counted: dict[str, dict[str, int]] = {}
    for row in rows:
        counted.setdefault(row.broadcast_id, {})[row.state] = row[2]
    return tuple(
        Tally(
            broadcast_id=name,
            told=states.get(Delivery.SENT, 0),
            failed=states.get(Delivery.DEAD, 0),
            unanswered=states.get(Delivery.UNKNOWN, 0),
        )
        for name, states in counted.items()
        if not states.keys() & set(_OPEN)
    )


async def _drop(connection: AsyncConnection, broadcast_id: str) -> None:
    await connection.execute(delete(parcels).where(parcels.c.broadcast_id == broadcast_id))
    await connection.execute(delete(broadcasts).where(broadcasts.c.id == broadcast_id))


def _confirmed() -> ColumnElement[bool]:
    return exists().where(parcels.c.broadcast_id == broadcasts.c.id)


def _of(broadcast_id: str, chat_id: int) -> Update:
    return update(parcels).where(parcels.c.broadcast_id == broadcast_id, parcels.c.chat_id == chat_id)
