"""The reading as a whole: spans, roles with reasons, order, and any text at all."""

from collections.abc import Callable

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.model.place import PlaceKind
from bot.model.reading import Reading, Role
from bot.model.text import Field

Read = Callable[..., Reading]

DAWN = (
    "Armed men stormed a police academy in Bamako, the capital of Mali, before dawn on Tuesday. Smoke rose over the "
    "Faladie district and worshippers turned back. Flights at Modibo Keita International Airport have been suspended. "
    "The group has carried out raids across Mali, Burkina Faso and Niger. After the coup of 2021 the junta expelled "
    "French troops and hired a security firm from Russia."
)


def roles(reading: Reading, role: Role) -> set[str]:
    return {mention.place.name for mention in reading.places if mention.place and mention.role is role}


def test_an_attack_on_a_capital_happens_in_the_city_its_country_and_its_airport(read_item: Read) -> None:
    reading = read_item(DAWN)
    assert roles(reading, Role.EVENT) == {"Bamako", "Mali", "Modibo Keita International Airport"}
    assert {"Burkina Faso", "Niger", "France", "Russia"} <= roles(reading, Role.MENTION)


def test_the_most_precise_place_comes_first(read_item: Read) -> None:
    assert read_item(DAWN, title="Mali: gunmen attack capital").event_places[0].name == "Bamako"


def test_a_quarter_is_no_village_of_its_name(read_item: Read) -> None:
    quarters = [mention for mention in read_item(DAWN).places if mention.surface == "Faladie"]
    assert all(mention.place is None for mention in quarters)


def test_every_mention_has_its_words_and_a_reason(read_item: Read) -> None:
    title = "Mali: gunmen attack capital"
    for mention in read_item(DAWN, title=title).places:
        words = title if mention.span.field is Field.TITLE else DAWN
        assert words[mention.span.start : mention.span.end] == mention.surface
        assert mention.why


def test_a_demonym_is_marked_and_names_its_country(read_item: Read) -> None:
    french = next(mention for mention in read_item(DAWN).places if mention.surface == "French")
    assert french.demonym
    assert french.place is not None
    assert french.place.country == "FR"


def test_french_demonyms_are_found_without_a_capital(read_item: Read) -> None:
    reading = read_item("Trois soldats nigériens ont été tués près de Ménaka.", language="fr")
    assert [mention.place.country for mention in reading.places if mention.demonym] == ["NE"]


def test_a_country_that_speaks_of_itself_is_where_it_happens(read_item: Read) -> None:
    assert read_item("Nigeria says 30 villagers were killed by bandits.").event_places[0].country == "NG"


def test_a_known_prior_decides_for_a_small_place_only_when_nothing_is_named(read_item: Read) -> None:
    text = "Flooding has cut the road in Woodstock, police said."
    assert read_item(text, regions=("CA",)).event_places[0].country == "CA"


def test_capitals_and_headline_case_are_read(read_item: Read) -> None:
    assert read_item(title="EARTHQUAKE HITS LIMA").event_places[0].country == "PE"
    assert read_item(title="Deadly Floods Hit Northern Ghana").event_places[0].country == "GH"


def test_a_name_that_is_a_plain_word_is_no_place_at_the_start_of_a_sentence(read_item: Read) -> None:
    assert not read_item("Reading is fun. Nice people came. March was cold.").event_places


def test_a_city_named_with_its_region_wins_over_the_famous_one(read_item: Read) -> None:
    place = read_item("A fire destroyed the mill in London, Ontario.").event_places[0]
    assert (place.name, place.country, place.kind) == ("London", "CA", PlaceKind.CITY)


def test_a_language_that_is_not_declared_is_found(read_item: Read) -> None:
    assert read_item("Взрыв прогремел в Харькове", language=None).language == "ru"
    assert read_item("انفجار في بيروت", language=None).language == "ar"
    assert read_item("Les secours sont sur place après l'incendie.", language=None).language == "fr"


@pytest.mark.parametrize("language", ["en", "fr"])
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=st.text(max_size=300), title=st.text(max_size=80))
def test_reading_never_fails(read_item: Read, language: str, text: str, title: str) -> None:
    reading = read_item(text, title=title, language=language)
    for mention in reading.places:
        words = title if mention.span.field is Field.TITLE else text
        assert words[mention.span.start : mention.span.end] == mention.surface


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    words=st.lists(
        st.sampled_from(
            [
                "Mali",
                "Bamako",
                "in",
                "from",
                "to",
                "the",
                ",",
                "-",
                "'s",
                ".",
                "Georgia",
                "and",
                "killed",
                "U.S.",
                "Paris",
            ]
        ),
        max_size=60,
    )
)
def test_reading_never_fails_on_heaps_of_names(read_item: Read, words: list[str]) -> None:
    read_item(" ".join(words))


def test_an_item_about_a_film_is_about_the_land_that_it_mostly_names(read_item: Read) -> None:
    reading = read_item(
        "The film about a coup in Chad opens in Lyon on Friday. Screenings follow in Grenoble, Lille and Marseille."
    )

    assert {place.country for place in reading.event_places} == {"FR"}


def test_an_item_about_a_film_that_names_few_places_is_about_none(read_item: Read) -> None:
    assert read_item("The film about a coup in Chad opens in Lyon on Friday.").event_places == ()
