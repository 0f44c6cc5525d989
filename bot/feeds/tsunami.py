"""US tsunami warning centres (tsunami.gov): the Atom feeds of their latest bulletin.

The category ("Warning", "Advisory", "Watch", "Information") stands in the summary's words, the place in geo:lat and
geo:long. An information bulletin says that there is no danger; the CAP twins are read by `cap`.
"""

import re
from datetime import datetime
from typing import Any

from bot.feeds import scales
from bot.feeds.dates import parse_date
from bot.feeds.drills import is_a_test
from bot.feeds.fields import child, parse_xml
from bot.feeds.itemise import Raw, itemise
from bot.feeds.plain_text import plain_text
from bot.feeds.syndication import point_of
from bot.model.errors import DecodeError
from bot.model.hazard import Hazard
from bot.model.item import Item, Native, Source

_CATEGORY = re.compile(r"Category:?\s*(?:</[^>]*>)?\s*(\w+)", re.IGNORECASE)
_MAGNITUDE = re.compile(r"Magnitude:?\s*(\d+(?:\.\d+)?)", re.IGNORECASE)
_REGION = re.compile(r"Affected Region:?\s*([^\n]+?)(?=\s*(?:Note:|Definition:|\n|$))", re.IGNORECASE)
_OVER = re.compile(
    r"\bcancell?(?:ed|ation|s)?\b|threat has (?:largely )?passed|\bfinal (?:message|bulletin)", re.IGNORECASE
)
_EVENT = re.compile(r"/events/(\w+/\d{4}/\d{2}/\d{2}/\w+)/")
"""Bulletins of one event stand in one folder: /events/PAAQ/2024/01/31/r5qzd7/2/WEAK51/WEAK51.txt."""
_MOST_WORDS = 3_000


def decode(source: Source, text: str, now: datetime) -> tuple[Item, ...]:
    """Return one item for each bulletin; the next one of the same event is the same item anew."""
    root = parse_xml(text)
    if not root.tag.endswith(("}feed", "feed", "rss")):
        raise DecodeError("XML that is no feed of tsunami bulletins")
    entries = [*root.iter("{*}entry"), *root.iter("{*}item")]
    return itemise(source, [raw for entry in entries if (raw := _raw(entry)) is not None], now)


def _raw(entry: Any) -> Raw | None:  # noqa: ANN401 - lxml brings no types
    where = child(entry, "title")
    words = _summary(entry)
    category = _CATEGORY.search(words)
    links = [link.get("href", "") or (link.text or "") for link in entry.iter("{*}link")]
    bulletin = child(entry, "id") or child(entry, "guid")
    sent = parse_date(child(entry, "updated") or child(entry, "pubDate"))
    if not bulletin or sent is None or is_a_test(where, words):
        return None
    folder = next((found[1] for link in links if (found := _EVENT.search(link))), "")
    word = category[1].lower() if category else ("threat" if "threat" in where.lower() else "")
    over = word == "cancellation" or _OVER.search(words) is not None
    size, region = _MAGNITUDE.search(words), _REGION.search(words)
    place = region[1].strip() if region else where
    after = f" after a magnitude {size[1]} earthquake" if size else ""
    point = point_of(child(entry, "lat"), child(entry, "long"))
    return Raw(
        guid=bulletin,
        link=next((link for link in links if link), ""),
        title=_title(word, place, after, over=over),
        texts=(f"The quake's place: {where}.",) if where != place else (),
        published=sent,
        language="en",
        points=(point,) if point else (),
        native=Native(
            event_id=folder or bulletin,
            revision=f"{bulletin} {sent.isoformat()}",
            hazard=Hazard.TSUNAMI,
            severity=scales.of(scales.TSUNAMI, word),
            own_word=word,
            ended=over and word not in {"information", "statement"},
            areas=(place,) if place else (),
        ),
    )


def _title(word: str, place: str, after: str, *, over: bool) -> str:
    if word in {"information", "statement"}:
        return f"Tsunami centre: no danger reported{after}, {place}"
    if over:
        return f"Tsunami {word or 'bulletin'} cancelled: {place}"
    return f"Tsunami {word or 'bulletin'}{after}: {place}"


def _summary(entry: Any) -> str:  # noqa: ANN401 - as above
    """Return the summary's words: it is XHTML, or HTML as text."""
    found = entry.find("{*}summary")
    found = entry.find("{*}description") if found is None else found
    return "" if found is None else plain_text("".join(found.itertext()), limit=_MOST_WORDS)
