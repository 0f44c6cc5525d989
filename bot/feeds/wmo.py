"""WMO Severe Weather Information Centre: the warnings in force of 59 authorities (a GeoJSON view without geometry).

A wrong question is answered with 200 and an exception, which is no list and so no all-clear. The feature's id changes
with each answer; `capurl` is what stays.
"""

from datetime import datetime

from bot.feeds.countries import country_coded
from bot.feeds.fields import Json, inner, instant, number, parse_json, rings_of, rows, said
from bot.feeds.itemise import Raw, itemise
from bot.feeds.warning import warned
from bot.model.item import Cap, Item, Source

_SEVERITIES = {1: "Minor", 2: "Moderate", 3: "Severe", 4: "Extreme"}
_URGENCIES = {1: "Past", 2: "Future", 3: "Expected", 4: "Immediate"}
_CERTAINTIES = {1: "Unlikely", 2: "Possible", 3: "Likely", 4: "Observed"}


def decode(source: Source, text: str, now: datetime) -> tuple[Item, ...]:
    """Return one item for each warning in force."""
    found = (_raw(row) for row in rows(parse_json(text), "features", of="warnings"))
    return itemise(source, [raw for raw in found if raw is not None], now)


def _raw(row: Json) -> Raw | None:
    facts = inner(row, "properties")
    path, sent = said(facts, "capurl"), instant(facts.get("sent"))
    if not path or sent is None:
        return None
    earlier = said(facts, "rlink")
    areas = tuple(area for part in said(facts, "areadesc", "areaDesc").split(";") if (area := part.strip()))
    country = country_coded(said(facts, "mem", "capurl")[:2])
    cap = Cap(
        identifier=path,
        sender=said(facts, "mem"),
        sent=sent,
        msg_type="Update" if earlier else "Alert",
        event=said(facts, "event"),
        severity=_SEVERITIES.get(int(number(facts.get("s")) or 0), "Unknown"),
        urgency=_URGENCIES.get(int(number(facts.get("u")) or 0), "Unknown"),
        certainty=_CERTAINTIES.get(int(number(facts.get("c")) or 0), "Unknown"),
        references=(earlier,) if earlier else (),
        expires=instant(facts.get("expires")),
        areas=areas,
        polygons=rings_of(row.get("geometry")),
    )
    link = f"https://severeweather.wmo.int/v2/cap-alerts/{path}"
    return warned(cap, headline=said(facts, "headline"), link=link, countries=(country,) if country else ())
