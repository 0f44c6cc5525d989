"""US National Weather Service, active alerts (api.weather.gov): CAP as GeoJSON.

Most alerts have no geometry, only zones, whose codes begin with the state. The headline ends with the issuing office
("by NWS Portland OR"), which is not where it happens, so the title is our own: event, areas, states.
"""

import re
from datetime import datetime

from bot.feeds.fields import Json, inner, instant, listed, parse_json, rings_of, rows, said
from bot.feeds.itemise import Raw, itemise
from bot.feeds.warning import sent_or, warned
from bot.model.item import Cap, Item, Source

STATES = {
    "AL": "Alabama", "AK": "Alaska", "AZ": "Arizona", "AR": "Arkansas", "CA": "California", "CO": "Colorado",
    "CT": "Connecticut", "DE": "Delaware", "DC": "Washington, D.C.", "FL": "Florida", "GA": "Georgia", "HI": "Hawaii",
    "ID": "Idaho", "IL": "Illinois", "IN": "Indiana", "IA": "Iowa", "KS": "Kansas", "KY": "Kentucky",
    "LA": "Louisiana", "ME": "Maine", "MD": "Maryland", "MA": "Massachusetts", "MI": "Michigan", "MN": "Minnesota",
    "MS": "Mississippi", "MO": "Missouri", "MT": "Montana", "NE": "Nebraska", "NV": "Nevada", "NH": "New Hampshire",
    "NJ": "New Jersey", "NM": "New Mexico", "NY": "New York", "NC": "North Carolina", "ND": "North Dakota",
    "OH": "Ohio", "OK": "Oklahoma", "OR": "Oregon", "PA": "Pennsylvania", "RI": "Rhode Island",
    "SC": "South Carolina", "SD": "South Dakota", "TN": "Tennessee", "TX": "Texas", "UT": "Utah", "VT": "Vermont",
    "VA": "Virginia", "WA": "Washington state", "WV": "West Virginia", "WI": "Wisconsin", "WY": "Wyoming",
    "PR": "Puerto Rico", "GU": "Guam", "VI": "US Virgin Islands", "AS": "American Samoa",
    "MP": "Northern Mariana Islands",
}  # fmt: skip
_TERRITORIES = frozenset({"PR", "GU", "VI", "AS", "MP"})
_WRAPPED = re.compile(r"(?<!\n)\n(?!\s*(?:\n|[*•-]))")


def decode(source: Source, text: str, now: datetime) -> tuple[Item, ...]:
    """Return one item for each alert that is actual; an update keeps the id of the first of its chain."""
    found = (_raw(row) for row in rows(parse_json(text), "features", of="alerts"))
    return itemise(source, [raw for raw in found if raw is not None], now)


def _raw(row: Json) -> Raw | None:
    facts = inner(row, "properties")
    identifier = said(facts, "id", "@id", "web") or said(row, "id")
    sent = sent_or(instant(facts.get("sent")), instant(facts.get("effective")))
    if not identifier or sent is None:
        return None
    codes = inner(facts, "geocode").get("UGC")
    zones = [code for code in codes if isinstance(code, str)] if isinstance(codes, list) else []
    states = tuple(dict.fromkeys(zone[:2] for zone in zones if zone[:2] in STATES))
    areas = tuple(area for part in said(facts, "areaDesc").split(";") if (area := part.strip()))
    cap = Cap(
        identifier=identifier,
        sender=said(facts, "sender"),
        sent=sent,
        msg_type=said(facts, "messageType"),
        status=said(facts, "status"),
        event=said(facts, "event"),
        severity=said(facts, "severity") or "Unknown",
        urgency=said(facts, "urgency") or "Unknown",
        certainty=said(facts, "certainty") or "Unknown",
        references=tuple(
            f"{said(each, 'sender')},{said(each, 'identifier', '@id')},{said(each, 'sent')}"
            for each in listed(facts, "references")
        ),
        expires=sent_or(instant(facts.get("ends")), instant(facts.get("expires"))),
        areas=areas,
        polygons=rings_of(row.get("geometry")),
    )
    within = ", ".join(STATES[state] for state in states)
    return warned(
        cap,
        headline=f"{cap.event} for {within}" if within else cap.event,
        description=_WRAPPED.sub(" ", str(facts.get("description") or "")),
        link=said(row, "id") if said(row, "id").startswith("http") else said(facts, "web"),
        language="en",
        response=(said(facts, "response"),),
        countries=tuple(dict.fromkeys(state if state in _TERRITORIES else "US" for state in states)) or ("US",),
    )
