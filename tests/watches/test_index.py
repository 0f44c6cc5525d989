from dataclasses import replace

from builders import BAMAKO, BKO, MALI, at, event, watch
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from bot.model.assessment import Severity
from bot.model.event import ChangeKind, EventChange
from bot.model.place import Place, PlaceKind, Point
from bot.model.watch import Watch, WatchKind
from bot.watches.concern import Concern
from bot.watches.index import ears, reach
from bot.watches.match import match_of
from bot.watches.sphere import meet

points = st.builds(Point, st.floats(-90, 90), st.floats(-180, 180))
near = st.tuples(st.floats(-4, 4), st.floats(-6, 6))


def town(point: Point, name: str, radius_km: float = 0.0) -> Place:
    return Place(id=f"gn:{name}", name=name, kind=PlaceKind.CITY, country=None, point=point, radius_km=radius_km)


def change_at(place: Place, severity: Severity) -> EventChange:
    return EventChange(
        kind=ChangeKind.OPENED, before=None, after=event(place, severity=severity), cause="item", at=at(0)
    )  # fmt: skip


def beside(point: Point, by: tuple[float, float]) -> Point:
    """Return a point some degrees off, over the pole or the date line if need be."""
    lat = max(-90.0, min(90.0, point.lat + by[0]))
    return Point(lat, (point.lon + by[1] + 180) % 360 - 180)


def reached(one: Watch, change: EventChange) -> bool:
    return any(meet(reach(one), box) for box in ears(change).boxes)


@settings(max_examples=400)
@given(points, near, st.floats(0, 60), st.sampled_from(Severity), st.sampled_from([None, 1.0, 30.0, 400.0]))
def test_whatever_a_pin_hears_its_box_finds(
    here: Point, by: tuple[float, float], wide: float, severity: Severity, radius: float | None
) -> None:
    pin = replace(watch(town(here, "pin")), kind=WatchKind.PIN, radius_km=radius)
    change = change_at(town(beside(here, by), "event", wide), severity)
    if match_of(pin, Concern(change)) is not None:
        assert reached(pin, change)


@settings(max_examples=300)
@given(points, points, points, near)
def test_whatever_a_route_hears_its_box_finds(start: Point, end: Point, far: Point, by: tuple[float, float]) -> None:
    assume(start.km_to(end) < 19_000)
    route = replace(watch(town(start, "start")), kind=WatchKind.ROUTE, area=(town(start, "start"), town(end, "end")))
    for place in (far, beside(start, by), beside(end, by)):
        change = change_at(town(place, "event"), Severity.SEVERE)
        if match_of(route, Concern(change)) is not None:
            assert reached(route, change)


def test_ears_are_of_the_events_countries_and_around_its_places() -> None:
    heard = ears(change_at(BAMAKO, Severity.SEVERE))
    assert heard.countries == ("ML",)
    assert all(meet(reach(watch(place)), box) for place in (BAMAKO, BKO) for box in heard.boxes)


def test_what_is_known_by_country_alone_has_no_box() -> None:
    heard = ears(change_at(MALI, Severity.SEVERE))
    assert heard.countries == ("ML",)
    assert heard.boxes == ()
