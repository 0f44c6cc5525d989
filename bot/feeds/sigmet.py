"""International SIGMETs (aviationweather.gov/api/data/isigmet?format=geojson): volcanic ash and tropical cyclones.

Of a flight information region each keeps its series while it is renewed every few hours. What is for pilots only
(turbulence, ice, thunderstorms) comes out with the severity `none`.
"""

import re
from datetime import datetime

from bot.feeds import scales
from bot.feeds.fields import Json, centres, clock, inner, instant, parse_json, rings_of, rows, said
from bot.feeds.itemise import Raw, itemise
from bot.feeds.syndication import point_of
from bot.model.assessment import Severity
from bot.model.hazard import Hazard
from bot.model.item import Item, Native, Source
from bot.model.place import Point

_VOLCANO = re.compile(r"\bMT (?P<name>[A-Z][A-Z' -]+?)(?= PSN| VA | LOC|\s*$)")
_POSITION = re.compile(r"\bPSN ([NS])(\d{2})(\d{2})? ([EW])(\d{3})(\d{2})?")
_EXERCISE = re.compile(r"\b(?:TEST|EXER)\b")
"""The status indicator of the template for SIGMETs (EU 2021/1338, appendix 5)."""

_CANCELS = re.compile(r"\bCNL SIGMET\b")
_HAZARDS = {"VA": Hazard.VOLCANO, "TC": Hazard.STORM}


def decode(source: Source, text: str, now: datetime) -> tuple[Item, ...]:
    """Return one item for each SIGMET; its renewals are the same item anew."""
    listed = rows(parse_json(text), "features", of="SIGMETs")
    return itemise(source, [raw for row in listed if (raw := _raw(row)) is not None], now)


def _raw(row: Json) -> Raw | None:
    facts = inner(row, "properties")
    hazard, region = said(facts, "hazard").upper(), said(facts, "firName", "firId")
    words = said(facts, "rawSigmet")
    if _EXERCISE.search(words):
        return None
    volcano, over = _VOLCANO.search(words), _CANCELS.search(words) is not None
    name = volcano["name"].title() if volcano else ""
    until, start = instant(facts.get("validTimeTo")), instant(facts.get("validTimeFrom"))
    spot = _position(words)
    subject = name or said(facts, "seriesId")
    event_id = f"{said(facts, 'firId')} {hazard} {subject}"
    return Raw(
        guid=event_id,
        title=_title(hazard, name, region, over=over),
        texts=(f"Aviation warning (SIGMET) for the airspace {region}, valid until {clock(until)}." if until else "",),
        published=start,
        language="en",
        points=(spot,) if spot else centres(rings_of(row.get("geometry"))),
        native=Native(
            event_id=event_id,
            revision=f"{said(facts, 'seriesId')} {said(facts, 'validTimeFrom')}",
            hazard=_HAZARDS.get(hazard),
            severity=scales.SIGMET.get(hazard, Severity.NONE),
            own_word=hazard,
            ended=over,
            areas=(region,) if region else (),
            expires=until,
        ),
    )


def _title(hazard: str, name: str, region: str, *, over: bool) -> str:
    if hazard == "VA":
        told = f"Volcanic ash from {name} over {region}" if name else f"Volcanic ash over {region}"
    elif hazard == "TC":
        told = f"Tropical cyclone near {region}"
    else:
        told = f"Aviation weather warning for {region}"
    return f"Cancelled: {told}" if over else told


def _position(words: str) -> Point | None:
    """Read "PSN N1234 W09130": degrees and minutes."""
    found = _POSITION.search(words)
    if found is None:
        return None
    south_north, lat, lat_minutes, west_east, lon, lon_minutes = found.groups()
    latitude = int(lat) + int(lat_minutes or 0) / 60
    longitude = int(lon) + int(lon_minutes or 0) / 60
    return point_of(-latitude if south_north == "S" else latitude, -longitude if west_east == "W" else longitude)
