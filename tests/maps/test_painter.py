"""Pictures: what is drawn where, how large they are, whatever corner of the earth they show."""

from io import BytesIO

import pytest
from PIL import Image

from bot.gazetteer import Gazetteer
from bot.maps import Painter
from bot.maps.colours import LAND, LAND_MEANT, SEA, SEVERITIES, SHUT, Colour
from bot.maps.view import View
from bot.model.assessment import Severity
from bot.model.place import Point
from bot.model.sketch import Circle, CircleKind, Mark, MarkKind, Sketch

PAINTER = Painter(lambda code, _language: code, Gazetteer.open())


def sketch(lat: float, lon: float, half_km: float, *countries: str, **fields: object) -> Sketch:
    shown = {
        "centre": Point(lat, lon), "half_km": half_km, "severity": Severity.EXTREME, "countries": countries,
        "language": "en", **fields,
    }  # fmt: skip
    return Sketch(**shown)  # type: ignore[arg-type]


def picture(drawn: Sketch) -> Image.Image:
    return Image.open(BytesIO(PAINTER.draw(drawn))).convert("RGB")


def near(image: Image.Image, drawn: Sketch, lat: float, lon: float, colour: Colour) -> bool:
    """Tell whether that colour, or nearly that, is found within three pixels of the point."""
    x, y = View(drawn.centre, drawn.half_km, 800, 600).pixel(Point(lat, lon))
    cut = image.crop((round(x) - 3, round(y) - 3, round(x) + 4, round(y) + 4))
    return any(
        all(abs(one - other) < 16 for one, other in zip(seen, colour, strict=True)) for seen in cut.get_flattened_data()
    )


def test_the_country_that_it_is_about_is_brighter_than_its_neighbours() -> None:
    drawn = sketch(12.6, -8.0, 400, "ML")
    image = picture(drawn)
    assert near(image, drawn, 13.2, -7.0, LAND_MEANT)
    assert near(image, drawn, 11.0, -10.5, LAND)


@pytest.mark.parametrize(
    ("lat", "lon", "what"),
    [(-17.8, 178.0, LAND_MEANT), (-16.6, 179.3, LAND_MEANT), (-17.5, -179.9, SEA), (-16.0, 179.99, SEA),
     (-18.6, -179.98, SEA), (-16.85, -179.97, LAND_MEANT)],
)  # fmt: skip
def test_the_date_line_through_fiji_is_neither_land_nor_a_line(lat: float, lon: float, what: Colour) -> None:
    drawn = sketch(-17.0, 179.5, 300, "FJ")
    assert near(picture(drawn), drawn, lat, lon, what)


def test_chukotka_is_land_on_both_sides_of_the_date_line_and_on_it() -> None:
    drawn = sketch(67.0, 179.0, 400, "RU")
    image = picture(drawn)
    for lon in (176.0, 179.9, -179.9, -177.0):
        assert near(image, drawn, 67.5, lon, LAND_MEANT)


def test_the_north_pole_is_sea_and_the_south_pole_land() -> None:
    for lat, colour in ((89.9, SEA), (-88.0, LAND)):
        drawn = sketch(lat, 0.0, 300)
        assert near(picture(drawn), drawn, lat, 0.0, colour)


def test_an_island_too_small_for_its_outline_is_still_seen() -> None:
    drawn = sketch(-0.53, 166.93, 2_000, "NR")
    assert near(picture(drawn), drawn, -0.53, 166.93, LAND_MEANT)


def test_the_event_is_in_the_colour_of_its_severity_and_a_shut_airport_is_red() -> None:
    marks = (
        Mark(kind=MarkKind.EVENT, point=Point(12.61, -7.98), label="Bamako"),
        Mark(kind=MarkKind.AIRPORT_SHUT, point=Point(12.3, -7.5), label="BKO"),
    )
    drawn = sketch(12.61, -7.98, 90, "ML", severity=Severity.MODERATE, marks=marks)
    image = picture(drawn)
    assert near(image, drawn, 12.625, -7.98, SEVERITIES[Severity.MODERATE])
    assert near(image, drawn, 12.3, -7.487, SHUT)


def test_an_area_is_veiled_and_its_surroundings_are_not() -> None:
    area = Circle(kind=CircleKind.AREA, centre=Point(12.61, -7.98), km=30)
    drawn = sketch(12.61, -7.98, 90, "ML", circles=(area,))
    image = picture(drawn)
    assert not near(image, drawn, 12.75, -7.98, LAND_MEANT)
    assert near(image, drawn, 13.1, -7.98, LAND_MEANT)


@pytest.mark.parametrize(
    ("lat", "lon", "half_km"),
    [(61.0, 6.0, 400), (38.0, 24.5, 250), (-2.0, 118.0, 2_500), (52.0, -128.0, 600), (-48.0, -73.5, 700),
     (60.0, 100.0, 2_500), (0.0, 0.0, 90)],
)  # fmt: skip
def test_even_a_ragged_coast_makes_no_more_than_60_kb(lat: float, lon: float, half_km: float) -> None:
    data = PAINTER.draw(sketch(lat, lon, half_km))
    assert len(data) <= 60_000
    assert Image.open(BytesIO(data)).size == (800, 600)


def test_the_same_sketch_is_the_same_picture() -> None:
    drawn = sketch(33.9, 35.5, 120, "LB")
    assert PAINTER.draw(drawn) == PAINTER.draw(drawn)
