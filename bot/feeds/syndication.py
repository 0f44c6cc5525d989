"""RSS 0.9 to 2.0, Atom 0.3 and 1.0, RDF.

fastfeedparser reads what it can, 40 times as fast as feedparser (notes on sources, section 8). feedparser reads
the rest: where the first fails, finds no items though there are some, or no dates, and where items bear points or
a language of their own, which the first drops. Neither is ever given what it could take for an address or the name
of a file (fastfeedparser a `str`, feedparser bare bytes).
"""

import io
import re
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

import fastfeedparser
import feedparser

from bot.feeds.dates import parse_date
from bot.feeds.guard import HEAD
from bot.feeds.itemise import Raw, itemise
from bot.model.errors import DecodeError
from bot.model.item import Item, Source
from bot.model.place import Point

_ENTRY = re.compile(r"<(?:[\w.-]+:)?(?:item|entry)[\s>]", re.IGNORECASE)
_DATE = re.compile(r"<(?:[\w.-]+:)?(?:pubDate|date|published|updated|issued|modified|created)[\s>]", re.IGNORECASE)
_DROPPED = re.compile(r"<(?:georss|geo|gml):\w|<dc:language|<(?:item|entry)\b[^>]{0,500}\sxml:lang=")
_FEED_LANGUAGE = re.compile(
    r"<(?:dc:)?language[^>]{0,100}>\s*([\w-]{2,12})\s*</|<(?:\w+:)?(?:rss|feed|RDF|channel)\b[^>]{0,3000}?\sxml:lang=[\"']([\w-]{2,12})"
)

_Entry = Mapping[str, Any]


def decode(source: Source, text: str, now: datetime) -> tuple[Item, ...]:
    """Return the items of an RSS, Atom or RDF feed.

    Raises:
        DecodeError: neither parser can make anything of it.
    """
    first = _ENTRY.search(text)
    if first is None:
        return ()
    language = _feed_language(text[: min(first.start(), HEAD)])
    return itemise(source, [_raw(entry, language) for entry in _entries(text, first.start())], now)


def _entries(text: str, first: int) -> list[_Entry]:
    body = text.encode()
    failure: Exception | None = None
    if not _DROPPED.search(text, first):
        try:
            entries: list[_Entry] = list(fastfeedparser.parse(body, include_tags=False, include_media=False).entries)
        except Exception as error:  # noqa: BLE001 - a parser on strangers' bytes may raise anything
            failure, entries = error, []
        if entries and (any(map(_written_date, entries)) or not _DATE.search(text)):
            return entries
    try:
        found = feedparser.parse(io.BytesIO(body), sanitize_html=False, resolve_relative_uris=False)
    except Exception as error:  # noqa: BLE001 - the same
        raise DecodeError(f"XML that no feed parser can read ({type(error).__name__})") from (failure or error)
    if not found.entries:
        raise DecodeError("XML so broken that no item of the feed can be read")
    return list(found.entries)


def _raw(entry: _Entry, language: str) -> Raw:
    contents = entry.get("content") or ()
    texts = (_text(entry.get("summary")), _text(entry.get("description")), *(_text(c.get("value")) for c in contents))
    return Raw(
        guid=_text(entry.get("id")),
        link=_link(entry),
        title=_text(entry.get("title")),
        texts=tuple(dict.fromkeys(filter(None, texts))),
        published=parse_date(_written_date(entry)),
        language=_text(entry.get("language")) or _text((entry.get("title_detail") or {}).get("language")) or language,
        points=tuple(_points(entry)),
    )


def _link(entry: _Entry) -> str:
    """Return the address of the page for people: an Atom item may also link to itself, its comments and pictures."""
    for link in entry.get("links") or ():
        if link.get("rel") in {None, "", "alternate"} and link.get("href"):
            return _text(link["href"])
    return _text(entry.get("link"))


def _written_date(entry: _Entry) -> str:
    return _text(entry.get("published")) or _text(entry.get("updated"))


def _points(entry: _Entry) -> Iterable[Point]:
    where = entry.get("where") or {}
    pairs: list[tuple[Any, Any]] = []
    if where.get("type") == "Point":
        lon, lat = where["coordinates"][:2]
        pairs.append((lat, lon))
    elif "geo_lat" in entry and "geo_long" in entry:
        pairs.append((entry["geo_lat"], entry["geo_long"]))
    for lat, lon in pairs:
        point = point_of(lat, lon)
        if point is not None:
            yield point


def point_of(lat: object, lon: object) -> Point | None:
    """Return the point that two figures name, or None where they name none on earth."""
    try:
        point = Point(float(str(lat)), float(str(lon)))
    except ValueError:
        return None
    return point if abs(point.lat) <= 90 and abs(point.lon) <= 180 else None  # noqa: PLR2004 - degrees


def _feed_language(head: str) -> str:
    found = _FEED_LANGUAGE.search(head)
    return (found[1] or found[2]) if found else ""


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""
