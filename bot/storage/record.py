"""What the store remembers of its own work: changes in their order, deliveries, and marks of what goes on."""

from datetime import datetime

from sqlalchemy import Select, delete, func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.model.alert import AlertReason, Delivery
from bot.model.event import ChangeKind, EventState
from bot.services.record import Delivered, RecordedChange
from bot.storage.engine import insert
from bot.storage.tables import event_changes, events, marks, outbox


async def recent_deliveries(connection: AsyncConnection, limit: int) -> tuple[Delivered, ...]:
    """Return the rows that were last settled, newest first."""
    columns = (
        outbox.c.event_id, outbox.c.reason, outbox.c.severity, outbox.c.state, outbox.c.why, outbox.c.attempt,
        outbox.c.created_at, outbox.c.settled_at,
    )  # fmt: skip
    rows = await connection.execute(
        select(*columns)
        .where(outbox.c.settled_at.is_not(None))
        .order_by(outbox.c.settled_at.desc(), outbox.c.id.desc())
        .limit(limit)
    )
    return tuple(
        Delivered(**{**row, "reason": AlertReason(row["reason"]), "state": Delivery(row["state"])})
        for row in rows.mappings()
    )


async def changes_after(connection: AsyncConnection, number: int, limit: int) -> tuple[RecordedChange, ...]:
    """Return the changes after that number, oldest first."""
    return await _changes(connection, _asked().where(event_changes.c.id > number).limit(limit))


async def changes_since(connection: AsyncConnection, at: datetime) -> tuple[RecordedChange, ...]:
    """Return the changes since then, oldest first."""
    return await _changes(connection, _asked().where(event_changes.c.at >= at))


async def last_change(connection: AsyncConnection) -> int:
    """Return the number of the newest change, 0 where there is none."""
    return (await connection.scalar(select(func.max(event_changes.c.id)))) or 0


async def mark(connection: AsyncConnection, name: str) -> str:
    """Return how far the work of that name has come, empty where it never began."""
    return (await connection.scalar(select(marks.c.mark).where(marks.c.name == name))) or ""


async def keep_mark(connection: AsyncConnection, name: str, value: str) -> None:
    """Keep how far it has come; an empty mark is dropped."""
    if not value:
        await connection.execute(delete(marks).where(marks.c.name == name))
        return
    adding = insert(connection, marks).values(name=name, mark=value)
    await connection.execute(adding.on_conflict_do_update(index_elements=["name"], set_={"mark": value}))


def _asked() -> Select[tuple[object, ...]]:
    changed = event_changes.c
    columns = (
        changed.id, changed.at, changed.kind, changed.version, changed.state, changed.severity, changed.news,
        changed.told, events.c.event,
    )  # fmt: skip
    return select(*columns).join(events, events.c.id == changed.event_id).order_by(changed.id)


async def _changes(connection: AsyncConnection, asked: Select[tuple[object, ...]]) -> tuple[RecordedChange, ...]:
    return tuple(
        RecordedChange(
            number=row.id, at=row.at, kind=ChangeKind(row.kind), version=row.version, state=EventState(row.state),
            severity=row.severity, news=row.news, told=row.told, event=row.event,
        )
        for row in await connection.execute(asked)
    )  # fmt: skip
