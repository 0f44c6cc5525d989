"""Builds the gazetteer from open data. Run once by a developer; docs/gazetteer.md tells how.

python -m scripts.gazetteer.build DOWNLOADS
"""

import sys
import time
import tomllib
from pathlib import Path

from scripts.gazetteer.airports import airports
from scripts.gazetteer.areas import areas
from scripts.gazetteer.cities import cities, regions
from scripts.gazetteer.counties import counties
from scripts.gazetteer.countries import countries
from scripts.gazetteer.pack import pack
from scripts.gazetteer.sources import Sources

HERE = Path(__file__).parent
DATA = HERE.parents[1] / "bot" / "gazetteer" / "data"


def build(downloads: Path) -> Path:
    """Fetch the packages into the folder, put the world together, write the packed file; return its path."""
    facts = tomllib.loads((HERE / "facts.toml").read_text("utf-8"))
    sources = Sources(downloads)
    lands = countries(sources, facts["country"])
    parts = regions(sources, facts)
    towns = cities(sources, lands, parts, facts)
    shires = counties(sources, parts, towns)
    fields = airports(sources, towns, lands, facts["airport"])
    entries = [*lands.values(), *(part for part in parts.values() if part.country in lands), *shires, *towns, *fields]
    entries += areas(tomllib.loads((HERE / "areas.toml").read_text("utf-8"))["area"])
    neighbours = {
        code: [other for other in row["neighbours"].split(",") if other in lands]
        for code, row in sources.countries().items()
        if code in lands
    }
    return pack(entries, neighbours, DATA)


if __name__ == "__main__":
    started = time.monotonic()
    print(build(Path(sys.argv[1]).resolve()), f"{time.monotonic() - started:.0f} s")
