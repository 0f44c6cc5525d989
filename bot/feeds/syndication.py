"""RSS 0.9 to 2.0, Atom 0.3 and 1.0, RDF.

fastfeedparser reads what it can, 40 times as fast as feedparser (notes on sources, section 8). feedparser reads
the rest: where the first fails, finds no items though there are some, or no dates, and where items bear points, a
language of their own, links relative to an xml:base or links written as RSS has them, all of which the first drops.
Neither is ever given what it could take for an address or the name of a file (fastfeedparser a `str`, feedparser
bare bytes).
"""

import io
import re
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

import fastfeedparser
import fastfeedparser.main
import feedparser

from bot.feeds.dates import parse_date
from bot.feeds.guard import HEAD
from bot.feeds.itemise import Raw, itemise
from bot.model.errors import DecodeError
from bot.model.item import Item, Source
from bot.model.place import Point

fastfeedparser.main._slow_dateparser = lambda _: None  # noqa: SLF001 - no other way to switch it off
"""Where dateparser is installed (trafilatura brings it), fastfeedparser asks it for the dates that it cannot read, and
hears that "mar., 17 sept. 2024" lies in January 2026. Our own dates know, or say nothing."""

_ENTRY = re.compile(r"<(?:[\w.-]+:)?(?:item|entry)[\s>]", re.IGNORECASE)
_DATE = re.compile(r"<(?:[\w.-]+:)?(?:pubDate|date|published|updated|issued|modified|created)[\s>]", re.IGNORECASE)
_DROPPED = re.compile(r"<(?:georss|geo|gml):\w|<dc:language|<(?:item|entry)\b[^>]{0,500}\sxml:lang=")
_LINK_AS_TEXT = re.compile(r"<(?:atom:)?link\b[^<>]{0,500}>\s*https?:")
_FEED_LANGUAGE = re.compile(
    r"<(?:dc:)?language[^<>]{0,100}>\s*+([\w-]{2,12})\s*</|<(?:\w+:)?(?:rss|feed|RDF|channel)\b[^<>]{0,3000}?\sxml:lang=[\"']([\w-]{2,12})"
)

_NO_PAGE = frozenset({"enclosure", "license", "replies", "edit", "edit-media"})
"""What an Atom item links to beside itself: a sound file is no page to read."""

_Entry = Mapping[str, Any]


def decode(source: Source, text: str, now: datetime) -> tuple[Item, ...]:
    """Return the items of an RSS, Atom or RDF feed.

    Raises:
        DecodeError: neither parser can make anything of it.
    """
    return itemise(source, entries_of(text), now)


def entries_of(text: str) -> list[Raw]:
    """Return what a feed holds, entry by entry, as it stands there; empty where there is none.

    Raises:
        DecodeError: neither parser can make anything of it.
    """
    first = _ENTRY.search(text)
    if first is None:
        return []
    language = _feed_language(text[: min(first.start(), HEAD)])
    is_atom = "entry" in first[0].lower()
    return [_raw(entry, language, is_atom=is_atom) for entry in _entries(text, first.start())]


def _entries(text: str, first: int) -> list[_Entry]:
    body = text.encode()
    failure: Exception | None = None
    if not _DROPPED.search(text, first):
        try:
            entries: list[_Entry] = list(fastfeedparser.parse(body, include_tags=False, include_media=False).entries)
        except Exception as error:  # noqa: BLE001 - a parser on strangers' bytes may raise anything
            failure, entries = error, []
        dated = any(map(_written_date, entries)) or not _DATE.search(text)
        if entries and dated and not _astray(entries, text, first):
            return entries
    try:
        found = feedparser.parse(io.BytesIO(body), sanitize_html=False, resolve_relative_uris=False)
    except Exception as error:  # noqa: BLE001 - the same
        raise DecodeError(f"XML that no feed parser can read ({type(error).__name__})") from (failure or error)
    if not found.entries:
        raise DecodeError("XML so broken that no item of the feed can be read")
    return list(found.entries)


def _raw(entry: _Entry, language: str, *, is_atom: bool) -> Raw:
    contents = entry.get("content") or ()
    texts = (_text(entry.get("summary")), _text(entry.get("description")), *(_text(c.get("value")) for c in contents))
    return Raw(
        guid=_text(entry.get("id")),
        link=_link(entry) or (_address(_text(entry.get("id"))) if is_atom and not entry.get("link") else ""),
        title=_text(entry.get("title")),
        texts=tuple(dict.fromkeys(filter(None, texts))),
        published=parse_date(_written_date(entry)),
        language=_text(entry.get("language")) or _text((entry.get("title_detail") or {}).get("language")) or language,
        points=tuple(_points(entry)),
    )


def _link(entry: _Entry) -> str:
    """Return the address of the page for people: an Atom item may also link to itself, its comments and pictures."""
    links = entry.get("links") or ()
    for link in links:
        if link.get("rel") in {None, "", "alternate"} and link.get("href"):
            return _text(link["href"])
    found = _text(entry.get("link"))
    return "" if any(link.get("href") == found and link.get("rel") in _NO_PAGE for link in links) else found


def _address(guid: str) -> str:
    """Return an Atom item's id where it is an address: with no link it is all that leads to the item (RFC 4287)."""
    return guid if guid.lower().startswith(("http://", "https://")) else ""


def _astray(entries: Iterable[_Entry], text: str, first: int) -> bool:
    """Tell whether links were misread: relative to an xml:base, or in Atom as the text of their tag."""
    links = [_link(entry) for entry in entries]
    if "xml:base=" in text and any(link and "://" not in link for link in links):
        return True
    return "" in links and text.startswith(("<entry", "<atom:entry"), first) and bool(_LINK_AS_TEXT.search(text, first))


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
