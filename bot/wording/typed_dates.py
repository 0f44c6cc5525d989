"""The dates of a journey as people type them, in any of our languages: "12-18 Nov", "с 12 по 18 ноября", ISO."""

import re
from calendar import monthrange
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

from babel import Locale

from bot.model.text import fold
from bot.wording.catalogue import LANGUAGES

LONGEST = timedelta(days=366)
_DIGITS = str.maketrans("٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹", "01234567890123456789")
_TO = r"\s*(?:-|–|—|/|\.\.|\b(?:to|au|al|ate|a|по|до|الى|حتى)\b)\s*(?:o\s+|el\s+|le\s+)?"
_FROM = r"(?:\b(?:from|du|del|desde|de|с|من)\s+)?(?:el\s+|le\s+)?"
_ISO = r"(\d{4})-(\d\d?)-(\d\d?)"
_YEAR = r"(?:(?:\s+(?:de\s+)?|,\s*)(\d{4}))?"


@dataclass(frozen=True, slots=True)
class Span:
    """The first and the last day of a journey."""

    first: date
    last: date


def found_span(text: str, today: date) -> tuple[Span, str] | None:
    """Return the dates that stand in the text, and the text without them; None where there are none that exist.

    Without a year the next ones that are not over are meant; a last day before the first one is in the next year.
    """
    plain = text.translate(_DIGITS)
    folded = fold(plain)
    for pattern, read in _forms():
        match = pattern.search(folded)
        if match is None:
            continue
        span = read(match.groups(), today)
        if span is not None and timedelta(0) <= span.last - span.first <= LONGEST:
            return span, f"{plain[: match.start()]} {plain[match.end() :]}"
    return None


Groups = tuple[str | None, ...]
Read = Callable[[Groups, date], Span | None]


@cache
def _forms() -> list[tuple[re.Pattern[str], Read]]:
    month = rf"({'|'.join(sorted(map(re.escape, _months()), key=len, reverse=True))})\.?"
    of = r"\s*(?:de\s+|d')?"
    nth, first = r"(?:st|nd|rd|th)?", r"(?:er|st|nd|rd|th)?"
    forms: list[tuple[str, Read]] = [
        (rf"{_FROM}{_ISO}(?:{_TO}{_ISO})?", _iso),
        (
            rf"{_FROM}(\d\d?){first}{of}{month}{_YEAR}{_TO}(\d\d?){nth}{of}{month}{_YEAR}",
            _day_months,
        ),
        (rf"{_FROM}(\d\d?){first}{_TO}(\d\d?){nth}{of}{month}{_YEAR}", _days_month),
        (rf"{month}\s*(\d\d?){nth}{_TO}{month}\s*(\d\d?){nth}{_YEAR}", _months_days),
        (rf"{month}\s*(\d\d?){nth}(?:{_TO}(\d\d?){nth})?{_YEAR}", _month_days),
        (rf"(\d\d?){first}{of}{month}{_YEAR}", _day_month),
        (r"(\d\d?)[./](\d\d?)(?:[./](\d{4}))?\s*(?:-|–|—)\s*(\d\d?)[./](\d\d?)(?:[./](\d{4}))?", _numbers),
    ]
    return [(re.compile(rf"(?<![\w–—-]){pattern}(?!\w)"), read) for pattern, read in forms]


@cache
def _months() -> dict[str, int]:
    """Return the names of the months in all our languages, folded, full and short, with their numbers."""
    found = {}
    for language in LANGUAGES:
        for context in ("format", "stand-alone"):
            for width in ("wide", "abbreviated"):
                names = Locale(language).months[context][width]
                found.update({fold(str(name)).rstrip("."): number for number, name in names.items()})
    return found


def _iso(groups: Groups, _today: date) -> Span | None:
    first = _date(groups[0], groups[1], groups[2])
    last = _date(groups[3], groups[4], groups[5]) if groups[3] else first
    return Span(first, last) if first and last else None


def _day_months(groups: Groups, today: date) -> Span | None:
    day, month, year, last_day, last_month, last_year = groups
    return _placed((day, _number(month), year), (last_day, _number(last_month), last_year), today)


def _days_month(groups: Groups, today: date) -> Span | None:
    day, last_day, month, year = groups
    return _placed((day, _number(month), year), (last_day, _number(month), year), today)


def _months_days(groups: Groups, today: date) -> Span | None:
    month, day, last_month, last_day, year = groups
    return _placed((day, _number(month), None), (last_day, _number(last_month), year), today)


def _month_days(groups: Groups, today: date) -> Span | None:
    month, day, last_day, year = groups
    return _placed((day, _number(month), year), (last_day or day, _number(month), year), today)


def _day_month(groups: Groups, today: date) -> Span | None:
    day, month, year = groups
    return _placed((day, _number(month), year), (day, _number(month), year), today)


def _numbers(groups: Groups, today: date) -> Span | None:
    day, month, year, last_day, last_month, last_year = groups
    return _placed((day, month, year), (last_day, last_month, last_year), today)


Written = tuple[str | None, str | None, str | None]


def _placed(first: Written, last: Written, today: date) -> Span | None:
    """Return the span in the years that are written, or in the next ones that are not over."""
    years = [int(year) for year in (first[2], last[2]) if year]
    soonest = years[-1] if years else today.year
    for last_year in (soonest,) if last[2] else range(soonest, soonest + 3):
        end = _date(str(last_year), last[1], last[0])
        for first_year in (int(first[2]),) if first[2] else (last_year, last_year - 1):
            begin = _date(str(first_year), first[1], first[0])
            if begin and end and timedelta(0) <= end - begin <= LONGEST and (years or end >= today):
                return Span(begin, end)
    return None


def _number(name: str | None) -> str:
    return str(_months()[name or ""])


def _date(year: str | None, month: str | None, day: str | None) -> date | None:
    y, m, d = int(year or 0), int(month or 0), int(day or 0)
    if not (1900 <= y <= 2200 and 1 <= m <= 12 and 1 <= d <= monthrange(y, m)[1]):  # noqa: PLR2004 - a calendar
        return None
    return date(y, m, d)
