"""Roll calls and their answers. An answer is one row a person: a second press changes it and counts nobody twice."""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Row, case, delete, func, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.model.roll_call import Answer, Given, RollCall, Tally
from bot.storage.engine import Database, insert
from bot.storage.tables import roll_call_answers, roll_calls

_TICK = timedelta(microseconds=1)
_FIELDS = (
    "id", "chat_id", "drill", "words", "opened_at", "closes_at", "event_id", "message_id", "members", "reminded",
    "rung", "look_at", "closed_at",
)  # fmt: skip


class RollCallStore:
    """The `Calls` port over a database. Every writing method is one transaction."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def open_call(self, call: RollCall) -> RollCall:
        """Keep a new roll call; return it with its id."""
        return await self._database.write(_open, call)

    async def current(self, chat_id: int) -> RollCall | None:
        """Return the chat's roll call that is open now, the newest, or None."""
        return await self._database.read(_current, chat_id)

    async def tally(self, call_id: int) -> Tally | None:
        """Return how a roll call stands."""
        return await self._database.read(_tally, call_id)

    async def tallies(self, chat_id: int) -> tuple[Tally, ...]:
        """Return the chat's roll calls that are still kept, oldest first."""
        return await self._database.read(_tallies, chat_id)

    async def sent(self, call_id: int, message_id: int, members: int | None) -> None:
        """Keep by which message people are asked, and how many they are."""
        await self._database.write(_change, call_id, {"message_id": message_id, "members": members})

    async def drop(self, call_id: int) -> None:
        """Forget a roll call of which nobody heard."""
        await self._database.write(_drop, call_id)

    async def answer(self, call_id: int, person: str, answer: Answer, now: datetime) -> Answer | bool | None:
        """Keep what a person answers, if the roll call is open.

        Returns the person's former answer, True for their first one, None where the roll call is closed or unknown.
        """
        return await self._database.write(_answer, call_id, person, answer, now)

    async def shown(self, tally: Tally) -> None:
        """Keep that the message shows this tally; an answer that came in meanwhile is still to be shown.

        The words of one that is closed are forgotten then.
        """
        await self._database.write(_shown, tally)

    async def ring(self, call_id: int, count: int) -> bool:
        """Keep that others are told of so many who need help; False where they were told of as many."""
        return await self._database.write(_ring, call_id, count)

    async def remind(self, call_id: int) -> bool:
        """Keep that the silent are reminded; False where they were."""
        return await self._database.write(_remind, call_id)

    async def close(self, call_id: int, now: datetime) -> bool:
        """Close a roll call; False where it was closed."""
        return await self._database.write(_close, call_id, now)

    async def due(self, now: datetime, stale_before: datetime) -> tuple[RollCall, ...]:
        """Return the roll calls that time has something to do to, or whose message lags behind since then."""
        return await self._database.read(_due, now, stale_before)

    async def forget(self, before: datetime) -> int:
        """Drop roll calls, with their answers, that were opened before then; return how many."""
        return await self._database.write(_forget, before)


async def move(connection: AsyncConnection, old_id: int, new_id: int) -> None:
    """Give a chat's roll calls its new id. Their messages stay in the old chat and can be edited no more."""
    await connection.execute(
        update(roll_calls).where(roll_calls.c.chat_id == old_id).values(chat_id=new_id, message_id=None)
    )


async def _open(connection: AsyncConnection, call: RollCall) -> RollCall:
    values = {name: getattr(call, name) for name in _FIELDS if name != "id"}
    added = await connection.execute(roll_calls.insert().values(**values).returning(roll_calls.c.id))
    return replace(call, id=added.scalar_one())


async def _current(connection: AsyncConnection, chat_id: int) -> RollCall | None:
    row = (
        await connection.execute(
            select(roll_calls)
            .where(roll_calls.c.chat_id == chat_id, roll_calls.c.closed_at.is_(None))
            .order_by(roll_calls.c.id.desc())
            .limit(1)
        )
    ).one_or_none()
    return _call(row) if row else None


async def _tally(connection: AsyncConnection, call_id: int) -> Tally | None:
    row = (await connection.execute(select(roll_calls).where(roll_calls.c.id == call_id))).one_or_none()
    return Tally(call=_call(row), given=await _given(connection, call_id), stale_at=row.stale_at) if row else None


async def _tallies(connection: AsyncConnection, chat_id: int) -> tuple[Tally, ...]:
    rows = await connection.execute(select(roll_calls).where(roll_calls.c.chat_id == chat_id).order_by(roll_calls.c.id))
    return tuple([
        Tally(call=_call(row), given=await _given(connection, row.id), stale_at=row.stale_at) for row in rows.all()
    ])  # fmt: skip


async def _given(connection: AsyncConnection, call_id: int) -> tuple[Given, ...]:
    rows = await connection.execute(
        select(roll_call_answers)
        .where(roll_call_answers.c.call_id == call_id)
        .order_by(roll_call_answers.c.first_at, roll_call_answers.c.person)
    )
    return tuple(
        Given(person=row.person, answer=Answer(row.answer), first_at=row.first_at, at=row.at) for row in rows
    )  # fmt: skip


async def _answer(
    connection: AsyncConnection, call_id: int, person: str, answer: Answer, now: datetime
) -> Answer | bool | None:
    call = (
        await connection.execute(
            select(roll_calls.c.closed_at, roll_calls.c.stale_at).where(roll_calls.c.id == call_id).with_for_update()
        )
    ).one_or_none()
    if call is None or call.closed_at is not None:
        return None
    whose = (roll_call_answers.c.call_id == call_id, roll_call_answers.c.person == person)
    former: str | None = await connection.scalar(select(roll_call_answers.c.answer).where(*whose))
    if former != answer:
        values = {"answer": answer, "at": now}
        await connection.execute(
            insert(connection, roll_call_answers)
            .values(call_id=call_id, person=person, first_at=now, **values)
            .on_conflict_do_update(index_elements=["call_id", "person"], set_=values)
        )
        stale_at = now if call.stale_at is None else max(now, call.stale_at + _TICK)
        await _change(connection, call_id, {"stale_at": stale_at})
    return True if former is None else Answer(former)


async def _shown(connection: AsyncConnection, tally: Tally) -> None:
    of_it = (roll_calls.c.id == tally.call.id, roll_calls.c.stale_at == tally.stale_at)
    said = case((roll_calls.c.closed_at.is_(None), roll_calls.c.words), else_="")
    await connection.execute(update(roll_calls).where(*of_it).values(stale_at=None, words=said))


async def _ring(connection: AsyncConnection, call_id: int, count: int) -> bool:
    written = await connection.execute(
        update(roll_calls).where(roll_calls.c.id == call_id, roll_calls.c.rung < count).values(rung=count)
    )
    return written.rowcount > 0


async def _remind(connection: AsyncConnection, call_id: int) -> bool:
    silent = (roll_calls.c.id == call_id, roll_calls.c.reminded.is_(False), roll_calls.c.closed_at.is_(None))
    written = await connection.execute(
        update(roll_calls).where(*silent).values(reminded=True, look_at=roll_calls.c.closes_at)
    )
    return written.rowcount > 0


async def _close(connection: AsyncConnection, call_id: int, now: datetime) -> bool:
    written = await connection.execute(
        update(roll_calls)
        .where(roll_calls.c.id == call_id, roll_calls.c.closed_at.is_(None))
        .values(closed_at=now, look_at=None, stale_at=now)
    )
    return written.rowcount > 0


async def _due(connection: AsyncConnection, now: datetime, stale_before: datetime) -> tuple[RollCall, ...]:
    rows = await connection.execute(
        select(roll_calls)
        .where(or_(roll_calls.c.look_at <= now, roll_calls.c.stale_at <= stale_before))
        .order_by(func.coalesce(roll_calls.c.look_at, roll_calls.c.stale_at))
        .limit(500)
    )
    return tuple(map(_call, rows))


async def _change(connection: AsyncConnection, call_id: int, values: dict[str, Any]) -> None:
    await connection.execute(update(roll_calls).where(roll_calls.c.id == call_id).values(**values))


async def _drop(connection: AsyncConnection, call_id: int) -> None:
    await connection.execute(delete(roll_calls).where(roll_calls.c.id == call_id))


async def _forget(connection: AsyncConnection, before: datetime) -> int:
    return (await connection.execute(delete(roll_calls).where(roll_calls.c.opened_at < before))).rowcount


def _call(row: Row[Any]) -> RollCall:
    return RollCall(**{name: getattr(row, name) for name in _FIELDS})
