"""Times, numbers, distances and countries as a language writes them, from Babel's CLDR data.

It stands apart from the catalogues because Babel is slow to import, and only alerts and the chat need it.
"""

from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from math import isinf
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from babel import Locale
from babel.dates import format_date, format_time, get_timezone_gmt
from babel.lists import format_list
from babel.numbers import format_decimal

from bot.wording.catalogue import Words, marked

WINDS = (
    marked("north"), marked("north-east"), marked("east"), marked("south-east"),
    marked("south"), marked("south-west"), marked("west"), marked("north-west"),
)  # fmt: skip
_DAYS = {"pt": "d 'de' MMM"}
_NAMES_IN_CLDR = {
    "America/Argentina/Buenos_Aires": "America/Buenos_Aires", "Asia/Kathmandu": "Asia/Katmandu",
    "Asia/Kolkata": "Asia/Calcutta", "Asia/Yangon": "Asia/Rangoon", "Europe/Kyiv": "Europe/Kiev",
}  # fmt: skip
"""Zones that CLDR, and so Babel, know by an older name."""


def zone_of(name: str) -> ZoneInfo:
    """Return the time zone of an IANA name; UTC where there is none of that name."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return ZoneInfo("UTC")


def clock_time(moment: datetime, zone: ZoneInfo, words: Words) -> str:
    """Return the time of day in the zone with the zone's short name: "07:00 UTC"; without one "08:45 GMT+05:45"."""
    local = moment.astimezone(zone)
    name = local.tzname() or ""
    if not name.isalpha():
        name = get_timezone_gmt(local, "long", locale=words.language)
    return f"{format_time(local, 'HH:mm', locale=words.language)} {name}"


def day(moment: datetime, words: Words) -> str:
    """Return a day that is known without its hour, whatever the zone: "17 Sep"."""
    return format_date(moment, _DAYS.get(words.language, "d MMM"), locale=words.language)


def day_and_time(moment: datetime, zone: ZoneInfo, words: Words) -> str:
    """Return day and time in the zone: "17 Sep, 07:00 UTC"."""
    return words.say("{day}, {time}", day=day(moment.astimezone(zone), words), time=clock_time(moment, zone, words))


def city_of(zone: str, words: Words) -> str:
    """Return the city that gives a time zone its name; the zone's own name where CLDR has no city for it."""
    known = Locale(words.language).time_zones.get(_NAMES_IN_CLDR.get(zone, zone), {})
    return str(known.get("city", zone.rpartition("/")[2].replace("_", " ")))


def number(value: float, words: Words) -> str:
    """Return a number with the language's separators, with one digit after the point where it has any."""
    return format_decimal(value, format="#,##0.#", locale=words.language)


def figure_alone(figure: str, _count: float) -> str:
    """Return the figure without what it counts."""
    return figure


def amount(low: float, high: float, words: Words, of: Callable[[str, float], str] = figure_alone) -> str:
    """Return a range in words: "14", "3–5", "at least 14", "up to 5".

    `of` puts what is counted to a figure, by the number that is spoken last: "at least 1 person killed".
    """
    if isinf(high):
        return words.say("at least {number}", number=of(number(low, words), low))
    if low == high:
        return of(number(low, words), low)
    if low <= 0:
        return words.say("up to {number}", number=of(number(high, words), high))
    return of(f"{number(low, words)}–{number(high, words)}", high)


def distance(km: float, words: Words) -> str:
    """Return a distance, rounded as far as it is worth: "1.5 km", "12 km", "340 km"."""
    if km < 1:
        return words.say("less than 1 km")
    rounded = round(km, 1) if km < 10 else float(round(km)) if km < 100 else float(round(km, -1))  # noqa: PLR2004
    return words.say("{number} km", number=number(rounded, words))


def direction(bearing: float, words: Words) -> str:
    """Return the nearest of the eight winds for a bearing in degrees from north."""
    return words.say(WINDS[round(bearing / 45) % 8])


def country_name(code: str, words: Words) -> str:
    """Return the country's name for an ISO 3166-1 alpha-2 code; the code where CLDR has no name."""
    return str(Locale(words.language).territories.get(code, code))


def listed(parts: Sequence[str], words: Words) -> str:
    """Return the parts as a list: "a, b and c"."""
    return format_list(list(parts), locale=words.language)


def tag_date(moment: datetime) -> str:
    """Return the day as it stands in a tag, the same in every language: "17SEP"."""
    months = ("JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC")
    utc = moment.astimezone(UTC)
    return f"{utc.day:02}{months[utc.month - 1]}"
