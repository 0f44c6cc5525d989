"""How what speaks for news is weighed against what speaks against it, to the last point."""

from dataclasses import replace

import pytest
from builders import GAO, item
from reading_builders import ReadingOf

from bot.assessment.assess import assess
from bot.assessment.experience import Experience
from bot.assessment.scoring import HazardRow, Scoring
from bot.model.assessment import Assessment, Status
from bot.model.hazard import Hazard, Target
from bot.model.reading import Cue, Genre, ImpactKind, Polarity, TimeFrame
from bot.model.text import Field, Span


def judged(reading: ReadingOf, scoring: Scoring) -> Assessment:
    return assess(reading.item, reading.done(), scoring)[0]


def why(reading: ReadingOf, scoring: Scoring) -> str:
    return judged(reading, scoring).reasons[0].code


def learnt(scoring: Scoring, **weights: float) -> Scoring:
    named = {name.replace("_", " "): weight for name, weight in weights.items()}
    return replace(scoring, experience=Experience({"en": named}, keep=-1.0, raises=1.0))


# --- accidents and crimes


@pytest.mark.parametrize(("hurt", "code"), [(29, "small-accident"), (30, "event")])
def test_a_crash_is_alerted_from_thirty_injured(hurt: int, code: str, scoring: Scoring) -> None:
    reading = ReadingOf(item("Trains collide near Gao, many hurt")).hazard("Trains collide", Hazard.TRANSPORT)
    assert why(reading.injured("many hurt", hurt).at("Gao", GAO), scoring) == code


def test_people_who_must_leave_make_an_accident_news(scoring: Scoring) -> None:
    reading = ReadingOf(item("Tanker overturns in Gao, residents leave")).hazard("Tanker overturns", Hazard.TRANSPORT)
    assert why(reading.at("Gao", GAO), scoring) == "small-accident"
    assert why(reading.impact("residents leave", ImpactKind.EVACUATED, 40), scoring) == "event"


def test_a_row_that_asks_for_no_toll_is_alerted_without_one(scoring: Scoring) -> None:
    rows = {**scoring.hazards, Hazard.TRANSPORT: HazardRow(unknown=36, status=Status.PAST)}
    reading = ReadingOf(item("Bus crashes in Gao")).hazard("Bus crashes", Hazard.TRANSPORT).at("Gao", GAO)
    assert why(reading, replace(scoring, hazards=rows)) == "event"


@pytest.mark.parametrize(
    ("kind", "number", "code"),
    [
        (ImpactKind.KILLED, 1, "single-crime"),
        (ImpactKind.INJURED, 2, "single-crime"),
        (ImpactKind.INJURED, 3, "event"),
        (ImpactKind.CASES, 40, "single-crime"),
    ],
)
def test_a_crime_is_news_from_three_people_harmed(kind: ImpactKind, number: int, code: str, scoring: Scoring) -> None:
    reading = ReadingOf(item("Stabbed in Gao")).hazard("Stabbed", Hazard.CRIME, strength=1).at("Gao", GAO)
    assert why(reading.impact("Stabbed", kind, number), scoring) == code


def test_a_wave_of_crime_needs_no_count(scoring: Scoring) -> None:
    reading = ReadingOf(item("Crime wave grips Gao")).hazard("Crime wave", Hazard.CRIME, strength=2).at("Gao", GAO)
    assert why(reading, scoring) == "event"


# --- for and against


def four_hazards(count: int) -> ReadingOf:
    """Return an attack with further hazards, each as plain as it."""
    names = (Hazard.ARMED_ATTACK, Hazard.FLOOD, Hazard.LANDSLIDE, Hazard.WILDFIRE)
    reading = ReadingOf(item("Attack, flood, slide, fire in Gao: why", "All that stands. Why it comes together"))
    for words, hazard in list(zip(("Attack", "flood", "slide", "fire"), names, strict=True))[:count]:
        reading.hazard(words, hazard)
    return reading.at("Gao", GAO)


@pytest.mark.parametrize("count", [1, 2, 3, 4])
def test_at_most_two_further_hazards_speak_for_the_first(count: int, scoring: Scoring) -> None:
    # 25 points and 5 for each of two further ones never outweigh 12
    assert why(four_hazards(count).genre("why", Genre.ANALYSIS, strength=1), scoring) == "analysis"


@pytest.mark.parametrize(("count", "alerted"), [(1, False), (2, False), (3, True)])
def test_each_of_two_further_hazards_speaks_for_the_first(count: int, alerted: bool, scoring: Scoring) -> None:  # noqa: FBT001
    reading = four_hazards(count).genre("Why it", Genre.ANALYSIS, strength=2)  # in the body: 8 of 24 points
    assert judged(reading, scoring).alertable is alerted


def test_a_further_hazard_that_is_but_hinted_at_does_not_speak(scoring: Scoring) -> None:
    reading = ReadingOf(item("Attack, flood and slide in Gao", "All is said. Why it comes together"))
    reading.hazard("Attack", Hazard.ARMED_ATTACK).hazard("flood", Hazard.FLOOD, strength=1)
    reading.hazard("slide", Hazard.LANDSLIDE, strength=1).genre("Why it", Genre.ANALYSIS, strength=2).at("Gao", GAO)
    assert why(reading, scoring) == "analysis"


def test_a_figure_of_speech_far_below_takes_nothing(scoring: Scoring) -> None:
    reading = ReadingOf(item("Gunmen storm Gao", "They came at dawn. A storm of protest followed"))
    reading.hazard("Gunmen storm", Hazard.ARMED_ATTACK).genre("A storm", Genre.FIGURE, strength=1).at("Gao", GAO)
    assert why(reading, scoring) == "event"


def test_a_toll_before_the_words_of_a_follow_up_speaks_for_news_and_one_behind_them_does_not(scoring: Scoring) -> None:
    first = ReadingOf(item("Six killed in Gao shooting; police name suspect")).hazard("shooting", Hazard.ARMED_ATTACK)
    first.killed("Six killed", 6).genre("name suspect", Genre.COURT).at("Gao", GAO)
    behind = ReadingOf(item("Police name suspect in Gao shooting; six killed")).hazard("shooting", Hazard.ARMED_ATTACK)
    behind.killed("six killed", 6).genre("name suspect", Genre.COURT).at("Gao", GAO)
    assert (why(first, scoring), why(behind, scoring)) == ("event", "court")


def test_the_size_of_a_quake_is_no_toll_that_leads(scoring: Scoring) -> None:
    reading = ReadingOf(item("A 5.2 quake in Gao and what it means")).hazard("quake", Hazard.EARTHQUAKE, strength=3)
    reading.impact("5.2", ImpactKind.MAGNITUDE, 5.2).genre("what it means", Genre.ANALYSIS).at("Gao", GAO)
    assert why(reading, scoring) == "analysis"


def test_that_nobody_was_killed_is_no_toll_that_leads(scoring: Scoring) -> None:
    reading = ReadingOf(item("None killed in Gao raid and what it means")).hazard("raid", Hazard.ARMED_ATTACK)
    reading.hazard("Gao raid", Hazard.ARMED_ATTACK, strength=3).killed("None killed", 0)
    assert why(reading.genre("what it means", Genre.ANALYSIS).at("Gao", GAO), scoring) == "analysis"


def test_an_event_in_a_clause_of_its_own_is_told_before_what_is_written_about_it(scoring: Scoring) -> None:
    def raid(title: str) -> ReadingOf:
        reading = ReadingOf(item(title)).hazard("Gunmen raid", Hazard.ARMED_ATTACK, strength=3)
        return reading.genre("questions", Genre.ANALYSIS).at("Gao", GAO)

    assert why(raid("Gunmen raid Gao; questions remain"), scoring) == "event"
    assert why(raid("Gunmen raid on Gao raises questions"), scoring) == "analysis"


def test_an_earlier_day_in_the_title_speaks_against_words_of_now_below(scoring: Scoring) -> None:
    reading = ReadingOf(item("Years since the Gao siege", "Gunmen attacked the base of Gao once more. All is calm"))
    reading.hazard("siege", Hazard.ARMED_ATTACK, frame=TimeFrame.BACKGROUND)
    told = judged(reading.hazard("Gunmen attacked", Hazard.ARMED_ATTACK).at("Gao", GAO), scoring)
    assert (told.reasons[0].code, told.follow_up, told.status) == ("background", True, Status.HISTORIC)


def test_an_earlier_day_in_the_title_takes_nothing_from_news_in_the_same_title(scoring: Scoring) -> None:
    reading = ReadingOf(item("Gunmen raid Gao, scene of an older siege")).hazard("Gunmen raid", Hazard.ARMED_ATTACK)
    reading.hazard("siege", Hazard.ARMED_ATTACK, frame=TimeFrame.BACKGROUND)
    assert why(reading.at("Gao", GAO), scoring) == "event"


def test_a_title_that_names_another_plain_hazard_is_not_silent(scoring: Scoring) -> None:
    reading = ReadingOf(item("Gao airport in turmoil", "People fled. Gunmen attacked the base of Gao"))
    reading.hazard("airport in turmoil", Hazard.AIRPORT)
    reading.hazard("Gunmen attacked", Hazard.ARMED_ATTACK, strength=3).at("Gao", GAO)
    told = judged(reading, scoring)
    assert (told.alertable, told.hazard) == (True, Hazard.ARMED_ATTACK)


def test_what_is_only_claimed_weighs_less_by_what_the_table_says(scoring: Scoring) -> None:
    reading = ReadingOf(item("Rebels say they raided Gao"))
    reading.hazard("raided", Hazard.ARMED_ATTACK, polarity=Polarity.CLAIMED).at("Gao", GAO)
    wary = replace(scoring, evidence=replace(scoring.evidence, claimed=10))
    assert (why(reading, scoring), why(reading, wary)) == ("event", "thin")


def test_what_an_authority_tells_in_hints_is_news(scoring: Scoring) -> None:
    def hint(*, official: bool) -> ReadingOf:
        reading = ReadingOf(item("Shots near Gao", official=official)).hazard("Shots", Hazard.ARMED_ATTACK, strength=1)
        return reading.at("Gao", GAO)

    assert why(hint(official=False), scoring) == "thin"
    assert why(hint(official=True), scoring) == "event"


@pytest.mark.parametrize(("phrases", "alerted"), [(1, False), (3, False), (4, True)])
def test_up_to_three_further_phrases_speak_for_a_hint(phrases: int, alerted: bool, scoring: Scoring) -> None:  # noqa: FBT001
    words = ("Shots", "smoke", "panic", "sirens")
    reading = ReadingOf(item("Shots, smoke, panic, sirens in Gao")).at("Gao", GAO)
    for word in words[:phrases]:
        reading.hazard(word, Hazard.ARMED_ATTACK, strength=1)
    assert judged(reading, scoring).alertable is alerted


def test_no_hazard_is_explained_by_its_nearest_cause(scoring: Scoring) -> None:
    reading = ReadingOf(item("Cup final in Gao, denial, siege")).genre("Cup final", Genre.SPORT)
    assert why(reading, scoring) == "sport"
    assert why(reading.hazard("siege", Hazard.COUP, frame=TimeFrame.BACKGROUND), scoring) == "background"
    assert why(reading.hazard("denial", Hazard.COUP, polarity=Polarity.NEGATED), scoring) == "denied"


def test_tolls_are_handed_on_only_where_a_known_event_has_them(scoring: Scoring) -> None:
    court = ReadingOf(item("Court jails five over Gao raid that killed six")).hazard("raid", Hazard.ARMED_ATTACK)
    told = judged(court.genre("Court jails", Genre.COURT).killed("killed six", 6).at("Gao", GAO), scoring)
    assert (told.follow_up, [toll.low for toll in told.impacts]) == (True, [6])
    game = ReadingOf(item("Cup raid that killed six")).hazard("raid", Hazard.ARMED_ATTACK)
    told = judged(game.genre("Cup", Genre.SPORT, strength=3).killed("killed six", 6), scoring)
    assert (told.follow_up, told.impacts, told.hazard) == (False, (), None)


# --- which hazard names the event


def test_the_hazard_of_the_title_names_the_event_before_one_of_the_text(scoring: Scoring) -> None:
    reading = ReadingOf(item("Flood in Gao", "An attack on the dam is feared.")).hazard("Flood", Hazard.FLOOD)
    assert judged(reading.hazard("attack", Hazard.ARMED_ATTACK).at("Gao", GAO), scoring).hazard is Hazard.FLOOD


def test_of_two_that_are_as_plain_the_graver_names_the_event(scoring: Scoring) -> None:
    reading = ReadingOf(item("Flood and attack in Gao")).hazard("Flood", Hazard.FLOOD)
    assert judged(reading.hazard("attack", Hazard.ARMED_ATTACK).at("Gao", GAO), scoring).hazard is Hazard.ARMED_ATTACK


def test_a_hint_with_a_toll_may_name_the_event(scoring: Scoring) -> None:
    reading = ReadingOf(item("Airport shut, two dead as shots ring out in Gao"))
    reading.state("Airport shut", Target.AIRPORT, Cue.CLOSED).hazard("shots", Hazard.ARMED_ATTACK, strength=1)
    assert judged(reading.at("Gao", GAO), scoring).hazard is Hazard.AIRPORT
    assert judged(reading.killed("two dead", 2), scoring).hazard is Hazard.ARMED_ATTACK


def test_a_further_hazard_is_named_from_what_the_table_asks(scoring: Scoring) -> None:
    reading = ReadingOf(item("Attack and smoke in Gao")).hazard("Attack", Hazard.ARMED_ATTACK)
    reading.hazard("smoke", Hazard.WILDFIRE, strength=1).at("Gao", GAO)
    assert judged(reading, scoring).also == ()
    exact = replace(scoring, evidence=replace(scoring.evidence, also=10))
    assert judged(reading, exact).also == (Hazard.WILDFIRE,)


# --- the second opinion


def attack(**fields: object) -> ReadingOf:
    return ReadingOf(item("Market attack named", **fields)).hazard("attack", Hazard.ARMED_ATTACK, strength=3)  # type: ignore[arg-type]


def test_an_alert_that_leans_as_far_as_is_allowed_is_kept(scoring: Scoring) -> None:
    assert judged(attack(), learnt(scoring, word_named=-1.0)).alertable


def test_a_hint_that_leans_to_news_but_no_further_than_asked_stays_silent(scoring: Scoring) -> None:
    reading = ReadingOf(item("Gunfire heard")).hazard("Gunfire", Hazard.ARMED_ATTACK, strength=1)
    assert not judged(reading, learnt(scoring, word_heard=1.0)).alertable


def test_where_no_limits_are_given_whatever_leans_at_all_decides(scoring: Scoring) -> None:
    def even(weight: float) -> Scoring:
        return replace(scoring, experience=Experience({"en": {"word gunfire": weight, "word named": weight}}))

    hint = ReadingOf(item("Gunfire heard")).hazard("Gunfire", Hazard.ARMED_ATTACK, strength=1)
    assert judged(hint, even(0.1)).alertable
    assert not judged(attack(), even(-0.1)).alertable


def test_the_second_opinion_knows_how_far_the_rules_are_for_it(scoring: Scoring) -> None:
    # 40 points without a place are 37: 12 more than needed, two steps of six
    assert judged(attack(), learnt(scoring, net_2=-1.5)).reasons[0].code == "reads-as-talk"
    # 13 points of politics leave one less than needed
    talked = attack().genre("named", Genre.POLITICS, strength=1)
    assert judged(talked, learnt(scoring, **{"net_-1": 1.5})).reasons[0].code == "reads-as-news"


def test_at_most_three_words_are_shown_and_only_those_that_weigh() -> None:
    traits = {f"word {name}": Span(Field.TITLE, at, at + 1) for at, name in enumerate("abcde")}
    known = Experience({"en": {"word a": -1.0, "word b": -2.0, "word c": -3.0, "word d": -4.0, "word e": 5.0}})
    assert [span.start for span in known.words("en", traits, against=True)] == [1, 2, 3]
    assert [span.start for span in known.words("en", traits, against=False)] == [4]


def test_what_was_not_learnt_weighs_nothing() -> None:
    known = Experience({"en": {"": 0.25}})
    assert known.leaning("en", {"word x": None}) == 0.25
    assert known.words("en", {"word x": Span(Field.TITLE, 0, 1)}, against=False) == ()
    assert Experience({"en": {}}).leaning("en", {}) == 0
