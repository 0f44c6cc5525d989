"""Dates as a language writes them, told as the day that they mean against the day of publication."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from ahocorasick_rs import AhoCorasick

from bot.lexicon.tables import DateTable
from bot.model.text import fold

_DIGIT = re.compile(r"\d")
_WEEK = 7
_FIRST_YEAR = 1900
_SOON = timedelta(days=92)


@dataclass(frozen=True, slots=True)
class DateFound:
    """A date at characters start..end: its day or, where only that is said, its year."""

    start: int
    end: int
    day: date | None = None
    year: int | None = None
    weekday: bool = False


class Dates:
    """Finds the dates of one language in folded text."""

    def __init__(self, table: DateTable, glued: Iterable[str] = ()) -> None:
        self._months = {fold(name): at for at, names in enumerate(table.months, start=1) for name in names}
        self._weekdays = {fold(name): at for at, names in enumerate(table.weekdays) for name in names}
        self._days = {fold(word): days for word, days in table.days.items()}
        # Few sentences name a day: their letters are looked for before the expressions are.
        names = [*self._weekdays, *self._days, *self._months]
        self._names = AhoCorasick(names)
        self._first_month = len(self._weekdays) + len(self._days)
        month, weekday, day = _any(self._months), _any(self._weekdays), _any(self._days)
        opening = rf"(?<!\w){_any(glued)}?" if glued else r"(?<!\w)"
        number = r"(?P<{}>[0-3]?\d)(?:st|nd|rd|th|er)?"
        year = r"(?:,? (?P<year>(?:19|20)\d\d))?"
        self._month_day = re.compile(
            rf"{opening}(?:{number.format('before')} (?:{_any(table.of)} )?(?P<month>{month}){year}"
            rf"|(?P<month2>{month}) {number.format('after')}(?!\w)(?:,? (?P<year2>(?:19|20)\d\d))?)(?!\w)"
        )
        self._weekday = re.compile(rf"{opening}(?:(?P<next>{_any(table.next)}) )?(?P<weekday>{weekday})(?!\w)")
        self._day = re.compile(rf"{opening}(?P<day>{day})(?!\w)")
        whole_month = rf"(?:{opening}{month} (?:{_any(table.of)} )?)?"
        self._year = re.compile(rf"{whole_month}(?<![\w$.,-])(?P<year>(?:19|20)\d\d)(?:-\d\d)?(?![\w%]|[.,]\d)")
        self._record = re.compile(
            rf"(?<!\w){_any(table.records)}(?!\w).{{0,60}}(?<!\w){_any(table.since)}\W{{1,2}}(?:\w+ )?$"
        )

    def find(self, folded: str, published: date | None) -> list[DateFound]:
        """Return the dates of a folded sentence. Days are known only with the day of publication."""
        digits = _DIGIT.search(folded) is not None
        found = list(self._years(folded, published)) if digits else []
        if published is not None:
            named = {name for name, _, _ in self._names.find_matches_as_indexes(folded, overlapping=True)}
            if named and min(named) < self._first_month:
                found += self._relative(folded, published)
            if named and max(named) >= self._first_month and digits:
                found += self._month_days(folded, published)
        return sorted(found, key=_by_start) if found else found

    def _years(self, folded: str, published: date | None) -> Iterator[DateFound]:
        """Years, with the month that stands before, but not the age of a record.

        "The deadliest since 2012" speaks of what is told now.
        """
        last = published.year + 3 if published else None
        for match in self._year.finditer(folded):
            year = int(match["year"])
            if year >= _FIRST_YEAR and (last is None or year <= last) and not self._is_record(folded, match.start()):
                yield DateFound(match.start(), match.end(), year=year)

    def _is_record(self, folded: str, start: int) -> bool:
        return self._record.search(folded[max(0, start - 90) : start]) is not None

    def _month_days(self, folded: str, published: date) -> Iterator[DateFound]:
        for match in self._month_day.finditer(folded):
            month = self._months[match["month"] or match["month2"]]
            year = match["year"] or match["year2"]
            day = _nearest(int(match["before"] or match["after"]), month, int(year) if year else None, published)
            if day is not None and not self._is_record(folded, match.start()):
                yield DateFound(match.start(), match.end(), day=day)

    def _relative(self, folded: str, published: date) -> Iterator[DateFound]:
        """A weekday is the last one up to publication, unless "next" stands before it."""
        for match in self._weekday.finditer(folded):
            back = (published.weekday() - self._weekdays[match["weekday"]]) % _WEEK
            day = published - timedelta(days=back) if not match["next"] else published + timedelta(days=_WEEK - back)
            yield DateFound(match.start(), match.end(), day=day, weekday=True)
        for match in self._day.finditer(folded):
            yield DateFound(match.start(), match.end(), day=published + timedelta(days=self._days[match["day"]]))


def _by_start(found: DateFound) -> int:
    return found.start


def _nearest(day: int, month: int, year: int | None, published: date) -> date | None:
    """Return the day; without a year the next one if it comes soon, else the last one."""
    days = []
    for candidate in (year,) if year else (published.year - 1, published.year, published.year + 1):
        try:
            days.append(date(candidate, month, day))
        except ValueError:
            continue
    return max((each for each in days if year or each - published <= _SOON), default=None)


def _any(words: Iterable[str]) -> str:
    folded = sorted({fold(word) for word in words}, key=lambda word: (-len(word), word))
    return "(?:" + "|".join(re.escape(word) for word in folded) + ")" if folded else r"(?:(?!))"
