"""What the second opinion sees of an item's top: its words, the surroundings of a hazard's name, counts by size."""

from dataclasses import replace

import pytest
from builders import BAMAKO, BKO, GAO, MALI, NIGER, item
from reading_builders import ReadingOf

from bot.assessment.facts import Facts
from bot.assessment.scoring import Scoring
from bot.assessment.traits import traits_of
from bot.model.hazard import Hazard, Target
from bot.model.reading import Cue, Genre, ImpactKind, TimeFrame
from bot.model.text import Field, Span


def traits(reading: ReadingOf, scoring: Scoring, net: int = 0) -> dict[str, Span | None]:
    return dict(traits_of(Facts(reading.item, reading.done(), scoring), net))


def named(kind: str, found: dict[str, Span | None]) -> set[str]:
    return {name.removeprefix(f"{kind} ") for name in found if name.startswith(kind)}


def test_each_word_and_each_two_neighbours_are_traits_with_the_edges_of_the_title(scoring: Scoring) -> None:
    found = traits(ReadingOf(item("Rebels shelled 12 villages")), scoring)
    assert named("word", found) == {"rebel", "shell", "<number>", "villag"}
    assert named("pair", found) == {"^ rebel", "rebel shell", "shell <number>", "<number> villag", "villag $"}


def test_a_pair_is_shown_by_its_first_word_and_the_first_edge_by_none(scoring: Scoring) -> None:
    found = traits(ReadingOf(item("Rebels shelled villages")), scoring)
    assert found["pair ^ rebel"] is None
    assert found["pair rebel shell"] == Span(Field.TITLE, 0, 6)
    assert found["pair villag $"] == Span(Field.TITLE, 15, 23)


def test_a_word_that_comes_twice_is_shown_where_it_comes_first(scoring: Scoring) -> None:
    assert traits(ReadingOf(item("Fire after fire")), scoring)["word fire"] == Span(Field.TITLE, 0, 4)


def test_the_words_of_a_hazards_name_count_as_one_with_two_on_either_side(scoring: Scoring) -> None:
    reading = ReadingOf(item("Huge rebel car bomb kills six guards")).hazard("car bomb", Hazard.ARMED_ATTACK)
    assert {name for name in traits(reading, scoring) if name.startswith("near")} == {
        "near-2 huge", "near-1 rebel", "near-1 <armed-attack> rebel",
        "near+1 kill", "near+1 <armed-attack> kill", "near+2 six",
    }  # fmt: skip


def test_beyond_the_title_stand_its_edges(scoring: Scoring) -> None:
    reading = ReadingOf(item("Bombing")).hazard("Bombing", Hazard.ARMED_ATTACK)
    assert named("near", traits(reading, scoring)) >= {"near-1 ^", "near-2 ^", "near+1 $", "near+2 $"}


def test_a_title_that_begins_and_ends_with_the_same_hazard_has_it_twice(scoring: Scoring) -> None:
    reading = ReadingOf(item("Shelling follows bombing")).hazard("Shelling", Hazard.ARMED_ATTACK)
    found = traits(reading.hazard("bombing", Hazard.ARMED_ATTACK), scoring)
    assert {"near+1 <armed-attack> follow", "near-1 <armed-attack> follow"} <= found.keys()


def test_two_hazards_side_by_side_stand_beside_one_another(scoring: Scoring) -> None:
    reading = ReadingOf(item("Flood landslide alert")).hazard("Flood", Hazard.FLOOD)
    found = traits(reading.hazard("landslide", Hazard.LANDSLIDE), scoring)
    assert {"near+1 <flood> <landslide>", "near-1 <landslide> <flood>"} <= found.keys()


def test_the_words_of_one_name_count_once_and_a_nation_is_no_place(scoring: Scoring) -> None:
    reading = ReadingOf(item("Modibo Keita Airport shut, Malian crews stranded")).at("Modibo Keita Airport", BKO)
    reading.at("Malian", MALI)
    reading.places[1] = replace(reading.places[1], demonym=True)
    found = traits(reading, scoring)
    assert {"^ <place>", "<place> shut", ", <nation>", "<nation> crew"} <= named("pair", found)
    assert "<place> <place>" not in named("pair", found)


def test_a_word_said_twice_is_two_words(scoring: Scoring) -> None:
    assert "bomb bomb" in named("pair", traits(ReadingOf(item("Bomb bomb disposal")), scoring))


def test_without_a_title_the_first_sentence_is_the_top(scoring: Scoring) -> None:
    found = traits(ReadingOf(item("", "Gunmen came. Villagers fled")), scoring)
    assert found["word gunmen"] == Span(Field.TEXT, 0, 6)
    assert "word villager" not in found


def test_below_the_title_nothing_is_a_trait(scoring: Scoring) -> None:
    reading = ReadingOf(item("Gao wakes", "Rebels attacked. Six dead. Road closed. Why")).at("Rebels", NIGER)
    reading.hazard("attacked", Hazard.ARMED_ATTACK).killed("Six dead", 6).genre("Why", Genre.ANALYSIS)
    found = traits(reading.state("Road closed", Target.ROAD, Cue.CLOSED), scoring)
    assert not any(name.startswith(("near", "phrase", "so ", "cue", "genre", "count")) for name in found)
    assert named("word", found) == {"gao", "wake"}


def test_what_the_lexicon_found_is_named_by_kind_and_by_phrase(scoring: Scoring) -> None:
    reading = ReadingOf(item("Why attack shut road")).hazard("attack", Hazard.ARMED_ATTACK, phrase="raid")
    reading.state("shut road", Target.ROAD, Cue.CLOSED).genre("Why", Genre.ANALYSIS)
    assert {
        "phrase raid", "so current asserted", "cue closed", "cue shut-road", "genre analysis 2", "genre Why"
    } <= traits(reading, scoring).keys()  # fmt: skip


@pytest.mark.parametrize(
    ("dead", "size"), [(0, 0), (1, 1), (2, 1), (3, 2), (9, 2), (10, 3), (99, 3), (100, 4), (5000, 4)]
)
def test_counts_are_alike_from_1_from_3_from_10_and_from_100(dead: int, size: int, scoring: Scoring) -> None:
    found = traits(ReadingOf(item("Many dead in Gao")).killed("Many dead", dead), scoring)
    assert named("count", found) == {"killed now", f"killed {size}"}


def test_a_count_of_earlier_days_is_told_from_one_of_now(scoring: Scoring) -> None:
    reading = ReadingOf(item("Gao recalls nine dead"))
    reading.impact("nine dead", ImpactKind.KILLED, 9, frame=TimeFrame.BACKGROUND)
    assert "count killed then" in traits(reading, scoring)


@pytest.mark.parametrize(
    ("net", "step"), [(-100, -3), (-18, -3), (-1, -1), (0, 0), (5, 0), (6, 1), (47, 7), (48, 8), (999, 8)]
)
def test_the_points_of_the_rules_are_a_trait_in_steps_of_six(net: int, step: int, scoring: Scoring) -> None:
    assert named("net", traits(ReadingOf(item("Calm")), scoring, net)) == {str(step)}


def test_three_places_or_more_are_many(scoring: Scoring) -> None:
    reading = ReadingOf(item("Gao, Bamako, Niger, Airport"))
    counts = [named("places", traits(reading, scoring))]
    for name, place in (("Gao", GAO), ("Bamako", BAMAKO), ("Niger", NIGER), ("Airport", replace(BKO, parents=()))):
        counts.append(named("places", traits(reading.at(name, place), scoring)))
    assert counts == [{"0"}, {"1"}, {"2"}, {"3"}, {"3"}]


def test_whether_there_is_a_title_is_a_trait(scoring: Scoring) -> None:
    assert "titled" in traits(ReadingOf(item("Calm")), scoring)
    assert "untitled" in traits(ReadingOf(item("", "Calm")), scoring)
