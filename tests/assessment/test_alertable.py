"""RUBRIC.md sections 1, 3 and 5: what is alerted, and the named reason where it is not."""

from datetime import timedelta

import pytest
from builders import BAMAKO, BKO, FRANCE, GAO, MALI, at, item
from reading_builders import ReadingOf

from bot.assessment.assess import assess
from bot.assessment.scoring import Scoring
from bot.model.assessment import Assessment, Certainty, Severity, Status
from bot.model.hazard import Hazard, Measure, Target
from bot.model.item import Cap
from bot.model.reading import Cue, Genre, ImpactKind, Polarity, Reading, Role, TimeFrame


def judged(reading: ReadingOf, scoring: Scoring) -> Assessment:
    return assess(reading.item, reading.done(), scoring)[0]


def why(assessment: Assessment) -> str:
    return assessment.reasons[0].code


def test_nothing_read_is_not_alerted_and_says_so(scoring: Scoring) -> None:
    quiet = item("Mali's cotton harvest begins")
    found = assess(quiet, Reading(item_id=quiet.id, language="en"), scoring)
    assert len(found) == 1
    assert not found[0].alertable
    assert (found[0].severity, found[0].score, found[0].hazard, found[0].status) == (Severity.NONE, 0, None, None)
    assert why(found[0]) == "no-hazard"


def test_places_are_given_for_what_is_not_alerted(scoring: Scoring) -> None:
    harvest = ReadingOf(item("Cotton harvest begins near Bamako")).at("Bamako", BAMAKO)
    assert judged(harvest, scoring).place == BAMAKO


def test_an_attack_in_a_headline_is_alerted(scoring: Scoring) -> None:
    reading = ReadingOf(item("Gunmen storm market in Gao")).hazard("Gunmen storm", Hazard.ARMED_ATTACK).at("Gao", GAO)
    told = judged(reading, scoring)
    assert told.alertable
    assert (told.hazard, told.place, told.status) == (Hazard.ARMED_ATTACK, GAO, Status.PAST)
    assert told.reasons[0].spans == (reading.hazards[0].span,)


def test_a_hint_alone_is_thin(scoring: Scoring) -> None:
    reading = ReadingOf(item("Shots heard near Gao")).hazard("Shots", Hazard.ARMED_ATTACK, strength=1).at("Gao", GAO)
    assert why(judged(reading, scoring)) == "thin"


def test_a_hint_with_a_toll_is_alerted(scoring: Scoring) -> None:
    reading = ReadingOf(item("Three dead in Gao as shots ring out")).hazard("shots", Hazard.ARMED_ATTACK, strength=1)
    assert judged(reading.killed("Three dead", 3).at("Gao", GAO), scoring).alertable


def test_what_happened_earlier_is_background(scoring: Scoring) -> None:
    reading = ReadingOf(item("Mali marks ten years since the hotel siege"))
    told = judged(reading.hazard("siege", Hazard.ARMED_ATTACK, frame=TimeFrame.BACKGROUND).at("Mali", MALI), scoring)
    assert (told.alertable, why(told), told.status) == (False, "background", Status.HISTORIC)


def test_a_denied_hazard_is_denied_and_unlikely(scoring: Scoring) -> None:
    reading = ReadingOf(item("No coup in Mali, says the army"))
    told = judged(reading.hazard("coup", Hazard.COUP, polarity=Polarity.NEGATED).at("Mali", MALI), scoring)
    assert (told.alertable, why(told), told.status) == (False, "denied", Status.DENIED)
    assert told.certainty is Certainty.UNLIKELY


def test_a_denial_in_the_title_outweighs_what_the_text_repeats(scoring: Scoring) -> None:
    reading = ReadingOf(
        item("Bamako airport was never closed", "Officials spoke. A rumour told of an attack near the runway.")
    )
    reading.state("never closed", Target.AIRPORT, Cue.CLOSED, polarity=Polarity.NEGATED)
    reading.hazard("attack", Hazard.ARMED_ATTACK).at("Bamako", BAMAKO)
    assert why(judged(reading, scoring)) == "denied"


@pytest.mark.parametrize(
    ("title", "hazard_words", "hazard", "genre_words", "genre", "follow_up"),
    [
        ("Court jails five over Bamako bombing", "bombing", Hazard.ARMED_ATTACK, "Court jails", Genre.COURT, True),
        ("Bamako striker's missile sinks Gao FC", "missile", Hazard.ARMED_CONFLICT, "FC", Genre.SPORT, False),
        ("Bamako airport stages mock attack", "attack", Hazard.ARMED_ATTACK, "mock", Genre.DRILL, False),
        ("Storm of criticism over Bamako budget", "Storm", Hazard.STORM, "Storm of", Genre.FIGURE, False),
        ("Film on the Bamako siege opens", "siege", Hazard.ARMED_ATTACK, "Film on", Genre.FICTION, False),
        ("Why the fighting around Bamako matters", "fighting", Hazard.ARMED_CONFLICT, "Why", Genre.ANALYSIS, True),
        ("Donors asked to help Bamako's flood victims", "flood", Hazard.FLOOD, "Donors asked", Genre.APPEAL, True),
        ("Bomb plot against Bamako hotel foiled", "Bomb", Hazard.ARMED_ATTACK, "foiled", Genre.FOILED, False),
    ],
)
def test_other_sorts_of_writing_are_not_alerted(  # noqa: PLR0917 - a table
    title: str, hazard_words: str, hazard: Hazard, genre_words: str, genre: Genre, follow_up: bool, scoring: Scoring  # noqa: FBT001
) -> None:  # fmt: skip
    reading = ReadingOf(item(title)).hazard(hazard_words, hazard).genre(genre_words, genre).at("Bamako", BAMAKO)
    told = judged(reading, scoring)
    assert (told.alertable, why(told), told.follow_up) == (False, genre.value, follow_up)
    assert told.reasons[0].spans == (reading.genres[0].span,)


def test_a_faint_mark_of_a_court_does_not_silence_an_attack_with_a_toll(scoring: Scoring) -> None:
    reading = ReadingOf(item("Three hurt in stabbing at Bamako mosque; man charged"))
    reading.hazard("stabbing", Hazard.ARMED_ATTACK, strength=3).injured("Three hurt", 3)
    reading.genre("charged", Genre.COURT, strength=1).at("Bamako", BAMAKO)
    assert judged(reading, scoring).alertable


def test_a_court_in_the_body_does_not_silence_the_head(scoring: Scoring) -> None:
    reading = ReadingOf(item("Gunmen attack Gao", "People fled. A trial over an older raid opens next month."))
    reading.hazard("Gunmen attack", Hazard.ARMED_ATTACK).genre("trial", Genre.COURT).at("Gao", GAO)
    assert not judged(reading, scoring).alertable or reading.genres[0].strength > 1
    reading.hazards.clear()
    reading.hazard("Gunmen attack", Hazard.ARMED_ATTACK, strength=3)
    assert judged(reading, scoring).alertable


@pytest.mark.parametrize(("dead", "alerted"), [(0, False), (4, False), (9, False), (10, True), (26, True)])
def test_a_crash_is_alerted_from_ten_dead(dead: int, alerted: bool, scoring: Scoring) -> None:  # noqa: FBT001
    reading = ReadingOf(item("Bus crashes near Gao, many dead")).hazard("Bus crashes", Hazard.TRANSPORT).at("Gao", GAO)
    if dead:
        reading.killed("many dead", dead)
    told = judged(reading, scoring)
    assert told.alertable is alerted
    assert told.severity is (Severity.SEVERE if alerted else Severity.NONE)
    assert why(told) == ("event" if alerted else "small-accident")


def test_a_small_crash_that_shuts_the_road_is_alerted(scoring: Scoring) -> None:
    reading = ReadingOf(item("Tanker crash closes road to Gao")).hazard("crash", Hazard.TRANSPORT)
    reading.state("closes road", Target.ROAD, Cue.CLOSED).at("Gao", GAO)
    assert judged(reading, scoring).alertable


def test_an_aircraft_accident_at_an_airport_is_alerted(scoring: Scoring) -> None:
    reading = ReadingOf(item("Plane leaves runway at Modibo Keita airport")).hazard("leaves runway", Hazard.TRANSPORT)
    assert judged(reading.at("Modibo Keita airport", BKO), scoring).alertable


def test_a_single_ordinary_crime_is_not_alerted(scoring: Scoring) -> None:
    reading = ReadingOf(item("Man robbed in Bamako")).hazard("robbed", Hazard.CRIME, strength=1).at("Bamako", BAMAKO)
    assert why(judged(reading, scoring)) == "single-crime"


def test_a_curfew_alone_is_an_advisory(scoring: Scoring) -> None:
    reading = ReadingOf(item("Curfew imposed in Bamako")).state("Curfew imposed", Measure.CURFEW, Cue.IMPOSED)
    told = judged(reading.at("Bamako", BAMAKO), scoring)
    assert (told.hazard, told.severity, told.status) == (Hazard.ADVISORY, Severity.SEVERE, Status.ONGOING)
    assert [(m.measure, m.cue, m.place) for m in told.measures] == [(Measure.CURFEW, Cue.IMPOSED, BAMAKO)]


def test_reassurance_neither_alerts_nor_ends_nor_lowers(scoring: Scoring) -> None:
    title = "Gunmen attack Gao; situation under control, says army"
    loud = ReadingOf(item(title)).hazard("Gunmen attack", Hazard.ARMED_ATTACK).at("Gao", GAO)
    calm = ReadingOf(item(title)).hazard("Gunmen attack", Hazard.ARMED_ATTACK).at("Gao", GAO)
    calm.state("under control", Target.HAZARD, Cue.REASSURANCE)
    assert judged(calm, scoring).score == judged(loud, scoring).score
    assert judged(calm, scoring).status == judged(loud, scoring).status
    assert "reassurance" in {reason.code for reason in judged(calm, scoring).reasons}


def test_a_cap_exercise_is_not_alerted(scoring: Scoring) -> None:
    cap = Cap(identifier="1", sender="met", sent=at(), msg_type="Alert", status="Exercise", severity="Extreme")
    reading = ReadingOf(item("Tsunami warning", cap=cap, official=True)).hazard("Tsunami warning", Hazard.TSUNAMI)
    assert why(judged(reading, scoring)) == "cap-exercise"


def test_what_occurred_five_days_ago_is_historic_unless_something_is_still_shut(scoring: Scoring) -> None:
    reading = ReadingOf(item("Attack on Gao: airport closed")).hazard("Attack", Hazard.ARMED_ATTACK).at("Gao", GAO)
    from dataclasses import replace  # noqa: PLC0415 - only here

    old = replace(reading.done(), occurred=at() - timedelta(days=5))
    told = assess(reading.item, old, scoring)[0]
    assert (told.alertable, told.status, told.follow_up) == (False, Status.HISTORIC, True)
    reading.state("airport closed", Target.AIRPORT, Cue.CLOSED)
    shut = replace(reading.done(), occurred=at() - timedelta(days=5))
    assert assess(reading.item, shut, scoring)[0].status is Status.ONGOING


def test_a_mention_is_never_an_event_place(scoring: Scoring) -> None:
    reading = ReadingOf(item("French troops leave after attack in Gao")).hazard("attack", Hazard.ARMED_ATTACK)
    told = judged(reading.at("French", FRANCE, Role.MENTION).at("Gao", GAO), scoring)
    assert told.places == (GAO,)


def test_missing_people_count_towards_the_toll_of_a_wreck(scoring: Scoring) -> None:
    reading = ReadingOf(item("Boat capsizes near Gao: four dead, nine missing")).hazard("capsizes", Hazard.TRANSPORT)
    reading.killed("four dead", 4).impact("nine missing", ImpactKind.MISSING, 9).at("Gao", GAO)
    assert judged(reading, scoring).alertable


def test_a_denied_closure_is_not_in_force(scoring: Scoring) -> None:
    reading = ReadingOf(item("Four dead in bus crash near Gao; the road was not closed")).hazard(
        "bus crash", Hazard.TRANSPORT, strength=3
    )
    reading.killed("Four dead", 4).state("road was not closed", Target.ROAD, Cue.CLOSED)
    reading.state("not closed", Target.HAZARD, Cue.DENIED).at("Gao", GAO)
    assert why(judged(reading, scoring)) == "small-accident"


def test_several_words_of_a_game_add_up_though_none_stands_in_the_title(scoring: Scoring) -> None:
    title, lead = "Earthquake in Gao", "Three goals in ten minutes, a keeper bombarded, and a coach in despair."
    one = ReadingOf(item(title, lead)).hazard("Earthquake", Hazard.EARTHQUAKE, strength=3)
    one.genre("goals", Genre.SPORT, strength=1)
    assert judged(one.at("Gao", GAO), scoring).alertable
    three = one.genre("keeper", Genre.SPORT, strength=1).genre("coach", Genre.SPORT, strength=1)
    assert why(judged(three, scoring)) == "sport"


def test_a_title_that_is_silent_speaks_against_a_hazard_of_the_text(scoring: Scoring) -> None:
    lead = "Prices rose on Monday despite fierce fighting near Gao."
    spoken = ReadingOf(item("Fighting near Gao", lead)).hazard("fierce fighting", Hazard.ARMED_CONFLICT, strength=3)
    spoken.hazard("Fighting", Hazard.ARMED_CONFLICT, strength=1)
    assert judged(spoken.at("Gao", GAO), scoring).alertable
    silent = ReadingOf(item("Cotton climbs", lead)).hazard("fierce fighting", Hazard.ARMED_CONFLICT, strength=3)
    assert why(judged(silent.at("Gao", GAO), scoring)) == "thin"


def test_an_untitled_report_is_not_asked_for_a_title(scoring: Scoring) -> None:
    reading = ReadingOf(item("", "Fierce fighting broke out near Gao."))
    assert judged(
        reading.hazard("Fierce fighting", Hazard.ARMED_CONFLICT, strength=3).at("Gao", GAO), scoring
    ).alertable


def test_a_closed_airport_is_alerted_though_its_cause_is_but_hinted_at(scoring: Scoring) -> None:
    reading = ReadingOf(item("Bamako airport closes after drone sightings")).hazard(
        "drone", Hazard.ARMED_CONFLICT, strength=1
    )
    told = judged(reading.state("airport closes", Target.AIRPORT, Cue.CLOSED).at("Bamako", BAMAKO), scoring)
    assert (told.alertable, told.hazard) == (True, Hazard.AIRPORT)


def test_hostages_that_are_still_held_are_no_news(scoring: Scoring) -> None:
    reading = ReadingOf(item("Families of 12 hostages gather in Bamako")).hazard(
        "hostages", Hazard.KIDNAPPING, strength=1
    )
    reading.impact("12 hostages", ImpactKind.KIDNAPPED, 12).at("Bamako", BAMAKO)
    assert why(judged(reading, scoring)) == "thin"
