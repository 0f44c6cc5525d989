"""The events from which the board of airports and borders is worked out (bot/events/board.py)."""

from datetime import datetime

from sqlalchemy import Text, or_, select, type_coerce
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.events.board import ON_BOARD
from bot.model.event import Event, EventState
from bot.storage.tables import events

_TELL_NOTHING = (EventState.RETRACTED, EventState.MERGED)


async def events_with_ways(connection: AsyncConnection, since: datetime) -> tuple[Event, ...]:
    """Return the events last seen since then that tell how an airport, an air space or a border stands, by id.

    They are found in the stored text: a few of thousands are asked for now and then, and only those are decoded.
    """
    stored = type_coerce(events.c.event, Text)
    tells = or_(*(stored.contains(f'"target":"{target}"', autoescape=True) for target in sorted(ON_BOARD)))
    rows = await connection.scalars(
        select(events.c.event)
        .where(events.c.last_seen_at >= since, events.c.state.not_in(_TELL_NOTHING), tells)
        .order_by(events.c.id)
    )
    return tuple(rows)
