"""The book of places: read-only SQLite rows turned into Places, one connection per thread."""

import sqlite3
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from math import ceil, cos, radians
from pathlib import Path
from typing import Any

from bot.model.place import Place, PlaceKind, Point

KM_PER_DEGREE = 111.2

_KINDS = (PlaceKind.AREA, PlaceKind.COUNTRY, PlaceKind.REGION, PlaceKind.CITY, PlaceKind.AIRPORT)
_COLUMNS = (
    "number, kind, name, country, lat, lon, region, city, radius, population, capital, code, icao, size, countries"
)
_PREFIXES = {"adm": PlaceKind.REGION, "ap": PlaceKind.AIRPORT, "area": PlaceKind.AREA}


class NameKind(StrEnum):
    """What sort of name it is; the earlier, the surer that it means the place.

    `exonym` is the name in one language, `short` an everyday or clipped name ("America", "Heathrow"), `abbreviation`
    must be written in capitals ("US"), `former` is an old name, `alternate` any other spelling that GeoNames lists.
    """

    OFFICIAL = "official"
    EXONYM = "exonym"
    SHORT = "short"
    ABBREVIATION = "abbreviation"
    FORMER = "former"
    ALTERNATE = "alternate"


_NAME_KINDS = tuple(NameKind)


@dataclass(frozen=True, slots=True)
class Named:
    """A place that bears the name, the kind of name, and its language (ISO 639-1) if the name belongs to one."""

    place: Place
    kind: NameKind
    language: str | None


class Book:
    """Reads the SQLite file. Never changes, so that its answers may be kept."""

    def __init__(self, path: Path) -> None:
        self._address = f"file:{path.as_posix()}?mode=ro&immutable=1"
        self._threads = threading.local()
        self.place = lru_cache(4_096)(self._place)
        self.country_number = lru_cache(512)(self._country_number)

    def _rows(self, query: str, *values: object) -> list[Any]:
        connection: sqlite3.Connection | None = getattr(self._threads, "connection", None)
        if connection is None:
            connection = self._threads.connection = sqlite3.connect(self._address, uri=True)
            connection.execute("PRAGMA mmap_size = 268435456")
        return connection.execute(query, values).fetchall()

    def named(self, key: int) -> Iterator[Named]:
        """Yield who bears the name of this number in the trie, most prominent first."""
        for number, naming, language in self._rows(
            "SELECT place, naming, language FROM named WHERE key = ? ORDER BY rank", key
        ):
            place = self.place(number)
            assert place is not None
            yield Named(place, _NAME_KINDS[naming], language)

    def _place(self, number: int) -> Place | None:
        rows = self._rows(f"SELECT {_COLUMNS} FROM place WHERE number = ?", number)  # noqa: S608 - a constant
        return self._made(rows[0]) if rows else None

    def number(self, place_id: str) -> int | None:
        """Return the number of a place's id."""
        prefix, _, rest = place_id.partition(":")
        if prefix == "gn":
            return int(rest) if rest.isascii() and rest.isdigit() else None
        kind = _PREFIXES.get(prefix)
        return self.coded(kind, rest) if kind else None

    def coded(self, kind: PlaceKind, code: str) -> int | None:
        """Return the number of the place of that kind with that code; an airport's is IATA or ICAO."""
        rows = self._rows("SELECT number FROM place WHERE kind = ? AND code = ?", _KINDS.index(kind), code)
        if not rows and kind is PlaceKind.AIRPORT:
            rows = self._rows("SELECT number FROM place WHERE icao = ?", code)
        return rows[0][0] if rows else None

    def _country_number(self, code: str) -> int | None:
        return self.coded(PlaceKind.COUNTRY, code)

    def capital(self, code: str) -> int | None:
        """Return the number of a country's capital."""
        rows = self._rows("SELECT number FROM place WHERE capital = 1 AND country = ?", code)
        return rows[0][0] if rows else None

    def airports_of(self, city: int) -> list[int]:
        """Return the numbers of the airports that serve the city."""
        return [number for (number,) in self._rows("SELECT number FROM place WHERE city = ? AND kind = 4", city)]

    def neighbours(self, code: str) -> frozenset[str]:
        """Return the ISO codes of the countries that border on it."""
        return frozenset(other for (other,) in self._rows("SELECT other FROM neighbour WHERE country = ?", code))

    def label(self, number: int, language: str) -> str | None:
        """Return the place's name in the language, where it differs from its plain name."""
        rows = self._rows("SELECT name FROM label WHERE place = ? AND language = ?", number, language)
        return rows[0][0] if rows else None

    def near(self, point: Point, km: float, kind: PlaceKind, min_population: int = 0) -> list[tuple[float, int]]:
        """Return (km, number) of the places of a kind within the distance, nearest first."""
        found = []
        for first, last in _cells(point, km):
            for number, lat, lon in self._rows(
                "SELECT number, lat, lon FROM place WHERE cell BETWEEN ? AND ? AND kind = ? AND population >= ?",
                first, last, _KINDS.index(kind), min_population,
            ):  # fmt: skip
                away = point.km_to(Point(lat / 1e4, lon / 1e4))
                if away <= km:
                    found.append((away, number))
        return sorted(found)

    def known_names(self, shortest: int, longest: int) -> Iterator[tuple[str, int, int]]:
        """Yield (name, number, population) of what people look for, in all tagged languages, if so many letters long.

        These are countries, regions, areas, cities of 15,000 people and more, and large airports.
        """
        known = "(kind < 3 OR (kind = 3 AND population >= 15000) OR (kind = 4 AND size = 'large'))"
        yield from self._rows(
            f"SELECT name, number, population FROM place WHERE {known} AND length(name) BETWEEN ?1 AND ?2 UNION ALL "  # noqa: S608 - a constant
            "SELECT label.name, number, population FROM label JOIN place ON number = place "
            f"WHERE {known} AND length(label.name) BETWEEN ?1 AND ?2",
            shortest,
            longest,
        )

    def _made(self, row: tuple[Any, ...]) -> Place:
        (number, kind_number, name, country, lat, lon, region, city, radius, population, capital, code, icao, size,
         countries) = row  # fmt: skip
        kind = _KINDS[kind_number]
        is_airport, is_geonames = kind is PlaceKind.AIRPORT, kind in {PlaceKind.COUNTRY, PlaceKind.CITY}
        return Place(
            id=_id(kind, number, code), name=name, kind=kind, country=country, point=Point(lat / 1e4, lon / 1e4),
            parents=self._parents(kind, country, region, city), radius_km=radius / 10, population=population,
            iata=code if is_airport else None, icao=icao, geonames_id=number if is_geonames else None,
            capital=bool(capital), size=size, countries=tuple(countries.split(",")) if countries else (),
        )  # fmt: skip

    def _parents(self, kind: PlaceKind, country: str | None, region: int | None, city: int | None) -> tuple[str, ...]:
        parents = [f"gn:{city}"] if city else []
        if region and (above := self.place(region)):
            parents.append(above.id)
        if country and kind is not PlaceKind.COUNTRY:
            parents.append(f"gn:{self.country_number(country)}")
        return tuple(parents)


def _id(kind: PlaceKind, number: int, code: str | None) -> str:
    prefix = next((prefix for prefix, known in _PREFIXES.items() if known is kind), None)
    return f"{prefix}:{code}" if prefix else f"gn:{number}"


def _cells(point: Point, km: float) -> Iterator[tuple[int, int]]:
    """Yield the runs of one-degree cells (see scripts/gazetteer/pack.py) that cover the circle."""
    rise = km / KM_PER_DEGREE
    for row in range(max(0, int(point.lat + 90 - rise)), min(179, int(point.lat + 90 + rise)) + 1):
        # The row's edge nearer to the pole decides how many of its cells the circle spans.
        edge = max(abs(row - 90), abs(row - 89))
        across = ceil(rise / max(cos(radians(min(edge, 90))), 1e-6))
        if across >= 180:  # noqa: PLR2004 - half the globe either way
            yield row * 360, row * 360 + 359
            continue
        west, east = int(point.lon + 180) - across, int(point.lon + 180) + across
        yield row * 360 + max(west, 0), row * 360 + min(east, 359)
        if west < 0:
            yield row * 360 + 360 + west, row * 360 + 359
        if east > 359:  # noqa: PLR2004 - the last cell before the date line
            yield row * 360, row * 360 + east - 360
