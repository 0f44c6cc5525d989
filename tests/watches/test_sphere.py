from math import isclose

from hypothesis import given
from hypothesis import strategies as st

from bot.model.place import Point
from bot.model.watch import Box
from bot.watches.sphere import along, bearing, box_around, km_to_line

points = st.builds(Point, st.floats(-90, 90), st.floats(-180, 180))
BAMAKO, DAKAR = Point(12.61, -7.98), Point(14.69, -17.45)


def holds(box: Box, point: Point) -> bool:
    over_the_line = box.west > box.east
    beside = (point.lon >= box.west, point.lon <= box.east)
    return box.south <= point.lat <= box.north and (any(beside) if over_the_line else all(beside))


def test_bearings_start_in_the_north_and_go_east() -> None:
    assert isclose(bearing(Point(0, 0), Point(1, 0)), 0)
    assert isclose(bearing(Point(0, 0), Point(0, 1)), 90)
    assert isclose(bearing(Point(0, 179.5), Point(0, -179.5)), 90)
    assert 275 < bearing(BAMAKO, DAKAR) < 290


def test_a_box_at_the_date_line_runs_over_it() -> None:
    box = box_around(Point(-17.8, 179.9), 50)
    assert box.west > box.east
    assert holds(box, Point(-17.8, -179.9))
    assert not holds(box, Point(-17.8, 0))


def test_a_box_at_a_pole_holds_all_longitudes() -> None:
    box = box_around(Point(89.9, 10), 50)
    assert box.north == 90
    assert holds(box, Point(89.8, -170))
    assert not holds(box, Point(89.0, 10))


@given(points, st.floats(0, 2000), points)
def test_what_is_within_the_distance_is_in_the_box(centre: Point, km: float, other: Point) -> None:
    if centre.km_to(other) <= km:
        assert holds(box_around(centre, km), other)


@given(points, points, points)
def test_no_point_is_nearer_to_a_line_than_to_its_nearest_point_found_by_walking(
    start: Point, end: Point, point: Point
) -> None:
    if start.km_to(end) > 19_000:
        return  # nearly opposite points are joined by no single line
    walked = min(point.km_to(step) for step in along(start, end, 100))
    assert km_to_line(point, start, end) - 0.01 <= walked <= km_to_line(point, start, end) + 51
