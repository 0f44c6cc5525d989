"""What is known of a place now: what goes on there, its airports and borders, what governments advise, who reports."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.events.board import Row, board, concerns
from bot.model.advice import Advice
from bot.model.event import ChangeKind, Event, EventChange, Neighbourhood
from bot.model.item import Source
from bot.model.place import Place, PlaceKind
from bot.model.watch import Match, Watch
from bot.services.ports import Store
from bot.services.regions import GROUP
from bot.services.sight import Sight, sights
from bot.services.subscriptions import kind_of_watch
from bot.watches.concern import Concern
from bot.watches.match import DEFAULT_KM, match_of

LOOKS_BACK = timedelta(days=90)
"""What goes on was reported within it: an event of which nothing more is heard expires sooner."""
BOARD_SHOWS = timedelta(days=14)
FARTHEST_KM = max(DEFAULT_KM.values())
MOST_COUNTRIES = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class Sighting:
    """An event, and how it lies to a place or a watch."""

    event: Event
    match: Match


@dataclass(frozen=True, slots=True, kw_only=True)
class Outlook:
    """All that is known of a place at a time. `sightings` go on, gravest first; `advice` is by country (ISO 3166)."""

    place: Place
    at: datetime
    sightings: tuple[Sighting, ...]
    rows: tuple[Row, ...]
    advice: Mapping[str, tuple[Advice, ...]]
    sights: tuple[Sight, ...]


async def outlook(store: Store, sources: Sequence[Source], place: Place, now: datetime) -> Outlook:
    """Return what is known of the place: what a watch on it would be told, from minor up, and what surrounds it."""
    countries = countries_of(place)[:MOST_COUNTRIES]
    near = await store.known_events(around([watch_on(place)], now - LOOKS_BACK))
    rows = board(await store.events_with_ways(now - BOARD_SHOWS), now)
    return Outlook(
        place=place,
        at=now,
        sightings=tuple(sorted(sighted([event for event in near if event.live], watch_on(place)), key=_gravest)),
        rows=tuple(row for row in rows if concerns(row, place)),
        advice={country: await store.advice(country) for country in countries},
        sights=sights(countries, sources, await store.source_states(), now),
    )


def watch_on(place: Place) -> Watch:
    """Return the watch that somebody would have on the place: how far it hears is how far "there" reaches."""
    return Watch(id=0, chat_id=0, kind=kind_of_watch(place), area=(place,), label=place.name)


def sighted(events: Sequence[Event], watch: Watch) -> list[Sighting]:
    """Return the events that concern the watch by their place."""
    matched = ((event, match_of(watch, Concern(as_opened(event)))) for event in events)
    return [Sighting(event=event, match=match) for event, match in matched if match is not None]


def as_opened(event: Event) -> EventChange:
    """Return the event as if it became known now, as it is now."""
    return EventChange(kind=ChangeKind.OPENED, before=None, after=event, cause=None, at=event.last_seen_at)


def around(watches: Sequence[Watch], since: datetime) -> Neighbourhood:
    """Return where to look for all that can concern these watches, and what happens just beyond their reach."""
    places = [place for watch in watches for place in watch.area]
    spots = [place for place in places if place.kind is not PlaceKind.COUNTRY and not place.id.startswith(GROUP)]
    km = max((FARTHEST_KM, *(watch.radius_km or 0.0 for watch in watches), *(spot.radius_km for spot in spots)))
    countries = dict.fromkeys(code for place in places for code in countries_of(place))
    return Neighbourhood(countries=tuple(countries), points=tuple(spot.point for spot in spots), km=km, since=since)


def countries_of(place: Place) -> tuple[str, ...]:
    """Return the countries that it is, lies in, or holds."""
    return tuple(dict.fromkeys(code for code in (place.country, *place.countries) if code))


def _gravest(one: Sighting) -> tuple[int, float, str]:
    return -one.event.severity.step, -one.event.last_seen_at.timestamp(), one.event.id
