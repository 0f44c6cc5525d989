from hypothesis import given
from hypothesis import strategies as st

from bot.model.place import Point
from bot.storage.cells import CELL_BITS, MOST_CELLS, cell_of, cells_around

lats = st.one_of(st.floats(-90, 90), st.sampled_from([-90.0, -89.9, 0.0, 0.5, 89.99, 90.0]))
lons = st.one_of(st.floats(-180, 180), st.sampled_from([-180.0, -179.999, 0.0, 179.5, 180.0]))
points = st.builds(Point, lats, lons)
heights = st.sampled_from([0.5, 1.15, 4.6, 18.4, 180.0])


@given(points, st.floats(0, 3000), points, heights)
def test_whatever_is_within_the_distance_is_in_a_cell_that_is_asked_for(
    here: Point, km: float, there: Point, height: float
) -> None:
    if here.km_to(there) <= km:
        assert cell_of(there, height) in cells_around(here, km, height)


@given(lats, lons, st.floats(0, 100), st.floats(-1, 1), st.floats(-1, 1))
def test_what_is_near_is_in_a_cell_that_is_asked_for_over_the_date_line_and_the_poles(
    lat: float, lon: float, km: float, north: float, east: float
) -> None:
    here = Point(lat, lon)
    there = Point(max(-90.0, min(90.0, lat + north)), (lon + east + 180) % 360 - 180)
    if here.km_to(there) <= km:
        assert cell_of(there, 0.5) in cells_around(here, km, 0.5)


@given(lats, lons, heights)
def test_cells_have_numbers_of_their_own_that_fit(lat: float, lon: float, height: float) -> None:
    assert 0 <= cell_of(Point(lat, lon), height) < 1 << CELL_BITS


def test_cells_are_about_as_wide_as_high_so_few_are_asked_for_at_a_pole() -> None:
    for lat in (0, 45, 80, 90):
        assert len(cells_around(Point(lat, 20), 350, 0.5)) < 350


def test_what_is_very_wide_is_asked_for_as_one_band() -> None:
    found = cells_around(Point(15, 3), 2950, 0.5)
    assert isinstance(found, range)
    assert len(cells_around(Point(15, 3), 800, 0.5)) < MOST_CELLS
