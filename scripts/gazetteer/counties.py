"""Counties of the United States, which GeoNames' first level lacks: placed and sized by the post offices in them."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable
from typing import Any

from bot.model.place import Point
from bot.model.text import fold
from scripts.gazetteer.entry import Entry, Kind, Naming
from scripts.gazetteer.sources import Sources

COUNTIES_FROM = 400_000_000
FEWEST_KM = 10.0
# What a county's name ends with; others ("Baltimore city", "Municipality of Anchorage") are cities of their own.
WORDS = ("County", "Parish", "Borough", "Census Area")
# A county is hardly ever meant without its word, and never before a city of its people.
FAME = 0.1

Codes = dict[tuple[str, str], list[dict[str, Any]]]


def counties(sources: Sources, regions: dict[str, Entry], towns: Iterable[Entry]) -> list[Entry]:
    """Return the counties; their people are those of the towns that share a name with one of their post offices."""
    codes: Codes = defaultdict(list)
    for row in sources.post_offices():
        if row["county"].endswith(WORDS) and float(row["lat"] or 0):
            codes[row["state"], _slug(row["county"])].append(row)
    people = _people(codes, regions, towns)
    found = [
        _county(number, slug, rows, regions[f"US.{state}"], people[state, slug])
        for number, ((state, slug), rows) in enumerate(sorted(codes.items()), COUNTIES_FROM)
        if f"US.{state}" in regions
    ]
    print(f"  {len(found)} counties")
    return found


def _people(codes: Codes, regions: dict[str, Entry], towns: Iterable[Entry]) -> dict[tuple[str, str], int]:
    sizes: dict[tuple[int | None, str], int] = defaultdict(int)
    for town in towns:
        if town.country == "US":
            sizes[town.region, fold(town.name)] += town.population
    people: dict[tuple[str, str], int] = defaultdict(int)
    for (state, county), rows in codes.items():
        region = regions.get(f"US.{state}")
        if region is not None:
            people[state, county] = sum(sizes[region.number, name] for name in {fold(row["city"]) for row in rows})
    return people


def _slug(name: str) -> str:
    """Return the county's part of its id: "DeKalb County" and "Dekalb County" are one."""
    return re.sub(r"[^a-z]+", "-", fold(name)).strip("-")


def _county(number: int, slug: str, rows: list[dict[str, Any]], state: Entry, people: int) -> Entry:
    points = [Point(float(row["lat"]), float(row["long"])) for row in rows]
    centre = Point(sum(point.lat for point in points) / len(points), sum(point.lon for point in points) / len(points))
    away = sorted(centre.km_to(point) for point in points)
    name = Counter(row["county"] for row in rows).most_common(1)[0][0]
    entry = Entry(
        number=number, kind=Kind.REGION, name=name, lat=centre.lat, lon=centre.lon, country="US",
        code=f"{state.code}.{slug}", region=state.number, radius_km=round(max(FEWEST_KM, away[-1]), 1),
        population=people, fame=FAME * people,
    )  # fmt: skip
    entry.labels["en"] = name
    entry.call(name, Naming.OFFICIAL, "en")
    return entry
