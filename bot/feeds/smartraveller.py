"""Australian travel advice (www.smartraveller.gov.au/countries/documents/index.rss): RSS with `ta:level` as "4/5"."""

from datetime import datetime
from typing import Any

from bot.feeds import scales
from bot.feeds.advice import advice
from bot.feeds.countries import country_named
from bot.feeds.dates import parse_date
from bot.feeds.fields import child, parse_xml
from bot.feeds.itemise import Raw, itemise
from bot.feeds.plain_text import plain_text
from bot.model.advice import Level
from bot.model.errors import DecodeError
from bot.model.item import Item, Source

_PHRASES = {
    "1": "exercise normal safety precautions", "2": "exercise a high degree of caution",
    "3": "reconsider your need to travel", "4": "do not travel", "5": "do not travel",
}  # fmt: skip
_NOTE = 600


def decode(source: Source, text: str, now: datetime) -> tuple[Item, ...]:
    """Return one item for each country."""
    root = parse_xml(text)
    if root.find("{*}channel") is None:
        raise DecodeError("XML that is no feed of travel advice")
    return itemise(source, [_raw(item) for item in root.iter("{*}item") if child(item, "title")], now)


def _raw(item: Any) -> Raw:  # noqa: ANN401 - lxml brings no types
    level, name, when = child(item, "level"), child(item, "title"), parse_date(child(item, "pubDate"))
    step = level.partition("/")[0].strip()
    country, severity = country_named(name), scales.of(scales.SMARTRAVELLER, step)
    return advice(
        government="AU",
        country=country,
        name=name,
        phrase=_PHRASES.get(step, f"level {step}" if step else "what changed"),
        note=plain_text(child(item, "description"), limit=_NOTE),
        severity=severity,
        own_word=level,
        level=Level(government="AU", whole=severity) if severity is not None else None,
        revision=f"{step} {when.isoformat() if when else ''}",
        when=when,
        link=child(item, "link"),
        event_id=country or name,
    )
