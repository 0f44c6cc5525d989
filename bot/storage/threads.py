"""Messages that go over from one event to another, which an operator made of it."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from sqlalchemy import bindparam, select, update
from sqlalchemy.engine import Row
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.model.alert import Alert, AlertReason, Delivery, HandOver
from bot.storage.tables import outbox

_OWN_COLUMNS = frozenset({"id", "key", "event_id", "alert", "message_id", "owner", "lease_until"})


async def hand_over(connection: AsyncConnection, handed: Sequence[HandOver], at: datetime) -> None:
    """Give the chats' rows to the other events, or a copy of their first alerts that answers nothing."""
    for one in handed:
        if one.copy:
            await _copy(connection, one)
        else:
            await _change_places(connection, one, at)


async def _change_places(connection: AsyncConnection, one: HandOver, at: datetime) -> None:
    """Give the chat's rows to the other event, and what only waited to be told of that one to this."""
    here, there = (
        await _rows(connection, one.chat_id, one.from_event),
        await _rows(connection, one.chat_id, one.to_event),
    )
    values = [(row, _of(row.alert, one.to_event)) for row in here]
    values += [(row, _of(row.alert, one.from_event)) for row in there]
    if not values:
        return
    rekeyed = update(outbox).where(outbox.c.id == bindparam("row_id"))
    passing = [{"row_id": row.id, "new_key": f"passing:{row.id}"} for row, _ in values]  # a key is there once
    await connection.execute(rekeyed.values(key=bindparam("new_key")), passing)
    await connection.execute(
        rekeyed.values(key=bindparam("new_key"), event_id=bindparam("new_event"), alert=bindparam("new_alert")),
        [
            {"row_id": row.id, "new_key": alert.key, "new_event": alert.event_id, "new_alert": alert}
            for row, alert in values
        ],
    )
    waits = [row.id for row in there if row.state == Delivery.NEW]
    await connection.execute(
        update(outbox)
        .where(outbox.c.id.in_(waits))
        .values(state=Delivery.SUPERSEDED, settled_at=at, why="the event was merged")
    )


async def _copy(connection: AsyncConnection, one: HandOver) -> None:
    firsts = [row for row in await _rows(connection, one.chat_id, one.from_event) if row.reason == AlertReason.FIRST]
    if not firsts:
        return
    last = firsts[-1]
    alert = _of(last.alert, one.to_event)
    same = {name: getattr(last, name) for name in set(outbox.columns.keys()) - _OWN_COLUMNS}
    same |= {"state": Delivery.SENT, "settled_at": last.settled_at or last.created_at, "why": "told before the split"}
    await connection.execute(
        outbox.insert().values(**same, key=alert.key, event_id=one.to_event, alert=alert, message_id=None)
    )


async def _rows(connection: AsyncConnection, chat_id: int, event_id: str) -> Sequence[Row[tuple[object, ...]]]:
    mine = (outbox.c.chat_id == chat_id) & (outbox.c.event_id == event_id)
    return (await connection.execute(select(outbox).where(mine).order_by(outbox.c.id))).all()


def _of(alert: Alert, event_id: str) -> Alert:
    """Return the alert as that of the other event."""
    chat, _, what = alert.key.split(":", 2)
    return replace(alert, key=f"{chat}:{event_id}:{what}", event_id=event_id)
