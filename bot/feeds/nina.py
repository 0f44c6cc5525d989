"""NINA, the warning app of Germany's civil protection (warnung.bund.de): its dashboard, and lists of whole alerts.

The dashboard names no areas, only codes; but the id tells which federal state warns ("mow.DE-NW-BN-...").
"""

import re
from datetime import datetime

from bot.feeds.cap_json import whole
from bot.feeds.fields import Json, inner, instant, parse_json, rows, said
from bot.feeds.itemise import Raw, itemise
from bot.feeds.warning import warned
from bot.model.item import Cap, Item, Source

_STATES = {
    "BB": "Brandenburg", "BE": "Berlin", "BW": "Baden-Württemberg", "BY": "Bayern", "HB": "Bremen", "HE": "Hessen",
    "HH": "Hamburg", "MV": "Mecklenburg-Vorpommern", "NI": "Niedersachsen", "NW": "Nordrhein-Westfalen",
    "RP": "Rheinland-Pfalz", "SH": "Schleswig-Holstein", "SL": "Saarland", "SN": "Sachsen", "ST": "Sachsen-Anhalt",
    "TH": "Thüringen",
}  # fmt: skip
_STATE = re.compile(r"\bDE-([A-Z]{2})-")
_FAR = 2100
"""Warnings without an end are given one in the year 3021."""


def decode(source: Source, text: str, now: datetime) -> tuple[Item, ...]:
    """Return one item for each actual warning."""
    listed = rows(parse_json(text), of="warnings")
    found = (_brief(row) if "payload" in row else whole(source, row, countries=("DE",)) for row in listed)
    return itemise(source, [raw for raw in found if raw is not None], now)


def _brief(row: Json) -> Raw | None:
    data = inner(row, "payload", "data")
    identifier, sent = said(row, "id"), instant(row.get("sent"))
    if not identifier or sent is None:
        return None
    state = _STATE.search(identifier)
    expires = instant(row.get("expires"))
    cap = Cap(
        identifier=identifier,
        sender=said(data, "provider"),
        sent=sent,
        msg_type=said(data, "msgType").capitalize() or "Alert",
        severity=said(data, "severity") or "Unknown",
        urgency=said(data, "urgency") or "Unknown",
        certainty=said(data, "certainty") or "Unknown",
        expires=expires if expires and expires.year < _FAR else None,
        areas=(_STATES[state[1]],) if state and state[1] in _STATES else (),
    )
    headline = said(inner(row, "i18nTitle"), "de") or said(data, "headline")
    return warned(cap, headline=headline, language="de", countries=("DE",))
