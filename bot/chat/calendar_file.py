"""Calendar files (.ics) of bookings: the days of each entry, and the words in which places may stand. Within limits."""

import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from icalendar import Calendar
from icalendar.cal import Component

from bot.wording.typed_dates import LONGEST, Span

MOST_BYTES = 256 * 1024
MOST_ENTRIES = 60
_LONGEST_TEXT = 500
_CODE = re.compile(r"(?<![A-Za-z])[A-Z]{3}(?![A-Za-z])")


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of a calendar: its days, the codes that may be airports', and the places that its location names."""

    span: Span
    codes: tuple[str, ...]
    places: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class NoCalendar:
    """The bytes are no calendar that can be read."""


def read_calendar(data: bytes) -> tuple[Entry, ...] | NoCalendar:
    """Return the entries that have days, in their order; recurring ones are no journeys and are left out."""
    if len(data) > MOST_BYTES or b"BEGIN:VCALENDAR" not in data[:4096].upper():
        return NoCalendar()
    try:
        calendar = Calendar.from_ical(data)
        found = [entry for event in calendar.walk("VEVENT")[:MOST_ENTRIES] if (entry := _entry(event)) is not None]
    except Exception:  # noqa: BLE001 - the library raises many kinds; whatever it is, the file is none for us
        return NoCalendar()
    return tuple(found)


def _entry(event: Component) -> Entry | None:
    if "RRULE" in event or event.get("DTSTART") is None:
        return None
    first = _day(event.get("DTSTART").dt)
    last = _last_day(event, first)
    if not timedelta(0) <= last - first <= LONGEST:
        return None
    title, place = (str(event.get(name, ""))[:_LONGEST_TEXT] for name in ("SUMMARY", "LOCATION"))
    codes = tuple(dict.fromkeys(_CODE.findall(f"{title} {place}")))
    parts = [" ".join(part.split()) for part in re.split(r"[,;\n]|\(.*?\)|\s[-–]\s", place)]
    return Entry(Span(first, last), codes, tuple(part for part in dict.fromkeys(parts) if part))


def _last_day(event: Component, first: date) -> date:
    """Return the last day: the end of an entry of whole days is the day after it (RFC 5545, 3.6.1)."""
    end = event.get("DTEND")
    if end is not None:
        whole_days = not isinstance(end.dt, datetime)
        return max(first, _day(end.dt) - timedelta(days=1) if whole_days else _day(end.dt))
    lasts = event.get("DURATION")
    return _day(event.get("DTSTART").dt + lasts.dt) if lasts is not None else first


def _day(moment: date | datetime) -> date:
    return moment.date() if isinstance(moment, datetime) else moment
