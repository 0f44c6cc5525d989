"""A place while the gazetteer is being built: its fields as they will be stored, and all its names."""

from dataclasses import dataclass, field
from enum import IntEnum


class Kind(IntEnum):
    """Kinds of places, numbered as they are stored."""

    AREA = 0
    COUNTRY = 1
    REGION = 2
    CITY = 3
    AIRPORT = 4


class Naming(IntEnum):
    """Kinds of names, numbered as they are stored; of two kinds for one name the lower one stays."""

    OFFICIAL = 0
    EXONYM = 1
    SHORT = 2
    ABBREVIATION = 3
    FORMER = 4
    ALTERNATE = 5


@dataclass(slots=True, kw_only=True)
class Entry:
    """A place to be packed.

    `number` is its key in the packed book, `code` the part of its id that is no GeoNames number, `fame` what ranks
    it among places of one name, `names` (surface form, kind, language) in any order, `labels` its name by language.
    """

    number: int
    kind: Kind
    name: str
    lat: float
    lon: float
    country: str | None = None
    code: str | None = None
    icao: str | None = None
    city: int | None = None
    region: int | None = None
    radius_km: float = 0.0
    population: int = 0
    capital: bool = False
    size: str | None = None
    countries: tuple[str, ...] = ()
    fame: float = 0.0
    names: list[tuple[str, Naming, str]] = field(default_factory=list)
    labels: dict[str, str] = field(default_factory=dict)

    def call(self, name: str, naming: Naming, language: str = "") -> None:
        """Add a name."""
        if name:
            self.names.append((name, naming, language))
