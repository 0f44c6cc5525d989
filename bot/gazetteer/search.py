"""What a person typed -> places: exact names with context and codes, and the nearest names for a slip."""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from math import log10
from typing import Protocol

from rapidfuzz import process
from rapidfuzz.distance import OSA

from bot.gazetteer.book import Book, Named, NameKind
from bot.model.place import Place, PlaceKind
from bot.model.text import fold

_AIRPORT_WORDS = re.compile(
    r"\b(?:international )?(?:airport|aeroport|aeropuerto|aeroporto|flughafen|аэропорт|مطار)\b"
    r"(?: (?:international|of|de|d'|du|di|da)\b)?"
)
_CODE = re.compile(r"[A-Za-z]{3,4}")
# Places of one name so near to each other are one choice.
_SAME_KM = 30.0
# A region is the same choice as its city of the same name if the city holds this share of its people.
_SAME_SHARE = 0.6
_SLIGHT = 0.01
# Below this likeness (share of letters that need no change) a name is no slip of another.
_LIKE = 0.6
# What ten times the people count for beside likeness, and what a region loses to the city that it is called after.
_PER_POWER = 0.01
_REGION = 0.02


class Names(Protocol):
    """What searching needs of the gazetteer."""

    def named_with_kinds(self, name: str) -> tuple[Named, ...]:
        """Return the places of exactly this name, with the kind of name."""
        ...

    def place(self, place_id: str) -> Place | None:
        """Return the place of that id."""
        ...

    def country(self, code: str) -> Place | None:
        """Return the country of that code."""
        ...

    def airport(self, code: str) -> Place | None:
        """Return the airport of that code."""
        ...

    def airports_of(self, city: Place) -> tuple[Place, ...]:
        """Return the airports that serve the city."""
        ...

    def contains(self, outer: Place, inner: Place) -> bool:
        """Tell whether the inner place lies in the outer one."""
        ...


class Search:
    """Looks up what people type."""

    def __init__(self, names: Names, book: Book) -> None:
        self._names = names
        self._book = book

    def search(self, query: str) -> tuple[Place, ...]:
        """Return the places meant, most prominent first, one for each real choice."""
        plain = unicodedata.normalize("NFC", query).replace("(", ",").replace(")", "")
        typed = " ".join(plain.split()).strip(" .,;")
        head, _, tail = (part.strip() for part in typed.partition(","))
        found = self._within(head, tail.split(",")) if tail else self._plain(typed)
        return tuple(_choices(found))

    def _plain(self, typed: str) -> list[Place]:
        """Return what the words mean without a comma: a name, a code, "Bamako airport", "Paris France"."""
        found = self._exact(typed)
        if _CODE.fullmatch(typed) and (airport := self._names.airport(typed)):
            # In capitals it is a code before it is anybody's name but a country's.
            first = sum(place.kind is PlaceKind.COUNTRY for place in found) if typed.isupper() else len(found)
            found.insert(first, airport)
        return found or self._airports_by_city(typed) or self._by_last_words(typed)

    def _exact(self, name: str) -> list[Place]:
        named = self._names.named_with_kinds(name)
        own = [one.place for one in named if one.kind is not NameKind.ALTERNATE]
        return own or [one.place for one in named]

    def _airports_by_city(self, typed: str) -> list[Place]:
        rest, count = _AIRPORT_WORDS.subn(" ", fold(typed))
        if not count or not rest.split():
            return []
        cities = self._exact(" ".join(rest.split()))
        return [airport for city in cities for airport in self._names.airports_of(city)]

    def _by_last_words(self, typed: str) -> list[Place]:
        words = typed.split(" ")
        for cut in range(len(words) - 1, 0, -1):
            if found := self._within(" ".join(words[:cut]), [" ".join(words[cut:])]):
                return found
        return []

    def _within(self, name: str, contexts: Iterable[str]) -> list[Place]:
        """Return the places of the name that lie in what every one of the contexts may mean."""
        found = self._plain(name) if " " not in name else self._exact(name) or self._airports_by_city(name)
        for context in contexts:
            around = list(self._around(context.strip()))
            found = [place for place in found if any(self._encloses(outer, place) for outer in around)]
        return found

    def _around(self, context: str) -> Iterator[Place]:
        yield from (one.place for one in self._names.named_with_kinds(context) if one.place.kind in _ENCLOSING)
        if len(context) == 2 and context.isalpha():  # noqa: PLR2004 - ISO alpha-2, or a US state's letters
            country, state = self._names.country(context), self._names.place(f"adm:US.{context.upper()}")
            yield from (place for place in (country, state) if place)

    def _encloses(self, outer: Place, inner: Place) -> bool:
        return outer.id != inner.id and self._names.contains(outer, inner)

    def suggest(self, query: str, limit: int) -> tuple[Place, ...]:
        """Return the places with the names nearest to the query, each name once, nearest first."""
        folded = fold(" ".join(unicodedata.normalize("NFC", query).split()))
        slack = max(1, round(len(folded) * (1 - _LIKE)))
        rows = list(self._book.known_names(len(folded) - slack, len(folded) + slack))
        names = [fold(name) for name, _, _ in rows]
        near = process.extract(folded, names, scorer=OSA.normalized_similarity, limit=limit * 8, score_cutoff=_LIKE)
        weighed = [(likeness, place) for _, likeness, index in near if (place := self._book.place(rows[index][1]))]
        weighed.sort(key=lambda pair: -(pair[0] + _weight(pair[1])))
        chosen: dict[str, Place] = {}
        for _, place in weighed:
            chosen.setdefault(place.name, place)
        return tuple(chosen.values())[:limit]


_ENCLOSING = {PlaceKind.COUNTRY, PlaceKind.REGION, PlaceKind.AREA, PlaceKind.CITY}


def _weight(place: Place) -> float:
    return _PER_POWER * log10(place.population + 10) - _REGION * (place.kind is PlaceKind.REGION)


def _choices(found: Iterable[Place]) -> Iterator[Place]:
    """Yield each real choice.

    A town beside its namesake is none, nor a region that is its city, nor a place of a hundredth of the first one's
    people: who means that adds its region or country.
    """
    kept: list[Place] = []
    for place in found:
        if kept and place.kind is PlaceKind.CITY and place.population < _SLIGHT * kept[0].population:
            continue
        if not any(_same(place, other) for other in kept):
            kept.append(place)
            yield place


def _same(place: Place, other: Place) -> bool:
    if place.id == other.id:
        return True
    if place.country != other.country or PlaceKind.AIRPORT in {place.kind, other.kind}:
        return False
    if place.kind is PlaceKind.REGION and place.id in other.parents:
        return other.population >= _SAME_SHARE * place.population
    return place.kind is other.kind is PlaceKind.CITY and place.point.km_to(other.point) <= _SAME_KM
