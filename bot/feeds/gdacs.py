"""GDACS, the UN's and EU's alert list (www.gdacs.org/xml/rss.xml).

An event (type and id) goes on in episodes and versions. Its level is an estimate of impact made by a machine; it is
located by country alone, and by a point where that is the place itself (a quake, a volcano).
"""

from datetime import datetime
from typing import Any

from bot.feeds import scales
from bot.feeds.countries import country_coded, country_named, name_of
from bot.feeds.dates import parse_date
from bot.feeds.fields import child, number, parse_xml
from bot.feeds.itemise import Raw, itemise
from bot.feeds.syndication import point_of
from bot.model.assessment import Severity
from bot.model.errors import DecodeError
from bot.model.hazard import Hazard
from bot.model.item import Item, Native, Source
from bot.model.place import Point

_HAZARDS = {
    "EQ": Hazard.EARTHQUAKE, "TC": Hazard.STORM, "FL": Hazard.FLOOD, "VO": Hazard.VOLCANO, "WF": Hazard.WILDFIRE,
    "TS": Hazard.TSUNAMI, "DR": Hazard.EXTREME_WEATHER,
}  # fmt: skip
_NAMES = {
    "EQ": "earthquake", "TC": "Tropical cyclone", "FL": "Flood", "VO": "Volcanic activity", "WF": "Wildfires",
    "TS": "Tsunami", "DR": "Drought",
}  # fmt: skip
_BLOWS = frozenset({"EQ", "TS"})
"""What strikes once: it is dated by its beginning, and no longer being listed as current is no end."""


def decode(source: Source, text: str, now: datetime) -> tuple[Item, ...]:
    """Return one item for each event of a known kind; the next episode of it is the same item anew."""
    root = parse_xml(text)
    if root.find("{*}channel") is None:
        raise DecodeError("XML that is no GDACS feed")
    return itemise(source, [raw for item in root.iter("{*}item") if (raw := _raw(item)) is not None], now)


def _raw(item: Any) -> Raw | None:  # noqa: ANN401 - lxml brings no types
    kind, event_id, level = child(item, "eventtype"), child(item, "eventid"), child(item, "alertlevel").lower()
    if kind not in _HAZARDS or not event_id:
        return None
    size = item.find("{*}severity")
    value = number(size.get("value")) if size is not None else None
    countries = _countries(item)
    where = _joined([name_of(code) for code in countries]) or child(item, "country")
    began, ended = parse_date(child(item, "fromdate")), parse_date(child(item, "todate"))
    changed = parse_date(child(item, "datemodified")) or parse_date(child(item, "pubDate"))
    over = child(item, "iscurrent").lower() == "false" and kind not in _BLOWS
    title = _title(kind, child(item, "eventname"), value, where)
    until = f" to {ended:%d %B %Y}" if ended and began and ended.date() != began.date() else ""
    dates = f" Dates: {began:%d %B %Y}{until}." if began else ""
    return Raw(
        guid=f"{kind}{event_id}",
        link=child(item, "link"),
        title=f"Over: {title}" if over else title,
        texts=(f"GDACS, which estimates the impact by machine, puts it at the level {level}.{dates}",),
        published=(began if kind in _BLOWS else None) or changed,
        language="en",
        points=_points(item),
        native=Native(
            event_id=f"{kind}{event_id}",
            revision=".".join((child(item, "episodeid"), child(item, "version"), child(item, "datemodified"))),
            hazard=_HAZARDS[kind],
            severity=_severity(kind, level, value),
            own_word=level,
            ended=over,
            countries=countries,
        ),
    )


def _title(kind: str, name: str, value: float | None, where: str) -> str:
    if kind == "EQ":
        title = f"Magnitude {value:.1f} earthquake" if value else "Earthquake"
        return f"{title} in {where}" if where else title
    words = _NAMES[kind] + (f" {name}" if name and kind in {"TC", "VO"} else "")
    wind = f", winds of {value:.0f} km/h" if kind == "TC" and value else ""
    return f"{words} in {where}{wind}" if where else f"{words}{wind}"


def _severity(kind: str, level: str, value: float | None) -> Severity | None:
    if level == "green" and kind in scales.GDACS_GREEN_IS_NOTHING:
        return Severity.NONE
    if kind == "DR":
        return Severity.MINOR  # a drought comes over months and is no kind of the rubric's
    if level == "green" and kind == "EQ":
        return scales.quake(value, None, "green")
    return scales.of(scales.GDACS, level)


def _countries(item: Any) -> tuple[str, ...]:  # noqa: ANN401 - as above
    """Return the ISO codes of the countries concerned; the feed names them all, and the code of the first."""
    named = [country_named(name) for name in child(item, "country").split(",") if name.strip()]
    coded = [country_coded(child(item, "iso3"))]
    return tuple(dict.fromkeys(code for code in (*named, *coded) if code))


def _points(item: Any) -> tuple[Point, ...]:  # noqa: ANN401 - as above
    """Read georss:point, "lat lon"; a drought's point is the middle of its countries, which is nowhere."""
    lat, _, lon = child(item, "point").partition(" ")
    point = point_of(lat, lon.strip()) if child(item, "eventtype") != "DR" else None
    return (point,) if point is not None else ()


def _joined(names: list[str]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}" if names else ""
