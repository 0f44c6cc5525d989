"""How places lie to each other, as far as two places and their parents tell: covering, touching, near."""

from collections.abc import Iterable

from bot.model.place import Place, PlaceKind

LOCAL = frozenset({PlaceKind.CITY, PlaceKind.AIRPORT})
SLACK_KM = 5.0  # a suburb's name and its city's centre
SMALL_COUNTRY_KM = 400.0  # half-width up to which a country's name says about as much as a region's


def covers(outer: Place, inner: Place) -> bool:
    """Tell whether the inner place lies in the outer one, or is it."""
    if outer.id == inner.id or outer.id in inner.parents:
        return True
    if outer.kind is PlaceKind.COUNTRY:
        return inner.country == outer.country is not None
    if outer.kind is PlaceKind.AREA and inner.kind is not PlaceKind.COUNTRY:
        return outer.point.km_to(inner.point) <= outer.radius_km
    return False


def touches(one: Place, other: Place) -> bool:
    """Tell whether two places are one, hold each other, or border on each other as far as their widths tell."""
    if covers(one, other) or covers(other, one):
        return True
    if PlaceKind.COUNTRY in {one.kind, other.kind}:
        return False
    if one.kind is PlaceKind.REGION and other.kind is PlaceKind.REGION:
        return False
    return one.point.km_to(other.point) <= one.radius_km + other.radius_km + SLACK_KM


def nearness(one: Place, other: Place, reach_km: float) -> float:
    """Return 1 for the same place down to 0: how well two reports' places go together, for a hazard of that reach."""
    if one.id == other.id:
        return _breadth(one, other)
    outer, inner = (one, other) if covers(one, other) else (other, one)
    if covers(outer, inner):
        return _INSIDE.get(outer.kind, 0.75 * _breadth(outer, inner))
    if touches(one, other):
        return 0.8
    if PlaceKind.COUNTRY in {one.kind, other.kind}:
        return 0.0
    return 0.6 if one.point.km_to(other.point) <= reach_km else 0.0


_INSIDE = {PlaceKind.CITY: 0.95, PlaceKind.AIRPORT: 0.95, PlaceKind.REGION: 0.8}


def _breadth(outer: Place, inner: Place) -> float:
    """Return how much it says that two reports name this place: little for a vast country, but for its capital."""
    if outer.kind is not PlaceKind.COUNTRY:
        return 1.0
    return 0.8 if outer.radius_km <= SMALL_COUNTRY_KM or inner.capital else 0.6


def nearest(some: Iterable[Place], others: Iterable[Place], reach_km: float) -> float:
    """Return the best nearness of any pair."""
    others = tuple(others)
    return max((nearness(one, other, reach_km) for one in some for other in others), default=0.0)


def any_touch(some: Iterable[Place], others: Iterable[Place]) -> bool:
    """Tell whether any two of them touch."""
    others = tuple(others)
    return any(touches(one, other) for one in some for other in others)


def without_holders(places: Iterable[Place]) -> tuple[Place, ...]:
    """Return the places, each once, without those that only hold another of them (a country whose city is there)."""
    unique = tuple({place.id: place for place in places}.values())
    return tuple(
        place
        for place in unique
        if place.kind in LOCAL or not any(other is not place and covers(place, other) for other in unique)
    )
