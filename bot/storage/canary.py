"""A canary's event and its alert: in the real outbox, and nowhere else that anybody looks.

Its event bears a state that no other has and lies off the globe, so that no list of live events and no search for
events near an item can find it; it has no history, no countries and no names. After its flight nothing stays.
"""

from collections.abc import Sequence

from sqlalchemy import delete, exists, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.model.alert import Alert, Delivery
from bot.model.event import Event
from bot.model.watch import Chat
from bot.services.canary import NULL_CHAT, Flown
from bot.storage import chats, parcels, posting
from bot.storage.tables import chats as table_of_chats
from bot.storage.tables import events
from bot.storage.tables import outbox as rows

_STATE = "canary"
_NOWHERE = 999.0  # degrees


async def fly(connection: AsyncConnection, event: Event, alerts: Sequence[Alert], chat: Chat) -> int:
    """Put them into the store, and the chat where it is not known; return how many alerts were new."""
    if await chats.present(connection, chat.id) is None:
        await chats.keep(connection, chat)
    await connection.execute(
        events.insert().values(
            id=event.id, version=event.version, state=_STATE, hazard=event.hazard, severity=event.severity,
            lat=_NOWHERE, lon=_NOWHERE, last_seen_at=event.last_seen_at, event=event,
        )
    )  # fmt: skip
    return await posting.add(connection, parcels.sort(alerts))


async def flown(connection: AsyncConnection, event_id: str) -> Flown | None:
    """Return what came of the flight, None while it is under way."""
    row = (
        await connection.execute(
            select(rows.c.state, rows.c.why, rows.c.settled_at).where(
                rows.c.event_id == event_id, rows.c.settled_at.is_not(None)
            )
        )
    ).first()
    return None if row is None else Flown(state=Delivery(row.state), why=row.why, at=row.settled_at)


async def land(connection: AsyncConnection) -> int:
    """Drop all canaries that are not being sent just now; return how many. The null chat is there only for a flight.

    Else it would be one of all chats: for an announcement, say.
    """
    await connection.execute(delete(table_of_chats).where(table_of_chats.c.id == NULL_CHAT))
    mine = select(events.c.id).where(events.c.state == _STATE)
    await connection.execute(delete(rows).where(rows.c.event_id.in_(mine), rows.c.state != Delivery.SENDING))
    in_the_air = exists().where(rows.c.event_id == events.c.id)
    return (await connection.execute(delete(events).where(events.c.state == _STATE, ~in_the_air))).rowcount
