"""The window on the earth: an azimuthal equidistant projection, so that distances from the centre are true.

It knows no date line and no poles: a point is as far from the centre as it is on the earth, in its own direction.
"""

from collections.abc import Iterable
from math import acos, asin, atan2, cos, degrees, hypot, pi, radians, sin

from bot.maps.world import SCALE, Bounds
from bot.model.place import Point
from bot.watches.sphere import EARTH_RADIUS_KM, KM_PER_DEGREE, along, box_around

_FINE, _COARSE = 0.7, 24.0  # pixels between two points of an outline inside the window, and outside of it
_MARGIN = 1.15
_NO_SINE = 1e-9
_HALF_TURN = 180.0

Pixel = tuple[float, float]


class View:
    """A window of `width` x `height` pixels around a centre; `half_km` is half of its width."""

    def __init__(self, centre: Point, half_km: float, width: int, height: int) -> None:
        self.centre, self.half_km, self.width, self.height = centre, half_km, width, height
        self.per_km = width / 2 / half_km
        self._sin, self._cos = sin(radians(centre.lat)), cos(radians(centre.lat))
        self.bounds = self._around(hypot(half_km, half_km * height / width) * _MARGIN)

    def pixel(self, point: Point) -> Pixel:
        """Return where the point lies in the window, perhaps outside of it."""
        return self._project(point.lon, point.lat)

    def holds(self, at: Pixel, margin: float = 0.0) -> bool:
        """Tell whether the pixel lies in the window, at least `margin` pixels from its edge."""
        return margin <= at[0] <= self.width - margin and margin <= at[1] <= self.height - margin

    def traced(self, points: Iterable[tuple[int, int]]) -> list[Pixel]:
        """Return the pixels of a line, leaving out points too near to the one before to be told from it."""
        box = self.bounds
        middle = self.centre.lon * SCALE
        fine = _FINE / self.per_km / KM_PER_DEGREE * SCALE
        coarse = fine * _COARSE / _FINE
        narrow = max(self._cos, 0.05)
        last_x = last_y = 10.0**9
        pixels: list[Pixel] = []
        for lon, lat in points:
            x = middle + (lon - middle + 180 * SCALE) % (360 * SCALE) - 180 * SCALE
            inside = box.west <= x <= box.east and box.south <= lat <= box.north
            if abs(x - last_x) * narrow + abs(lat - last_y) < (fine if inside else coarse):
                continue
            last_x, last_y = x, lat
            pixels.append(self._project(lon / SCALE, lat / SCALE))
        return pixels

    def circle(self, centre: Point, km: float, steps: int = 120) -> list[Pixel]:
        """Return the points that lie `km` from the centre."""
        return [self.pixel(moved(centre, km, 360 * step / steps)) for step in range(steps)]

    def line(self, start: Point, end: Point) -> list[Pixel]:
        """Return the shortest way between two points."""
        return [self.pixel(point) for point in along(start, end, self.half_km / 60)]

    def _project(self, lon: float, lat: float) -> Pixel:
        turn, up = radians(lon - self.centre.lon), radians(lat)
        sin_up, cos_up, cos_turn = sin(up), cos(up), cos(turn)
        cos_far = max(-1.0, min(1.0, self._sin * sin_up + self._cos * cos_up * cos_turn))
        far = acos(cos_far)
        sine = sin(far)
        stretch = EARTH_RADIUS_KM * self.per_km * (far / sine if sine > _NO_SINE else 1.0)
        east = stretch * cos_up * sin(turn)
        north = stretch * (self._cos * sin_up - self._sin * cos_up * cos_turn)
        return self.width / 2 + east, self.height / 2 - north

    def _around(self, km: float) -> Bounds:
        """Return the box of all points within so many km of the centre."""
        box = box_around(self.centre, min(km, EARTH_RADIUS_KM * pi))
        half = _HALF_TURN if box.east - box.west >= 2 * _HALF_TURN else (box.east - box.west) % (2 * _HALF_TURN) / 2
        west, east = self.centre.lon - half, self.centre.lon + half
        return Bounds(int(west * SCALE), int(box.south * SCALE), int(east * SCALE), int(box.north * SCALE))


def moved(start: Point, km: float, bearing: float) -> Point:
    """Return the point that lies so many km from another, in that direction (degrees from north)."""
    far, course, up = km / EARTH_RADIUS_KM, radians(bearing), radians(start.lat)
    lat = asin(max(-1.0, min(1.0, sin(up) * cos(far) + cos(up) * sin(far) * cos(course))))
    turn = degrees(atan2(sin(course) * sin(far) * cos(up), cos(far) - sin(up) * sin(lat)))
    return Point(degrees(lat), (start.lon + turn + 540) % 360 - 180)
