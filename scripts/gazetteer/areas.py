"""Seas, straits, canals and lands of several countries: facts that we wrote down, see areas.toml."""

import re
from typing import Any

from bot.model.text import fold
from scripts.gazetteer.entry import Entry, Kind, Naming
from scripts.gazetteer.names import READ

AREAS_FROM = 300_000_000
# Below a country's, above any city's; a small land within one country stands beside its cities.
AREA_FAME = 1e12
SMALL_FAME = 3e6
SMALL_KM = 100


def areas(rows: list[list[Any]]) -> list[Entry]:
    """Return the areas of areas.toml; its head tells what a row holds."""
    found = []
    for number, row in enumerate(rows, AREAS_FROM):
        *named, lat, lon, radius_km, countries = row
        names = {language: known.split("|") for language, known in zip(READ, named, strict=True) if known}
        english, codes = names["en"][0], tuple(countries.split())
        small = len(codes) == 1 and radius_km < SMALL_KM
        entry = Entry(
            number=number, kind=Kind.AREA, name=english, lat=lat, lon=lon,
            code=re.sub(r"[^a-z]+", "-", fold(english)).strip("-"), radius_km=radius_km,
            country=codes[0] if len(codes) == 1 else None, countries=codes,
            fame=SMALL_FAME if small else AREA_FAME + radius_km,
        )  # fmt: skip
        for language, known in names.items():
            entry.labels[language] = known[0]
            for name in known:
                entry.call(name, Naming.OFFICIAL if language == "en" else Naming.EXONYM, language)
        found.append(entry)
    return found
