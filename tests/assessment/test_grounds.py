"""Each ground of a severity, and each thing that raises or lowers it, to the point."""

from dataclasses import fields, is_dataclass, replace
from importlib import import_module
from pathlib import Path

import pytest
from builders import BAMAKO, BKO, FRANCE, GAO, MALI, NIGER, item
from reading_builders import ReadingOf

import bot.assessment
from bot.assessment.assess import assess
from bot.assessment.facts import Facts
from bot.assessment.scoring import Scoring
from bot.model.assessment import Assessment, Severity
from bot.model.hazard import Hazard, Measure, Target
from bot.model.item import Native
from bot.model.place import Place
from bot.model.reading import Cue, ImpactKind, Role

STRIP = replace(BKO, id="ap:GAQ", name="Gao Airport", iata="GAQ", size="small", parents=(GAO.id, MALI.id))
ROOM = Path(bot.assessment.__file__).parent


def judged(reading: ReadingOf, scoring: Scoring) -> Assessment:
    return assess(reading.item, reading.done(), scoring)[0]


def points(told: Assessment) -> dict[str, int]:
    return {reason.code: reason.points for reason in told.reasons}


def test_a_size_below_the_first_step_is_no_ground(scoring: Scoring) -> None:
    reading = ReadingOf(item("Storm of category 0 in Gao")).hazard("Storm", Hazard.STORM).at("Gao", GAO)
    assert "storm-category" not in points(judged(reading.impact("category 0", ImpactKind.STORM_CATEGORY, 0), scoring))


def test_a_measured_size_replaces_what_the_kind_is_taken_for(scoring: Scoring) -> None:
    reading = ReadingOf(item("Weak quake of 4.1 in Gao")).hazard("quake", Hazard.EARTHQUAKE).at("Gao", GAO)
    assert judged(reading, scoring).score == 36
    assert judged(reading.impact("4.1", ImpactKind.MAGNITUDE, 4.1), scoring).score == 15


def test_people_who_left_do_not_replace_what_the_kind_is_taken_for(scoring: Scoring) -> None:
    reading = ReadingOf(item("Shelling of Gao, 50 leave")).hazard("Shelling", Hazard.ARMED_CONFLICT).at("Gao", GAO)
    assert judged(reading.impact("50 leave", ImpactKind.EVACUATED, 50), scoring).score == 58


@pytest.mark.parametrize("strength", [2, 3])
def test_a_phrase_with_points_of_its_own_replaces_those_of_the_kind(strength: int, scoring: Scoring) -> None:
    reading = ReadingOf(item("Pyongyang tests a missile, a shot heard"))
    reading.hazard("tests a missile", Hazard.ARMED_CONFLICT, strength=strength, phrase="weapons-test")
    reading.hazard("shot", Hazard.ARMED_CONFLICT, strength=1)  # a hint says no more than it
    assert judged(reading.at("Pyongyang", GAO), scoring).score == 42


def test_a_small_airport_nearby_does_not_lessen_a_shut_border(scoring: Scoring) -> None:
    reading = ReadingOf(item("Border at Gao Airport closed")).state("closed", Target.BORDER, Cue.CLOSED)
    assert judged(reading.at("Gao Airport", STRIP), scoring).score == 44


def test_an_airport_of_unknown_size_is_not_taken_for_a_small_one(scoring: Scoring) -> None:
    reading = ReadingOf(item("Gao Airport closed")).state("closed", Target.AIRPORT, Cue.CLOSED)
    assert judged(reading.at("Gao Airport", replace(STRIP, size=None)), scoring).score == 60


def test_a_state_that_the_table_does_not_weigh_is_no_ground(scoring: Scoring) -> None:
    reading = ReadingOf(item("Gao Airport: blocked schools")).state("blocked", Target.SCHOOLS, Cue.BLOCKED)
    reading.state("Airport", Target.AIRPORT, Cue.ADVISED).at("Gao Airport", STRIP)
    assert set(points(judged(reading, scoring))) == {"event", "airport"}


@pytest.mark.parametrize(
    ("target", "cue", "place", "cut_off"),
    [
        (Target.AIRPORT, Cue.CLOSED, BAMAKO, True),
        (Target.FLIGHTS, Cue.SUSPENDED, BAMAKO, True),
        (Target.AIRSPACE, Cue.TO_RESTORE, BAMAKO, True),
        (Target.AIRSPACE, Cue.CLOSED, GAO, True),
        (Target.AIRPORT, Cue.CLOSED, GAO, False),
        (Target.AIRPORT, Cue.DISRUPTED, BAMAKO, False),
        (Target.AIRSPACE, Cue.DISRUPTED, BAMAKO, False),
        (Target.ROAD, Cue.CLOSED, BAMAKO, False),
    ],
)
def test_a_capital_is_cut_off_where_violence_shuts_its_airport_or_the_airspace(
    target: Target, cue: Cue, place: Place, cut_off: bool, scoring: Scoring  # noqa: FBT001
) -> None:  # fmt: skip
    reading = ReadingOf(item("Attack on town, all shut")).hazard("Attack", Hazard.ARMED_ATTACK, strength=3)
    told = judged(reading.state("all shut", target, cue).at("town", place), scoring)
    assert ("capital-cut-off" in points(told)) is cut_off


def test_a_flood_that_shuts_a_capitals_airport_does_not_cut_it_off(scoring: Scoring) -> None:
    reading = ReadingOf(item("Flood in Bamako, airport shut")).hazard("Flood", Hazard.FLOOD).at("Bamako", BAMAKO)
    told = judged(reading.state("airport shut", Target.AIRPORT, Cue.CLOSED), scoring)
    assert "capital-cut-off" not in points(told)


def test_a_capital_is_shown_by_the_words_that_name_it_as_a_place_of_the_event(scoring: Scoring) -> None:
    reading = ReadingOf(item("Attack in Bamako, envoy in Niamey and an unknown town, Mali"))
    reading.at("Bamako", BAMAKO).at("Mali", MALI).at("Niamey", replace(GAO, id="gn:9", capital=True), Role.MENTION)
    reading.at("town", GAO)
    reading.places[-1] = replace(reading.places[-1], place=None, candidates=())
    told = judged(reading.hazard("Attack", Hazard.ARMED_ATTACK), scoring)
    (capital,) = [reason for reason in told.reasons if reason.code == "capital"]
    assert (capital.points, capital.spans) == (6, (reading.places[0].span,))


@pytest.mark.parametrize(
    ("hazard", "places", "several"),
    [
        (Hazard.ARMED_ATTACK, (GAO, BAMAKO, STRIP), True),
        (Hazard.ARMED_ATTACK, (GAO, BAMAKO), False),
        (Hazard.ARMED_ATTACK, (MALI, NIGER, FRANCE), False),
        (Hazard.HEALTH, (GAO, BAMAKO, STRIP), False),
    ],
)
def test_a_sudden_hazard_at_three_sites_is_worse(
    hazard: Hazard, places: tuple[Place, ...], several: bool, scoring: Scoring  # noqa: FBT001
) -> None:  # fmt: skip
    reading = ReadingOf(item("Trouble here, there and yonder")).hazard("Trouble", hazard)
    for word, place in zip(("here", "there", "yonder"), places, strict=False):
        reading.at(word, replace(place, parents=()))
    assert ("several-sites" in points(judged(reading, scoring))) is several


@pytest.mark.parametrize(
    ("kind", "lowered"), [(ImpactKind.KILLED, False), (ImpactKind.INJURED, True), (ImpactKind.MISSING, True)]
)
def test_hints_alone_lower_it_unless_people_were_killed(kind: ImpactKind, lowered: bool, scoring: Scoring) -> None:  # noqa: FBT001
    reading = ReadingOf(item("Shots in Gao, many hit")).hazard("Shots", Hazard.ARMED_ATTACK, strength=1).at("Gao", GAO)
    assert ("weak-words" in points(judged(reading.impact("many hit", kind, 4), scoring))) is lowered


def test_a_hint_beside_a_plain_word_lowers_nothing(scoring: Scoring) -> None:
    reading = ReadingOf(item("Shots as gunmen raid Gao")).hazard("Shots", Hazard.ARMED_ATTACK, strength=1)
    assert "weak-words" not in points(
        judged(reading.hazard("gunmen raid", Hazard.ARMED_ATTACK).at("Gao", GAO), scoring)
    )


@pytest.mark.parametrize(
    ("official", "shut", "score"), [(False, False, 44), (False, True, 60), (True, False, 44)]
)  # fmt: skip
def test_a_phrase_limits_what_the_others_say_unless_a_way_is_shut(
    official: bool, shut: bool, score: int, scoring: Scoring  # noqa: FBT001
) -> None:  # fmt: skip
    reading = ReadingOf(item("Drones breach airspace of Gao, airport shut", official=official)).at("Gao", GAO)
    reading.hazard("Drones", Hazard.ARMED_CONFLICT).hazard(
        "breach airspace", Hazard.ARMED_CONFLICT, phrase="airspace-breach"
    )
    if shut:
        reading.state("airport shut", Target.AIRPORT, Cue.CLOSED)
    told = judged(reading, scoring)
    assert told.score == score
    assert sum(points(told).values()) == score


def test_a_limit_far_below_does_not_count(scoring: Scoring) -> None:
    reading = ReadingOf(item("Drones strike Gao", "It burns. Others breach airspace elsewhere")).at("Gao", GAO)
    reading.hazard("Drones strike", Hazard.ARMED_CONFLICT)
    told = judged(reading.hazard("breach airspace", Hazard.ARMED_CONFLICT, phrase="airspace-breach"), scoring)
    assert told.score == 58


def test_a_score_that_only_reaches_its_limit_names_none(scoring: Scoring) -> None:
    exact = replace(scoring, limits={"raid": 58})
    reading = (
        ReadingOf(item("Gunmen raid Gao")).hazard("Gunmen raid", Hazard.ARMED_ATTACK, phrase="raid").at("Gao", GAO)
    )
    assert points(judged(reading, exact)) == {"event": 0, "armed-attack": 58}


def test_no_score_passes_a_hundred(scoring: Scoring) -> None:
    high = replace(scoring, phrases={"raid": 98})
    reading = ReadingOf(item("Gunmen raid Bamako")).hazard("Gunmen raid", Hazard.ARMED_ATTACK, phrase="raid")
    told = judged(reading.at("Bamako", BAMAKO), high)
    assert (told.score, points(told)["limit"]) == (100, -4)


def test_an_end_has_its_words_and_the_least_score(scoring: Scoring) -> None:
    reading = ReadingOf(item("Gao Airport reopens")).state("reopens", Target.AIRPORT, Cue.RESTORED).at("Gao", GAO)
    told = judged(reading, scoring)
    assert [(reason.code, reason.points) for reason in told.reasons] == [("ended", 0), ("ended", 10)]
    assert told.reasons[-1].spans == (reading.statuses[0].span,)


# --- what the source says itself


def by_source(reading: ReadingOf, scoring: Scoring, **given: object) -> Assessment:
    one = replace(reading.item, official=True, native=Native(event_id="1", **given))  # type: ignore[arg-type]
    return assess(one, reading.done(), scoring)[0]


def test_beside_the_sources_own_hazard_stand_the_others_that_are_plainly_told(scoring: Scoring) -> None:
    reading = ReadingOf(item("Flood in Gao after attack and smoke")).hazard("Flood", Hazard.FLOOD).at("Gao", GAO)
    reading.hazard("attack", Hazard.ARMED_ATTACK).hazard("smoke", Hazard.WILDFIRE, strength=1)
    assert by_source(reading, scoring, hazard=Hazard.FLOOD).also == (Hazard.ARMED_ATTACK,)


def test_what_the_source_puts_below_notice_has_no_points(scoring: Scoring) -> None:
    told = by_source(ReadingOf(item("Flood in Gao")).at("Gao", GAO), scoring, severity=Severity.NONE)
    assert (told.score, told.severity) == (0, Severity.NONE)


# --- the tables themselves


def tables() -> list[type]:
    modules = [import_module(f"bot.assessment.{path.stem}") for path in sorted(ROOM.glob("[a-z]*.py"))]
    kinds = {each for module in modules for each in vars(module).values() if isinstance(each, type)}
    return sorted(
        (each for each in kinds if is_dataclass(each) and each.__module__.startswith("bot.assessment")),
        key=lambda each: each.__name__,
    )


@pytest.mark.parametrize("table", tables())
def test_what_was_judged_and_what_it_is_judged_by_never_change(table: type) -> None:
    assert table.__dataclass_params__.frozen  # type: ignore[attr-defined]


@pytest.mark.parametrize("table", [each for each in tables() if each is not Facts])
def test_a_table_takes_no_column_that_it_does_not_have(table: type) -> None:
    assert "__slots__" in vars(table)  # facts remember what they worked out, and so have room for more


@pytest.mark.parametrize("table", [each for each in tables() if len(fields(each)) > 4])
def test_a_table_with_many_columns_is_written_by_their_names(table: type) -> None:
    assert all(column.kw_only for column in fields(table))


def test_an_order_holds_where_its_sentence_says_though_the_nearest_place_is_a_mention(scoring: Scoring) -> None:
    reading = ReadingOf(item("Gao curfew, says envoy in Niger")).at("Gao", GAO).at("Niger", NIGER, Role.MENTION)
    told = judged(reading.state("says envoy", Measure.CURFEW, Cue.IMPOSED), scoring)
    assert [state.place for state in told.measures] == [GAO]
