"""A place as it is now: what goes on, airports and borders, what governments advise, who reports about it."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime

from bot.alerts.facts import tag
from bot.alerts.heads import standing
from bot.alerts.markup import Line, Run, Style, quoted, safe_url
from bot.alerts.reader import Reader
from bot.events.board import Row, Standing
from bot.model.advice import Advice
from bot.model.hazard import Target
from bot.model.place import Place, PlaceKind
from bot.services.outlook import Outlook, Sighting
from bot.services.sight import Sight
from bot.wording import Words, marked
from bot.wording.local import country_name, day_and_time, direction, distance
from bot.wording.local import day as day_of

_MOST_EVENTS, _MOST_ROWS, _MOST_ADVICE, _MOST_COUNTRIES, _MOST_SOURCES = 6, 6, 6, 4, 3
_LONGEST_OUTLET, _LONGEST_LEVEL = 30, 90
INDENT = "    "

_STANDINGS: dict[Standing, tuple[str, str]] = {
    Standing.OPEN: ("✅", marked("open")),
    Standing.REOPENED: ("✅", marked("open again")),
    Standing.DISRUPTED: ("⚠️", marked("disrupted")),
    Standing.SUSPENDED: ("⛔", marked("operations suspended")),
    Standing.CLOSED: ("⛔", marked("closed")),
}
_WHAT: dict[Target, str] = {
    Target.AIRPORT: marked("airport of {place}"),
    Target.AIRSPACE: marked("air space of {place}"),
    Target.BORDER: marked("border of {place}"),
}


def risk_lines(seen: Outlook, reader: Reader) -> list[Line]:
    """Return the whole answer about a place."""
    return [
        _head(place_name(seen.place, reader), seen.at, reader),
        *_events(seen.sightings, reader),
        *_board(seen.rows, reader),
        *_advised(seen, reader),
        *_seen(seen.sights, seen.at, reader),
    ]


def airport_lines(seen: Outlook, reader: Reader) -> list[Line]:
    """Return the answer about an airport: its own state first, then what goes on around it."""
    words = reader.words
    own = [row for row in seen.rows if row.what is not Target.BORDER]
    lines = [_head(reader.place(seen.place), seen.at, reader)]
    if own:
        lines += [_row(row, reader) for row in own[:_MOST_ROWS]]
    else:
        lines.append(_text(words.say("Nobody has reported it closed or disrupted in the last 14 days.")))
        lines.append(_text(words.say("I hear of closures from news and warnings: ask your airline before you go.")))
    return [*lines, *_events(seen.sightings, reader), *_seen(seen.sights, seen.at, reader)]


def place_name(place: Place, reader: Reader) -> str:
    """Return the place's name with its country, where it is none itself."""
    name = reader.place(place)
    if place.kind is PlaceKind.COUNTRY or not place.country:
        return name
    return reader.words.joined([name, country_name(place.country, reader.words)])


def since_line(one: Sighting, reader: Reader) -> str:
    """Return since when an event is known, how far off it is, and its tag."""
    words, event = reader.words, one.event
    said = words.say("since {time}", time=day_and_time(event.first_seen_at, reader.zone, words))
    far = _far(one, words)
    return " · ".join(part for part in (said, far, words.isolated(tag(event))) if part)


def _events(sightings: Sequence[Sighting], reader: Reader) -> Iterator[Line]:
    words = reader.words
    if not sightings:
        yield _text(words.say("I know of nothing that goes on there. Silence is no all-clear."))
        return
    yield _heading(words.say("Going on now"))
    for one in sightings[:_MOST_EVENTS]:
        yield _text(standing(one.event, reader))
        yield _text(INDENT + since_line(one, reader))
    if len(sightings) > _MOST_EVENTS:
        yield _text(words.say("and {count} more", count=len(sightings) - _MOST_EVENTS))


def _far(one: Sighting, words: Words) -> str:
    match = one.match
    if match.distance_km is None or match.bearing is None or match.place.id == match.watch.area[0].id:
        return ""
    return words.say("{distance} {direction}", distance=distance(match.distance_km, words),
                     direction=direction(match.bearing, words))  # fmt: skip


def _board(rows: Sequence[Row], reader: Reader) -> Iterator[Line]:
    if rows:
        yield _heading(reader.words.say("Airports and borders"))
        yield from (_row(row, reader) for row in rows[:_MOST_ROWS])


def _row(row: Row, reader: Reader) -> Line:
    words = reader.words
    icon, state = _STANDINGS[row.standing]
    name = reader.place(row.place)
    what = name if row.place.kind is PlaceKind.AIRPORT else words.say(_WHAT[row.what], place=name)
    said = words.say("{what}: {state} since {time}", what=what[:1].upper() + what[1:], state=words.say(state),
                     time=day_and_time(row.since, reader.zone, words))  # fmt: skip
    runs = [Run(f"{icon} {said}")]
    for number, report in enumerate(row.sources[:_MOST_SOURCES]):
        outlet = words.isolated(quoted(report.outlet, _LONGEST_OUTLET) or words.say("a source"))
        runs += [Run(words.say(", ") if number else " ("), Run(outlet, url=safe_url(report.url))]
    return (*runs, Run(")")) if row.sources else tuple(runs)


def _advised(seen: Outlook, reader: Reader) -> Iterator[Line]:
    words = reader.words
    known = {country: advice for country, advice in seen.advice.items() if advice}
    if not known:
        if seen.advice:
            yield _text(words.say("I have no government's travel advice about it."))
        return
    yield _heading(words.say("What governments advise"))
    most = _MOST_ADVICE if len(known) == 1 else 1
    for country, advice in list(known.items())[:_MOST_COUNTRIES]:
        about = words.say("{label}: ", label=country_name(country, words)) if len(known) > 1 else ""
        yield from (_advice(one, about, reader) for one in advice[:most])


def _advice(one: Advice, about: str, reader: Reader) -> Line:
    """Return who says what since when: in the government's own words where it has a level of its own."""
    words = reader.words
    said = quoted(one.level.own_word or one.level.words, _LONGEST_LEVEL)
    government = country_name(one.level.government, words)
    line = words.say("{government}: “{level}”", government=about + government, level=said)
    since = words.say(", since {day}", day=day_of(one.since, words)) if one.turn else words.say(
        ", issued {day}", day=day_of(one.issued_at, words))  # fmt: skip
    return (Run(line, url=safe_url(one.link)), Run(since))


def _seen(sights: Sequence[Sight], now: datetime, reader: Reader) -> Iterator[Line]:
    words = reader.words
    if not sights:
        return
    yield _heading(words.say("How well I see it"))
    yield from (_text(sight_line(one, now, reader)) for one in sights[:_MOST_COUNTRIES])
    if len(sights) > _MOST_COUNTRIES:
        yield _text(words.say("and {count} more", count=len(sights) - _MOST_COUNTRIES))


def sight_line(one: Sight, now: datetime, reader: Reader) -> str:
    """Return how well one country is seen."""
    words = reader.words
    name = country_name(one.country, words)
    if not one.sources:
        return words.say("{country}: no source of its own; I hear of it from those about the whole world", country=name)
    if one.blind_since is not None:
        since = day_and_time(one.blind_since, reader.zone, words)
        return words.say("{country}: blind since {time}, none of its own sources works", country=name, time=since)
    parts = list(_parts(one, reader))
    if one.last_item_at is not None:
        ago = min(one.last_item_at, now)
        parts.append(words.say("newest item {time}", time=day_and_time(ago, reader.zone, words)))
    return words.say("{label}: ", label=name) + words.joined(parts)


def _parts(one: Sight, reader: Reader) -> Iterable[str]:
    words = reader.words
    yield words.plural("{count} source works", "{count} sources work", one.fresh, count=one.fresh)
    if one.late:
        yield words.plural("{count} is late", "{count} are late", one.late, count=one.late)
    if one.failing:
        since = day_and_time(one.failing_since, reader.zone, words) if one.failing_since else "?"
        yield words.plural("{count} fails since {time}", "{count} fail since {time}", one.failing, count=one.failing,
                           time=since)  # fmt: skip
    if one.waiting:
        yield words.plural("{count} not asked yet", "{count} not asked yet", one.waiting, count=one.waiting)


def _head(name: str, at: datetime, reader: Reader) -> Line:
    time = day_and_time(at, reader.zone, reader.words)
    return _heading(reader.words.say("{place}, as known on {time}", place=name, time=time))


def _heading(text: str) -> Line:
    return (Run(text, Style.BOLD),)


def _text(text: str) -> Line:
    return (Run(text),)
