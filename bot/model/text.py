"""Text and the spans that point into it."""

import re
import unicodedata
from dataclasses import dataclass
from enum import StrEnum
from typing import ClassVar


class Field(StrEnum):
    """The part of an item that a span points into."""

    TITLE = "title"
    TEXT = "text"


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """Characters start..end (end excluded) of one field of an item."""

    field: Field
    start: int
    end: int

    def overlaps(self, other: "Span") -> bool:
        """Tell whether the two spans share a character."""
        return self.field is other.field and self.start < other.end and other.start < self.end

    def within(self, other: "Span") -> bool:
        """Tell whether this span lies wholly inside the other."""
        return self.field is other.field and other.start <= self.start and self.end <= other.end


_MARK = "\u064b"  # what folding makes of Arabic vowel signs, of letters drawn long, of signs without width
_SIGNS = re.compile(rf"[\w{_MARK}]+")


class _Folding(dict[int, str]):
    """Folded characters by code point, worked out when first met."""

    _SINGLE: ClassVar[dict[str, str]] = {
        **dict.fromkeys("’ʼ‘`´", "'"),
        **dict.fromkeys("‐‑–—", "-"),
        **dict.fromkeys("\u00a0\u202f\t\n\r", " "),
        **dict(zip("،؛؟٪٫٬", ",;?%.,", strict=True)),
        **dict.fromkeys(map(chr, (*range(0x64B, 0x660), 0x670, 0x640, *range(0x200B, 0x2010), 0xFEFF)), _MARK),
        "ß": "s", "æ": "a", "œ": "o", "ø": "o", "đ": "d", "ł": "l", "ı": "i", "þ": "t", "ð": "d",
    }  # fmt: skip

    def __missing__(self, code: int) -> str:
        character = chr(code)
        lower = character.lower()[0]
        folded = self._SINGLE.get(lower) or unicodedata.normalize("NFD", lower)[0]
        if folded.isdecimal():
            folded = str(unicodedata.decimal(folded))
        self[code] = folded
        return folded


_FOLDING = _Folding()


def fold(text: str) -> str:
    """Return the text without case and accents, of the same length, so that spans still fit.

    One character always becomes one character ("ß" -> "s", "É" -> "e", "’" -> "'"): what is found in
    the folded text is found at the same offsets in the original. Arabic vowel signs alone move: blanks for
    them follow their word, so that a word written with them is the same as one without.
    """
    folded = text.translate(_FOLDING)
    return _SIGNS.sub(_without_marks, folded) if _MARK in folded else folded


def _without_marks(word: re.Match[str]) -> str:
    bare = word[0].replace(_MARK, "")
    return bare + " " * (len(word[0]) - len(bare))
