"""A grid on the globe, so that a database finds what is near a point by whole numbers, on any engine.

The globe is cut into rows of equal height, and each row into cells about as wide as high: fewer of them towards the
poles, where one row is few cells around. A cell's number grows along its row, and from row to row.
"""

from math import ceil, cos, radians

from bot.model.place import Point
from bot.storage.where import around

CELL_BITS = 20
"""Bits of a cell's number, at a height of half a degree or more."""
MOST_CELLS = 1500
"""More cells are asked for as one band from the first row to the last."""

_ROW = 1 << 10  # numbers of a row: 720 cells at most
_POLE, _HALF_TURN = 90.0, 180.0


def cell_of(point: Point, height: float) -> int:
    """Return the number of the cell that holds the point; `height` of a cell in degrees."""
    row = _row(point.lat, height)
    return row * _ROW + _column(point.lon, _columns(row, height))


def cells_around(point: Point, km: float, height: float) -> list[int] | range:
    """Return the cells that hold all within that distance of the point, or the band of numbers that they lie in."""
    found: list[int] = []
    for box in around(point, km):
        first, last = _row(box.south, height), _row(box.north, height)
        for row in range(first, last + 1):
            columns = _columns(row, height)
            found += range(row * _ROW + _column(box.west, columns), row * _ROW + _column(box.east, columns) + 1)
            if len(found) > MOST_CELLS:
                return range(first * _ROW, (last + 1) * _ROW)
    return found


def _row(lat: float, height: float) -> int:
    return min(int((lat + _POLE) / height), ceil(2 * _POLE / height) - 1)


def _columns(row: int, height: float) -> int:
    south = row * height - _POLE
    widest = 0.0 if south < 0 < south + height else min(abs(south), abs(south + height))
    return max(1, ceil(2 * _HALF_TURN * cos(radians(widest)) / height))


def _column(lon: float, columns: int) -> int:
    return min(int((lon + _HALF_TURN) / (2 * _HALF_TURN) * columns), columns - 1)
