"""Cities and first-level regions, both from GeoNames."""

from math import sqrt
from typing import Any

from bot.model.place import Point
from bot.model.text import fold
from scripts.gazetteer.entry import Entry, Kind, Naming
from scripts.gazetteer.names import LANGUAGES, bare, forms, wanted
from scripts.gazetteer.sources import Sources

# Alternate names of smaller places are mostly other people's words.
ALTERNATES_FROM = 15_000
CAPITAL_FAME = 20.0
# A region is less often meant than its main city, more often than a town elsewhere.
REGION_FAME = 0.3
# The number of the first region; GeoNames ids stay below.
REGIONS_FROM = 100_000_000
MIN_RADIUS_KM = 1.5


def regions(sources: Sources, facts: dict[str, Any]) -> dict[str, Entry]:
    """Return regions by "ML.01", placed and sized by the cities in them. `facts` is the table [region]."""
    inside: dict[str, list[dict[str, Any]]] = {}
    for row in sources.cities().values():
        inside.setdefault(f"{row['countrycode']}.{row['admin1code']}", []).append(row)
    titles = sources.catalogue("en")
    found: dict[str, Entry] = {}
    for number, code in enumerate(sorted(set(inside) & set(titles)), REGIONS_FROM):
        entry = _region(number, code, titles[code], inside[code])
        for language in LANGUAGES:
            _name_region(entry, sources.catalogue(language).get(code, ""), language)
        for language, names in facts.get(code, {}).items():
            entry.labels[language] = names[0]
            for name in names:
                entry.call(name, Naming.OFFICIAL if language == "en" else Naming.EXONYM, language)
        found[code] = entry
    print(f"  {len(found)} regions, {len(set(inside) - set(titles))} unnamed")
    return found


def _region(number: int, code: str, name: str, rows: list[dict[str, Any]]) -> Entry:
    lat = sum(row["latitude"] for row in rows) / len(rows)
    # Longitudes are averaged around the first one, so that a region on the date line keeps its place.
    first = rows[0]["longitude"]
    lon = first + sum((row["longitude"] - first + 180) % 360 - 180 for row in rows) / len(rows)
    centre = Point(lat, (lon + 180) % 360 - 180)
    away = sorted(centre.km_to(Point(row["latitude"], row["longitude"])) for row in rows)
    population = sum(row["population"] for row in rows)
    return Entry(
        number=number, kind=Kind.REGION, name=name, lat=centre.lat, lon=centre.lon, country=code[:2], code=code,
        radius_km=round(max(5.0, away[int(0.9 * (len(away) - 1))]), 1), population=population,
        fame=REGION_FAME * population,
    )  # fmt: skip


def _name_region(entry: Entry, name: str, language: str) -> None:
    if not name:
        return
    naming = Naming.OFFICIAL if language == "en" else Naming.EXONYM
    entry.labels[language] = name
    entry.call(name, naming, language)
    entry.call(bare(name) or "", naming, language)


def cities(sources: Sources, countries: dict[str, Entry], regions: dict[str, Entry]) -> list[Entry]:
    """Return all places of 500 people and more, with their names, and mark the capitals."""
    catalogues = {language: sources.catalogue(language) for language in LANGUAGES}
    found = [
        _city(row, regions, catalogues) for row in sources.cities().values() if row["countrycode"] in countries
    ]  # fmt: skip
    _mark_capitals(found, sources)
    return found


def _city(row: dict[str, Any], regions: dict[str, Entry], catalogues: dict[str, dict[str, str]]) -> Entry:
    key, population = str(row["geonameid"]), row["population"]
    region = regions.get(f"{row['countrycode']}.{row['admin1code']}")
    entry = Entry(
        number=row["geonameid"], kind=Kind.CITY, name=catalogues["en"].get(key, row["name"]), lat=row["latitude"],
        lon=row["longitude"], country=row["countrycode"], region=region.number if region else None,
        radius_km=round(max(MIN_RADIUS_KM, 0.0073 * sqrt(population)), 1), population=population,
        fame=population * (1 + len(row["alternatenames"]) / 20),
    )  # fmt: skip
    entry.call(entry.name, Naming.OFFICIAL)
    entry.call(row["name"], Naming.OFFICIAL)
    for language, catalogue in catalogues.items():
        if name := catalogue.get(key):
            entry.labels[language] = name
            entry.call(name, Naming.EXONYM, language)
    if population >= ALTERNATES_FROM:
        for name in row["alternatenames"]:
            if wanted(name):
                entry.call(name, Naming.ALTERNATE)
    return entry


def _mark_capitals(found: list[Entry], sources: Sources) -> None:
    capitals = {code: fold(row["capital"]) for code, row in sources.countries().items() if row["capital"]}
    best: dict[str, Entry] = {}
    for entry in found:
        code = entry.country or ""
        named = {form for name, naming, _ in entry.names if naming is not Naming.ALTERNATE for form in forms(name)}
        if capitals.get(code) in named and (code not in best or best[code].population < entry.population):
            best[code] = entry
    for entry in best.values():
        entry.capital = True
        entry.fame *= CAPITAL_FAME
    print("  no capital found for", sorted(set(capitals) - set(best)))
