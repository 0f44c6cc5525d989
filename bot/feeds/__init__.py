"""Bytes to Items: pure decoders, one file per format.

The door is `decode`. What a body is decides who reads it, not what its server calls it: JSON goes to `json_feed`,
an XML file with CAP alerts in it to `cap`, RSS, Atom and RDF to `syndication`. Before any parser stands `guard`.
"""

from datetime import datetime

from bot.feeds import cap, json_feed, syndication
from bot.feeds.guard import Shape, admit
from bot.model.errors import DecodeError
from bot.model.item import Format, Item, Source

__all__ = ["decode"]


def decode(source: Source, body: bytes, content_type: str, now: datetime) -> tuple[Item, ...]:
    """Return the items that a body holds, in its own order; none for a feed that is empty.

    Args:
        source: whose body it is; gives the items their outlet, voice and, where nothing is declared, language.
        body: the whole answer, decompressed.
        content_type: the header as it was sent; only its charset is looked at, and only where nothing better is known.
        now: becomes `fetched_at`, and takes the place of dates that lie in the future.

    Raises:
        DecodeError: it is no feed, or one that must not be read; the message is for people.
    """
    document = admit(body, content_type)
    if document.shape is Shape.JSON:
        return json_feed.decode(source, document.text, now)
    if document.shape is Shape.CAP or (source.format is Format.CAP and cap.holds_alerts(document.text)):
        return cap.decode(source, document.text, now)
    if document.shape is Shape.SYNDICATION:
        return syndication.decode(source, document.text, now)
    raise DecodeError(f"XML that is no feed (its root is <{document.root[:40]}>)")
