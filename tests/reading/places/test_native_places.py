"""Where it happens, where the source gives codes, points or countries in fields of their own."""

from collections.abc import Callable

from bot.model.assessment import Severity
from bot.model.hazard import Hazard
from bot.model.item import Native
from bot.model.place import Point
from bot.model.reading import Reading, Role

Read = Callable[..., Reading]
MOPTI = Point(14.49, -4.19)
MID_ATLANTIC = Point(-30.0, -20.0)


def native(**facts: object) -> Native:
    return Native(**({"event_id": "1"} | facts))  # type: ignore[arg-type]  # a test names real fields


def names(reading: object) -> list[str]:
    return [place.name for place in reading.event_places]  # type: ignore[attr-defined]


def test_a_point_is_told_by_the_nearest_town(read_item: Read) -> None:
    assert names(read_item(title="Quake, depth 10 km", points=(MOPTI,), native=native())) == ["Mopti"]


def test_a_point_says_more_than_the_country_that_is_named(read_item: Read) -> None:
    found = read_item(title="Magnitude 5.4 earthquake in Mali", points=(MOPTI,), native=native())
    assert names(found)[0] == "Mopti"


def test_a_town_that_is_named_near_the_point_stays(read_item: Read) -> None:
    found = read_item(title="Earthquake, 40 km north of Djenné, Mali", points=(MOPTI,), native=native())
    assert names(found) == ["Djenné"]


def test_what_is_named_far_from_the_point_is_but_a_mention(read_item: Read) -> None:
    found = read_item(title="Floods: the weather office in Bamako warns", points=(MOPTI,), native=native())
    assert names(found) == ["Mopti"]
    assert [m.place.name for m in found.places if m.role is Role.MENTION and m.place] == ["Bamako"]


def test_a_quake_far_from_everybody_is_nowhere_unless_it_is_severe(read_item: Read) -> None:
    quake = {"hazard": Hazard.EARTHQUAKE, "countries": ("ZA",)}
    mild = native(severity=Severity.MODERATE, **quake)
    title = "Magnitude 5.5 earthquake in South Africa"
    assert names(read_item(title=title, points=(MID_ATLANTIC,), native=mild)) == []
    grave = native(severity=Severity.EXTREME, **quake)
    assert names(read_item(title=title, points=(MID_ATLANTIC,), native=grave)) == ["South Africa"]


def test_the_code_of_an_airport_names_it(read_item: Read) -> None:
    found = read_item(title="Ground stop for flights", native=native(airports=("BKO",), countries=("ML",)))
    assert [place.iata for place in found.event_places] == ["BKO"]


def test_the_countries_of_the_source_stand_in_where_the_words_name_none(read_item: Read) -> None:
    assert names(read_item(title="Travel advice", native=native(countries=("ML", "NE")))) == ["Mali", "Niger"]


def test_an_area_of_a_known_name_says_more_than_its_country(read_item: Read) -> None:
    found = read_item(title="Gale", native=native(countries=("IT",), areas=("Zone 7", "Sicily")))
    assert names(found) == ["Sicily"]


def test_a_place_outside_the_sources_countries_is_but_a_mention(read_item: Read) -> None:
    found = read_item(title="Travel advice: what happened in Paris", native=native(countries=("ML",)))
    assert names(found) == ["Mali"]


def test_without_facts_of_a_source_the_words_alone_decide(read_item: Read) -> None:
    assert names(read_item(title="Quake", points=(MOPTI,))) == []
