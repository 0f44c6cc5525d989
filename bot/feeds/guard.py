"""What is refused before any parser sees it, and what kind of document the rest is.

The limits and their reasons stand in the notes on sources, section 8: parsers take the square of the number of
attributes of one tag, and entity declarations exist in feeds only to do harm (a bare DOCTYPE is legal: RSS 0.91).
"""

import re
from dataclasses import dataclass
from enum import StrEnum

from bot.feeds.charset import text_of
from bot.model.errors import DecodeError

MAX_BYTES = 5_000_000
MAX_START_TAG = 65_536
MAX_DEPTH = 256
HEAD = 20_000

_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff]")
_PROLOG = re.compile(r"<\?xml\b[^>]{0,500}\?>")
_BEFORE_ROOT = re.compile(r"(?:[^<]++|<\?.*?\?>|<!--.*?-->|<![^\[>]*+(?:\[[^\]]*+\][^>]*+)?>)*", re.DOTALL)
_ROOT = re.compile(r"<(?:[\w.-]+:)?([\w.-]+)")
_FEED_ROOT = re.compile(r"<(?:[\w.-]+:)?(rss|feed|rdf)[\s>]", re.IGNORECASE)
_LONG_SEGMENT = re.compile(r"<[A-Za-z_:][^<]{%d,}" % MAX_START_TAG)  # noqa: UP031 - the braces are the pattern's
_START_TAG = re.compile(r"<[^<>\"']*+(?:\"[^\"]*+\"[^<>\"']*+|'[^']*+'[^<>\"']*+)*+>")
_DEEP = re.compile(r"(?:<[A-Za-z_:](?:[^<>/]|/(?!>))*+>\s*+)++")
"""Start tags upon start tags: a feed nests ten deep, and each level costs its parser memory."""
_HTML_ROOTS = frozenset({"html", "head", "body", "script", "div", "p", "br", "b", "meta", "title", "h1", "center"})


class Shape(StrEnum):
    """What a document is, by its root."""

    JSON = "json"
    CAP = "cap"
    SYNDICATION = "syndication"
    OTHER_XML = "other-xml"


@dataclass(frozen=True, slots=True)
class Document:
    """A body that may be parsed: as text, without XML declaration and forbidden characters."""

    shape: Shape
    text: str
    root: str = ""


def admit(body: bytes, content_type: str) -> Document:
    """Return the body as a document of a known shape.

    Raises:
        DecodeError: it is empty, too large, a page for people, cut short, or made to do harm.
    """
    if len(body) > MAX_BYTES:
        raise DecodeError(f"a body of {len(body) / 1e6:.1f} MB, more than {MAX_BYTES / 1e6:.0f} MB")
    if body.startswith(b"\x1f\x8b"):
        raise DecodeError("compressed data instead of a feed")
    text = _CONTROL.sub(" ", text_of(body, content_type)).lstrip()
    if not text:
        raise DecodeError("an empty answer")
    if text[0] in "{[":
        return Document(Shape.JSON, text)
    return _admit_xml(text)


def _admit_xml(text: str) -> Document:
    if "<!ENTITY" in text:
        raise DecodeError("an entity declaration, which a feed never needs")
    start, root = _root(text)
    if not root:
        raise DecodeError("text that is no feed")
    if root.lower() in _HTML_ROOTS:
        raise DecodeError("an HTML page instead of a feed")
    for segment in _LONG_SEGMENT.finditer(text):
        tag = _START_TAG.match(segment[0])
        if tag is None or tag.end() > MAX_START_TAG:
            raise DecodeError(f"a start tag of more than {MAX_START_TAG // 1024} KB")
    if any(run[0].count("<") > MAX_DEPTH for run in _DEEP.finditer(text)):
        raise DecodeError(f"tags nested more than {MAX_DEPTH} deep")
    if not re.search(rf"</(?:[\w.-]+:)?{re.escape(root)}\s*>|/>\s*$", text[-HEAD:]):
        raise DecodeError("XML that is cut short")
    return Document(_shape(root), _PROLOG.sub("", text[start:], count=1), root)


def _root(text: str) -> tuple[int, str]:
    """Return where the document starts and the local name of its root.

    What a server's warnings put before a feed is skipped: the root of a feed further down is the root.
    """
    head = text[:HEAD]
    before = _BEFORE_ROOT.match(head)
    root = _ROOT.match(head, before.end() if before else 0)
    if root and root[1].lower() not in _HTML_ROOTS:
        return max(0, text.find("<")), root[1]
    further = _FEED_ROOT.search(head)
    if further and not re.match(r"\s*<(?:!doctype\s+)?html", head, re.IGNORECASE):
        return further.start(), further[1]
    return 0, root[1] if root else ""


def _shape(root: str) -> Shape:
    match root.lower():
        case "rss" | "feed" | "rdf":
            return Shape.SYNDICATION
        case "alert":
            return Shape.CAP
        case _:
            return Shape.OTHER_XML
