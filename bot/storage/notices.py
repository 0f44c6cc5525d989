"""Messages of no event that must arrive: an outbox of their own, for they are few and belong to no event.

    new -> sending (committed BEFORE the call) -> sent | dead
            |-> new         certainly not sent; again at next_at
            '-> ambiguous   it may have arrived; again at next_at, marked as a repeat, twice at most: then `unknown`

`next_at` of a row that is being sent is the end of its lease: then its sender has ended, and it is sent again.
"""

from datetime import datetime, timedelta

from sqlalchemy import delete, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.model.alert import Delivery, Message
from bot.model.watch import ChatState
from bot.services.notices import Notice, Taken
from bot.storage.engine import Database, insert
from bot.storage.tables import chats, notices

_WAITING = (Delivery.NEW.value, Delivery.AMBIGUOUS.value, Delivery.SENDING.value)
_OVER = (Delivery.SENT, Delivery.DEAD, Delivery.UNKNOWN)


class NoticeStore:
    """The `NoticeBox` port over a database."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def put(self, notice: Notice, now: datetime) -> bool:
        """Keep a notice that is to be sent; False where one of its key was."""
        return await self._database.write(put, notice, now)

    async def take(self, now: datetime, lease: timedelta, oldest: datetime, limit: int) -> tuple[Taken, ...]:
        """Take notices that are due and were made since `oldest`; the attempt is committed before this returns."""
        return await self._database.write(_take, now, lease, oldest, limit)

    async def settle(self, taken: Taken, state: Delivery, next_at: datetime, now: datetime) -> None:
        """Write what came of an attempt, unless another attempt holds the row by now. What is over loses its text."""
        await self._database.write(_settle, taken, state, next_at, now)

    async def forget(self, before: datetime) -> int:
        """Drop notices that were made before then; return how many."""
        return await self._database.write(_forget, before)


async def put(connection: AsyncConnection, notice: Notice, now: datetime) -> bool:
    """Keep a notice, as part of a transaction."""
    adding = insert(connection, notices).values(
        key=notice.key, chat_id=notice.chat_id, message=notice.message, state=Delivery.NEW, next_at=now, attempt=0,
        created_at=now,
    )  # fmt: skip
    row = await connection.execute(adding.on_conflict_do_nothing(index_elements=["key"]).returning(notices.c.id))
    return row.one_or_none() is not None


async def move(connection: AsyncConnection, old_id: int, new_id: int) -> None:
    """Give a chat's notices its new id."""
    await connection.execute(update(notices).where(notices.c.chat_id == old_id).values(chat_id=new_id))


async def _take(
    connection: AsyncConnection, now: datetime, lease: timedelta, oldest: datetime, limit: int
) -> tuple[Taken, ...]:
    rows = await connection.execute(
        select(notices.c.id, notices.c.attempt, notices.c.message, notices.c.state, chats.c.chat)
        .join(chats, chats.c.id == notices.c.chat_id)
        .where(notices.c.state.in_(_WAITING), notices.c.next_at <= now, notices.c.created_at >= oldest)
        .where(chats.c.state == ChatState.ACTIVE)
        .order_by(notices.c.id)
        .limit(limit)
        .with_for_update(of=notices, skip_locked=True)
    )
    taken = tuple(
        Taken(
            row=row.id, attempt=row.attempt + 1, chat=row.chat, message=row.message,
            repeat=row.state in {Delivery.AMBIGUOUS, Delivery.SENDING},
        )
        for row in rows
    )  # fmt: skip
    await connection.execute(
        update(notices)
        .where(notices.c.id.in_([one.row for one in taken]))
        .values(state=Delivery.SENDING, attempt=notices.c.attempt + 1, next_at=now + lease)
    )
    return taken


async def _settle(connection: AsyncConnection, taken: Taken, state: Delivery, next_at: datetime, now: datetime) -> None:
    gone: dict[str, Message | datetime | None] = {"settled_at": now, "message": None} if state in _OVER else {}
    await connection.execute(
        update(notices)
        .where(notices.c.id == taken.row, notices.c.attempt == taken.attempt)
        .values(state=state, next_at=next_at, **gone)
    )


async def _forget(connection: AsyncConnection, before: datetime) -> int:
    return (await connection.execute(delete(notices).where(notices.c.created_at < before))).rowcount
