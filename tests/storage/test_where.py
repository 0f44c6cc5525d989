from dataclasses import replace

from builders import BAMAKO, BKO, NIGER
from hypothesis import given
from hypothesis import strategies as st

from bot.model.place import Place, PlaceKind, Point
from bot.storage.where import around, countries_of


@given(st.floats(-90, 90), st.floats(-180, 180), st.floats(0, 5000), st.floats(-90, 90), st.floats(-180, 180))
def test_whatever_is_within_the_distance_is_within_a_box(
    lat: float, lon: float, km: float, other_lat: float, other_lon: float
) -> None:
    here, there = Point(lat, lon), Point(other_lat, other_lon)
    boxes = around(here, km)

    assert all(box.west <= box.east for box in boxes)
    if here.km_to(there) <= km:
        assert any(
            box.south <= there.lat <= box.north and box.west <= there.lon <= box.east for box in boxes
        )  # fmt: skip


def test_what_lies_over_the_date_line_is_in_two_boxes() -> None:
    one, other = around(Point(-16.85, 179.97), 100)
    assert (one.east, other.west) == (180, -180)


def test_a_sea_lies_in_the_countries_around_it() -> None:
    strait = Place(
        id="area:bab-el-mandeb", name="Bab el-Mandeb", kind=PlaceKind.AREA, country=None, point=Point(12.6, 43.3),
        countries=("YE", "DJ", "ER"),
    )  # fmt: skip

    assert countries_of((BAMAKO, strait, BKO, NIGER)) == ("ML", "YE", "DJ", "ER", "NE")
    assert countries_of((replace(strait, countries=()),)) == ()
