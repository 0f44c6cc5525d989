"""Text and the spans that point into it."""

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


class _Folding(dict[int, str]):
    """Folded characters by code point, worked out when first met."""

    _SINGLE: ClassVar[dict[str, str]] = {
        **dict.fromkeys("’ʼ‘`´", "'"),
        **dict.fromkeys("‐‑–—", "-"),
        **dict.fromkeys("\u00a0\u202f\t\n\r", " "),
        "ß": "s", "æ": "a", "œ": "o", "ø": "o", "đ": "d", "ł": "l", "ı": "i", "þ": "t", "ð": "d",
    }  # fmt: skip

    def __missing__(self, code: int) -> str:
        character = chr(code)
        lower = character.lower()[0]
        folded = self._SINGLE.get(lower) or unicodedata.normalize("NFD", lower)[0]
        self[code] = folded
        return folded


_FOLDING = _Folding()


def fold(text: str) -> str:
    """Return the text without case and accents, of the same length, so that spans still fit.

    One character always becomes one character ("ß" -> "s", "É" -> "e", "’" -> "'"): what is found in
    the folded text is found at the same offsets in the original.
    """
    return text.translate(_FOLDING)
