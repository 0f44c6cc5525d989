"""Distances, bearings and boxes on the globe, the date line and the poles included. Kilometres and degrees."""

from math import asin, atan2, ceil, cos, degrees, pi, radians, sin, sqrt

from bot.model.place import EARTH_DIAMETER_KM, Point
from bot.model.watch import Box

EARTH_RADIUS_KM = EARTH_DIAMETER_KM / 2
KM_PER_DEGREE = EARTH_RADIUS_KM * pi / 180
_HALF_TURN = 180.0
_FULL_TURN = 360.0
_POLE = 90.0
_ROUNDING = 1e-6  # degrees, about 0.1 m: a box is never smaller than what it stands for

Vector = tuple[float, float, float]


def bearing(start: Point, end: Point) -> float:
    """Return the initial bearing from one point to another, 0..360 degrees, north 0, east 90."""
    lat1, lat2, across = radians(start.lat), radians(end.lat), radians(end.lon - start.lon)
    east = sin(across) * cos(lat2)
    north = cos(lat1) * sin(lat2) - sin(lat1) * cos(lat2) * cos(across)
    return degrees(atan2(east, north)) % _FULL_TURN


def km_to_line(point: Point, start: Point, end: Point) -> float:
    """Return the distance from a point to the shortest line between two others."""
    a, b, p = _vector(start), _vector(end), _vector(point)
    normal = _cross(a, b)
    length = sqrt(_dot(normal, normal))
    ends = min(point.km_to(start), point.km_to(end))
    if length < 1e-12:  # noqa: PLR2004 - one point, or two opposite ones, which no single line joins
        return ends
    beside = _dot(_cross(normal, a), p) >= 0 >= _dot(_cross(normal, b), p)
    return EARTH_RADIUS_KM * abs(asin(max(-1.0, min(1.0, _dot(normal, p) / length)))) if beside else ends


def along(start: Point, end: Point, step_km: float) -> tuple[Point, ...]:
    """Return points along the shortest line between two others, both ends included, at most that far apart."""
    a, b = _vector(start), _vector(end)
    angle = start.km_to(end) / EARTH_RADIUS_KM
    parts = max(1, ceil(angle * EARTH_RADIUS_KM / step_km))
    if sin(angle) < 1e-9:  # noqa: PLR2004 - the same point twice, or no single line
        return (start, end)
    points = []
    for i in range(parts + 1):
        one, other = sin(angle * (1 - i / parts)) / sin(angle), sin(angle * i / parts) / sin(angle)
        x, y, z = (one * p + other * q for p, q in zip(a, b, strict=True))
        points.append(Point(degrees(atan2(z, sqrt(x * x + y * y))), degrees(atan2(y, x))))
    return tuple(points)


def box_around(point: Point, km: float) -> Box:
    """Return the smallest box of latitudes and longitudes that holds all within that distance of the point."""
    lat_reach = km / KM_PER_DEGREE + _ROUNDING
    south, north = point.lat - lat_reach, point.lat + lat_reach
    if south <= -_POLE or north >= _POLE:  # all longitudes meet at a pole
        return Box(south=max(south, -_POLE), north=min(north, _POLE), west=-_HALF_TURN, east=_HALF_TURN)
    widest = sin(min(km / EARTH_RADIUS_KM, pi / 2)) / cos(radians(point.lat))
    lon_reach = degrees(asin(min(1.0, widest))) + _ROUNDING
    return Box(south=south, north=north, west=_wrapped(point.lon - lon_reach), east=_wrapped(point.lon + lon_reach))


def _shift(degrees_east: float) -> float:
    """Return a difference of longitudes as -180..180."""
    return (degrees_east + _HALF_TURN) % _FULL_TURN - _HALF_TURN


def _wrapped(lon: float) -> float:
    return lon if -_HALF_TURN <= lon <= _HALF_TURN else _shift(lon)


def _vector(point: Point) -> Vector:
    lat, lon = radians(point.lat), radians(point.lon)
    return cos(lat) * cos(lon), cos(lat) * sin(lon), sin(lat)


def _dot(one: Vector, other: Vector) -> float:
    return sum(p * q for p, q in zip(one, other, strict=True))


def _cross(one: Vector, other: Vector) -> Vector:
    (a, b, c), (x, y, z) = one, other
    return b * z - c * y, c * x - a * z, a * y - b * x
