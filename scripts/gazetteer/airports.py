"""Airports with an IATA code: OurAirports' data, completed by airportsdata and by what we know."""

import re
from collections.abc import Iterable, Iterator
from typing import Any
from urllib.parse import unquote

from bot.model.place import Point
from bot.model.text import fold
from scripts.gazetteer.entry import Entry, Kind, Naming
from scripts.gazetteer.names import forms
from scripts.gazetteer.sources import Sources

AIRPORTS_FROM = 200_000_000
SIZES = {"large_airport": "large", "medium_airport": "medium", "small_airport": "small"}
RADIUS_KM = {"large": 3.0, "medium": 2.0, "small": 1.0}
FAME = {"large": 1e6, "medium": 5e4, "small": 100.0}
SERVED_KM = 75.0
SIZEABLE = 15_000

_WORD = re.compile(
    r"\b(?:airport|airfield|air ?base|air force base|aeroport|aeroporto|aeropuerto|аэропорт|flughafen)\b"
)
_INTERNATIONAL = re.compile(r"\bInternational\b")
_GENERIC = re.compile(
    r"\b(?:international|intl|regional|municipal|domestic|civil|airport)\b\.?|\(.*?\)|/.*", re.IGNORECASE
)


class CityMap:
    """Cities by rough cell and by name, to find which one an airport serves."""

    def __init__(self, cities: Iterable[Entry]) -> None:
        self._cells: dict[tuple[int, int], list[tuple[Entry, frozenset[str]]]] = {}
        known: set[str] = set()
        for city in cities:
            named = frozenset(form for name, naming, _ in city.names for form in forms(name))
            if city.population >= SIZEABLE:
                known |= named
            self._cells.setdefault((int(city.lat // 1), int(city.lon // 1)), []).append((city, named))

        self.names = frozenset(known)

    def served(self, lat: float, lon: float, calls: Iterable[str], country: str) -> Entry | None:
        """Return the largest city of one of these names within 75 km, else the sizeable one near, else the nearest."""
        around = self._around(lat, lon)
        called = {fold(call) for call in calls}
        if named := [city for _, city, names in around if names & called]:
            return max(named, key=lambda city: (city.country == country, city.population))
        at_home = [(km, city) for km, city, _ in around if city.country == country]
        sizeable = [(city.population / (km + 5) ** 2, city.number, city) for km, city in at_home
                    if city.population >= SIZEABLE]  # fmt: skip
        if sizeable:
            return max(sizeable)[2]
        return min(at_home, key=lambda pair: pair[0])[1] if at_home else None

    def _around(self, lat: float, lon: float) -> list[tuple[float, Entry, frozenset[str]]]:
        point = Point(lat, lon)
        span = 2 if abs(lat) < 65 else 5  # noqa: PLR2004 - cells narrow towards the poles
        near = []
        for row in (-1, 0, 1):
            for column in range(-span, span + 1):
                cell = (int(lat // 1) + row, (int(lon // 1) + column + 180) % 360 - 180)
                for city, names in self._cells.get(cell, ()):
                    km = point.km_to(Point(city.lat, city.lon))
                    if km <= SERVED_KM:
                        near.append((km, city, names))
        return near


def airports(sources: Sources, cities: list[Entry], countries: dict[str, Entry], facts: dict[str, Any]) -> list[Entry]:
    """Return the airports, each with the city that it serves. `facts` is the table [airport], by IATA code."""
    city_map = CityMap(cities)
    others = sources.airportsdata()
    found: dict[str, Entry] = {}
    for row in sorted(sources.ourairports(), key=lambda row: row["id"]):
        code, size = row["iata_code"], SIZES.get(row["type"])
        if size and code and row["iso_country"] in countries:
            entry = _airport(row, size, city_map, others.get(code, {}))
            if code not in found or found[code].fame < entry.fame:
                found[code] = entry
    for number, code in enumerate(sorted(found), AIRPORTS_FROM):
        found[code].number = number
        _apply(found[code], facts.get(code, {}))
    _call_by_city(found.values(), {city.number: city for city in cities})
    for code in sorted(set(facts) - set(found)):
        print(f"  facts.toml names an airport that is not there: {code}")
    return list(found.values())


def _airport(row: dict[str, Any], size: str, city_map: CityMap, other: dict[str, Any]) -> Entry:
    lat, lon, name = row["latitude_deg"], row["longitude_deg"], row["name"]
    city = city_map.served(lat, lon, _towns(row, other), row["iso_country"])
    entry = Entry(
        number=0, kind=Kind.AIRPORT, name=name, lat=lat, lon=lon, country=row["iso_country"], code=row["iata_code"],
        icao=row["gps_code"] or row["ident"], city=city.number if city else None,
        region=city.region if city else None, radius_km=RADIUS_KM[size], size=size,
        fame=FAME[size] * (2 if row["scheduled_service"] == "yes" else 1) + (city.population / 1e3 if city else 0),
    )  # fmt: skip
    entry.call(name, Naming.OFFICIAL, "en")
    link = row["wikipedia_link"] or ""
    wiki = unquote(link.rpartition("/")[2]).replace("_", " ").partition("#")[0] if "wikipedia.org/wiki/" in link else ""
    for known in (wiki, other.get("name", ""), *_keywords(row)):
        if "//" not in known and _WORD.search(fold(known)) and len(_GENERIC.sub(" ", known).split()) > 0:
            entry.call(known, Naming.ALTERNATE)
    _call_variants(entry, size, city, city_map.names)
    return entry


def _towns(row: dict[str, Any], other: dict[str, Any]) -> Iterator[str]:
    """Yield what may name the city served: the municipality, keywords, the first words of the airport's name."""
    for part in (*re.split(r"[(/,]", row["municipality"] or ""), other.get("city", ""), *_keywords(row)):
        if part.strip(" )"):
            yield part.strip(" )")
    words = re.split(r"[ /–-]", row["name"])
    yield from (" ".join(words[:count]) for count in range(1, len(words)))


def _keywords(row: dict[str, Any]) -> list[str]:
    return [keyword.strip() for keyword in (row["keywords"] or "").split(",")]


def _call_variants(entry: Entry, size: str, city: Entry | None, taken: frozenset[str]) -> None:
    """Add the name without "International", and of large airports the bare name ("Modibo Keita", "Pulkovo")."""
    of_city = {form for known, _, _ in city.names for form in forms(known)} if city else set()
    for name, naming, _ in tuple(entry.names):
        entry.call(" ".join(_INTERNATIONAL.sub(" ", name).split()), naming)
        core = " ".join(_GENERIC.sub(" ", name).split())
        if size == "large" and naming is Naming.OFFICIAL and core != name:
            first, _, rest = core.partition(" ")
            for short in (core, rest.lstrip(", -") if fold(first) in of_city else ""):
                # One word alone is mostly a person ("Roberts") or a country ("Malta"): facts.toml has those of use.
                if " " in short and fold(short) not in of_city | taken:
                    entry.call(short, Naming.SHORT)


def _call_by_city(airports: Iterable[Entry], cities: dict[int, Entry]) -> None:
    """Add "Heathrow Airport" for a short name, and "Bamako Airport" where the city has no other one of its size."""
    busiest: dict[int | None, list[Entry]] = {}
    for airport in airports:
        if airport.size != "small":
            busiest.setdefault(airport.city, []).append(airport)
        for name, naming, _ in tuple(airport.names):
            if naming is Naming.SHORT and not _WORD.search(fold(name)):
                airport.call(f"{name} Airport", Naming.ALTERNATE)
                airport.call(f"{name} International Airport", Naming.ALTERNATE)
    for city, served_by in busiest.items():
        if city is not None and len({airport.size for airport in served_by}) == len(served_by):
            main = max(served_by, key=lambda airport: airport.fame)
            main.call(f"{cities[city].name} Airport", Naming.ALTERNATE)
            main.call(f"{cities[city].name} International Airport", Naming.ALTERNATE)


def _apply(entry: Entry, facts: dict[str, Any]) -> None:
    for key, naming in (
        ("short", Naming.SHORT),
        ("abbreviation", Naming.ABBREVIATION),
        ("former", Naming.FORMER),
        ("also", Naming.ALTERNATE),
    ):
        for name in facts.get(key, ()):
            entry.call(name, naming)
    for language, name in facts.get("name", {}).items():
        entry.labels[language] = name
        entry.call(name, Naming.EXONYM, language)
