"""Dates as feeds write them, to aware UTC; none rather than a guess.

General date libraries are silently wrong on such texts (notes on sources, section 8: "1726567200" becomes 2017,
"2024年09月17日" November), so the order is: the two standards, then our own few patterns, then none.
"""

import re
from datetime import UTC, datetime, timedelta, timezone
from email.utils import parsedate_tz

from bot.model.text import fold

EARLIEST = datetime(1990, 1, 1, tzinfo=UTC)

_ZONE_HOURS = {
    "wet": 0.0, "west": 1.0, "bst": 1.0, "cet": 1.0, "cest": 2.0, "mez": 1.0, "mesz": 2.0, "eet": 2.0, "eest": 3.0,
    "msk": 3.0, "trt": 3.0, "wat": 1.0, "cat": 2.0, "sast": 2.0, "eat": 3.0, "gst": 4.0, "pkt": 5.0, "ist": 5.5,
    "npt": 5.75, "ict": 7.0, "wib": 7.0, "hkt": 8.0, "sgt": 8.0, "pht": 8.0, "jst": 9.0, "kst": 9.0, "aest": 10.0,
    "aedt": 11.0, "nzst": 12.0, "nzdt": 13.0, "brt": -3.0, "art": -3.0, "clt": -4.0, "pet": -5.0, "akst": -9.0,
    "akdt": -8.0, "hst": -10.0, "utc": 0.0, "gmt": 0.0, "z": 0.0, "ut": 0.0,
}  # fmt: skip
"""Zone names beside the American ones that RFC 822 knows, in hours; the commonest meaning where a name has several."""

_MONTH_NAMES = (
    "jan gen ene янв يناير", "feb fev fevr феб фев فبراير", "mar maer mrz мар مارس", "apr avr abr апр أبريل ابريل",
    "may mai mag мая май مايو", "jun juin giu июн يونيو", "jul juil lug июл يوليو", "aug aou ago авг أغسطس اغسطس",
    "sep set сен سبتمبر", "oct okt out ott окт أكتوبر اكتوبر", "nov ноя نوفمبر", "dec dez dic дек ديسمبر",
)  # fmt: skip
_MONTHS = {fold(name): number for number, names in enumerate(_MONTH_NAMES, start=1) for name in names.split()}

_EPOCH = re.compile(r"\d{10}(?:\d{3})?")
_CLOCK = r"(?:\D{0,12}?(\d{1,2})[:h](\d{2})(?::(\d{2}))?)?"
_OFFSET = re.compile(r"([+-])(\d{2}):?(\d{2})\s*$")
_LAST_WORD = re.compile(r"([A-Za-z]{1,5})\)?\s*$")
_NAMED = re.compile(r"(\d{1,2})(?:er|\.)?\s+(?:de\s+)?([^\W\d]{3,})\.?,?\s+(?:de\s+)?(\d{4})" + _CLOCK)
_EAST_ASIAN = re.compile(r"(\d{4})\s*[年년]\s*(\d{1,2})\s*[月월]\s*(\d{1,2})\s*[日일]" + _CLOCK)
_SLASHED = re.compile(r"(\d{1,2})[/.](\d{1,2})[/.](\d{4})" + _CLOCK)


def parse_date(text: str) -> datetime | None:
    """Return the time that a text names, in UTC; None where it names none for certain.

    A time without a zone is taken as UTC, a date without a time as its midnight.
    """
    text = " ".join(text.split())[:80]
    for reader in (_epoch, _iso, _rfc822, _named, _east_asian, _slashed):
        try:
            found = reader(text)
        except (ValueError, OverflowError, TypeError):
            continue
        if found is not None:
            return found if found >= EARLIEST else None
    return None


def _epoch(text: str) -> datetime | None:
    if not _EPOCH.fullmatch(text):
        return None
    return datetime.fromtimestamp(int(text[:10]), UTC)


def _iso(text: str) -> datetime | None:
    found = datetime.fromisoformat(text.removesuffix(" UTC"))
    return (found if found.tzinfo else found.replace(tzinfo=UTC)).astimezone(UTC)


def _rfc822(text: str) -> datetime | None:
    parts = parsedate_tz(text)
    if parts is None:
        return None
    offset = parts[9]
    # parsedate_tz says "no offset" for a zone that it does not know, too.
    hours = timedelta(seconds=offset) if offset else _zone(text)
    return datetime(*parts[:6], tzinfo=timezone(hours)).astimezone(UTC)


def _named(text: str) -> datetime | None:
    found = _NAMED.search(fold(text))
    if found is None:
        return None
    month = next((_MONTHS[found[2][:size]] for size in (6, 5, 4, 3) if found[2][:size] in _MONTHS), None)
    return None if month is None else _built(text, int(found[3]), month, int(found[1]), found.groups()[3:])


def _east_asian(text: str) -> datetime | None:
    found = _EAST_ASIAN.search(text)
    return None if found is None else _built(text, int(found[1]), int(found[2]), int(found[3]), found.groups()[3:])


def _slashed(text: str) -> datetime | None:
    """Read 17/09/2024, but not 05/09/2024, which is May in one country and September in the next."""
    found = _SLASHED.match(text)
    if found is None:
        return None
    first, second = int(found[1]), int(found[2])
    if first <= 12 and second <= 12 and first != second:  # noqa: PLR2004 - months
        return None
    day, month = (first, second) if first > 12 else (second, first)  # noqa: PLR2004 - months
    return _built(text, int(found[3]), month, day, found.groups()[3:])


def _built(text: str, year: int, month: int, day: int, clock: tuple[str | None, ...]) -> datetime:
    hour, minute, second = (int(part or 0) for part in clock)
    return datetime(year, month, day, hour, minute, second, tzinfo=timezone(_zone(text))).astimezone(UTC)


def _zone(text: str) -> timedelta:
    """Return the offset that stands at the end of a text as figures or as a name; none is UTC."""
    if figures := _OFFSET.search(text):
        size = timedelta(hours=int(figures[2]), minutes=int(figures[3]))
        return -size if figures[1] == "-" else size
    word = _LAST_WORD.search(text)
    return timedelta(hours=_ZONE_HOURS.get(word[1].lower(), 0.0)) if word else timedelta()
