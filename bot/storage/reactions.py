"""What people did about alerts: events that they muted, and what they said was wrong."""

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import delete, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.model.alert import AlertReason, Delivery
from bot.model.event import Event
from bot.storage.engine import insert
from bot.storage.peace_tables import event_mutes, feedback
from bot.storage.tables import outbox


async def mute(connection: AsyncConnection, chat_id: int, event_id: str, at: datetime | None) -> None:
    """Write that the chat muted the event, and give up what waits to tell it more; with None, that it hears again."""
    this = (event_mutes.c.chat_id == chat_id, event_mutes.c.event_id == event_id)
    await connection.execute(delete(event_mutes).where(*this))
    if at is None:
        return
    await connection.execute(event_mutes.insert().values(chat_id=chat_id, event_id=event_id, at=at))
    waits = (outbox.c.chat_id == chat_id, outbox.c.event_id == event_id, outbox.c.state == Delivery.NEW)
    await connection.execute(
        update(outbox)
        .where(*waits, outbox.c.reason != AlertReason.EDIT)
        .values(state=Delivery.SUPERSEDED, settled_at=at, why="the chat muted the event")
    )


async def say(connection: AsyncConnection, chat_id: int, event: Event, said: str, at: datetime) -> None:
    """Write what was said, with the items that the event was made of then; the same again changes nothing."""
    items = json.dumps([report.item_id for report in event.reports])
    row = {"chat_id": chat_id, "event_id": event.id, "said": said, "at": at, "version": event.version, "items": items}
    await connection.execute(insert(connection, feedback).values(row).on_conflict_do_nothing())


async def labels(connection: AsyncConnection) -> tuple[Mapping[str, Any], ...]:
    """Return what was said, oldest first. `voice` tells the chats of one event apart, and nothing else of them."""
    rows = await connection.execute(select(feedback).order_by(feedback.c.at, feedback.c.event_id, feedback.c.chat_id))
    voices: dict[str, list[int]] = {}
    told = []
    for row in rows:
        known = voices.setdefault(row.event_id, [])
        if row.chat_id not in known:
            known.append(row.chat_id)
        told.append({
            "at": row.at.isoformat(), "said": row.said, "event_id": row.event_id, "version": row.version,
            "item_ids": json.loads(row.items), "voice": known.index(row.chat_id) + 1,
        })  # fmt: skip
    return tuple(told)
