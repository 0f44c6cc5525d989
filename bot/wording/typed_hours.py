"""Times of the day and lengths of time as people type them: "22:30-6:45", "8h", "2h", "90 min", "3 дня"."""

import re
from datetime import time, timedelta

_CLOCK = r"(\d{1,2})(?:\s*(?:[:.]|h|ч)\s*(\d{2}))?\s*(?:h|ч)?"
_ONE = re.compile(rf"{_CLOCK}", re.IGNORECASE)
_SPAN = re.compile(rf"{_CLOCK}\s*(?:-|–|—|to|à|a|до)\s*{_CLOCK}", re.IGNORECASE)
_LENGTH = re.compile(r"(\d{1,4})\s*([^\W\d_]{0,12})\.?")
_MINUTES = ("m", "мин", "د")
_HOURS = ("h", "ч", "س")
_DAYS = ("d", "j", "t", "д", "ي", "أ")
_DAY_HOURS, _HOUR_MINUTES = 24, 60


def typed_clock(text: str) -> time | None:
    """Return the time of the day, or None: "8", "08:00", "6.45", "22h30"."""
    found = _ONE.fullmatch(text.strip())
    return _clock(found[1], found[2]) if found else None


def typed_span(text: str) -> tuple[time, time] | None:
    """Return from when until when, or None: "22:30-6:45", "22-7"."""
    found = _SPAN.fullmatch(text.strip())
    start, end = (_clock(found[1], found[2]), _clock(found[3], found[4])) if found else (None, None)
    return (start, end) if start is not None and end is not None else None


def typed_length(text: str) -> timedelta | None:
    """Return a length of time, or None: "2h", "90 min", "3 days"; a number alone is hours."""
    found = _LENGTH.fullmatch(text.strip().lower())
    if not found:
        return None
    number, unit = int(found[1]), found[2]
    if unit.startswith(_MINUTES):
        return timedelta(minutes=number)
    if not unit or unit.startswith(_HOURS):
        return timedelta(hours=number)
    return timedelta(days=number) if unit.startswith(_DAYS) else None


def _clock(hours: str, minutes: str | None) -> time | None:
    hour, minute = int(hours), int(minutes or 0)
    return time(hour, minute) if hour < _DAY_HOURS and minute < _HOUR_MINUTES else None
