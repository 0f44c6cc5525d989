"""USGS GeoJSON feeds of earthquakes (earthquake.usgs.gov/earthquakes/feed/v1.0/geojson.php).

Times are milliseconds; `alert` is PAGER's estimate of impact, no warning; a quarry blast is listed among the quakes.
"""

from collections.abc import Mapping
from datetime import datetime

from bot.feeds.fields import Json, centres, inner, instant, number, parse_json, rings_of, rows, said
from bot.feeds.itemise import Raw, itemise
from bot.feeds.quakes import quake
from bot.model.item import Item, Source

_MAN_MADE = ("blast", "explosion", "collapse", "sonic", "landslide", "avalanche", "ice quake", "chemical", "rock burst")
_COLOURS = frozenset({"green", "yellow", "orange", "red"})


def decode(source: Source, text: str, now: datetime) -> tuple[Item, ...]:
    """Return one item for each quake; a revision keeps the item's id."""
    return itemise(source, [_raw(row) for row in rows(parse_json(text), "features", of="quakes")], now)


def _raw(row: Json) -> Raw:
    facts = inner(row, "properties")
    geometry = row.get("geometry")
    coordinates = geometry.get("coordinates") if isinstance(geometry, Mapping) else None
    depth = coordinates[2] if isinstance(coordinates, list) and len(coordinates) > 2 else None  # noqa: PLR2004
    alert = said(facts, "alert").lower()
    magnitude = number(facts.get("mag"))
    return quake(
        event_id=said(row, "id"),
        revision=said(facts, "updated") + said(facts, "status"),
        magnitude=magnitude,
        where=said(facts, "place"),
        depth_km=number(depth),
        when=instant(facts.get("time")),
        point=next(iter(centres(rings_of(geometry))), None),
        link=said(facts, "url"),
        impact=alert if alert in _COLOURS else "",
        own_word=alert if alert in _COLOURS else (f"M{magnitude:.1f}" if magnitude is not None else ""),
        withdrawn=said(facts, "status") == "deleted",
        natural=not any(word in said(facts, "type").lower() for word in _MAN_MADE),
    )
