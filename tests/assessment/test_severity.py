"""RUBRIC.md section 4 as a table; and that the reasons add up."""

from math import inf

import pytest
from builders import BAMAKO, BKO, GAO, MALI, at, item
from hypothesis import given
from hypothesis import strategies as st
from reading_builders import ReadingOf

from bot.assessment.assess import assess
from bot.assessment.scoring import Scoring
from bot.model.assessment import Assessment, Severity, Status
from bot.model.hazard import Hazard, Measure, Target
from bot.model.item import Cap
from bot.model.reading import Cue, ImpactKind, Polarity, TimeFrame

MINOR, MODERATE, SEVERE, EXTREME = Severity.MINOR, Severity.MODERATE, Severity.SEVERE, Severity.EXTREME


def judged(reading: ReadingOf, scoring: Scoring) -> Assessment:
    return assess(reading.item, reading.done(), scoring)[0]


@pytest.mark.parametrize(
    ("title", "hazard", "kind", "low", "severity"),
    [
        ("Attack in Gao, toll unknown", Hazard.ARMED_ATTACK, None, 0, SEVERE),
        ("Attack in Gao, five hurt", Hazard.ARMED_ATTACK, ImpactKind.INJURED, 5, MODERATE),
        ("Attack in Gao, one killed", Hazard.ARMED_ATTACK, ImpactKind.KILLED, 1, SEVERE),
        ("Attack in Gao, nine killed", Hazard.ARMED_ATTACK, ImpactKind.KILLED, 9, SEVERE),
        ("Attack in Gao, ten killed", Hazard.ARMED_ATTACK, ImpactKind.KILLED, 10, EXTREME),
        ("Attack in Gao, shelling", Hazard.ARMED_CONFLICT, None, 0, SEVERE),
        ("Attack in Gao, 31 killed", Hazard.ARMED_CONFLICT, ImpactKind.KILLED, 31, EXTREME),
        ("Protest turns violent in Gao", Hazard.UNREST, None, 0, MODERATE),
        ("Protest turns violent in Gao", Hazard.UNREST, ImpactKind.KILLED, 2, SEVERE),
        ("Mutineers seize power in Gao", Hazard.COUP, None, 0, EXTREME),
        ("Tourist abducted in Gao", Hazard.KIDNAPPING, ImpactKind.KIDNAPPED, 1, MODERATE),
        ("Pupils abducted in Gao", Hazard.KIDNAPPING, ImpactKind.KIDNAPPED, 40, SEVERE),
        ("Quake shakes Gao", Hazard.EARTHQUAKE, ImpactKind.MAGNITUDE, 4.2, MINOR),
        ("Quake shakes Gao", Hazard.EARTHQUAKE, ImpactKind.MAGNITUDE, 5.6, MODERATE),
        ("Quake shakes Gao", Hazard.EARTHQUAKE, ImpactKind.MAGNITUDE, 6.4, SEVERE),
        ("Quake shakes Gao", Hazard.EARTHQUAKE, ImpactKind.MAGNITUDE, 7.0, EXTREME),
        ("Cyclone hits Gao", Hazard.STORM, ImpactKind.STORM_CATEGORY, 3, SEVERE),
        ("Cyclone hits Gao", Hazard.STORM, ImpactKind.STORM_CATEGORY, 4, EXTREME),
        ("Flood in Gao", Hazard.FLOOD, ImpactKind.EVACUATED, 60, MODERATE),
        ("Flood in Gao", Hazard.FLOOD, ImpactKind.EVACUATED, 1200, SEVERE),
        ("Flood in Gao", Hazard.FLOOD, ImpactKind.EVACUATED, 15_000, EXTREME),
        ("Flood in Gao", Hazard.FLOOD, ImpactKind.KILLED, 3, SEVERE),
        ("Flood in Gao", Hazard.FLOOD, ImpactKind.KILLED, 150, EXTREME),
        ("Outbreak in Gao", Hazard.HEALTH, None, 0, MODERATE),
        ("Outbreak in Gao", Hazard.HEALTH, ImpactKind.KILLED, 3, SEVERE),
        ("Factory blast in Gao", Hazard.INDUSTRIAL, ImpactKind.KILLED, 2, MODERATE),
        ("Factory blast in Gao", Hazard.INDUSTRIAL, ImpactKind.KILLED, 14, SEVERE),
    ],
)
def test_severity_by_hazard_and_count(  # noqa: PLR0917 - a table
    title: str, hazard: Hazard, kind: ImpactKind | None, low: float, severity: Severity, scoring: Scoring
) -> None:
    reading = (
        ReadingOf(item(title)).hazard(title.partition(" Gao")[0].removesuffix(" in"), hazard, strength=3).at("Gao", GAO)
    )
    if kind:
        reading.impact("Gao", kind, low, inf)
    assert judged(reading, scoring).severity is severity


@pytest.mark.parametrize(
    ("words", "target", "cue", "severity"),
    [
        ("closed", Target.AIRPORT, Cue.CLOSED, SEVERE),
        ("closed", Target.AIRPORT, Cue.TO_RESTORE, SEVERE),
        ("closed", Target.FLIGHTS, Cue.CANCELLED, MODERATE),
        ("closed", Target.AIRPORT, Cue.DISRUPTED, MODERATE),
        ("closed", Target.BORDER, Cue.CLOSED, MODERATE),
        ("closed", Target.RAIL, Cue.STRIKE, MODERATE),
        ("closed", Target.POWER, Cue.DISRUPTED, MODERATE),
        ("closed", Measure.EMERGENCY, Cue.IMPOSED, SEVERE),
        ("closed", Measure.CURFEW, Cue.IMPOSED, SEVERE),
        ("closed", Measure.EVACUATION, Cue.IMPOSED, MODERATE),
    ],
)
def test_severity_by_what_is_shut_or_ordered(
    words: str, target: Target | Measure, cue: Cue, severity: Severity, scoring: Scoring
) -> None:
    reading = ReadingOf(item("Gao: all closed today")).state(words, target, cue).at("Gao", GAO)
    assert judged(reading, scoring).severity is severity


def test_a_small_airport_shut_is_moderate(scoring: Scoring) -> None:
    from dataclasses import replace  # noqa: PLC0415 - only here

    strip = replace(BKO, id="ap:GAQ", name="Gao Airport", iata="GAQ", size="small", parents=(GAO.id, MALI.id))
    reading = ReadingOf(item("Gao Airport closed")).state("closed", Target.AIRPORT, Cue.CLOSED).at("Gao Airport", strip)
    assert judged(reading, scoring).severity is MODERATE


def bamako(scoring: Scoring) -> Assessment:
    reading = ReadingOf(item("", "Armed men struck Bamako at dawn. Injuries were reported. "
                             "Operations at Modibo Keita Airport have been suspended."))  # fmt: skip
    reading.hazard("Armed men struck", Hazard.ARMED_ATTACK, strength=3).injured("Injuries", 1, inf)
    reading.state("suspended", Target.AIRPORT, Cue.SUSPENDED)
    reading.at("Bamako", BAMAKO).at("Modibo Keita Airport", BKO)
    return judged(reading, scoring)


def test_a_capital_cut_off_by_an_attack_is_extreme(scoring: Scoring) -> None:
    told = bamako(scoring)
    assert (told.severity, told.status, told.hazard) == (EXTREME, Status.ONGOING, Hazard.ARMED_ATTACK)
    assert Hazard.AIRPORT in told.also
    assert (told.place, told.places) == (BAMAKO, (BAMAKO, BKO))
    assert [(t.target, t.cue, t.place) for t in told.targets] == [(Target.AIRPORT, Cue.SUSPENDED, BKO)]
    assert any(reason.code == "capital-cut-off" and len(reason.spans) == 2 for reason in told.reasons)


def test_the_reasons_add_up_to_the_score(scoring: Scoring) -> None:
    told = bamako(scoring)
    assert sum(reason.points for reason in told.reasons) == told.score


def test_an_end_is_minor(scoring: Scoring) -> None:
    reading = ReadingOf(item("Bamako airport reopens")).state("reopens", Target.AIRPORT, Cue.RESTORED)
    told = judged(reading.at("Bamako", BAMAKO), scoring)
    assert (told.alertable, told.status, told.severity) == (True, Status.ENDED, MINOR)


def test_a_forecast_weighs_less_than_what_is_there(scoring: Scoring) -> None:
    title = "Storm near Gao"
    here = judged(ReadingOf(item(title)).hazard("Storm", Hazard.STORM).at("Gao", GAO), scoring)
    coming = ReadingOf(item(title)).hazard("Storm", Hazard.STORM, frame=TimeFrame.FORECAST).at("Gao", GAO)
    assert judged(coming, scoring).score < here.score
    assert judged(coming, scoring).status is Status.EXPECTED


def test_a_mere_claim_weighs_less(scoring: Scoring) -> None:
    title = "Rebels say they shelled Gao"
    said = judged(ReadingOf(item(title)).hazard("shelled", Hazard.ARMED_CONFLICT).at("Gao", GAO), scoring)
    claimed = ReadingOf(item(title)).hazard("shelled", Hazard.ARMED_CONFLICT, polarity=Polarity.CLAIMED).at("Gao", GAO)
    assert judged(claimed, scoring).score < said.score


@pytest.mark.parametrize("word", ["Minor", "Moderate", "Severe", "Extreme"])
def test_a_cap_message_is_as_severe_as_it_says(word: str, scoring: Scoring) -> None:
    cap = Cap(identifier="1", sender="met", sent=at(), msg_type="Alert", severity=word)
    reading = ReadingOf(item("Heat", cap=cap, official=True))
    told = judged(reading.hazard("Heat", Hazard.EXTREME_WEATHER, strength=1).at("Heat", MALI), scoring)
    assert told.severity is Severity(word.lower())
    assert f"cap-{word.lower()}" in {reason.code for reason in told.reasons}


@given(
    killed=st.integers(min_value=0, max_value=500),
    injured=st.integers(min_value=0, max_value=500),
    hazard=st.sampled_from(list(Hazard)),
    strength=st.integers(min_value=1, max_value=3),
    capital=st.booleans(),
    shut=st.booleans(),
)
def test_score_severity_and_reasons_always_agree(
    scoring: Scoring, *, killed: int, injured: int, hazard: Hazard, strength: int, capital: bool, shut: bool
) -> None:
    reading = ReadingOf(item("Trouble in Gao, roads shut, many hurt, many killed"))
    reading.hazard("Trouble", hazard, strength=strength).at("Gao", BAMAKO if capital else GAO)
    if killed:
        reading.killed("many killed", killed)
    if injured:
        reading.injured("many hurt", injured)
    if shut:
        reading.state("roads shut", Target.ROAD, Cue.CLOSED)
    told = judged(reading, scoring)
    if told.alertable:
        assert sum(reason.points for reason in told.reasons) == told.score
        assert scoring.severity(told.score) is told.severity
        assert told.severity is not Severity.NONE
    else:
        assert (told.score, told.severity) == (0, Severity.NONE)


def test_phrases_with_points_of_their_own_say_more_than_their_hazard(scoring: Scoring) -> None:
    reading = ReadingOf(item("Pyongyang tests a missile"))

    told = judged(reading.hazard("tests a missile", Hazard.ARMED_CONFLICT, strength=3, phrase="weapons-test"), scoring)

    assert told.severity is Severity.MODERATE


def test_other_words_for_the_same_hazard_are_not_played_down_by_them(scoring: Scoring) -> None:
    reading = ReadingOf(item("Shells hit Seoul after Pyongyang tests a missile"))
    reading.hazard("tests a missile", Hazard.ARMED_CONFLICT, phrase="weapons-test")

    told = judged(reading.hazard("Shells hit", Hazard.ARMED_CONFLICT, phrase="shells"), scoring)

    assert told.severity >= Severity.SEVERE
