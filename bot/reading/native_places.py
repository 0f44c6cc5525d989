"""Where it happens, where the source gives codes, points or countries in fields of their own.

What the words name counts as far as it lies there: "NWS Portland" warns of a flood elsewhere. Where the words name
nothing nearer than a country, the airport of the code, the nearest known place of the point, the area of that name, or
the country.
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from bot.gazetteer import Gazetteer
from bot.model.assessment import Severity
from bot.model.hazard import Hazard
from bot.model.item import Item, Native
from bot.model.place import Place, PlaceKind, Point
from bot.model.reading import PlaceMention, Role
from bot.model.text import Field, Span

NEAR_KM = 100.0
"""How far the nearest known place may be from a point (DESIGN: default radius of what is severe)."""

_SAME_KM = 300.0
"""How far a place that the words name may lie from the source's point: they name the nearest town, or a region."""

_OF_ONE_POINT = frozenset({Hazard.EARTHQUAKE, Hazard.VOLCANO})
"""What happens at its point and, unless it is severe, is felt nowhere where nobody is known to live near."""

_STEPS = ((30.0, 1_000), (NEAR_KM, 1_000), (NEAR_KM, 0))
"""The nearest town is told sooner than a hamlet that is a little nearer."""

_MOST_POINTS = 5
_MOST_AREAS = 20


def place_natively(item: Item, mentions: tuple[PlaceMention, ...], gazetteer: Gazetteer) -> tuple[PlaceMention, ...]:
    """Return the mentions, event places by the source's own fields first."""
    native, points = item.native, item.points[:_MOST_POINTS]
    if native is None or not (points or native.countries or native.airports):
        return mentions
    if airports := [place for code in native.airports if (place := gazetteer.airport(code))]:
        return (*_told(airports, "source-airport"), *mentions)
    kept = tuple(_checked(mention, points, native, gazetteer) for mention in mentions)
    events = [mention.place for mention in kept if mention.role is Role.EVENT and mention.place is not None]
    if any(place.kind is not PlaceKind.COUNTRY for place in events):
        return kept
    if near := [place for point in points if (place := _nearest(point, gazetteer))]:
        return (*_told(near, "source-point"), *kept)
    if points and native.hazard in _OF_ONE_POINT and (native.severity or Severity.NONE) < Severity.SEVERE:
        return tuple(map(_nowhere, kept))
    return (*(() if events else _by_fields(native, gazetteer)), *kept)


def _by_fields(native: Native, gazetteer: Gazetteer) -> tuple[PlaceMention, ...]:
    if areas := _areas(native, gazetteer):
        return _told(areas, "source-area")
    return _told((place for code in native.countries if (place := gazetteer.country(code))), "source-country")


def _told(places: Iterable[Place], why: str) -> tuple[PlaceMention, ...]:
    """Return mentions of no words: the places are not in the text."""
    return tuple(
        PlaceMention(
            span=Span(Field.TITLE, 0, 0), surface="", candidates=(place,), place=place, role=Role.EVENT, why=(why,)
        )
        for place in dict.fromkeys(places)
    )


def _checked(mention: PlaceMention, points: Sequence[Point], native: Native, gazetteer: Gazetteer) -> PlaceMention:
    """Return an event place as a mere mention where the source's fields put it elsewhere."""
    place = mention.place
    if mention.role is not Role.EVENT or place is None:
        return mention
    if points:
        there = any(_lies_at(place, point, gazetteer) for point in points)
    else:
        own = {place.country, *place.countries}
        there = not native.countries or not own.isdisjoint(native.countries)
    return mention if there else replace(mention, role=Role.MENTION, why=("not-where-the-source-says", *mention.why))


def _nowhere(mention: PlaceMention) -> PlaceMention:
    return replace(mention, role=Role.MENTION, why=("far-from-all-places",)) if mention.role is Role.EVENT else mention


def _lies_at(place: Place, point: Point, gazetteer: Gazetteer) -> bool:
    if place.kind is PlaceKind.COUNTRY:
        return place.country == gazetteer.country_at(point)
    return place.point.km_to(point) <= _SAME_KM + place.radius_km


def _nearest(point: Point, gazetteer: Gazetteer) -> Place | None:
    for km, people in _STEPS:
        if near := gazetteer.cities_near(point, km, people):
            return near[0]
    code = gazetteer.country_at(point)
    return gazetteer.country(code) if code else None


def _areas(native: Native, gazetteer: Gazetteer) -> list[Place]:
    """Return the places of exactly these names within the source's countries."""
    found = []
    for area in native.areas[:_MOST_AREAS]:
        within = (place for place in gazetteer.named(area) if place.country in native.countries)
        if place := next(within, None):
            found.append(place)
    return found
