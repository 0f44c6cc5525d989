"""Outbreaks: the Disease Outbreak News of the WHO (OData), and the travel health notices of the US CDC (RSS)."""

import re
from datetime import datetime

from bot.feeds import scales
from bot.feeds.countries import country_named
from bot.feeds.dates import parse_date
from bot.feeds.fields import Json, child, instant, parse_json, parse_xml, rows, said
from bot.feeds.itemise import Raw, itemise
from bot.feeds.plain_text import cut, one_line
from bot.model.errors import DecodeError
from bot.model.hazard import Hazard
from bot.model.item import Item, Native, Source

_DASH = re.compile(r"(?:(?<!\s)\s+)?[-–—:]\s+(?=[A-Z])|(?<!\s)\s+[-–—]\s*(?=[A-Z])")
_LEVEL = re.compile(r"^Level\s+(\d)\s*[-–—:]?\s*", re.IGNORECASE)
_IN = re.compile(r"(?<!\s)\s+(?:in|-|–)\s+(?:the )?(.+)$")
_SUMMARY = 1_500


def decode_don(source: Source, text: str, now: datetime) -> tuple[Item, ...]:
    """Return one item for each notice; one that is written anew is the same item anew."""
    listed = rows(parse_json(text), "value", of="outbreaks")
    return itemise(source, [raw for row in listed if (raw := _don(row)) is not None], now)


def _don(row: Json) -> Raw | None:
    title = one_line(said(row, "Title"), limit=300)
    event_id = said(row, "DonId", "UrlName", "Id")
    if not title or not event_id:
        return None
    _, *where = _DASH.split(title)
    country = country_named(where[-1]) if where else None
    summary = cut(one_line(str(row.get("Summary") or row.get("Overview") or ""), limit=_SUMMARY), _SUMMARY)
    path = said(row, "ItemDefaultUrl", "UrlName").lstrip("/")
    return Raw(
        guid=event_id,
        link=f"https://www.who.int/emergencies/disease-outbreak-news/item/{path.rpartition('/')[2]}" if path else "",
        title=f"Outbreak notice of the WHO: {title}",
        texts=(summary,),
        published=instant(row.get("PublicationDateAndTime")) or instant(row.get("LastModified")),
        language="en",
        native=Native(
            event_id=event_id,
            revision=said(row, "LastModified"),
            hazard=Hazard.HEALTH,
            countries=(country,) if country else (),
        ),
    )


def decode_cdc(source: Source, text: str, now: datetime) -> tuple[Item, ...]:
    """Return one item for each travel health notice ("Level 2 - Measles in Mali")."""
    root = parse_xml(text)
    if root.find("{*}channel") is None:
        raise DecodeError("XML that is no feed of travel health notices")
    raws = [
        _cdc(child(item, "title"), child(item, "guid") or child(item, "link"), child(item, "link"),
             parse_date(child(item, "pubDate")))
        for item in root.iter("{*}item")
    ]  # fmt: skip
    return itemise(source, [raw for raw in raws if raw is not None], now)


def _cdc(title: str, guid: str, link: str, when: datetime | None) -> Raw | None:
    level = _LEVEL.match(title)
    subject = _LEVEL.sub("", title).strip()
    if not subject:
        return None
    where = _IN.search(subject)
    country = country_named(where[1]) if where else None
    word = level[1] if level else ""
    return Raw(
        guid=guid,
        link=link,
        title=f"US health notice for travellers{f', level {word}' if word else ''}: {subject}",
        published=when,
        language="en",
        native=Native(
            event_id=guid or subject,
            revision=f"{word} {when.isoformat() if when else ''}",
            hazard=Hazard.HEALTH,
            severity=scales.of(scales.CDC, word),
            own_word=f"level {word}" if word else "",
            countries=(country,) if country else (),
        ),
    )
