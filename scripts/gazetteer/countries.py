"""Countries and territories with an ISO 3166-1 code: from GeoNames, with CLDR's names and Natural Earth's lands."""

import re
from math import cos, pi, radians, sqrt
from typing import Any

from scripts.gazetteer.entry import Entry, Kind, Naming
from scripts.gazetteer.names import COUNTRY_LANGUAGES, LANGUAGES
from scripts.gazetteer.sources import Sources

# Whatever else bears the name, a country is meant: no city's fame comes near this.
COUNTRY_FAME = 1e13
_BRACKETED = re.compile(r"^(.*?)\s*\((.*)\)$")


def countries(sources: Sources, facts: dict[str, Any]) -> dict[str, Entry]:
    """Return the countries by ISO code. `facts` is the table [country] of facts.toml."""
    centres = _centres(sources)
    found: dict[str, Entry] = {}
    for code, row in sources.countries().items():
        if code not in centres:
            print(f"  no land for {code} {row['name']}: left out")
            continue
        lat, lon = centres[code]
        found[code] = Entry(
            number=row["geonameid"], kind=Kind.COUNTRY, name=row["name"].strip(), lat=lat, lon=lon, country=code,
            code=code,
            radius_km=round(sqrt(max(row["areakm2"], 1) / pi), 1), population=row["population"],
            fame=COUNTRY_FAME + row["population"],
        )  # fmt: skip
    for language in COUNTRY_LANGUAGES:
        _name_all(found, sources, language)
    for code, entry in found.items():
        _apply(entry, facts.get(code, {}))
    return found


def _name_all(found: dict[str, Entry], sources: Sources, language: str) -> None:
    naming = Naming.OFFICIAL if language == "en" else Naming.EXONYM
    cldr = sources.territories(language)
    geonames = sources.catalogue(language)
    for code, entry in found.items():
        entry.call(geonames.get(code, ""), naming, language)
        label = cldr.get(code, "")
        if bracketed := _BRACKETED.match(label):
            label = bracketed[1]
            if not bracketed[2].isupper():
                entry.call(bracketed[2], Naming.FORMER, language)
        entry.call(label, naming, language)
        if language in LANGUAGES and label:
            entry.labels[language] = label
    for entry in found.values():
        entry.call(entry.name, Naming.OFFICIAL, "en")
        entry.labels["en"] = entry.name


def _apply(entry: Entry, facts: dict[str, Any]) -> None:
    """Add the names that we know: `name` by language replaces the label, the rest are lists by language."""
    for language, label in facts.get("name", {}).items():
        entry.labels[language] = label
        entry.call(label, Naming.OFFICIAL if language == "en" else Naming.EXONYM, language)
    entry.name = entry.labels["en"]
    for key, naming in (("short", Naming.SHORT), ("abbreviation", Naming.ABBREVIATION), ("former", Naming.FORMER)):
        for language, names in facts.get(key, {}).items():
            for name in names:
                entry.call(name, naming, language)


def _centres(sources: Sources) -> dict[str, tuple[float, float]]:
    """Return the centre (lat, lon) of each country's largest land; of a small territory, of its settlements."""
    lands = sources.lands()
    settled: dict[str, list[tuple[float, float]]] = {}
    for city in sources.cities().values():
        settled.setdefault(city["countrycode"], []).append((city["latitude"], city["longitude"]))
    found: dict[str, tuple[float, float]] = {}
    for code, row in sources.countries().items():
        if rings := lands.get(f"{row['isonumeric']:03}"):
            _, lat, lon = max(map(_area_and_centre, rings))
        elif points := settled.get(code):
            lat, lon = (sum(values) / len(points) for values in zip(*points, strict=True))
        else:
            continue
        found[code] = round(lat, 4), round(lon, 4)
    return found


def _area_and_centre(ring: list[tuple[float, float]]) -> tuple[float, float, float]:
    """Return a ring's rough area and its centroid (lat, lon); the shoelace formula on shrunk longitudes."""
    # A ring over the date line jumps by 360 degrees: it is laid out around its first point instead.
    first = ring[0][0]
    ring = [((lon - first + 180) % 360 - 180 + first, lat) for lon, lat in ring]
    shrink = cos(radians(sum(lat for _, lat in ring) / len(ring)))
    points = [(lon * shrink, lat) for lon, lat in ring]
    area = x = y = 0.0
    for (x1, y1), (x2, y2) in zip(points, points[1:] + points[:1], strict=True):
        cross = x1 * y2 - x2 * y1
        area += cross / 2
        x += (x1 + x2) * cross
        y += (y1 + y2) * cross
    return abs(area), y / (6 * area), (x / (6 * area) / shrink + 180) % 360 - 180
