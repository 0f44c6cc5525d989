"""What a chat was told and did, for its duty log."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.services.duty_log import Record
from bot.storage.outbox import SETTLED
from bot.storage.tables import alerts_read, events, notices, outbox, roll_call_answers, roll_calls


async def told_since(connection: AsyncConnection, chat_id: int, since: datetime) -> tuple[Record, ...]:
    """Return what the chat was told and did since then, in the order of time."""
    records = [
        *await _alerts(connection, chat_id, since),
        *await _read(connection, chat_id, since),
        *await _roll_calls(connection, chat_id, since),
        *await _notices(connection, chat_id, since),
    ]
    return tuple(sorted(records, key=lambda one: one.at))


async def _alerts(connection: AsyncConnection, chat_id: int, since: datetime) -> list[Record]:
    rows = await connection.execute(
        select(outbox, events.c.event)
        .join(events, events.c.id == outbox.c.event_id)
        .where(outbox.c.chat_id == chat_id, outbox.c.settled_at >= since, outbox.c.state.in_(SETTLED))
        .order_by(outbox.c.settled_at, outbox.c.id)
    )
    return [
        Record(
            at=row.settled_at, what=f"alert: {row.reason}", event=row.event, severity=row.severity.value,
            said=row.alert.headline or row.event.headline, outcome=row.state, message_id=row.message_id,
        )
        for row in rows
    ]  # fmt: skip


async def _read(connection: AsyncConnection, chat_id: int, since: datetime) -> list[Record]:
    rows = await connection.execute(
        select(alerts_read.c.at, events.c.event)
        .join(events, events.c.id == alerts_read.c.event_id)
        .where(alerts_read.c.chat_id == chat_id, alerts_read.c.at >= since)
    )
    return [Record(at=row.at, what="alert: read", event=row.event, outcome="done") for row in rows]


async def _roll_calls(connection: AsyncConnection, chat_id: int, since: datetime) -> list[Record]:
    found = roll_calls.c.chat_id == chat_id, roll_calls.c.opened_at >= since
    counts: dict[int, dict[str, int]] = {}
    given = (
        select(roll_call_answers.c.call_id, roll_call_answers.c.answer)
        .join(roll_calls, roll_calls.c.id == roll_call_answers.c.call_id)
        .where(*found)
    )
    for call_id, answer in (await connection.execute(given)).all():
        of_it = counts.setdefault(call_id, {})
        of_it[answer] = of_it.get(answer, 0) + 1
    records = []
    for row in (await connection.execute(select(roll_calls).where(*found))).all():
        what = "drill" if row.drill else "roll call"
        records.append(Record(at=row.opened_at, what=f"{what}: opened", outcome="sent", message_id=row.message_id))
        if row.closed_at is not None:
            answers = counts.get(row.id, {})
            said = ", ".join(f"{name} {answers.get(name, 0)}" for name in ("safe", "help", "away"))
            records.append(Record(at=row.closed_at, what=f"{what}: closed", outcome="done", said=said))
    return records


async def _notices(connection: AsyncConnection, chat_id: int, since: datetime) -> list[Record]:
    rows = await connection.execute(
        select(notices.c.key, notices.c.state, notices.c.settled_at)
        .where(notices.c.chat_id == chat_id, notices.c.settled_at >= since)
        .order_by(notices.c.id)
    )
    return [
        Record(at=row.settled_at, what=f"notice: {row.key.partition(':')[0]}", outcome=row.state) for row in rows
    ]  # fmt: skip
