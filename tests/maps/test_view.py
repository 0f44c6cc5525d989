"""The projection: distances from the middle are true, and neither date line nor poles are anything special."""

from math import hypot

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.maps.view import View, moved
from bot.model.place import Point

ANYWHERE = st.builds(Point, st.floats(-89.9, 89.9), st.floats(-180, 180))


@given(ANYWHERE, st.floats(1, 2_000), st.floats(0, 359))
def test_a_point_lies_as_far_from_the_middle_as_on_the_earth(centre: Point, km: float, bearing: float) -> None:
    view = View(centre, 1_000, 800, 600)
    x, y = view.pixel(moved(centre, km, bearing))
    assert hypot(x - 400, y - 300) == pytest.approx(km * view.per_km, rel=1e-3, abs=0.05)


@given(ANYWHERE, st.floats(1, 5_000), st.floats(0, 359))
def test_a_moved_point_is_so_many_km_away(start: Point, km: float, bearing: float) -> None:
    assert start.km_to(moved(start, km, bearing)) == pytest.approx(km, rel=1e-3)


def test_east_is_right_and_north_is_up_over_the_date_line() -> None:
    view = View(Point(-17.0, 179.9), 500, 800, 600)
    east, north = view.pixel(Point(-17.0, -179.0)), view.pixel(Point(-15.0, 179.9))
    assert east[0] > 400
    assert north[1] < 300


def test_the_bounds_hold_all_that_is_seen_over_the_date_line_and_at_the_poles() -> None:
    for centre in (Point(-17.0, 179.9), Point(66.0, -179.5), Point(89.0, 10.0), Point(-88.0, -120.0)):
        bounds = View(centre, 600, 800, 600).bounds
        for bearing in range(0, 360, 15):
            edge = moved(centre, 600, bearing)
            east_of = (edge.lon * 10_000 - bounds.west) % 3_600_000
            assert east_of <= bounds.east - bounds.west
            assert bounds.south <= edge.lat * 10_000 <= bounds.north


def test_points_too_near_to_be_told_apart_are_left_out() -> None:
    view = View(Point(0.0, 0.0), 1_000, 800, 600)
    line = [(step, 0) for step in range(0, 10_000, 10)]
    assert 10 <= len(view.traced(line)) <= 100
