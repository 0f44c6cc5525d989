"""When and where it is: what is still to come, what ended, which airport is shut, what lies in the head of a text."""

from dataclasses import replace
from datetime import timedelta

import pytest
from builders import BAMAKO, BKO, GAO, MALI, NIGER, at, item
from reading_builders import ReadingOf

from bot.assessment.assess import assess
from bot.assessment.axes import certainty_of, urgency_of
from bot.assessment.facts import Facts
from bot.assessment.scoring import Scoring
from bot.model.assessment import Assessment, Certainty, Status, Urgency
from bot.model.hazard import Hazard, Measure, Target
from bot.model.item import Cap
from bot.model.place import Place, PlaceKind
from bot.model.reading import Cue, ImpactKind, Polarity, Role, TimeFrame
from bot.model.text import Field, Span

FORECAST, CURRENT, BACKGROUND = TimeFrame.FORECAST, TimeFrame.CURRENT, TimeFrame.BACKGROUND


def judged(reading: ReadingOf, scoring: Scoring) -> Assessment:
    return assess(reading.item, reading.done(), scoring)[0]


def facts(reading: ReadingOf, scoring: Scoring) -> Facts:
    return Facts(reading.item, reading.done(), scoring)


def airport(code: str, name: str) -> Place:
    return replace(BKO, id=f"ap:{code}", name=name, iata=code, parents=(MALI.id,))


# --- when


@pytest.mark.parametrize(("hours", "status"), [(96, Status.PAST), (97, Status.HISTORIC)])
def test_a_day_counts_to_its_last_hour_before_it_is_history(hours: int, status: Status, scoring: Scoring) -> None:
    reading = ReadingOf(item("Attack on Gao")).hazard("Attack", Hazard.ARMED_ATTACK).at("Gao", GAO)
    read = replace(reading.done(), occurred=at() - timedelta(hours=hours))
    assert assess(reading.item, read, scoring)[0].status is status


def test_without_a_date_of_its_own_an_item_makes_nothing_history(scoring: Scoring) -> None:
    reading = ReadingOf(item("Attack on Gao", published_at=None)).hazard("Attack", Hazard.ARMED_ATTACK).at("Gao", GAO)
    read = replace(reading.done(), occurred=at() - timedelta(days=900))
    assert assess(reading.item, read, scoring)[0].status is Status.PAST


@pytest.mark.parametrize(("hours", "urgency"), [(24, Urgency.EXPECTED), (25, Urgency.FUTURE)])
def test_what_is_more_than_a_day_ahead_is_future(hours: int, urgency: Urgency, scoring: Scoring) -> None:
    reading = ReadingOf(item("Storm to hit Gao")).hazard("Storm", Hazard.STORM, frame=FORECAST).at("Gao", GAO)
    read = replace(reading.done(), occurred=at() + timedelta(hours=hours))
    assert assess(reading.item, read, scoring)[0].urgency is urgency


def test_an_undated_item_leaves_what_is_ahead_expected(scoring: Scoring) -> None:
    reading = ReadingOf(item("Storm to hit Gao", published_at=None)).hazard("Storm", Hazard.STORM, frame=FORECAST)
    read = replace(reading.at("Gao", GAO).done(), occurred=at() + timedelta(days=9))
    assert assess(reading.item, read, scoring)[0].urgency is Urgency.EXPECTED


@pytest.mark.parametrize(
    ("kind", "number", "frame", "status"),
    [
        (ImpactKind.KILLED, 2, CURRENT, Status.ONGOING),
        (ImpactKind.INJURED, 2, CURRENT, Status.ONGOING),
        (ImpactKind.KILLED, 0, CURRENT, Status.EXPECTED),
        (ImpactKind.KILLED, 2, FORECAST, Status.EXPECTED),
        (ImpactKind.EVACUATED, 900, CURRENT, Status.EXPECTED),
        (ImpactKind.WIND_KMH, 120, CURRENT, Status.EXPECTED),
    ],
)
def test_weather_that_hurt_somebody_is_there_though_more_is_to_come(
    kind: ImpactKind, number: int, frame: TimeFrame, status: Status, scoring: Scoring
) -> None:
    reading = ReadingOf(item("Cyclone nears, landfall due in Gao")).hazard("Cyclone", Hazard.STORM)
    reading.hazard("landfall due", Hazard.STORM, frame=FORECAST).impact("Gao", kind, number, frame=frame)
    assert judged(reading.at("Gao", GAO), scoring).status is status


@pytest.mark.parametrize(
    ("states", "status"),
    [
        ((), Status.ONGOING),
        ((FORECAST,), Status.EXPECTED),
        ((FORECAST, FORECAST), Status.EXPECTED),
        ((FORECAST, CURRENT), Status.ONGOING),
        ((CURRENT,), Status.ONGOING),
    ],
)
def test_a_strike_is_ahead_where_all_that_it_stops_is(
    states: tuple[TimeFrame, ...], status: Status, scoring: Scoring
) -> None:
    reading = ReadingOf(item("Strike in Gao: flights, departures stop")).state("Strike", Target.AIRPORT, Cue.STRIKE)
    for words, frame in zip(("flights", "departures"), states, strict=False):
        reading.state(words, Target.FLIGHTS, Cue.CANCELLED, frame=frame)
    assert judged(reading.at("Gao", GAO), scoring).status is status


def test_a_closure_without_a_strike_is_not_put_off_by_weather_words(scoring: Scoring) -> None:
    reading = ReadingOf(item("Gao airport shut, road to close")).state("airport shut", Target.AIRPORT, Cue.CLOSED)
    reading.state("road to close", Target.FLIGHTS, Cue.CANCELLED, frame=FORECAST).at("Gao", GAO)
    assert judged(reading, scoring).status is Status.ONGOING


@pytest.mark.parametrize(
    ("first", "second", "status"),
    [(FORECAST, CURRENT, Status.EXPECTED), (CURRENT, FORECAST, Status.PAST)],
)
def test_a_protest_is_ahead_where_it_is_first_said_to_be_planned(
    first: TimeFrame, second: TimeFrame, status: Status, scoring: Scoring
) -> None:
    reading = ReadingOf(item("March after march in Gao as crowds rally")).hazard("crowds", Hazard.UNREST, frame=second)
    assert judged(reading.hazard("March", Hazard.UNREST, frame=first).at("Gao", GAO), scoring).status is status


@pytest.mark.parametrize(
    ("title", "status"),
    [
        ("Storm batters Gao and will move on to Kidal", Status.ONGOING),
        ("Gusts will move on to Kidal as Storm batters Gao", Status.EXPECTED),
    ],
)
def test_of_a_storm_that_is_there_and_ahead_the_first_words_decide(
    title: str, status: Status, scoring: Scoring
) -> None:
    reading = ReadingOf(item(title)).hazard("will move on", Hazard.STORM, frame=FORECAST)
    reading.hazard("Storm batters", Hazard.STORM, phrase="storm.there").at("Gao", GAO)
    assert judged(reading, scoring).status is status


@pytest.mark.parametrize(
    ("phrase", "killed", "status"),
    [("battle", False, Status.ONGOING), ("battle", True, Status.PAST), ("weapons-test", True, Status.PAST)],
)
def test_a_phrase_for_what_lasts_yields_to_a_toll_and_one_for_a_blow_does_not(
    phrase: str, killed: bool, status: Status, scoring: Scoring  # noqa: FBT001
) -> None:  # fmt: skip
    rows = {
        **scoring.hazards,
        Hazard.ARMED_CONFLICT: replace(scoring.hazards[Hazard.ARMED_CONFLICT], status=Status.PAST),
    }
    reading = ReadingOf(item("Fighting in Gao, six killed")).hazard("Fighting", Hazard.ARMED_CONFLICT, phrase=phrase)
    if killed:
        reading.killed("six killed", 6)
    assert judged(reading.at("Gao", GAO), replace(scoring, hazards=rows)).status is status


@pytest.mark.parametrize(
    ("cue", "frame", "status"),
    [
        (Cue.CLOSED, CURRENT, Status.ONGOING),
        (Cue.CANCELLED, CURRENT, Status.PAST),
        (Cue.CLOSED, FORECAST, Status.PAST),
    ],
)
def test_an_attack_goes_on_while_something_stays_shut(
    cue: Cue, frame: TimeFrame, status: Status, scoring: Scoring
) -> None:
    reading = ReadingOf(item("Attack in Gao, flights hit")).hazard("Attack", Hazard.ARMED_ATTACK, strength=3)
    reading.state("flights hit", Target.FLIGHTS, cue, frame=frame)
    assert judged(reading.at("Gao", GAO), scoring).status is status


def test_what_was_shut_only_briefly_is_past(scoring: Scoring) -> None:
    reading = ReadingOf(item("Gao airport closed-briefly")).state("closed-briefly", Target.AIRPORT, Cue.CLOSED)
    assert judged(reading.at("Gao", GAO), scoring).status is Status.PAST


@pytest.mark.parametrize(
    ("kind", "status"), [(ImpactKind.KILLED, Status.PAST), (ImpactKind.INJURED, Status.ENDED)]
)  # fmt: skip
def test_a_reopening_beside_new_dead_is_no_end(kind: ImpactKind, status: Status, scoring: Scoring) -> None:
    reading = ReadingOf(item("Gao airport reopens after attack, six hit")).hazard("attack", Hazard.ARMED_ATTACK)
    reading.state("airport reopens", Target.AIRPORT, Cue.RESTORED).impact("six hit", kind, 6).at("Gao", GAO)
    assert judged(reading, scoring).status is status


def test_a_reopening_far_below_ends_nothing_that_the_title_tells(scoring: Scoring) -> None:
    reading = ReadingOf(item("Attack in Gao", "All is calm. The airport reopens")).hazard("Attack", Hazard.ARMED_ATTACK)
    reading.state("airport reopens", Target.AIRPORT, Cue.RESTORED)
    assert judged(reading.at("Gao", GAO), scoring).status is Status.PAST


@pytest.mark.parametrize(
    ("denied", "cue", "background", "status"),
    [(True, Cue.ALL_CLEAR, True, Status.DENIED), (False, Cue.ALL_CLEAR, False, Status.ENDED),
     (False, Cue.RESTORED, True, Status.HISTORIC), (False, None, True, Status.HISTORIC), (False, None, False, None)],
)  # fmt: skip
def test_what_reports_no_hazard_is_denied_over_old_or_nothing(
    denied: bool, cue: Cue | None, background: bool, status: Status | None, scoring: Scoring  # noqa: FBT001
) -> None:  # fmt: skip
    reading = ReadingOf(item("No coup, all clear, old siege"))
    if denied:
        reading.hazard("No coup", Hazard.COUP, polarity=Polarity.NEGATED)
    if cue:
        reading.state("all clear", Target.HAZARD, cue)
    if background:
        reading.hazard("old siege", Hazard.ARMED_ATTACK, frame=BACKGROUND)
    assert judged(reading, scoring).status is status


def test_a_cap_message_gives_its_own_urgency_while_it_is_actual_and_its_own_certainty(scoring: Scoring) -> None:
    cap = Cap(identifier="1", sender="m", sent=at(), msg_type="Alert", urgency="Future", certainty="Possible")
    told = facts(ReadingOf(item("Flood", cap=cap, official=True)), scoring)
    assert urgency_of(told, Status.ONGOING) is Urgency.FUTURE
    assert urgency_of(told, Status.ENDED) is Urgency.PAST
    assert certainty_of(told, None, Status.ONGOING) is Certainty.POSSIBLE
    assert certainty_of(told, None, Status.DENIED) is Certainty.UNLIKELY


# --- where


def test_airports_of_a_list_are_all_meant_and_others_of_the_sentence_are_not(scoring: Scoring) -> None:
    names = {"Goma": "GOM", "Bukavu": "BKY", "Kalemie": "FMI", "Kindu": "KND"}
    reading = ReadingOf(item("Kindu saw no such thing as Goma, Bukavu and Kalemie reopened"))
    for name, code in names.items():
        reading.at(name, airport(code, name))
    told = judged(reading.state("reopened", Target.AIRPORT, Cue.RESTORED), scoring)
    assert [state.place and state.place.iata for state in told.targets] == ["GOM", "BKY", "FMI"]


def test_names_that_only_follow_one_another_are_no_list(scoring: Scoring) -> None:
    reading = ReadingOf(item("From Goma, Bukavu flights suspended")).at("Goma", airport("GOM", "Goma"))
    reading.at("Bukavu", airport("BKY", "Bukavu")).state("flights suspended", Target.FLIGHTS, Cue.SUSPENDED)
    assert [state.place and state.place.iata for state in judged(reading, scoring).targets] == ["BKY"]


def test_two_airports_with_three_words_between_them_are_no_list(scoring: Scoring) -> None:
    reading = ReadingOf(item("Goma and not yet Bukavu closed")).at("Goma", airport("GOM", "Goma"))
    reading.at("Bukavu", airport("BKY", "Bukavu")).state("closed", Target.AIRPORT, Cue.CLOSED)
    assert [state.place and state.place.iata for state in judged(reading, scoring).targets] == ["BKY"]


def test_places_that_nobody_knows_beside_a_closure_do_no_harm(scoring: Scoring) -> None:
    reading = ReadingOf(item("Nowhere airport and Gao airport closed")).at("Nowhere", GAO).at("Gao", GAO)
    reading.places[0] = replace(reading.places[0], place=None, candidates=())
    told = judged(reading.state("closed", Target.AIRPORT, Cue.CLOSED), scoring)
    assert [state.place for state in told.targets] == [GAO]


def test_where_a_sentence_names_no_airport_the_events_airport_is_meant(scoring: Scoring) -> None:
    reading = ReadingOf(item("", "Gunmen struck Gao. Keita Airport was hit. Flights are suspended"))
    reading.hazard("Gunmen struck", Hazard.ARMED_ATTACK, strength=3).at("Gao", GAO).at("Keita Airport", BKO)
    told = judged(reading.state("Flights are suspended", Target.FLIGHTS, Cue.SUSPENDED), scoring)
    assert [state.place for state in told.targets] == [BKO]


def test_of_two_places_in_a_sentence_the_nearer_is_meant(scoring: Scoring) -> None:
    reading = ReadingOf(item("Gao calm; Niger border closed")).at("Gao", GAO).at("Niger", NIGER)
    told = judged(reading.state("border closed", Target.BORDER, Cue.CLOSED), scoring)
    assert [state.place for state in told.targets] == [NIGER]


def test_an_airport_of_a_town_that_is_no_place_of_the_event_stands_alone(scoring: Scoring) -> None:
    reading = ReadingOf(item("Keita Airport hit")).at("Keita Airport", BKO)
    assert judged(reading, scoring).place == BKO
    assert judged(reading.at("hit", BAMAKO), scoring).places == (BAMAKO, BKO)


def test_a_region_names_the_place_before_its_country_and_behind_a_town(scoring: Scoring) -> None:
    region = replace(GAO, id="adm:ML.07", name="Gao Region", kind=PlaceKind.REGION, parents=())
    reading = ReadingOf(item("Mali: Gao Region, town of Gao")).at("Mali", replace(MALI, parents=()))
    assert judged(reading.at("Gao Region", region), scoring).place == region
    assert judged(reading.at("town of Gao", GAO), scoring).place == GAO


# --- the head of a text


def test_the_head_ends_with_the_first_sentence_or_the_second_without_a_title(scoring: Scoring) -> None:
    text = "One is told. Two is told. Three is told"
    titled, plain = facts(ReadingOf(item("T", text)), scoring), facts(ReadingOf(item("", text)), scoring)
    places = [Span(Field.TEXT, start, start + 3) for start in (0, 13, 26)]
    assert [titled.in_head(each) for each in places] == [True, False, False]
    assert [plain.in_head(each) for each in places] == [True, True, False]
    assert [titled.in_top(each) for each in places] == [False, False, False]
    assert [plain.in_top(each) for each in places] == [True, False, False]
    edge = Span(Field.TEXT, titled.head_end, titled.head_end + 1)
    assert not titled.in_head(edge)


def test_a_text_without_sentences_has_no_head(scoring: Scoring) -> None:
    empty = facts(ReadingOf(item("", "")), scoring)
    assert (empty.head_end, empty.first_end) == (0, 0)


def test_an_order_that_is_to_be_lifted_is_in_force_until_then_but_a_warning_is_not(scoring: Scoring) -> None:
    def to_lift(target: Measure | Target, frame: TimeFrame = FORECAST) -> Facts:
        return facts(ReadingOf(item("Gao lifts it")).state("lifts it", target, Cue.LIFTED, frame=frame), scoring)

    assert [state.cue for state in to_lift(Measure.CURFEW).opening] == [Cue.TO_RESTORE]
    assert to_lift(Measure.WARNING).opening == ()
    assert to_lift(Target.ROAD).opening == ()
    assert (to_lift(Measure.CURFEW, CURRENT).opening, len(to_lift(Measure.CURFEW, CURRENT).ending)) == ((), 1)
    assert to_lift(Measure.CURFEW, BACKGROUND).ending == ()


def test_a_word_of_last_resort_counts_only_where_no_plainer_one_stands(scoring: Scoring) -> None:
    reading = ReadingOf(item("Six die in Gao flood"))
    reading.hazard("die", Hazard.ARMED_ATTACK, strength=1, phrase="people-killed")
    assert len(facts(reading, scoring).hazards) == 1
    assert len(facts(reading.hazard("flood", Hazard.FLOOD, strength=1), scoring).hazards) == 2
    reading.hazards[1] = replace(reading.hazards[1], strength=2)
    assert [m.hazard for m in facts(reading, scoring).hazards] == [Hazard.FLOOD]


def test_of_equal_counts_the_wider_one_is_told(scoring: Scoring) -> None:
    reading = ReadingOf(item("Six dead, six or more dead, five dead")).killed("Six dead", 6)
    reading.killed("six or more dead", 6, 60).killed("five dead", 5, 99)
    assert [(toll.low, toll.high) for toll in facts(reading, scoring).tolls()] == [(6, 60)]


def test_the_dead_and_the_missing_are_lost_and_the_injured_are_not(scoring: Scoring) -> None:
    reading = ReadingOf(item("Four dead, nine missing, two hurt")).killed("Four dead", 4).injured("two hurt", 2)
    assert facts(reading.impact("nine missing", ImpactKind.MISSING, 9), scoring).lost == 13


def test_a_burning_fire_in_the_body_does_not_go_on_for_the_head(scoring: Scoring) -> None:
    reading = ReadingOf(item("Attack in Gao", "All ran. It burns on")).hazard("Attack", Hazard.ARMED_ATTACK)
    reading.state("burns on", Target.HAZARD, Cue.ONGOING).at("Gao", GAO)
    assert judged(reading, scoring).status is Status.PAST


def test_a_mere_mention_is_no_place_of_an_order(scoring: Scoring) -> None:
    reading = ReadingOf(item("Curfew, Niger says, in Gao")).at("Niger", NIGER, Role.MENTION).at("Gao", GAO)
    told = judged(reading.state("Curfew", Measure.CURFEW, Cue.IMPOSED), scoring)
    assert [state.place for state in told.measures] == [GAO]
