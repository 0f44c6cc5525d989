"""Lines of text with marks, and how they become Telegram's HTML or plain text.

Text is put together and shortened first; marks are added last, by `html`, so no tag can be cut in two. Everything that
is shown passes `escape`; words of feeds pass `quoted` before.
"""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from urllib.parse import urlsplit

LIMIT = 4096
"""UTF-16 code units that a Telegram message may have. Telegram counts code points after the tags are taken out; to
count UTF-16 units with the tags is stricter, and safe (notes on Telegram, section 6)."""
LONGEST_URL = 512

_JOINERS = "\u200c\u200d"  # scripts of South Asia and Persia need them between letters
_WORD_JOINER = "\u2060"
_MARKS_A_BASE = 2
_SIGN = re.compile(r"(?<!\w)([@#$/])(?=\w)|(?<=\w)([.:])(?=/?/?[^\W\d_]{2})")


class Style(StrEnum):
    """How a run of text is shown."""

    PLAIN = ""
    BOLD = "b"
    ITALIC = "i"


@dataclass(frozen=True, slots=True)
class Run:
    """Text of one style, or a link."""

    text: str
    style: Style = Style.PLAIN
    url: str = ""


Line = tuple[Run, ...]


def units(text: str) -> int:
    """Return the length in UTF-16 code units."""
    return len(text) + sum(character > "\uffff" for character in text)


def clean(text: str) -> str:
    """Return the text on one line, without control, direction and invisible characters, and without piled-up marks."""
    kept: list[str] = []
    marks = 0
    for character in unicodedata.normalize("NFC", text):
        category = unicodedata.category(character)
        marks = marks + 1 if category in {"Mn", "Me"} else 0
        if marks > _MARKS_A_BASE or category in {"Cs", "Cn"} or (category == "Cf" and character not in _JOINERS):
            continue
        kept.append(" " if category in {"Cc", "Zl", "Zp"} else character)
    return " ".join("".join(kept).split())


def shorten(text: str, limit: int) -> str:
    """Return the text within that many UTF-16 units, cut at a word where one is near, with an ellipsis."""
    if units(text) <= limit:
        return text
    kept = text.encode("utf-16-le")[: 2 * (limit - 1)].decode("utf-16-le", errors="ignore")
    at_word = kept.rpartition(" ")[0]
    return (at_word if len(at_word) > len(kept) // 2 else kept).rstrip(" ,;:–-") + "…"


def quoted(text: str, limit: int) -> str:
    """Return words of a feed, cleaned and shortened, in which nothing can be tapped.

    Telegram makes links of "@name", "/stop", "#tag" and "example.com" by itself; an invisible joiner prevents that.
    """
    return _SIGN.sub(lambda found: found.group() + _WORD_JOINER, shorten(clean(text), limit))


def escape(text: str) -> str:
    """Return the text for HTML: the one door through which text enters a message."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace('"', "&quot;")


def safe_url(url: str) -> str:
    """Return the address if it is a plain web address that can stand in a message, its host in ASCII; else empty."""
    if len(url) > LONGEST_URL or not url.isprintable() or any(character.isspace() for character in url):
        return ""
    try:
        parts = urlsplit(url)
        host = (parts.hostname or "").encode("idna").decode("ascii")
        port = f":{parts.port}" if parts.port else ""
    except (ValueError, UnicodeError):
        return ""
    if parts.scheme not in {"http", "https"} or "." not in host or "@" in parts.netloc:
        return ""
    return parts._replace(netloc=host + port).geturl()


def html(lines: Sequence[Line]) -> str:
    """Return the lines as Telegram's HTML."""
    return "\n".join("".join(_html_run(run) for run in line) for line in lines)


def plain(lines: Sequence[Line]) -> str:
    """Return the lines without marks; a link is followed by its address."""
    return "\n".join(
        "".join(f"{run.text} ({run.url})" if run.url else run.text for run in line) for line in lines
    )  # fmt: skip


def fitting(lines: Sequence[Line], limit: int = LIMIT) -> tuple[Line, ...]:
    """Return the lines that fit with their marks: links go first, then lines, the lowest first."""
    kept = list(lines)
    if _too_long(kept, limit):
        kept = [tuple(Run(run.text, run.style) for run in line) for line in kept]
    while len(kept) > 1 and _too_long(kept, limit):
        kept.pop()
    return tuple(kept)


def _too_long(lines: Sequence[Line], limit: int) -> bool:
    return units(html(lines)) > limit or units(plain(lines)) > limit


def _html_run(run: Run) -> str:
    text = escape(run.text)
    if run.url:
        return f'<a href="{escape(run.url)}">{text}</a>'
    return f"<{run.style}>{text}</{run.style}>" if run.style else text
