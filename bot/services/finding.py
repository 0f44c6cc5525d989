"""From what a person typed to the place that they mean: at once, by asking, or by the nearest names."""

import asyncio
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from bot.model.place import Place, PlaceKind
from bot.services.atlas import Atlas, Exact, Found, Several, TooLong, Unknown

LONGEST_QUERY = 256

_CANDIDATES = 8
_NEAREST = 5
# A name goes to its best-known bearer without asking when that is a large city, and the next one is a small part of it.
_LARGE_CITY = 100_000
_OUTWEIGHS = 20
_BETWEEN = re.compile(r"(?:(?<!\s)\s+)?(?:→|->|=>|\s[-–—]\s|/|;|,\s)\s*")
_ENDS = frozenset({PlaceKind.CITY, PlaceKind.AIRPORT})
_LEAST_LINK = 2


@dataclass(frozen=True, slots=True)
class Ends:
    """The two ends of a way as they were typed, each with what it may mean."""

    names: tuple[str, str]
    found: tuple[Found, Found]


class Finding:
    """Looks things up off the event loop: to suggest compares the words with every name there is, some 0.2 s."""

    def __init__(self, atlas: Atlas) -> None:
        self._atlas = atlas

    async def find(self, query: str) -> Found:
        """Return which place the words mean."""
        words = " ".join(query.split())
        return TooLong() if len(words) > LONGEST_QUERY else await asyncio.to_thread(self._find, words)

    async def ends(self, query: str) -> Ends | None:
        """Return the two ends of a way: "Bamako - Ségou", "Bamako → Ségou", "Bamako Ségou"; None where none are."""
        words = " ".join(query.split())
        return None if len(words) > LONGEST_QUERY else await asyncio.to_thread(self._two, words)

    def linked(self, name: str) -> Place | None:
        """Return the place that a link names: a country's code, an airport's, a GeoNames id, or a group's id."""
        if name.isdigit():
            return self._atlas.place(f"gn:{name}")
        if not name.isascii() or len(name) < _LEAST_LINK:
            return None
        if len(name) == _LEAST_LINK:
            return self._atlas.country(name)
        return self._atlas.place(f"group:{name.lower()}") or self._atlas.airport(name)

    def booked(self, codes: Iterable[str], names: Iterable[str]) -> tuple[Place, ...]:
        """Return the airports of a booking's codes; without one, the first town or airport that its location names."""
        airports = [airport for code in codes if (airport := self._atlas.airport(code))]
        if airports:
            return tuple(airports)
        for name in names:
            found = [place for place in self._atlas.search(name, _CANDIDATES) if place.kind in _ENDS]
            if found:
                return (found[0],)
        return ()

    def _find(self, words: str) -> Found:
        candidates = self._atlas.search(words, _CANDIDATES) if words else ()
        if not candidates:
            return Unknown(self._atlas.suggest(words, _NEAREST) if words else ())
        found = _settled(candidates)
        if isinstance(found, Several) and found.places[0].population < _LARGE_CITY:
            # Small places bear all sorts of names ("Atlantis"): a slip for a larger one is as likely.
            nearest = tuple(place for place in self._atlas.suggest(words, _NEAREST) if place not in found.places)
            return Several(found.places[:_NEAREST] + nearest[: max(_NEAREST - len(found.places), 0)])
        return found

    def _two(self, words: str) -> Ends | None:
        parts = [part for part in _BETWEEN.split(words) if part]
        if len(parts) == 2:  # noqa: PLR2004 - two ends
            return self._ends(parts[0], parts[1])
        cut = words.split(" ")
        if len(cut) < 2:  # noqa: PLR2004 - one word names one place
            return None
        splits = [(" ".join(cut[:at]), " ".join(cut[at:])) for at in range(1, len(cut))]
        both = [(one, other) for one, other in splits if self._atlas.search(one) and self._atlas.search(other)]
        # Where no cut gives two names that are known, two words are two names with a slip in one of them.
        return self._ends(*(both or splits)[0]) if both or len(splits) == 1 else None

    def _ends(self, one: str, other: str) -> Ends:
        return Ends((one, other), (self._end(one), self._end(other)))

    def _end(self, name: str) -> Found:
        """Return what an end of a way may be: a town or an airport alone."""
        towns = tuple(place for place in self._atlas.search(name, _CANDIDATES) if place.kind in _ENDS)
        if towns:
            return _settled(towns)
        return Unknown(tuple(place for place in self._atlas.suggest(name, _CANDIDATES) if place.kind in _ENDS))


def _settled(candidates: Sequence[Place]) -> Exact | Several:
    """Return the one place that the name means to most people, or all to choose from.

    A country, sea or group of countries wins by its rank. A region yields to its city of the same name ("New York").
    """
    best = candidates[0]
    others = tuple(place for place in candidates[1:] if place.id not in best.parents)
    if best.kind in {PlaceKind.COUNTRY, PlaceKind.AREA, PlaceKind.AIRPORT} or not others:
        return Exact(best, tuple(place for place in others if place.population >= _LARGE_CITY))
    if best.population >= _LARGE_CITY and best.population >= _OUTWEIGHS * max(place.population for place in others):
        return Exact(best, others)
    return Several((best, *others))
