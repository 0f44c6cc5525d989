"""Which event a person means: by its id, by how that begins, or by the tag that stands in its alerts."""

import re

from sqlalchemy import exists, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.alerts.facts import NO_COUNTRY, tag
from bot.storage.tables import event_countries, events

_TAG = re.compile(r"#?([A-Za-z]{2,3}-\d{2}[A-Za-z]{3}-\w\w)")


async def ids(connection: AsyncConnection, name: str, most: int) -> tuple[str, ...]:
    """Return the ids of events whose id begins so, or whose tag it is, or the one that is it."""
    written = _TAG.fullmatch(name)
    if written:
        return await _tagged(connection, written.group(1).upper(), most)
    like = events.c.id.startswith(name.lower(), autoescape=True)
    found = tuple(await connection.scalars(select(events.c.id).where(like).order_by(events.c.id).limit(most)))
    return (name,) if name in found else found


async def _tagged(connection: AsyncConnection, wanted: str, most: int) -> tuple[str, ...]:
    """Return the events of this tag among those of its country; two may bear one, which is said."""
    country = wanted.split("-", 1)[0]
    places = exists().where(event_countries.c.event_id == events.c.id)
    there = ~places if country == NO_COUNTRY else places.where(event_countries.c.country == country)
    rows = await connection.stream_scalars(select(events.c.event).where(there).order_by(events.c.id))
    return tuple([event.id async for event in rows if tag(event) == wanted][:most])
