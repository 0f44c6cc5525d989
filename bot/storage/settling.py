"""What came of the sends: outcomes that are known at the same time are written by one transaction.

A send's outcome is committed before its place is given to another send, as ever; but to wait for the disk, and for the
server's answers, costs the same for one row as for a hundred. So what comes while a group is being written is the next
group. Nobody waits for a group to fill.
"""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import (
    Boolean,
    ColumnElement,
    Integer,
    Update,
    bindparam,
    case,
    column,
    func,
    null,
    update,
)
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlalchemy.types import TypeEngine

from bot.model.alert import Delivery
from bot.services.ports import Claimed, Settlement
from bot.storage.engine import Database
from bot.storage.outbox import SETTLED
from bot.storage.tables import outbox

MOST = 100  # rows of a group: it must not hold the outbox for long
_OPEN = (Delivery.SENDING, Delivery.AMBIGUOUS, Delivery.UNKNOWN)

_GIVEN: dict[str, TypeEngine[Any]] = {
    "row": outbox.c.id.type,
    "tried": Integer(),
    "new_state": outbox.c.state.type,
    "next": outbox.c.next_at.type,
    "words": outbox.c.why.type,
    "message": outbox.c.message_id.type,
    "unsure": Integer(),
    "ends": Boolean(),
    "now": outbox.c.next_at.type,
}
"""What is given of each outcome, by the name of its parameter or column."""


@dataclass(slots=True, eq=False)
class _Ended:
    """A send that has ended, and who waits for its outcome to be written."""

    row: int
    values: dict[str, object]
    written: asyncio.Future[bool]


class Settling:
    """Writes outcomes in groups. An outcome that one row's values make impossible to write spoils no other's."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._waiting: list[_Ended] = []
        self._at_work = False

    async def settle(self, claimed: Claimed, settlement: Settlement, now: datetime) -> bool:
        """Return once the outcome is committed; tell whether it was still this attempt's to write."""
        ended = _Ended(claimed.row, _values(claimed, settlement, now), asyncio.get_running_loop().create_future())
        self._waiting.append(ended)
        if not self._at_work:
            self._at_work = True
            self._database.start(self._write_all())
        return await ended.written

    async def _write_all(self) -> None:
        try:
            while self._waiting:
                await self._write_group(self._next_group())
        finally:
            self._at_work = False

    def _next_group(self) -> list[_Ended]:
        """Take the outcomes that came first, one of each row."""
        group = list({one.row: one for one in reversed(self._waiting[:MOST])}.values())
        self._waiting = [one for one in self._waiting if one not in group]
        return group

    async def _write_group(self, group: Sequence[_Ended]) -> None:
        try:
            rows = await self._database.write(written, [one.values for one in group])
        except BaseException as error:  # noqa: BLE001 - whoever sent has to know, and writes it again
            if len(group) > 1 and _may_be_of_one(error):
                for one in group:
                    await self._write_group([one])
            else:
                for one in group:
                    if not one.written.done():
                        one.written.set_exception(error)
        else:
            for one in group:
                if not one.written.done():
                    one.written.set_result(one.row in rows)


async def written(connection: AsyncConnection, outcomes: Sequence[dict[str, object]]) -> set[int]:
    """Write what came of attempts, one of each row; return the rows that were still theirs.

    An answer that comes after the lease is over, but before another attempt, is the truth and is written.
    """
    if connection.dialect.name == "sqlite":
        return {int(str(one["row"])) for one in outcomes if (await connection.execute(_ONE, one)).rowcount}
    columns = {name: [one[name] for one in outcomes] for name in _GIVEN}
    return set(await connection.scalars(_MANY, columns))


def _values(claimed: Claimed, settlement: Settlement, now: datetime) -> dict[str, object]:
    return {
        "row": claimed.row, "tried": claimed.attempt, "new_state": settlement.state,
        "next": settlement.next_at or now,
        "words": settlement.why.replace("\0", ""),  # an error may quote anything, and PostgreSQL takes no NUL
        "message": settlement.message_id,
        "unsure": int(settlement.state in {Delivery.AMBIGUOUS, Delivery.UNKNOWN}),
        "ends": settlement.state in SETTLED, "now": now,
    }  # fmt: skip


def _update(given: dict[str, ColumnElement[Any]]) -> Update:
    counted = case((outbox.c.state == Delivery.SENDING, 0), else_=1)  # by `recover`, in the meantime
    return (
        update(outbox)
        .where(outbox.c.id == given["row"], outbox.c.attempt == given["tried"], outbox.c.state.in_(_OPEN))
        .values(
            state=given["new_state"],
            next_at=given["next"],
            why=given["words"],
            message_id=func.coalesce(given["message"], outbox.c.message_id),
            ambiguous=outbox.c.ambiguous - counted + given["unsure"],
            settled_at=case((given["ends"], given["now"]), else_=null()),
            owner=None,
            lease_until=None,
        )
    )


def _may_be_of_one(error: BaseException) -> bool:
    """Tell whether one row's values can be at fault, rather than the way to the database."""
    if isinstance(error, DBAPIError):
        return not error.connection_invalidated
    return isinstance(error, OverflowError | ValueError | TypeError)


_ONE = _update({name: bindparam(name, type_=kind) for name, kind in _GIVEN.items()})
_table = (
    func.unnest(*(bindparam(name, type_=ARRAY(kind)) for name, kind in _GIVEN.items()))
    .table_valued(*(column(name, kind) for name, kind in _GIVEN.items()), name="given")
    .render_derived()
)
_MANY = _update({name: _table.c[name] for name in _GIVEN}).returning(outbox.c.id)
