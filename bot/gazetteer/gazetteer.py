"""The gazetteer: what a name may mean, and how places lie to each other."""

import unicodedata
from functools import cached_property, lru_cache
from pathlib import Path

import marisa_trie

from bot.gazetteer.book import Book, Named
from bot.gazetteer.packed import unpack
from bot.gazetteer.search import Search
from bot.model.place import Place, PlaceKind, Point
from bot.model.text import fold

# Longer names than this exist, but nobody writes them into news.
_LONGEST_NAME = 60
# Beyond this distance from the last village a point lies far out at sea, or in a desert that nobody lives in.
_LAND_KM = 150.0


@lru_cache(4_096)
def _key(name: str) -> str:
    """Return the name as the trie holds it: composed, folded, without stray blanks and vowel signs."""
    folded = " ".join(fold(unicodedata.normalize("NFC", name)).split())
    return "".join(character for character in folded if not unicodedata.combining(character))


class Gazetteer:
    """All countries, first-level regions, places of 500 people and more, airports, seas and other areas.

    Safe to share between threads. Candidates come most prominent first: country, area, then by people and fame.
    """

    def __init__(self, folder: Path) -> None:
        self._trie = marisa_trie.Trie()
        self._trie.mmap(str(folder / "names.marisa"))
        self._book = Book(folder / "places.sqlite")
        self._named = lru_cache(4_096)(self._look_up)

    @classmethod
    def open(cls) -> "Gazetteer":
        """Open the packaged data, unpacking it at the very first use."""
        return cls(unpack())

    def _look_up(self, folded: str) -> tuple[Named, ...]:
        key = self._trie.get(folded)
        return () if key is None else tuple(self._book.named(key))

    def named_with_kinds(self, name: str) -> tuple[Named, ...]:
        """Return the places of exactly this name (case and accents apart), with the kind of name."""
        return self._named(_key(name))

    def named(self, name: str) -> tuple[Place, ...]:
        """Return the places of exactly this name (case and accents apart), most prominent first."""
        return tuple(named.place for named in self._named(_key(name)))

    def prefixes(self, folded: str, start: int) -> list[int]:
        """Return the ends of all names that begin at `start` of the folded text, longest first.

        A name ends where a word ends; whether a word begins at `start` is for the caller to know.
        """
        ends = [start + len(name) for name in self._trie.prefixes(folded[start : start + _LONGEST_NAME])]
        return [end for end in reversed(ends) if end == len(folded) or not folded[end].isalnum()]

    def has_names_from(self, folded: str) -> bool:
        """Tell whether any folded name begins with these letters."""
        return next(self._trie.iterkeys(folded), None) is not None

    def place(self, place_id: str) -> Place | None:
        """Return the place of that id."""
        number = self._book.number(place_id)
        return None if number is None else self._book.place(number)

    def country(self, code: str) -> Place | None:
        """Return the country or territory of that ISO 3166-1 alpha-2 code."""
        number = self._book.country_number(code.upper())
        return None if number is None else self._book.place(number)

    def airport(self, code: str) -> Place | None:
        """Return the airport of that IATA or ICAO code."""
        number = self._book.coded(PlaceKind.AIRPORT, code.upper())
        return None if number is None else self._book.place(number)

    def airports_near(self, point: Point, km: float) -> tuple[Place, ...]:
        """Return the airports within the distance, nearest first."""
        return self._near(point, km, PlaceKind.AIRPORT)

    def airports_of(self, city: Place) -> tuple[Place, ...]:
        """Return the airports that serve the city, the largest first."""
        if city.geonames_id is None:
            return ()
        sizes = ("large", "medium", "small")
        airports = self._places(self._book.airports_of(city.geonames_id))
        return tuple(sorted(airports, key=lambda airport: sizes.index(airport.size or "small")))

    def cities_near(self, point: Point, km: float, min_population: int = 0) -> tuple[Place, ...]:
        """Return the cities of at least so many people within the distance, nearest first."""
        return self._near(point, km, PlaceKind.CITY, min_population)

    def region_of(self, place: Place) -> Place | None:
        """Return the first-level region that the place lies in, or is."""
        if place.kind is PlaceKind.REGION:
            return place
        return next((self.place(parent) for parent in place.parents if parent.startswith("adm:")), None)

    def capital_of(self, code: str) -> Place | None:
        """Return a country's capital, by the country's ISO code."""
        number = self._book.capital(code.upper())
        return None if number is None else self._book.place(number)

    def neighbours(self, code: str) -> frozenset[str]:
        """Return the ISO codes of the countries that border on this one."""
        return self._book.neighbours(code.upper())

    def contains(self, outer: Place, inner: Place) -> bool:
        """Tell whether the inner place lies in the outer one, or is it.

        An area holds what lies within its radius, and if it lists its countries, in one of them.
        """
        if outer.id == inner.id or outer.id in inner.parents:
            return True
        if outer.kind is not PlaceKind.AREA:
            return False
        if outer.countries and inner.country is not None and inner.country not in outer.countries:
            return False
        return inner.radius_km <= outer.radius_km and outer.point.km_to(inner.point) <= outer.radius_km

    def country_at(self, point: Point) -> str | None:
        """Return the ISO code of the country at the point, judged by the nearest settlement; None far from any."""
        for km in (10.0, 40.0, _LAND_KM):
            if near := self._book.near(point, km, PlaceKind.CITY):
                nearest = self._book.place(near[0][1])
                return nearest.country if nearest else None
        return None

    def name_in(self, place: Place, language: str) -> str:
        """Return the place's name in the language (ISO 639-1), else its plain name."""
        number = self._book.number(place.id)
        return (number is not None and self._book.label(number, language)) or place.name

    def search(self, query: str, limit: int = 5) -> tuple[Place, ...]:
        """Return what a person may have meant by what they typed: names in any language, codes, "London, Ontario".

        Most prominent first, one for each real choice; nothing where no name fits exactly.
        """
        return self._search.search(query)[:limit]

    def suggest(self, query: str, limit: int = 5) -> tuple[Place, ...]:
        """Return the places whose names come nearest to a mistyped one, nearest first."""
        return self._search.suggest(query, limit)

    @cached_property
    def _search(self) -> Search:
        return Search(self, self._book)

    def _near(self, point: Point, km: float, kind: PlaceKind, min_population: int = 0) -> tuple[Place, ...]:
        return self._places([number for _, number in self._book.near(point, km, kind, min_population)])

    def _places(self, numbers: list[int]) -> tuple[Place, ...]:
        return tuple(place for number in numbers if (place := self._book.place(number)))
