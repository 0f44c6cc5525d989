"""Open events as an Atom feed (RFC 4287), each entry with a link to its CAP alert."""

from collections.abc import Sequence
from datetime import datetime

from lxml import etree
from lxml.builder import ElementMaker

from bot.alerts.account import account
from bot.alerts.reader import Reader
from bot.model.event import Event
from bot.web.cap import CONTENT_TYPE as CAP_TYPE
from bot.web.cap import legal

CONTENT_TYPE = "application/atom+xml; charset=utf-8"
_NAMESPACE = "http://www.w3.org/2005/Atom"


def atom(events: Sequence[Event], reader: Reader, now: datetime, *, base: str) -> bytes:
    """Return the feed; `base` is the address of these pages, without a slash at its end."""
    make = ElementMaker(namespace=_NAMESPACE, nsmap={None: _NAMESPACE})
    updated = max((event.last_seen_at for event in events), default=now)
    feed = make.feed(
        make.id("urn:outrider:events"),
        make.title("Outrider: open events"),
        make.updated(updated.isoformat()),
        make.author(make.name("Outrider")),
        make.link(rel="self", href=f"{base}/events.atom"),
        *(_entry(make, event, reader, base) for event in events),
    )
    return bytes(etree.tostring(feed, xml_declaration=True, encoding="utf-8", pretty_print=True))


def _entry(make: ElementMaker, event: Event, reader: Reader, base: str) -> object:
    told = account(event, reader)
    words = f"{told.body}\n{told.advice}".strip()
    return make.entry(
        make.id(f"urn:outrider:event:{event.id}"),
        make.title(legal(told.title)),
        make.updated(event.last_seen_at.isoformat()),
        make.published(event.first_seen_at.isoformat()),
        make.category(term=event.hazard.value),
        make.link(rel="alternate", type=CAP_TYPE.partition(";")[0], href=f"{base}/events/{event.id}.cap"),
        make.content(legal(words), type="text"),
    )
