"""RUBRIC.md section 3: status, urgency, certainty; and which hazard names the event."""

from dataclasses import replace
from datetime import timedelta

import pytest
from builders import BAMAKO, BKO, GAO, MALI, NIGER, at, item
from reading_builders import ReadingOf

from bot.assessment.assess import assess
from bot.assessment.scoring import Scoring
from bot.model.assessment import Assessment, Certainty, Status, Urgency
from bot.model.hazard import Hazard, Measure, Target
from bot.model.item import Cap
from bot.model.place import Place
from bot.model.reading import Cue, ImpactKind, Polarity, Role, TimeFrame


def judged(reading: ReadingOf, scoring: Scoring) -> Assessment:
    return assess(reading.item, reading.done(), scoring)[0]


@pytest.mark.parametrize(
    ("cue", "frame", "status", "urgency"),
    [
        (Cue.CLOSED, TimeFrame.CURRENT, Status.ONGOING, Urgency.IMMEDIATE),
        (Cue.CLOSED, TimeFrame.FORECAST, Status.EXPECTED, Urgency.EXPECTED),
        (Cue.TO_RESTORE, TimeFrame.CURRENT, Status.ONGOING, Urgency.IMMEDIATE),
        (Cue.RESTORED, TimeFrame.CURRENT, Status.ENDED, Urgency.PAST),
        (Cue.PARTLY_RESTORED, TimeFrame.CURRENT, Status.ENDED, Urgency.PAST),
    ],
)
def test_status_of_an_airport(cue: Cue, frame: TimeFrame, status: Status, urgency: Urgency, scoring: Scoring) -> None:
    reading = ReadingOf(item("Bamako airport news")).state("airport", Target.AIRPORT, cue, frame=frame)
    told = judged(reading.at("Bamako", BAMAKO), scoring)
    assert (told.status, told.urgency) == (status, urgency)


@pytest.mark.parametrize(
    ("hazard", "status"),
    [(Hazard.ARMED_ATTACK, Status.PAST), (Hazard.EARTHQUAKE, Status.PAST), (Hazard.FLOOD, Status.ONGOING),
     (Hazard.STORM, Status.ONGOING), (Hazard.HEALTH, Status.ONGOING), (Hazard.COUP, Status.ONGOING)],
)  # fmt: skip
def test_a_blow_is_past_and_what_lasts_goes_on(hazard: Hazard, status: Status, scoring: Scoring) -> None:
    reading = ReadingOf(item("Trouble in Gao")).hazard("Trouble", hazard).at("Gao", GAO)
    assert judged(reading, scoring).status is status


def test_an_attack_after_which_something_stays_shut_goes_on(scoring: Scoring) -> None:
    reading = ReadingOf(item("Attack in Gao, airport closed")).hazard("Attack", Hazard.ARMED_ATTACK).at("Gao", GAO)
    assert judged(reading, scoring).status is Status.PAST
    assert judged(reading.state("airport closed", Target.AIRPORT, Cue.CLOSED), scoring).status is Status.ONGOING


def test_a_reopening_told_in_the_title_ends_whatever_the_text_recalls(scoring: Scoring) -> None:
    reading = ReadingOf(item("Bamako airport reopens", "Flights resumed. Gunmen had attacked the base nearby."))
    reading.state("reopens", Target.AIRPORT, Cue.RESTORED).hazard("attacked", Hazard.ARMED_ATTACK).at("Bamako", BAMAKO)
    told = judged(reading, scoring)
    assert told.status is Status.ENDED


def test_a_lifted_curfew_while_another_measure_stays_is_no_end(scoring: Scoring) -> None:
    reading = ReadingOf(item("Bamako curfew lifted, emergency stays"))
    reading.state("curfew lifted", Measure.CURFEW, Cue.LIFTED).state("emergency", Measure.EMERGENCY, Cue.IMPOSED)
    assert judged(reading.at("Bamako", BAMAKO), scoring).status is Status.ONGOING


@pytest.mark.parametrize(
    ("official", "polarity", "frame", "certainty"),
    [
        (True, Polarity.ASSERTED, TimeFrame.CURRENT, Certainty.OBSERVED),
        (False, Polarity.ASSERTED, TimeFrame.CURRENT, Certainty.LIKELY),
        (False, Polarity.CLAIMED, TimeFrame.CURRENT, Certainty.POSSIBLE),
        (False, Polarity.ASSERTED, TimeFrame.FORECAST, Certainty.POSSIBLE),
    ],
)
def test_one_unofficial_voice_is_likely_at_most(
    official: bool, polarity: Polarity, frame: TimeFrame, certainty: Certainty, scoring: Scoring  # noqa: FBT001
) -> None:  # fmt: skip
    reading = ReadingOf(item("Fighting in Gao", official=official))
    reading.hazard("Fighting", Hazard.ARMED_CONFLICT, polarity=polarity, frame=frame).at("Gao", GAO)
    assert judged(reading, scoring).certainty is certainty


def test_what_is_expected_in_three_days_is_future(scoring: Scoring) -> None:
    reading = ReadingOf(item("Strike at Gao airport on Friday"))
    reading.state("Strike", Target.AIRPORT, Cue.STRIKE, frame=TimeFrame.FORECAST).at("Gao", GAO)
    read = replace(reading.done(), occurred=at() + timedelta(days=3))
    assert assess(reading.item, read, scoring)[0].urgency is Urgency.FUTURE


def test_a_cancelled_cap_message_ends_it(scoring: Scoring) -> None:
    cap = Cap(identifier="2", sender="met", sent=at(), msg_type="Cancel", severity="Severe")
    reading = ReadingOf(item("Flood warning for Gao", cap=cap, official=True)).hazard("Flood warning", Hazard.FLOOD)
    assert judged(reading.at("Gao", GAO), scoring).status is Status.ENDED


def test_the_cause_names_the_event_and_its_effects_stand_beside_it(scoring: Scoring) -> None:
    reading = ReadingOf(item("Bamako airport shut, curfew declared after gunmen attack"))
    reading.state("airport shut", Target.AIRPORT, Cue.CLOSED).state("curfew", Measure.CURFEW, Cue.IMPOSED)
    told = judged(reading.hazard("gunmen attack", Hazard.ARMED_ATTACK).at("Bamako", BAMAKO), scoring)
    assert told.hazard is Hazard.ARMED_ATTACK
    assert set(told.also) == {Hazard.AIRPORT, Hazard.ADVISORY}


def test_a_coup_of_another_year_names_nothing(scoring: Scoring) -> None:
    reading = ReadingOf(item("Gunmen attack Gao", "People fled. The army seized power in the coup of 2021."))
    reading.hazard("Gunmen attack", Hazard.ARMED_ATTACK).at("Gao", GAO)
    told = judged(reading.hazard("coup", Hazard.COUP, frame=TimeFrame.BACKGROUND), scoring)
    assert (told.hazard, told.also) == (Hazard.ARMED_ATTACK, ())


def test_a_measure_holds_where_its_own_sentence_says(scoring: Scoring) -> None:
    reading = ReadingOf(item("", "Gunmen attacked a base in Bamako. Mali has closed its borders"))
    reading.hazard("Gunmen attacked", Hazard.ARMED_ATTACK, strength=3).at("Bamako", BAMAKO).at("Mali", MALI)
    told = judged(reading.state("closed its borders", Target.BORDER, Cue.CLOSED), scoring)
    assert [(t.target, t.place) for t in told.targets] == [(Target.BORDER, MALI)]
    assert told.place == BAMAKO


@pytest.mark.parametrize(
    ("named", "primary"),
    [
        ((MALI, GAO, BAMAKO), GAO),
        ((BKO, BAMAKO), BAMAKO),
        ((BKO,), BKO),
        ((MALI,), MALI),
        ((NIGER, GAO), NIGER),
    ],
)
def test_the_primary_place_is_the_most_precise_of_the_country_named_first(
    named: tuple[Place, ...], primary: Place, scoring: Scoring
) -> None:
    reading = ReadingOf(item(", ".join(place.name for place in named)))
    for place in named:
        reading.at(place.name, place)
    told = judged(reading, scoring)
    assert told.place == primary
    assert told.places[0] == primary


def test_a_country_that_only_holds_the_town_is_no_place_of_its_own(scoring: Scoring) -> None:
    reading = ReadingOf(item("Bamako, Mali")).at("Bamako", BAMAKO).at("Mali", MALI)
    assert judged(reading, scoring).places == (BAMAKO,)


def test_weather_that_is_named_but_still_to_come_is_expected(scoring: Scoring) -> None:
    reading = ReadingOf(item("Cyclone nears Gao, landfall due tonight")).hazard("Cyclone", Hazard.STORM)
    reading.hazard("landfall due", Hazard.STORM, frame=TimeFrame.FORECAST).at("Gao", GAO)
    assert judged(reading, scoring).status is Status.EXPECTED
    assert judged(reading.impact("Gao", ImpactKind.KILLED, 2), scoring).status is Status.ONGOING


@pytest.mark.parametrize(("toll", "status"), [(False, Status.ONGOING), (True, Status.PAST)])
def test_fighting_goes_on_unless_a_toll_makes_it_a_blow(toll: bool, status: Status, scoring: Scoring) -> None:  # noqa: FBT001
    reading = ReadingOf(item("Fighting in Gao, six killed")).hazard("Fighting", Hazard.ARMED_CONFLICT, phrase="battle")
    if toll:
        reading.killed("six killed", 6)
    assert judged(reading.at("Gao", GAO), scoring).status is status


def test_a_lifted_warning_is_an_end_though_its_words_name_the_hazard(scoring: Scoring) -> None:
    reading = ReadingOf(item("Gao lifts flood warning after dam breach")).hazard("flood warning", Hazard.FLOOD)
    reading.state("lifts flood warning", Target.HAZARD, Cue.ALL_CLEAR).hazard("dam breach", Hazard.INDUSTRIAL)
    assert judged(reading.at("Gao", GAO), scoring).status is Status.ENDED


def test_the_airport_of_a_closure_is_the_one_of_its_sentence(scoring: Scoring) -> None:
    reading = ReadingOf(item("", "Gunmen struck Bamako. Flights at Modibo Keita Airport stopped"))
    reading.hazard("Gunmen struck", Hazard.ARMED_ATTACK, strength=3).at("Bamako", BAMAKO)
    reading.at("Modibo Keita Airport", BKO, Role.MENTION).state("stopped", Target.FLIGHTS, Cue.SUSPENDED)
    assert [state.place for state in judged(reading, scoring).targets] == [BKO]
