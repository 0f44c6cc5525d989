"""Boxes on the globe that a database can compare: none of them crosses the date line."""

from math import asin, ceil, cos, degrees, log2, pi, radians, sin

from bot.model.place import EARTH_DIAMETER_KM, Point
from bot.model.watch import Box

TALLEST = 256
"""No box is taller than 180 degrees."""


def around(point: Point, km: float) -> tuple[Box, ...]:
    """Return the boxes that hold everything within that distance of the point; near a pole they go all round."""
    angle = min(2 * km / EARTH_DIAMETER_KM, pi)
    south, north = point.lat - degrees(angle), point.lat + degrees(angle)
    if south <= -90 or north >= 90 or angle >= pi / 2:  # noqa: PLR2004 - the poles
        return (Box(south=max(south, -90), north=min(north, 90), west=-180, east=180),)
    wide = degrees(asin(min(1.0, sin(angle) / cos(radians(point.lat)))))
    return halves(Box(south=south, north=north, west=point.lon - wide, east=point.lon + wide))


def halves(box: Box) -> tuple[Box, ...]:
    """Return the box as one or two that lie between -180 and 180 degrees, `west` never above `east`."""
    if box.east - box.west >= 360:  # noqa: PLR2004 - all round
        return (Box(south=box.south, north=box.north, west=-180, east=180),)
    west, east = _turned(box.west), _turned(box.east)
    if west <= east:
        return (Box(south=box.south, north=box.north, west=west, east=east),)
    return (
        Box(south=box.south, north=box.north, west=west, east=180),
        Box(south=box.south, north=box.north, west=-180, east=east),
    )


def _turned(lon: float) -> float:
    """Return the longitude between -180 and 180 degrees."""
    return lon if -180 <= lon <= 180 else (lon + 180) % 360 - 180  # noqa: PLR2004 - degrees


def tallness(box: Box) -> int:
    """Return the box's height in degrees, rounded up to a power of two.

    Boxes of one tallness that reach a latitude have their southern edge in a short range below it: an index on
    (tallness, south) finds them without passing all that lie further south.
    """
    return 1 << ceil(log2(max(box.north - box.south, 1)))


def levels() -> tuple[int, ...]:
    """Return every tallness that a box can have."""
    return tuple(1 << step for step in range(TALLEST.bit_length()))
