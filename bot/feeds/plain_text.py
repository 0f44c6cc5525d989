"""HTML as it stands in feeds, to plain text that is fit to be read and shown."""

import re
import unicodedata

from selectolax.lexbor import LexborHTMLParser

MAX_MARKUP = 200_000
"""Characters of markup that are looked at; real summaries and whole articles stay far below."""

_BLOCK = re.compile(
    r"<(?=/?(?:p|div|br|hr|li|ul|ol|dl|dt|dd|tr|td|th|table|h[1-6]|blockquote|section|article|figure|figcaption)\b)",
    re.IGNORECASE,
)
_MARKUP = re.compile(r"<[a-zA-Z/!]|&#?\w{1,32};")
_TWICE_ESCAPED = re.compile(
    r"</?(?:p|br|a|b|i|em|strong|div|span|img|ul|li)\b[^<>]*>|&(?:#\d+|\w{2,8});", re.IGNORECASE
)
_PILED_MARKS = re.compile(
    "([\u0300-\u036f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff]{2})[\u0300-\u036f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff]+"
)
_SPACES = re.compile(r"[^\S\n]+")
_LINES = re.compile(r" ?\n[\s]*")
_KEPT_FORMAT = "\u200c\u200d"
"""The joiners: Persian, Hindi and others are misspelt without them."""

_SYNDICATION_TAIL = re.compile(
    r"(?:(?<!\s)\s+)?(?:"
    r"The post .{1,300} (?:appeared first on|first appeared on) .{1,100}"
    r"|(?:L[’']article|Cet article) .{1,300} est apparu en premier sur .{1,100}"
    r"|La entrada .{1,300} (?:se publicó primero en|aparece primero en) .{1,100}"
    r"|O post .{1,300} apareceu primeiro em .{1,100}"
    r"|Der Beitrag .{1,300} erschien zuerst auf .{1,100}"
    r"|Сообщение .{1,300} появились сначала на .{1,100}"
    r"|ظهرت المقالة .{1,300} أولاً على .{1,100}"
    r")\Z"
)
"""What WordPress puts under each summary: the title again and the name of the site ("Mali Actu"), which is no place."""


class _Unwanted(dict[int, str | None]):
    """What becomes of a character: control and format characters go, spaces become plain."""

    def __missing__(self, code: int) -> str | None:
        character = chr(code)
        kept: str | None = character
        match unicodedata.category(character):
            case "Cc" if character not in "\t\n\r\x0b\x0c\x85":
                kept = None
            case "Cf" if character not in _KEPT_FORMAT:
                kept = None
            case "Cs" | "Co" | "Cn":
                kept = None
            case "Zl" | "Zp":
                kept = "\n"
        self[code] = kept
        return kept


_UNWANTED = _Unwanted()


def plain_text(markup: str, *, limit: int) -> str:
    """Return the words of a piece of HTML: blocks on lines of their own, spaces collapsed, at most `limit` characters.

    Text that is no HTML comes out as it is. Scripts and styles are dropped; text escaped twice is unescaped twice.
    """
    text = _stripped(markup[:MAX_MARKUP])
    if _TWICE_ESCAPED.search(text):
        text = _stripped(text)
    return cut(_SYNDICATION_TAIL.sub("", clean(text)), limit)


def one_line(markup: str, *, limit: int) -> str:
    """Return the words of a piece of HTML on one line."""
    return plain_text(markup, limit=limit).replace("\n", " ")


def clean(text: str) -> str:
    """Return text in NFC without control, format and bidi characters, with single spaces and line breaks."""
    text = unicodedata.normalize("NFC", text.translate(_UNWANTED))
    text = _PILED_MARKS.sub(r"\1", text)
    return _LINES.sub("\n", _SPACES.sub(" ", text)).strip()


def cut(text: str, limit: int) -> str:
    """Return at most `limit` characters, ending after a whole word."""
    if len(text) <= limit:
        return text
    return text[:limit].rsplit(None, 1)[0] if " " in text[:limit] else text[:limit]


def _stripped(markup: str) -> str:
    if not _MARKUP.search(markup):
        return markup
    tree = LexborHTMLParser(_BLOCK.sub("\n<", markup))
    tree.strip_tags(["script", "style", "noscript", "template", "iframe"], recursive=True)
    return tree.text(separator="") if tree.body is None else tree.body.text(separator="")
