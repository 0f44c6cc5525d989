"""UK travel advice: the index of all countries or one country (www.gov.uk/api/content), or the Atom feed of changes.

The index and the feed have each country's last change in words, but no level; the country's own document has it.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from bot.feeds import scales
from bot.feeds.advice import advice
from bot.feeds.countries import country_named
from bot.feeds.dates import parse_date
from bot.feeds.fields import Json, child, inner, instant, parse_json, parse_xml, rows, said
from bot.feeds.itemise import Raw, itemise
from bot.feeds.plain_text import plain_text
from bot.model.advice import Level
from bot.model.item import Item, Source

_PHRASES = {
    "avoid_all_travel_to_whole_country": "avoid all travel",
    "avoid_all_travel_to_parts": "avoid all travel to parts of the country",
    "avoid_all_but_essential_travel_to_whole_country": "avoid all but essential travel",
    "avoid_all_but_essential_travel_to_parts": "avoid all but essential travel to parts of the country",
}
_NOTE = 1_000


def decode(source: Source, text: str, now: datetime) -> tuple[Item, ...]:
    """Return one item for each country of the index or feed, or the one of a country's document."""
    if not text.startswith(("{", "[")):
        return itemise(source, [_changed(entry) for entry in parse_xml(text).iter("{*}entry")], now)
    payload = parse_json(text)
    if isinstance(payload, Mapping) and said(payload, "document_type") == "travel_advice":
        return itemise(source, [_raw(payload)], now)
    return itemise(source, [_raw(row) for row in rows(payload, "links", "children", of="countries")], now)


def _raw(row: Json) -> Raw:
    details = inner(row, "details")
    country = inner(details, "country")
    name = said(country, "name") or said(row, "title").removesuffix(" travel advice")
    states = details.get("alert_status")
    told = [state for state in _PHRASES if state in states] if isinstance(states, list) else None
    path = said(row, "web_url") or f"https://www.gov.uk{said(row, 'base_path')}"
    return advice(
        government="GB",
        country=country_named(name),
        name=name,
        phrase=_PHRASES[told[0]] if told else "what changed" if told is None else "no advice against travel",
        note=plain_text(str(details.get("change_description") or ""), limit=_NOTE),
        severity=scales.strictest(scales.FCDO, told) if told is not None else None,
        own_word=", ".join(told or ()),
        level=_level(told) if told is not None else None,
        revision=said(row, "public_updated_at"),
        when=instant(row.get("public_updated_at")),
        link=path,
        event_id=said(country, "slug") or said(row, "base_path").rpartition("/")[2] or name,
    )


def _level(told: Sequence[str]) -> Level:
    return Level(
        government="GB",
        whole=scales.strictest(scales.FCDO, told, but=scales.FCDO_PARTS),
        parts=scales.strictest(scales.FCDO_PARTS, told),
    )


def _changed(entry: Any) -> Raw:  # noqa: ANN401 - lxml brings no types
    name, when = child(entry, "title").removesuffix(" travel advice"), parse_date(child(entry, "updated"))
    links = [link.get("href", "") for link in entry.iter("{*}link")]
    summary = entry.find("{*}summary")
    page = next(iter(links), "")
    return advice(
        government="GB",
        country=country_named(name),
        name=name,
        phrase="what changed",
        note=plain_text("".join(summary.itertext()) if summary is not None else "", limit=_NOTE),
        severity=None,
        own_word="",
        revision=child(entry, "updated"),
        when=when,
        link=page,
        event_id=page.rpartition("/")[2] or name,
    )
