"""US State Department travel advisories: its JSON list, and its RSS (categories Threat-Level and Country-Tag).

The list's country code is FIPS-like ("NG" may be Niger), so the country is read from the title: "Mali - Level 4: Do
Not Travel". West Bank and Gaza stand apart from Israel; China, Hong Kong and Macau share a title.
"""

import re
from datetime import datetime

from bot.feeds import scales
from bot.feeds.advice import advice
from bot.feeds.countries import country_named
from bot.feeds.dates import parse_date
from bot.feeds.fields import child, instant, parse_json, parse_xml, rows, said
from bot.feeds.itemise import MAX_TITLE, Raw, itemise
from bot.feeds.plain_text import plain_text
from bot.model.advice import Level
from bot.model.errors import DecodeError
from bot.model.item import Item, Source

_TITLE = re.compile(r"^(?P<name>.+?)[\s–—-]*+(?:Travel Advisory[\s–—-]*+)?Level\s*(?P<level>\d)\b", re.IGNORECASE)
_PHRASES = {
    "1": "level 1, exercise normal precautions", "2": "level 2, exercise increased caution",
    "3": "level 3, reconsider travel", "4": "level 4, do not travel",
}  # fmt: skip
_NOTE = 600


def decode(source: Source, text: str, now: datetime) -> tuple[Item, ...]:
    """Return one item for each country.

    Raises:
        DecodeError: the list is empty, which it has been while nothing was well with the world.
    """
    if text.startswith(("[", "{")):
        raws = [
            _raw(said(row, "Title"), str(row.get("Summary") or ""), said(row, "Link"),
                 instant(row.get("Updated")) or instant(row.get("Published")))
            for row in rows(parse_json(text), of="advisories")
        ]  # fmt: skip
    else:
        raws = [
            _raw(
                child(item, "title"),
                child(item, "description"),
                child(item, "link"),
                parse_date(child(item, "pubDate")),
            )
            for item in parse_xml(text).iter("{*}item")
        ]
    found = [raw for raw in raws if raw is not None]
    if not found:
        raise DecodeError("an empty list of travel advisories, which there never is")
    return itemise(source, found, now)


def _raw(title: str, summary: str, link: str, when: datetime | None) -> Raw | None:
    told = _TITLE.match(title[:MAX_TITLE])
    if told is None:
        return None
    level = told["level"]
    country, severity = country_named(told["name"]), scales.of(scales.STATE, level)
    return advice(
        government="US",
        country=country,
        name=told["name"],
        phrase=_PHRASES.get(level, f"level {level}"),
        note=plain_text(summary, limit=_NOTE),
        severity=severity,
        own_word=f"Level {level}",
        level=Level(government="US", whole=severity) if severity is not None else None,
        revision=f"{level} {when.isoformat() if when else ''}",
        when=when,
        link=link,
        event_id=country or told["name"],
    )
