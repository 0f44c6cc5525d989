"""The outlines of the world in three details: Natural Earth, as packed by scripts/maps/build.py."""

import json
import lzma
import struct
import sys
from array import array
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from itertools import accumulate
from pathlib import Path
from typing import Any

DATA = Path(__file__).parent / "data"
SCALE = 10_000
_WHOLE_TURN = 360 * SCALE


class Detail(StrEnum):
    """How fine an outline is: 1:110, 1:50 or 1:10 million."""

    FAR = "far"
    MID = "mid"
    NEAR = "near"


class LineKind(StrEnum):
    """What an arc divides: land and sea, two countries, or parts of one."""

    COAST = "coast"
    BORDER = "border"
    INNER = "inner"


@dataclass(frozen=True, slots=True)
class Bounds:
    """A box in ten-thousandths of a degree; `west` <= `east`, and both may lie beyond 180 degrees."""

    west: int
    south: int
    east: int
    north: int

    def meets(self, other: "Bounds") -> bool:
        """Tell whether the two share a point, whatever turn of the earth their longitudes are counted on."""
        if self.south > other.north or self.north < other.south:
            return False
        return any(
            self.west + turn <= other.east and self.east + turn >= other.west for turn in (0, _WHOLE_TURN, -_WHOLE_TURN)
        )

    @property
    def size(self) -> int:
        """The area of the box, to order shapes by."""
        return (self.east - self.west) * (self.north - self.south)


class Arc:
    """A line of points; its numbers are unpacked when it is first drawn."""

    def __init__(self, numbers: "array[int]", packed: Sequence[Any]) -> None:
        self._numbers, self._first, self._count = numbers, packed[0], packed[1]
        self.kind = LineKind(packed[2])
        self.bounds = Bounds(*packed[3:])

    @cached_property
    def points(self) -> tuple[tuple[int, int], ...]:
        """Pairs of longitude and latitude in ten-thousandths of a degree."""
        run = self._numbers[self._first : self._first + 2 * self._count]
        return tuple(zip(accumulate(run[::2]), accumulate(run[1::2]), strict=True))


@dataclass(frozen=True, slots=True)
class Ring:
    """A closed line made of arcs, each with whether it is walked backwards."""

    arcs: tuple[tuple[Arc, bool], ...]
    bounds: Bounds

    def points(self) -> list[tuple[int, int]]:
        """Return the ring's points one after the other."""
        found: list[tuple[int, int]] = []
        for arc, backwards in self.arcs:
            found += reversed(arc.points) if backwards else arc.points
        return found


@dataclass(frozen=True, slots=True)
class Country:
    """A country's ISO code (empty for what has none) and its rings."""

    code: str
    ring: Ring


@dataclass(frozen=True, slots=True)
class Outlines:
    """All arcs and all countries' rings of a detail, the largest ring first, so that enclaves come on top."""

    arcs: tuple[Arc, ...]
    rings: tuple[Country, ...]


class World:
    """The packed file, read at the first use: about 0.1 s and 7 MB."""

    @cached_property
    def _details(self) -> dict[Detail, Outlines]:
        packed = lzma.decompress((DATA / "world.xz").read_bytes())
        (length,) = struct.unpack_from("<I", packed)
        numbers = array("i")
        numbers.frombytes(packed[4 + length :])
        if sys.byteorder == "big":
            numbers.byteswap()
        header = json.loads(packed[4 : 4 + length])
        return {Detail(name): _outlines(part, numbers) for name, part in header.items()}

    def outlines(self, detail: Detail) -> Outlines:
        """Return the outlines in that detail."""
        return self._details[detail]


def _outlines(part: dict[str, Any], numbers: "array[int]") -> Outlines:
    arcs = tuple(Arc(numbers, packed) for packed in part["arcs"])
    rings = [Country(code, _ring(ring, arcs)) for code, rings in part["countries"] for ring in rings]
    return Outlines(arcs, tuple(sorted(rings, key=lambda country: -country.ring.bounds.size)))


def _ring(numbers: Sequence[int], arcs: Sequence[Arc]) -> Ring:
    """A number below zero is the arc's complement, walked backwards (TopoJSON)."""
    walked = tuple((arcs[number if number >= 0 else ~number], number < 0) for number in numbers)
    boxes = [arc.bounds for arc, _ in walked]
    bounds = Bounds(
        min(box.west for box in boxes), min(box.south for box in boxes),
        max(box.east for box in boxes), max(box.north for box in boxes),
    )  # fmt: skip
    return Ring(walked, bounds)
