"""Places: points and areas of the earth."""

from dataclasses import dataclass
from enum import StrEnum
from math import asin, cos, radians, sin, sqrt

EARTH_DIAMETER_KM = 12_742.0


class PlaceKind(StrEnum):
    """What sort of place it is, from large to small; an area is a sea, strait, desert or group of countries."""

    AREA = "area"
    COUNTRY = "country"
    REGION = "region"
    CITY = "city"
    AIRPORT = "airport"


@dataclass(frozen=True, slots=True)
class Point:
    """A point in degrees."""

    lat: float
    lon: float

    def km_to(self, other: "Point") -> float:
        """Return the great-circle distance in km."""
        lat1, lat2 = radians(self.lat), radians(other.lat)
        half_lat, half_lon = (lat2 - lat1) / 2, radians(other.lon - self.lon) / 2
        chord = sin(half_lat) ** 2 + cos(lat1) * cos(lat2) * sin(half_lon) ** 2
        return EARTH_DIAMETER_KM * asin(min(1.0, sqrt(chord)))


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A place of the gazetteer.

    `id` is stable: "gn:<geonames id>" for what GeoNames lists, "adm:<ISO2>.<code>" for first-level
    regions, "ap:<IATA, else ICAO>" for airports, "area:<slug>" for seas, straits and the like.
    `country` is None for places at sea and areas of several countries, whose ISO codes `countries` lists.
    `parents` are ids from near to far (city of an airport, region, country). `radius_km` is a rough
    half-width. `capital` marks a country's capital. `size` of an airport: "large", "medium", "small".
    """

    id: str
    name: str
    kind: PlaceKind
    country: str | None
    point: Point
    parents: tuple[str, ...] = ()
    radius_km: float = 0.0
    population: int = 0
    iata: str | None = None
    icao: str | None = None
    geonames_id: int | None = None
    capital: bool = False
    size: str | None = None
    countries: tuple[str, ...] = ()
