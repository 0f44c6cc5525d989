"""`outrider board [PLACE]`: how airports and borders stand, since when, and who says so, as a table."""

import asyncio
from collections.abc import Sequence
from datetime import datetime, timedelta

from bot.app.clock import SystemClock
from bot.app.settings import load_settings
from bot.app.table import columns
from bot.events.board import Row, board, concerns
from bot.gazetteer import Gazetteer
from bot.model.hazard import Target
from bot.model.place import Place
from bot.storage.store import SqlStore

SHOWN = timedelta(days=14)
"""What nobody has written of for so long is no longer on the board."""

NOT_FOUND = 1
_HEAD = ("state", "what", "where", "since (UTC)", "last heard", "event", "sources")
_MOST_SOURCES = 3
_WHAT = {Target.AIRPORT: "airport", Target.AIRSPACE: "air space", Target.BORDER: "border"}


def print_board(named: str | None = None) -> int:
    """Print a line for each airport, air space and border, the gravest first; return 1 where the place is unknown.

    `named` is a country, region, city or airport, by name or code: what lies there, and what holds it.
    """
    place = None
    if named is not None:
        found = Gazetteer.open().search(named, 1)
        if not found:
            print(f"No place {named!r} is known.")
            return NOT_FOUND
        place = found[0]
    now = SystemClock().now()
    print("\n".join(shown(asyncio.run(_rows(now)), place)))
    return 0


async def _rows(now: datetime) -> tuple[Row, ...]:
    async with SqlStore.look(load_settings().database) as store:
        return board(await store.events_with_ways(now - SHOWN), now)


def shown(rows: Sequence[Row], place: Place | None = None) -> list[str]:
    """Return the lines of the table: of all rows, or of those of a place."""
    kept = [row for row in rows if place is None or concerns(row, place)]
    if not kept:
        where = f" about {place.name}" if place else ""
        return [f"Nothing was told{where} of airports and borders in the last {SHOWN.days} days."]
    return columns([_HEAD, *map(_cells, kept)])


def _cells(row: Row) -> tuple[str, ...]:
    name = f"{row.place.name} ({row.place.iata})" if row.place.iata else row.place.name
    where = f"{name}, {row.place.country}" if row.place.country and row.place.name != row.place.country else name
    outlets = [f"{one.outlet}{' (official)' if one.official else ''}" for one in row.sources]
    more = f" and {len(outlets) - _MOST_SOURCES} more" if len(outlets) > _MOST_SOURCES else ""
    return (
        row.standing,
        _WHAT[row.what],
        where,
        _at(row.since),
        _at(row.heard_at),
        row.event_id,
        ", ".join(outlets[:_MOST_SOURCES]) + more,
    )


def _at(when: datetime) -> str:
    return f"{when:%Y-%m-%d %H:%M}"
