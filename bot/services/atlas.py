"""What the services need of the gazetteer, and what a name that somebody typed may turn out to be."""

from dataclasses import dataclass
from typing import Protocol

from bot.model.place import Place, Point


class Atlas(Protocol):
    """The book of places."""

    def search(self, query: str, limit: int = 5) -> tuple[Place, ...]:
        """Return the places of that name, most prominent first, one for each real choice."""
        ...

    def suggest(self, query: str, limit: int = 5) -> tuple[Place, ...]:
        """Return the places whose names come nearest to a mistyped one, nearest first."""
        ...

    def place(self, place_id: str) -> Place | None:
        """Return the place of that id."""
        ...

    def country(self, code: str) -> Place | None:
        """Return the country of that ISO code."""
        ...

    def airport(self, code: str) -> Place | None:
        """Return the airport of that IATA or ICAO code."""
        ...

    def airports_of(self, city: Place) -> tuple[Place, ...]:
        """Return the airports that serve the city, the largest first."""
        ...

    def country_at(self, point: Point) -> str | None:
        """Return the ISO code of the country at the point."""
        ...

    def name_in(self, place: Place, language: str) -> str:
        """Return the place's name in the language, else its plain name."""
        ...


@dataclass(frozen=True, slots=True)
class Exact:
    """One place is meant; `others` bear the same name."""

    place: Place
    others: tuple[Place, ...] = ()


@dataclass(frozen=True, slots=True)
class Several:
    """Several places may be meant, most prominent first: ask."""

    places: tuple[Place, ...]


@dataclass(frozen=True, slots=True)
class Unknown:
    """No place is known by that name; `nearest` are the names that come nearest."""

    nearest: tuple[Place, ...]


@dataclass(frozen=True, slots=True)
class TooLong:
    """The words are longer than a name can be."""


Found = Exact | Several | Unknown | TooLong
