"""Volcanic alert levels: GeoNet of New Zealand (GeoJSON) and the US Geological Survey (HANS).

Both list the present level of each mountain, day after day: a state, no news, until it changes.
"""

from datetime import datetime

from bot.feeds import scales
from bot.feeds.fields import Json, centres, inner, instant, number, parse_json, rings_of, rows, said
from bot.feeds.itemise import Raw, itemise
from bot.feeds.syndication import point_of
from bot.model.assessment import Severity
from bot.model.hazard import Hazard
from bot.model.item import Item, Native, Source

_ERUPTING = frozenset({"3", "4", "5"})


def decode_geonet(source: Source, text: str, now: datetime) -> tuple[Item, ...]:
    """Return one item for each volcano of New Zealand."""
    listed = rows(parse_json(text), "features", of="volcanoes")
    return itemise(source, [_geonet(row) for row in listed if said(inner(row, "properties"), "volcanoID")], now)


def _geonet(row: Json) -> Raw:
    facts = inner(row, "properties")
    name, level = said(facts, "volcanoTitle", "volcanoID"), said(facts, "level")
    activity = said(facts, "activity").rstrip(".")
    head = f"Eruption of {name}" if level in _ERUPTING else f"Volcano {name}"
    return Raw(
        guid=said(facts, "volcanoID"),
        title=f"{head}: volcanic alert level {level} of 5",
        texts=(f"New Zealand's GeoNet reports: {activity}. Hazards: {said(facts, 'hazards')}",),
        language="en",
        points=centres(rings_of(row.get("geometry"))),
        native=Native(
            event_id=said(facts, "volcanoID"),
            revision=f"{level} {said(facts, 'acc')}",
            hazard=Hazard.VOLCANO,
            severity=scales.of(scales.VOLCANO_LEVEL, level),
            own_word=f"level {level}",
            standing=level not in _ERUPTING,
            countries=("NZ",),
        ),
    )


def decode_usgs(source: Source, text: str, now: datetime) -> tuple[Item, ...]:
    """Return one item for each volcano of the United States above its normal level."""
    listed = rows(parse_json(text), of="volcanoes")
    return itemise(source, [_usgs(row) for row in listed if said(row, "vnum", "volcano_name")], now)


def _usgs(row: Json) -> Raw:
    name, level = said(row, "volcano_name"), said(row, "alert_level").lower()
    colour = said(row, "color_code").lower()
    point = point_of(number(row.get("latitude")), number(row.get("longitude")))
    severity = scales.of(scales.VOLCANO_ALERT, level)
    return Raw(
        guid=said(row, "vnum", "volcano_name"),
        link=said(row, "notice_url"),
        title=f"Volcano {name}: alert level {level}",
        texts=(f"The US Geological Survey keeps it at {level}, aviation colour code {colour}.",),
        published=instant(row.get("sent_utc")),
        language="en",
        points=(point,) if point else (),
        native=Native(
            event_id=said(row, "vnum", "volcano_name"),
            revision=f"{level} {colour}",
            hazard=Hazard.VOLCANO,
            severity=severity,
            own_word=level,
            standing=severity is None or severity < Severity.SEVERE,
            countries=("US",),
        ),
    )
