"""The outlet's own country, where an item names none: a last resort, and a hint for names that many towns bear."""

from collections.abc import Callable

import pytest

from bot.model.reading import Reading, Role

Read = Callable[..., Reading]

STORM = "Snowfall totals rise as winds increase, thousands without power"


def countries(reading: Reading) -> set[str | None]:
    return {place.country for place in reading.event_places}


@pytest.mark.parametrize(
    ("outlet", "country"),
    [
        ("CBS News", "US"),
        ("KTVX", "US"),
        ("Houston Chronicle", "US"),
        ("The Times of India", "IN"),
        ("RTÉ", "IE"),
        ("Boulder County (.gov)", "US"),
    ],
)
def test_what_names_no_place_happens_in_the_outlets_country(read_item: Read, outlet: str, country: str) -> None:
    reading = read_item(title=STORM, outlet=outlet)
    assert countries(reading) == {country}
    assert reading.places[0].why == ("outlet-country",)
    assert reading.places[0].surface == ""


@pytest.mark.parametrize("outlet", ["Reuters", "BBC", "Al Jazeera", "", "Storm Watchers Weekly"])
def test_outlets_of_the_world_and_unknown_ones_say_nothing(read_item: Read, outlet: str) -> None:
    assert not read_item(title=STORM, outlet=outlet).event_places


def test_a_feed_about_one_country_tells_it(read_item: Read) -> None:
    assert countries(read_item(title=STORM, regions=("ML",))) == {"ML"}
    assert not countries(read_item(title=STORM, regions=("ML", "NE")))


@pytest.mark.parametrize(
    "title",
    [
        "US strike on a boat in the Caribbean kills four",
        "Storm heads for the Black Sea",
        "Talks with Iran end after blast",
    ],
)
def test_another_land_or_a_sea_is_not_the_outlets_country(read_item: Read, title: str) -> None:
    places = read_item(title=title, outlet="KTVX").places
    assert not any(mention.role is Role.EVENT and mention.why == ("outlet-country",) for mention in places)


def test_what_is_no_trouble_of_now_happens_nowhere(read_item: Read) -> None:
    assert not read_item(title="A new phone with a better camera", outlet="CBS News").event_places


def test_a_local_outlet_tells_which_town_is_meant(read_item: Read) -> None:
    assert countries(read_item(title="Man shot dead in Athens", outlet="WALB")) == {"US"}
    assert countries(read_item(title="Man shot dead in Athens", outlet="Reuters")) == {"GR"}
