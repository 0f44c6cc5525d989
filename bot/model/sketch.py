"""Sketches: what a map picture shows, as plain data; bot/maps draws it."""

from dataclasses import dataclass
from enum import StrEnum

from bot.model.assessment import Severity
from bot.model.place import Point


class MarkKind(StrEnum):
    """What a mark stands for, the most important first."""

    EVENT = "event"
    WATCH = "watch"
    AIRPORT_SHUT = "airport-shut"
    BORDER_SHUT = "border-shut"
    AIRPORT = "airport"
    CAPITAL = "capital"
    TOWN = "town"


class CircleKind(StrEnum):
    """What a circle encloses."""

    AREA = "area"
    WATCH = "watch"


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """A named point. `weight` orders marks of one kind: the weightiest is named first where there is little room."""

    kind: MarkKind
    point: Point
    label: str
    weight: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Circle:
    """All that lies within `km` of a point."""

    kind: CircleKind
    centre: Point
    km: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Sketch:
    """A map to be drawn, north up.

    `half_km` is half the width of the view. `countries` (ISO codes) are those that it is about. `route` are the ends
    of a watched way. `language` (ISO 639-1) is the reader's.
    """

    centre: Point
    half_km: float
    severity: Severity
    countries: tuple[str, ...]
    language: str
    marks: tuple[Mark, ...] = ()
    circles: tuple[Circle, ...] = ()
    route: tuple[Point, ...] = ()
