"""What a map shows of an event to one reader: the event and its ways, what is watched, and the towns around."""

from collections.abc import Collection, Iterable, Sequence
from typing import Protocol

from bot.alerts.facts import shown_severity, shut_ways
from bot.model.event import Event
from bot.model.hazard import Target
from bot.model.place import Place, PlaceKind, Point
from bot.model.sketch import Circle, CircleKind, Mark, MarkKind, Sketch
from bot.model.watch import Match, Watch, WatchKind
from bot.watches.match import radius_km

_LEAST_HALF_KM, _MOST_HALF_KM = 90.0, 2_500.0
_WIDEST_CIRCLE_KM = 120.0  # a wider one is not worth a view so wide that nothing is seen of the place
_ROOM = 1.25  # beside what must be seen
_UPRIGHT = 0.75  # the picture's height to its width
_FAR_KM = 1_500.0  # what lies farther from the event is left out of the view
_MOST_PLACES, _MOST_AIRPORTS, _MOST_TOWNS = 8, 6, 30
_LEAST_AREA_KM = 4.0
_SIZES = ("large", "medium")
_TOWN_SIZES = ((80.0, 1_000), (200.0, 5_000), (500.0, 15_000), (1_200.0, 50_000), (_MOST_HALF_KM, 300_000))
"""Up to which half width of the view (km) towns of how many people are shown at least."""

_POINTED = frozenset({PlaceKind.CITY, PlaceKind.AIRPORT})
_UNSEEN = frozenset({WatchKind.COUNTRY, WatchKind.REGION, WatchKind.GROUP, WatchKind.LIVE})
"""Watches without a point that may be shown: where a live location was is never kept."""


class Atlas(Protocol):
    """What a sketch needs of the gazetteer."""

    def cities_near(self, point: Point, km: float, min_population: int = 0) -> Sequence[Place]:
        """Return the cities within the distance, nearest first."""
        ...

    def airports_near(self, point: Point, km: float) -> Sequence[Place]:
        """Return the airports within the distance, nearest first."""
        ...

    def name_in(self, place: Place, language: str) -> str:
        """Return the place's name in the language, else its plain name."""
        ...


def sketch(event: Event, match: Match, language: str, atlas: Atlas) -> Sketch:
    """Return the map of the event for what is watched."""
    centre = event.place.point
    shut = [state.place for state in shut_ways(event) if state.place is not None]
    places = _unique([event.place, *event.area])[:_MOST_PLACES]
    circles = (*_areas(places), *_watched_circle(match.watch, event, centre))
    half_km = _half_km(centre, [*places, *shut], match.watch, circles)
    name = _Names(language, atlas)
    marks = [
        *(name.mark(MarkKind.EVENT, place) for place in places if place.kind is not PlaceKind.COUNTRY),
        *_shut_marks(event, name),
        *_watch_mark(match.watch, event, name),
        *_surroundings(centre, half_km, {place.id for place in (*places, *shut, *match.watch.area)}, places, name),
    ]
    if all(mark.kind is not MarkKind.EVENT for mark in marks) and len(places) == 1:
        marks.append(Mark(kind=MarkKind.EVENT, point=centre, label=""))
    return Sketch(
        centre=centre, half_km=half_km, severity=shown_severity(event), countries=event.countries, language=language,
        marks=tuple(marks), circles=circles, route=_route(match.watch),
    )  # fmt: skip


class _Names:
    """Marks named for the reader."""

    def __init__(self, language: str, atlas: Atlas) -> None:
        self.language, self.atlas = language, atlas

    def mark(self, kind: MarkKind, place: Place, label: str = "") -> Mark:
        """Return the place's mark, named in the reader's language."""
        named = label or self.atlas.name_in(place, self.language)
        return Mark(kind=kind, point=place.point, label=named, weight=place.population)


def _areas(places: Iterable[Place]) -> list[Circle]:
    """Return the extents of the places that are more than a point; a country is shown by its borders."""
    return [
        Circle(kind=CircleKind.AREA, centre=place.point, km=max(place.radius_km, _LEAST_AREA_KM))
        for place in places
        if place.kind not in {PlaceKind.COUNTRY, PlaceKind.AIRPORT}
    ]


def _watched_circle(watch: Watch, event: Event, centre: Point) -> list[Circle]:
    if watch.kind in _UNSEEN or watch.kind is WatchKind.ROUTE or not watch.area:
        return []
    here, km = watch.area[0].point, radius_km(watch, shown_severity(event))
    if here.km_to(centre) > _FAR_KM or km > _WIDEST_CIRCLE_KM:
        return []
    return [Circle(kind=CircleKind.WATCH, centre=here, km=km)]


def _half_km(centre: Point, places: Iterable[Place], watch: Watch, circles: Iterable[Circle]) -> float:
    """Return half the width of a view around the event that shows all of this, in km."""
    wide = [(centre.km_to(place.point), 0.0 if place.kind in _POINTED else place.radius_km) for place in places]
    wide += [(centre.km_to(circle.centre), circle.km) for circle in circles]
    if watch.kind not in _UNSEEN:
        wide += [(centre.km_to(end.point), 0.0) for end in watch.area]
    needed = [(far + km) * _ROOM / _UPRIGHT for far, km in wide if far <= _FAR_KM]
    return min(max([_LEAST_HALF_KM, *needed]), _MOST_HALF_KM)


def _shut_marks(event: Event, name: _Names) -> list[Mark]:
    marks: list[Mark] = []
    for state in shut_ways(event):
        if state.place is None:
            continue
        if state.place.kind is PlaceKind.AIRPORT:
            marks.append(name.mark(MarkKind.AIRPORT_SHUT, state.place, state.place.iata or ""))
        elif state.target is Target.BORDER and state.place.kind is PlaceKind.CITY:
            marks.append(name.mark(MarkKind.BORDER_SHUT, state.place))
    return marks


def _watch_mark(watch: Watch, event: Event, name: _Names) -> list[Mark]:
    """Return what is watched, where it has a point of its own that is not the event's."""
    if watch.kind in _UNSEEN:
        return []
    known = {place.id for place in (*event.area, *(state.place for state in shut_ways(event) if state.place))}
    return [
        name.mark(MarkKind.WATCH, place, "★" if watch.kind is WatchKind.PIN else place.iata or "")
        for place in watch.area
        if place.id not in known
    ]


def _surroundings(
    centre: Point, half_km: float, known: Collection[str], places: Sequence[Place], name: _Names
) -> list[Mark]:
    """Return the towns and airports around, the largest of each."""
    least = next(population for most_km, population in _TOWN_SIZES if half_km <= most_km)
    towns = [town for town in name.atlas.cities_near(centre, half_km * _ROOM, least) if town.id not in known]
    towns.sort(key=lambda town: (not town.capital, -town.population, town.id))
    towns = _apart(towns, places)
    airports = [
        airport
        for airport in name.atlas.airports_near(centre, min(half_km, _FAR_KM / 3))
        if airport.size in _SIZES and airport.iata and airport.id not in known
    ]
    airports = sorted(airports, key=lambda airport: _SIZES.index(airport.size or ""))[:_MOST_AIRPORTS]
    return [
        *(name.mark(MarkKind.CAPITAL if town.capital else MarkKind.TOWN, town) for town in towns),
        *(name.mark(MarkKind.AIRPORT, airport, airport.iata or "") for airport in airports),
    ]


def _apart(towns: Sequence[Place], places: Sequence[Place]) -> list[Place]:
    """Return the towns that are no part of a larger one, nor of a city where it happens: their quarters crowd it."""
    cities = [place for place in places if place.kind is PlaceKind.CITY]
    kept: list[Place] = []
    for town in towns:
        if all(town.point.km_to(city.point) > city.radius_km for city in (*cities, *kept)):
            kept.append(town)
        if len(kept) == _MOST_TOWNS:
            break
    return kept


def _route(watch: Watch) -> tuple[Point, ...]:
    return tuple(place.point for place in watch.area) if watch.kind is WatchKind.ROUTE else ()


def _unique(places: Iterable[Place]) -> list[Place]:
    return list({place.id: place for place in places}.values())
