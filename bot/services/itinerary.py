"""What a person writes of a journey: "Bamako 12-18 Nov via CDG" -> the names of its places, and its days."""

import re
from dataclasses import dataclass
from datetime import date

from bot.wording.typed_dates import Span, found_span

MOST_STOPS = 4
_VIA = re.compile(r"(?<!\w)(?:via|vía|par|por|через|عبر)(?!\w)", re.IGNORECASE)
_APART = re.compile(r"(?:(?<!\s)\s+)?[,;+/→]\s*|(?<!\s)\s+-\s+")


@dataclass(frozen=True, slots=True)
class Itinerary:
    """The destination first, then where one changes; and the days of the journey."""

    names: tuple[str, ...]
    span: Span


def itinerary(text: str, today: date) -> Itinerary | None:
    """Return what the words say; None where they name no place or no days."""
    found = found_span(text, today)
    if found is None:
        return None
    span, rest = found
    goal, *via = _VIA.split(rest)
    stops = [name for part in via for name in _APART.split(part)]
    names = tuple(" ".join(name.split()).strip(" ,;") for name in (goal, *stops))
    names = tuple(name for name in names if name)
    return Itinerary(names[:MOST_STOPS], span) if names and names[0] else None
