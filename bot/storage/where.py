"""Where things are, as a database can look it up: countries, and boxes that do not cross the date line."""

from collections.abc import Iterable

from bot.model.place import Place, Point
from bot.model.watch import Box
from bot.watches.sphere import box_around

DATE_LINE = 180.0


def countries_of(places: Iterable[Place]) -> tuple[str, ...]:
    """Return the countries of the places, those around a sea too, each once."""
    return tuple(dict.fromkeys(country for place in places for country in (place.country, *place.countries) if country))


def around(point: Point, km: float) -> tuple[Box, ...]:
    """Return the boxes that hold everything within that distance of the point."""
    return _halves(box_around(point, km))


def _halves(box: Box) -> tuple[Box, ...]:
    """Return the box, or the two on both sides of the date line: `west` is never above `east`."""
    if box.west <= box.east:
        return (box,)
    return (
        Box(south=box.south, north=box.north, west=box.west, east=DATE_LINE),
        Box(south=box.south, north=box.north, west=-DATE_LINE, east=box.east),
    )
