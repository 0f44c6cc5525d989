"""Fields of official payloads, taken as they come: what is missing or of another kind is empty, never an error.

GeoJSON puts longitude first, CAP latitude (notes on sources, trap 4): each is turned into a `Point` here, at the door.
"""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from lxml import etree

from bot.feeds.dates import EARLIEST, parse_date
from bot.feeds.syndication import point_of
from bot.model.errors import DecodeError
from bot.model.place import Point

Json = Mapping[str, Any]

_MOST_POINTS = 2_000
_MILLISECONDS = 1e11
"""Seconds since 1970 stay below this until the year 5138; what is greater counts milliseconds."""


def parse_json(text: str) -> Any:  # noqa: ANN401 - JSON is of any shape
    """Return a JSON document.

    Raises:
        DecodeError: it is malformed, or nested without end.
    """
    try:
        return json.loads(text)
    except (ValueError, RecursionError) as error:
        raise DecodeError("JSON that is malformed or cut short") from error


def parse_xml(text: str) -> Any:  # noqa: ANN401 - lxml brings no types
    """Return the root of an XML document, with nothing fetched and nothing expanded.

    Raises:
        DecodeError: it is not well-formed.
    """
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, recover=False)
    try:
        return etree.fromstring(text.encode(), parser)
    except etree.XMLSyntaxError as error:
        raise DecodeError(f"XML that is not well-formed (line {error.lineno})") from error


def rows(payload: object, *path: str, of: str) -> list[Json]:
    """Return the objects of the list that stands under these keys.

    Args:
        payload: the whole document.
        path: keys from the outside in; none where the document is the list.
        of: what it should be a list of, for people.

    Raises:
        DecodeError: there is no such list: an error message sent as an answer, or a new format.
    """
    found = payload
    for key in path:
        found = found.get(key) if isinstance(found, Mapping) else None
    if not isinstance(found, list):
        raise DecodeError(f"JSON without a list of {of}: an error message, or another format than expected")
    return [row for row in found if isinstance(row, Mapping)]


def inner(row: Json, *path: str) -> Json:
    """Return the object under these keys, an empty one where there is none."""
    found: object = row
    for key in path:
        found = found.get(key) if isinstance(found, Mapping) else None
    return found if isinstance(found, Mapping) else {}


def listed(row: Json, key: str) -> list[Json]:
    """Return the objects of a list, none where there is no list."""
    found = row.get(key)
    return [each for each in found if isinstance(each, Mapping)] if isinstance(found, list) else []


def said(row: Json, *keys: str) -> str:
    """Return the first of these values that says something, on one line."""
    for key in keys:
        value = row.get(key)
        if isinstance(value, str | int | float) and not isinstance(value, bool) and (words := str(value).split()):
            return " ".join(words)
    return ""


def number(value: object) -> float | None:
    """Return a number, also where it stands as text."""
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return None
    try:
        found = float(value)
    except ValueError:
        return None
    return found if abs(found) < 1e15 else None  # noqa: PLR2004 - neither infinite nor NaN


def instant(value: object) -> datetime | None:
    """Return the time that a text names, or a count of seconds or milliseconds since 1970; in UTC."""
    if isinstance(value, int | float) and not isinstance(value, bool):
        try:
            found = datetime.fromtimestamp(value / 1000 if abs(value) > _MILLISECONDS else value, UTC)
        except (ValueError, OverflowError, OSError):
            return None
        return found if found >= EARLIEST else None
    return parse_date(value) if isinstance(value, str) else None


def rings_of(geometry: object) -> tuple[tuple[Point, ...], ...]:
    """Return the outlines of a GeoJSON geometry: longitude first, as that format has it; a point is one of its own."""
    if not isinstance(geometry, Mapping):
        return ()
    if geometry.get("type") == "GeometryCollection":
        return tuple(ring for part in listed(geometry, "geometries") for ring in rings_of(part))
    return tuple(_rings(geometry.get("coordinates")))


def _rings(coordinates: object, depth: int = 0) -> Iterator[tuple[Point, ...]]:
    if not isinstance(coordinates, list) or not coordinates or depth > 4:  # noqa: PLR2004 - a MultiPolygon has four
        return
    if point := _point(coordinates):
        yield (point,)
    elif _point(coordinates[0]):
        yield tuple(filter(None, map(_point, coordinates[:_MOST_POINTS])))
    else:
        for part in coordinates[:_MOST_POINTS]:
            yield from _rings(part, depth + 1)


def _point(pair: object) -> Point | None:
    if not isinstance(pair, list) or len(pair) < 2 or not all(isinstance(one, int | float) for one in pair[:2]):  # noqa: PLR2004
        return None
    return point_of(pair[1], pair[0])


def centre(ring: Sequence[Point]) -> Point | None:
    """Return the middle of an outline's extent; None where there is none, or where it crosses the date line."""
    if not ring:
        return None
    lats, lons = [point.lat for point in ring], [point.lon for point in ring]
    if max(lons) - min(lons) > 180:  # noqa: PLR2004 - degrees
        return None
    return Point(round((min(lats) + max(lats)) / 2, 4), round((min(lons) + max(lons)) / 2, 4))


def centres(rings: Iterable[Sequence[Point]]) -> tuple[Point, ...]:
    """Return the middle of each outline, each once."""
    return tuple(dict.fromkeys(middle for ring in rings if (middle := centre(ring)) is not None))


def child(node: Any, name: str) -> str:  # noqa: ANN401 - lxml brings no types
    """Return the text of a node's first child of that local name, on one line."""
    found = node.find(f"{{*}}{name}")
    return "" if found is None else " ".join((found.text or "").split())


def clock(when: datetime | None) -> str:
    """Return a time as we write it into sentences."""
    return f"{when:%d %B %Y, %H:%M} UTC".lstrip("0") if when else ""
