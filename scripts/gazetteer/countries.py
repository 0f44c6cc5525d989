"""Countries and territories with an ISO 3166-1 code: from GeoNames, with CLDR's names and border centres."""

import re
from collections.abc import Iterable
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
    centres = _centres(sources.borders())
    found: dict[str, Entry] = {}
    for code, row in sources.countries().items():
        if code not in centres:
            print(f"  no border for {code} {row['name']}: left out")
            continue
        lat, lon = centres[code]
        found[code] = Entry(
            number=row["geonameid"], kind=Kind.COUNTRY, name=row["name"], lat=lat, lon=lon, country=code, code=code,
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


def _centres(features: Iterable[dict[str, Any]]) -> dict[str, tuple[float, float]]:
    """Return the centre (lat, lon) of the largest piece of land of each ISO code."""
    largest: dict[str, tuple[float, float, float]] = {}
    for feature in features:
        properties = feature["properties"]
        for polygon in (feature["geometry"] or {"coordinates": []})["coordinates"]:
            piece = _area_and_centre(polygon[0])
            # A part of a country names it as "country", a part of a territory among its "groups".
            for code in {properties.get("iso1A2"), properties.get("country"), *properties.get("groups", ())} - {None}:
                largest[code] = max(largest.get(code, piece), piece)
    return {code: (round(lat, 4), round(lon, 4)) for code, (_, lat, lon) in largest.items()}


def _area_and_centre(ring: list[list[float]]) -> tuple[float, float, float]:
    """Return a ring's rough area and its centroid (lat, lon); the shoelace formula on shrunk longitudes."""
    shrink = cos(radians(sum(lat for _, lat in ring) / len(ring)))
    points = [(lon * shrink, lat) for lon, lat in ring]
    area = x = y = 0.0
    for (x1, y1), (x2, y2) in zip(points, points[1:] + points[:1], strict=True):
        cross = x1 * y2 - x2 * y1
        area += cross / 2
        x += (x1 + x2) * cross
        y += (y1 + y2) * cross
    return abs(area), y / (6 * area), x / (6 * area) / shrink
