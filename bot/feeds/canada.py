"""Canadian travel advice (data.international.gc.ca/travel-voyage/index-updated.json): 0 to 3 by country."""

from collections.abc import Mapping
from datetime import datetime

from bot.feeds import scales
from bot.feeds.advice import advice
from bot.feeds.countries import country_coded
from bot.feeds.fields import Json, inner, instant, parse_json, said
from bot.feeds.itemise import Raw, itemise
from bot.feeds.plain_text import plain_text
from bot.model.advice import Level
from bot.model.assessment import Severity
from bot.model.errors import DecodeError
from bot.model.item import Item, Source

_PHRASES = {
    "0": "take normal security precautions", "1": "exercise a high degree of caution",
    "2": "avoid non-essential travel", "3": "avoid all travel",
}  # fmt: skip
_NOTE = 600


def decode(source: Source, text: str, now: datetime) -> tuple[Item, ...]:
    """Return one item for each country."""
    data = inner({"": parse_json(text)}, "", "data")
    raws = [_raw(code, row) for code, row in data.items() if isinstance(row, Mapping)]
    if not raws:
        raise DecodeError("JSON without a list of travel advice: an error message, or another format than expected")
    return itemise(source, raws, now)


def _raw(code: str, row: Json) -> Raw:
    state, english = said(row, "advisory-state"), inner(row, "eng")
    parts = row.get("has-regional-advisory") in {1, "1"}
    severity = scales.of(scales.CANADA, state)
    published = row.get("date-published")
    stamp = published.get("timestamp") if isinstance(published, Mapping) else published
    when = instant(stamp) or instant(said(published, "date") if isinstance(published, Mapping) else None)
    slug = said(english, "url-slug")
    return advice(
        government="CA",
        country=country_coded(said(row, "country-iso") or code),
        name=said(english, "name"),
        phrase=_PHRASES.get(state, f"level {state}") + (", stricter for some regions" if parts else ""),
        note=plain_text(said(english, "recent-updates"), limit=_NOTE),
        severity=scales.regional(severity) if parts else severity,
        own_word=state,
        level=_level(severity, parts=parts),
        revision=f"{state} {parts} {when.isoformat() if when else ''}",
        when=when,
        link=f"https://travel.gc.ca/destinations/{slug}" if slug else "",
        event_id=code,
    )


def _level(whole: Severity | None, *, parts: bool) -> Level | None:
    if whole is None:
        return None
    return Level(government="CA", whole=whole, parts=scales.stricter(whole) if parts else Severity.NONE)
