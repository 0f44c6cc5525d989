"""Groups of countries (Sahel, Balkans, Gulf states) beside the places of the gazetteer, found by name as these are."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from rapidfuzz.distance import OSA

from bot.model.place import Place, PlaceKind, Point
from bot.model.text import fold
from bot.services.atlas import Atlas

GROUP = "group:"
_LIKE = 0.75  # share of letters that need no change: two slips in "Scandinavia", one in "Sahel"


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """A group of countries (ISO 3166-1). `names` by language, ISO 639-1: the first is shown, all are understood."""

    id: str
    countries: tuple[str, ...]
    names: Mapping[str, tuple[str, ...]]


class Regions:
    """The atlas with the groups in it. A group is a place of kind area whose id begins with "group:"."""

    def __init__(self, atlas: Atlas, groups: Sequence[Group]) -> None:
        self._atlas = atlas
        self._shown = {GROUP + group.id: {code: names[0] for code, names in group.names.items()} for group in groups}
        self._places = {GROUP + group.id: _place(group) for group in groups}
        self._named = {
            fold(name): self._places[GROUP + group.id]
            for group in groups
            for names in group.names.values()
            for name in names
        }

    def search(self, query: str, limit: int = 5) -> tuple[Place, ...]:
        """Return the places of that name, a group of countries first, in place of the gazetteer's area."""
        found = self._atlas.search(query, limit)
        group = self._named.get(_plain(query))
        if group is None:
            return found
        return (group, *(place for place in found if place.kind is not PlaceKind.AREA))[:limit]

    def suggest(self, query: str, limit: int = 5) -> tuple[Place, ...]:
        """Return the places whose names come nearest to a mistyped one, groups of countries first."""
        typed = _plain(query)
        likeness = {name: OSA.normalized_similarity(typed, name) for name in self._named}
        near = sorted((name for name in likeness if likeness[name] >= _LIKE), key=lambda name: -likeness[name])
        groups = {self._named[name].id: self._named[name] for name in near}
        others = self._atlas.suggest(query, limit)
        known = (place for place in others if place.kind is not PlaceKind.AREA or fold(place.name) not in self._named)
        return (*groups.values(), *known)[:limit]

    def place(self, place_id: str) -> Place | None:
        """Return the place or group of that id."""
        return self._places.get(place_id) or self._atlas.place(place_id)

    def country(self, code: str) -> Place | None:
        """Return the country of that ISO code."""
        return self._atlas.country(code)

    def airport(self, code: str) -> Place | None:
        """Return the airport of that IATA or ICAO code."""
        return self._atlas.airport(code)

    def airports_of(self, city: Place) -> tuple[Place, ...]:
        """Return the airports that serve the city, the largest first."""
        return self._atlas.airports_of(city)

    def country_at(self, point: Point) -> str | None:
        """Return the ISO code of the country at the point."""
        return self._atlas.country_at(point)

    def name_in(self, place: Place, language: str) -> str:
        """Return the name of the place or group in the language, else its plain name."""
        shown = self._shown.get(place.id)
        return shown.get(language, place.name) if shown else self._atlas.name_in(place, language)


def _plain(query: str) -> str:
    return fold(" ".join(query.split()))


def _place(group: Group) -> Place:
    """Return the group as a place; it has no point of its own, for it is heard by its countries alone."""
    return Place(
        id=GROUP + group.id, name=group.names["en"][0], kind=PlaceKind.AREA, country=None, point=Point(0, 0),
        countries=group.countries,
    )  # fmt: skip
