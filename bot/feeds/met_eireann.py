"""Warnings of Met Éireann (www.met.ie/Open_Data/json/warning_*.json): levels yellow, orange, red.

Marine warnings come without times and ids of their own ("00:00 Saturday 07/03/2026" is when they were issued).
"""

import re
from collections.abc import Mapping
from datetime import datetime
from zoneinfo import ZoneInfo

from bot.feeds.fields import Json, inner, instant, listed, parse_json, said
from bot.feeds.itemise import Raw, itemise
from bot.feeds.warning import sent_or, warned
from bot.model.errors import DecodeError
from bot.model.item import Cap, Item, Source

_GROUPS = ("national", "marine", "environmental", "advisories")
_WRITTEN = re.compile(r"(\d{2}):(\d{2}) \w+ (\d{2})/(\d{2})/(\d{4})")
_IRELAND = ZoneInfo("Europe/Dublin")
_NOTHING = frozenset({"nil", "none", ""})


def decode(source: Source, text: str, now: datetime) -> tuple[Item, ...]:
    """Return one item for each warning; one whose text is "Nil" is none."""
    payload = parse_json(text)
    groups = inner(payload, "warnings") if isinstance(payload, Mapping) else {}
    if not any(isinstance(groups.get(group), list) for group in _GROUPS):
        raise DecodeError("JSON without Irish warnings: an error message, or another format than expected")
    found = (_raw(row, now) for group in _GROUPS for row in listed(groups, group))
    return itemise(source, [raw for raw in found if raw is not None], now)


def _raw(row: Json, now: datetime) -> Raw | None:
    description, headline = said(row, "description", "text"), said(row, "headline", "type")
    if description.lower() in _NOTHING:
        return None
    issued = sent_or(_time(said(row, "updated", "issued")), _time(said(row, "updatedAt", "issuedAt")), now)
    assert issued is not None
    known = said(row, "capId")
    areas = row.get("regions")
    cap = Cap(
        identifier=known if known not in {"", "0"} else f"{headline} {issued:%Y-%m-%d}",
        sender="met.ie",
        sent=issued,
        msg_type="Alert",
        event=headline,
        severity=said(row, "severity").capitalize() or "Unknown",
        certainty=said(row, "certainty").capitalize() or "Unknown",
        expires=sent_or(_time(said(row, "expiry")), _time(said(row, "validUntil"))),
        areas=tuple(area for area in areas if isinstance(area, str)) if isinstance(areas, list) else (),
    )
    return warned(
        cap, headline=f"{headline} for Ireland", description=description, language="en", colour=said(row, "level"),
        countries=("IE",),
    )  # fmt: skip


def _time(text: str) -> datetime | None:
    found = _WRITTEN.search(text)
    if found is None:
        return instant(text)
    hour, minute, day, month, year = map(int, found.groups())
    return instant(datetime(year, month, day, hour, minute, tzinfo=_IRELAND).isoformat())
