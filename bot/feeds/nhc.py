"""US National Hurricane Center: the RSS of a basin (nhc:Cyclone blocks) and CurrentStorms.json.

An empty list means that there is no storm; the other items of the RSS (outlooks, graphics) are left to no one.
"""

import re
from datetime import datetime
from typing import Any

from bot.feeds import scales
from bot.feeds.dates import parse_date
from bot.feeds.fields import Json, child, instant, number, parse_json, parse_xml, rows, said
from bot.feeds.itemise import Raw, itemise
from bot.feeds.syndication import point_of
from bot.model.errors import DecodeError
from bot.model.hazard import Hazard
from bot.model.item import Item, Native, Source
from bot.model.place import Point

_KMH_OF_MPH, _KMH_OF_KNOTS = 1.609, 1.852
_FIGURE = re.compile(r"\d+(?:\.\d+)?")
_CLASSES = {
    "TD": "Tropical depression", "TS": "Tropical storm", "HU": "Hurricane", "STD": "Subtropical depression",
    "STS": "Subtropical storm", "PTC": "Potential tropical cyclone", "PC": "Post-tropical cyclone",
    "TY": "Typhoon",
}  # fmt: skip
_TRAINING = re.compile(r"[A-Z]{2}8\d(?:\d{4})?$")
"""Storms with the numbers 80 to 89 exist in exercises alone."""


def decode(source: Source, text: str, now: datetime) -> tuple[Item, ...]:
    """Return one item for each storm; the next advisory is the same item anew."""
    if text.startswith(("{", "[")):
        raws = [_from_json(row) for row in rows(parse_json(text), "activeStorms", of="storms")]
    else:
        root = parse_xml(text)
        if root.find("{*}channel") is None:
            raise DecodeError("XML that is no feed of the hurricane centre")
        items = ((item, item.find("{*}Cyclone")) for item in root.iter("{*}item"))
        raws = [_from_rss(item, storm) for item, storm in items if storm is not None]
    return itemise(source, [raw for raw in raws if not _TRAINING.match(raw.guid)], now)


def _from_rss(item: Any, storm: Any) -> Raw:  # noqa: ANN401 - lxml brings no types
    lat, _, lon = child(storm, "center").partition(",")
    wind = _FIGURE.search(child(storm, "wind"))
    kind = child(storm, "type").capitalize()
    return _storm(
        event_id=child(storm, "atcf") or child(storm, "wallet"),
        revision=child(storm, "datetime") or child(item, "pubDate"),
        kind=kind,
        name=child(storm, "name"),
        wind_kmh=float(wind[0]) * _KMH_OF_MPH if wind else None,
        movement=child(storm, "movement"),
        point=point_of(lat, lon.strip()),
        when=parse_date(child(item, "pubDate")),
        link=child(item, "link"),
    )


def _from_json(row: Json) -> Raw:
    knots = number(row.get("intensity"))
    advisory = row.get("publicAdvisory")
    return _storm(
        event_id=said(row, "id").upper(),
        revision=said(row, "lastUpdate"),
        kind=_CLASSES.get(said(row, "classification"), "Tropical cyclone"),
        name=said(row, "name"),
        wind_kmh=knots * _KMH_OF_KNOTS if knots is not None else None,
        movement="",
        point=point_of(row.get("latitudeNumeric"), row.get("longitudeNumeric")),
        when=instant(row.get("lastUpdate")),
        link=said(advisory, "url") if isinstance(advisory, dict) else "",
    )


def _storm(
    *, event_id: str, revision: str, kind: str, name: str, wind_kmh: float | None, movement: str, point: Point | None,
    when: datetime | None, link: str,
) -> Raw:  # fmt: skip
    wind = f", winds of {wind_kmh:.0f} km/h" if wind_kmh is not None else ""
    over = kind.lower().startswith(("post-tropical", "remnants"))
    place = f"{abs(point.lat):.1f}{'NS'[point.lat < 0]} {abs(point.lon):.1f}{'EW'[point.lon < 0]}" if point else ""
    sentences = (f"Its centre is at {place}." if place else "", f"It moves {movement}." if movement else "")
    return Raw(
        guid=event_id,
        link=link,
        title=f"{kind} {name}{wind}",
        texts=(" ".join(filter(None, sentences)),),
        published=when,
        language="en",
        points=(point,) if point else (),
        native=Native(
            event_id=event_id, revision=revision, hazard=Hazard.STORM, severity=scales.storm(wind_kmh), own_word=kind,
            ended=over,
        ),
    )  # fmt: skip
