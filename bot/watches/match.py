"""The door of the room: which watches a change concerns, one match a chat, and why (DESIGN.md, rule 2)."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from bot.model.assessment import Severity
from bot.model.event import ChangeKind, EventChange
from bot.model.place import Place, PlaceKind, Point
from bot.model.watch import Match, Watch, Watched, WatchKind
from bot.watches.concern import Concern
from bot.watches.quiet import quiet_until, zone
from bot.watches.sphere import bearing, km_to_line

DEFAULT_KM = {Severity.EXTREME: 350.0, Severity.SEVERE: 100.0}
DEFAULT_LEAST_KM = 50.0
AIRPORT_KM = 30.0
ROUTE_KM = 50.0
_WIND = 45.0  # degrees from one of the eight winds to the next

_RANK = {
    "airport-state": 0,
    "near": 1,
    "on-route": 1,
    "in-region": 2,
    "in-country": 3,
    "in-group": 4,
    "nationwide": 5,
    "all-country": 6,
}
"""Which of a chat's fitting watches wins: the most specific ground, then the nearest."""


def matches(change: EventChange, watched: Sequence[Watched], now: datetime) -> tuple[tuple[Watched, Match], ...]:
    """Return the watches that the change concerns, at most one a chat, in the order of the chats' ids.

    `why` is one of "airport-state", "near", "on-route", "in-region", "in-country", "in-group" (of countries),
    "nationwide" (declared for the whole country or region), "all-country" (extreme, and known by country alone).
    """
    concern = Concern(change)
    best: dict[int, tuple[Watched, Match]] = {}
    for one in watched:
        if _deaf(one, concern, now):
            continue
        match = match_of(one.watch, concern)
        if match is None:
            continue
        held = best.get(one.chat.id)
        if held is None or _order(match) < _order(held[1]):
            best[one.chat.id] = (one, replace(_forgetful(match), quiet_until=quiet_until(one.chat, now)))
    return tuple(best[chat_id] for chat_id in sorted(best))


def match_of(watch: Watch, concern: Concern) -> Match | None:
    """Return how the change concerns the watch by its place alone, or None."""
    match watch.kind:
        case WatchKind.COUNTRY:
            return _in_country(watch, concern)
        case WatchKind.GROUP:
            return _in_group(watch, concern)
        case WatchKind.REGION:
            return _in_region(watch, concern) or _nationwide(watch, concern)
        case WatchKind.AIRPORT:
            return _at_airport(watch, concern) or _near(watch, concern) or _nationwide(watch, concern)
        case WatchKind.ROUTE:
            return _on_route(watch, concern) or _nationwide(watch, concern)
        case WatchKind.PLACE | WatchKind.PIN | WatchKind.LIVE:
            return _near(watch, concern) or _nationwide(watch, concern)


def _forgetful(match: Match) -> Match:
    """Return the match as an alert keeps it: where a person was who shared a live location cannot be told from it."""
    watch = match.watch
    if watch.kind is not WatchKind.LIVE:
        return match
    nowhere = tuple(replace(here, point=match.place.point) for here in watch.area)
    return replace(
        match,
        watch=replace(watch, area=nowhere),
        distance_km=None if match.distance_km is None else float(round(match.distance_km)),
        bearing=None if match.bearing is None else _WIND * round(match.bearing / _WIND) % 360,
    )


def radius_km(watch: Watch, severity: Severity) -> float:
    """Return how far off the watch hears an event of that severity."""
    if watch.radius_km is not None:
        return watch.radius_km
    if watch.kind is WatchKind.AIRPORT:
        return AIRPORT_KM
    if watch.kind is WatchKind.ROUTE:
        return ROUTE_KM
    return DEFAULT_KM.get(severity, DEFAULT_LEAST_KM)


def why_not(one: Watched, change: EventChange, now: datetime) -> str:
    """Return why the change does not concern the watch: "far" or as `_deaf` says; "concerned" where it does."""
    return why_silent(one, Concern(change), now)


def why_silent(one: Watched, concern: Concern, now: datetime) -> str:
    """Return the same of a change that is held against many watches."""
    return _deaf(one, concern, now) or ("concerned" if match_of(one.watch, concern) else "far")


def _deaf(one: Watched, concern: Concern, now: datetime) -> str | None:
    """Return why the watch does not listen: "not-now", "muted", "other-hazards", "minor"; None where it does."""
    watch = one.watch
    today = now.astimezone(zone(one.chat.timezone)).date()
    if (watch.active_from and today < watch.active_from) or (watch.active_until and today > watch.active_until):
        return "not-now"
    if watch.ends_at and now >= watch.ends_at:
        return "not-now"
    if watch.muted_until and now < watch.muted_until and not asks_once(concern):
        return "muted"
    if watch.hazards is not None and not watch.hazards & concern.hazards:
        return "other-hazards"
    return "minor" if concern.severity < watch.min_severity else None


def asks_once(concern: Concern) -> bool:
    """Tell whether a muted watch is woken all the same: by an escalation to extreme alone (DESIGN.md, rule 4)."""
    return concern.change.kind is ChangeKind.ESCALATED and concern.change.after.severity is Severity.EXTREME


def _order(match: Match) -> tuple[int, float, int]:
    return _RANK[match.why], match.distance_km if match.distance_km is not None else 0.0, match.watch.id


def _in_country(watch: Watch, concern: Concern) -> Match | None:
    country = watch.area[0].country
    inside = (place for place in (*concern.places, *concern.affected) if country in {place.country, *place.countries})
    place = next(inside, None)
    return Match(watch=watch, why="in-country", place=place) if place and country else None


def _in_group(watch: Watch, concern: Concern) -> Match | None:
    inside = (place for place in (*concern.places, *concern.affected) if _touches(place, watch.area[0].countries))
    place = next(inside, None)
    return Match(watch=watch, why="in-group", place=place) if place else None


def _touches(place: Place, countries: tuple[str, ...]) -> bool:
    return not {place.country, *place.countries}.isdisjoint(countries)


def _in_region(watch: Watch, concern: Concern) -> Match | None:
    region = watch.area[0]
    place = next((place for place in concern.precise if _within(place, region)), None)
    return Match(watch=watch, why="in-region", place=place) if place else None


def _within(place: Place, region: Place) -> bool:
    if region.id in {place.id, *place.parents}:
        return True
    at_sea = PlaceKind.AREA in {region.kind, place.kind}
    return at_sea and region.point.km_to(place.point) <= region.radius_km + place.radius_km


def _at_airport(watch: Watch, concern: Concern) -> Match | None:
    airport = watch.area[0]
    if airport.id not in concern.airports:
        return None
    return Match(watch=watch, why="airport-state", place=airport, distance_km=0.0)


def gap_km(watch: Watch, place: Place) -> float:
    """Return how far the edge of the event place is from the watched point or line; 0 inside it."""
    if watch.kind is WatchKind.ROUTE:
        start, end = watch.area[0].point, watch.area[-1].point
        return max(0.0, km_to_line(place.point, start, end) - place.radius_km)
    area = watch.area[0]
    if place.id in {area.id, *area.parents}:
        return 0.0
    return max(0.0, area.point.km_to(place.point) - place.radius_km)


def _near(watch: Watch, concern: Concern) -> Match | None:
    near = [(gap_km(watch, place), place) for place in concern.precise]
    within = [(gap, place) for gap, place in near if gap <= radius_km(watch, concern.severity)]
    if not within:
        return None
    place = min(within, key=lambda pair: pair[0])[1]
    here = watch.area[0].point
    return Match(
        watch=watch, why="near", place=place, distance_km=here.km_to(place.point), bearing=_bearing(here, place.point)
    )  # fmt: skip


def _bearing(here: Point, there: Point) -> float | None:
    return None if here == there else bearing(here, there)


def _on_route(watch: Watch, concern: Concern) -> Match | None:
    at_end = [place for place in concern.precise if _is_end(place, watch)]
    near = [(gap_km(watch, place), place) for place in concern.precise]
    within = [(gap, place) for gap, place in near if gap <= radius_km(watch, concern.severity)]
    gap, place = min(within, key=lambda pair: pair[0], default=(0.0, at_end[0] if at_end else None))
    return Match(watch=watch, why="on-route", place=place, distance_km=gap) if place else None


def _is_end(place: Place, watch: Watch) -> bool:
    """Tell whether the place is an end of the route, or the airport of one."""
    return any(place.id == end.id or end.id in place.parents or place.id in end.parents for end in watch.area)


def _nationwide(watch: Watch, concern: Concern) -> Match | None:
    """Return the match by what is declared for the watch's whole country or region, or is extreme all over it."""
    countries = {end.country for end in watch.area if end.country}
    for country in concern.nationwide:
        if country.country in countries:
            return Match(watch=watch, why="nationwide", place=country)
    for region in concern.declared:
        if any(region.id in {end.id, *end.parents} for end in watch.area):
            return Match(watch=watch, why="nationwide", place=region)
    known = [place for place in concern.places if place.country in countries]
    if concern.severity is Severity.EXTREME and known and all(place.kind is PlaceKind.COUNTRY for place in known):
        return Match(watch=watch, why="all-country", place=known[0])
    return None
