"""Cities and first-level regions, both from GeoNames."""

from math import sqrt
from typing import Any

from bot.model.place import Point
from bot.model.text import fold
from scripts.gazetteer.entry import Entry, Kind, Naming
from scripts.gazetteer.names import LANGUAGES, bare, forms, own_language, wanted
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
    """Return regions by "ML.01", placed and sized by the cities in them.

    `facts` has the tables [region], [region_fr] and the like: names by code, the first is the label.
    """
    known = {language: facts.get(f"region_{language}", {}) for language in LANGUAGES} | {"en": facts["region"]}
    inside: dict[str, list[dict[str, Any]]] = {}
    for row in sources.cities().values():
        inside.setdefault(f"{row['countrycode']}.{row['admin1code']}", []).append(row)
    titles = sources.catalogue("en") | {code: names[0] for code, names in known["en"].items()}
    found: dict[str, Entry] = {}
    for number, code in enumerate(sorted(set(inside) & set(titles)), REGIONS_FROM):
        entry = _region(number, code, titles[code], inside[code])
        for language in LANGUAGES:
            _name_region(entry, sources.catalogue(language).get(code, ""), language)
            for name in reversed(known[language].get(code, [])):
                _name_region(entry, name, language)
        for name in facts["region_abbreviation"].get(code, ()):
            entry.call(name, Naming.ABBREVIATION if name.isupper() else Naming.SHORT, "en")
        found[code] = entry
    for code in sorted({code for names in known.values() for code in names} - set(found)):
        print(f"  facts.toml names a region that is not there: {code}")
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


def cities(
    sources: Sources, countries: dict[str, Entry], regions: dict[str, Entry], facts: dict[str, Any]
) -> list[Entry]:
    """Return all places of 500 people and more, with their names, and mark the capitals.

    `facts` has the tables [city]: by country, a city's name and further names, and [wrong]: names to drop, by id.
    """
    catalogues = {language: sources.catalogue(language) for language in LANGUAGES}
    found = [
        _city(row, regions, catalogues) for row in sources.cities().values() if row["countrycode"] in countries
    ]  # fmt: skip
    _apply(found, facts["city"])
    for entry in found:
        wrong = facts["wrong"].get(str(entry.number), ())
        entry.names = [name for name in entry.names if name[0] not in wrong]
    _mark_capitals(found, sources)
    _name_after_main_cities(regions, found)
    return found


def _apply(found: list[Entry], facts: dict[str, Any]) -> None:
    largest: dict[tuple[str | None, str], Entry] = {}
    for entry in sorted(found, key=lambda entry: entry.population):
        for name, _, _ in entry.names:
            largest[entry.country, fold(name)] = entry
    for country, cities in facts.items():
        for name, others in cities.items():
            known = [largest[country, fold(each)] for each in (name, *others) if (country, fold(each)) in largest]
            if known:
                entry = known[0]
                entry.name = entry.labels["en"] = name
                for other in (name, *others):
                    entry.call(other, Naming.OFFICIAL if other == name else Naming.FORMER)
            else:
                print(f"  facts.toml names a city that is not there: {name}, {country}")


def _name_after_main_cities(regions: dict[str, Entry], found: list[Entry]) -> None:
    """Give a region that is called after its city the city's names in other spellings and languages too."""
    parts = {region.number: (region, {fold(bare(name) or name) for name, _, _ in region.names})
             for region in regions.values()}  # fmt: skip
    for city in sorted(found, key=lambda city: -city.population):
        if city.region not in parts:
            continue
        region, names = parts[city.region]
        own = [name for name in city.names if name[1] is not Naming.ALTERNATE]
        if names & {fold(name) for name, _, _ in own}:
            del parts[city.region]
            for name, _, language in own:
                region.call(name, Naming.ALTERNATE, language)


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
    for name in filter(wanted, row["alternatenames"]):
        if language := own_language(name, row["countrycode"]):
            entry.call(name, Naming.EXONYM, language)
        elif population >= ALTERNATES_FROM:
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
    for entry in sorted(found, key=lambda entry: -entry.population):
        if entry.country in capitals and entry.country not in best:
            print(f"  the largest city stands for the capital of {entry.country}: {entry.name}")
            best[entry.country] = entry
    for entry in best.values():
        entry.capital = True
        entry.fame *= CAPITAL_FAME
