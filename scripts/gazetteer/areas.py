"""Seas, straits, canals and lands of several countries: facts that we wrote down, see facts.toml."""

import re
from typing import Any

from bot.model.text import fold
from scripts.gazetteer.entry import Entry, Kind, Naming

AREAS_FROM = 300_000_000
# Below a country's, above any city's.
AREA_FAME = 1e12


def areas(facts: list[dict[str, Any]]) -> list[Entry]:
    """Return the areas. `facts` is the list [[area]]: names by language, the first of each is the label."""
    found = []
    for number, row in enumerate(facts, AREAS_FROM):
        name = row["en"][0]
        entry = Entry(
            number=number, kind=Kind.AREA, name=name, lat=row["lat"], lon=row["lon"],
            code=re.sub(r"[^a-z]+", "-", fold(name)).strip("-"), radius_km=row["km"],
            countries=tuple(row["countries"]), fame=AREA_FAME + row["km"],
        )  # fmt: skip
        for language in ("en", "fr", "es", "pt", "ar", "ru"):
            names = row.get(language, [])
            if names:
                entry.labels[language] = names[0]
            for known in names:
                entry.call(known, Naming.OFFICIAL if language == "en" else Naming.EXONYM, language)
        found.append(entry)
    return found
