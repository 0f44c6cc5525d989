"""Numbers, distances, times and countries in the reader's language."""

from math import inf

import pytest
from builders import at

from bot.model.assessment import Severity
from bot.model.hazard import Hazard, Measure, Target
from bot.model.reading import Cue, ImpactKind
from bot.wording import words_for
from bot.wording.advice import advice
from bot.wording.local import amount, country_name, day_and_time, direction, distance, listed, zone_of
from bot.wording.nouns import airport_state, counted, hazard_name, measure_state, way_state

EN, FR = words_for("en"), words_for("fr")


@pytest.mark.parametrize(
    ("low", "high", "english", "french"),
    [
        (14, 14, "14", "14"),
        (3, 5, "3–5", "3–5"),
        (14, inf, "at least 14", "au moins 14"),
        (0, 5, "up to 5", "jusqu’à 5"),
        (12_500, 12_500, "12,500", "12\u202f500"),
        (6.2, 6.2, "6.2", "6,2"),
    ],
)
def test_a_range_is_told_as_what_is_known(low: float, high: float, english: str, french: str) -> None:
    assert amount(low, high, EN) == english
    assert amount(low, high, FR) == french


def test_what_is_counted_has_its_plural() -> None:
    assert counted(ImpactKind.KILLED, "1", 1, EN) == "1 person killed"
    assert counted(ImpactKind.KILLED, "at least 14", 15, EN) == "at least 14 killed"
    assert counted(ImpactKind.INJURED, "1", 1, FR) == "1 blessé"
    assert counted(ImpactKind.INJURED, "3–5", 5, FR) == "3–5 blessés"
    assert counted(ImpactKind.MAGNITUDE, "6,2", 6, FR) == "magnitude 6,2"
    assert all(
        counted(kind, "2", 2, FR) != counted(kind, "2", 2, EN) for kind in (ImpactKind.CASES, ImpactKind.MISSING)
    )


def test_a_time_is_told_in_the_zone_with_its_name() -> None:
    assert day_and_time(at(0), zone_of("Africa/Bamako"), EN) == "17 Sep, 07:00 GMT"
    assert day_and_time(at(0), zone_of("Europe/Paris"), FR) == "17 sept. à 09:00 CEST"
    assert day_and_time(at(20), zone_of("Asia/Kathmandu"), EN) == "18 Sep, 08:45 GMT+05:45"
    assert zone_of("Nowhere/City").key == "UTC"


def test_a_distance_is_no_more_exact_than_it_is_worth() -> None:
    assert [distance(km, EN) for km in (0.4, 1.53, 12.3, 347.0)] == ["less than 1 km", "1.5 km", "12 km", "350 km"]


def test_a_bearing_is_the_nearest_of_eight_winds() -> None:
    assert [direction(bearing, EN) for bearing in (0, 22, 23, 180, 337.6, 359.9)] == [
        "north", "north", "north-east", "south", "north", "north",
    ]  # fmt: skip
    assert direction(45, FR) == "au nord-est"


def test_countries_and_lists_are_in_the_language() -> None:
    assert (country_name("DE", FR), country_name("CI", EN), country_name("ZZZ", EN)) == (
        "Allemagne",
        "Côte d’Ivoire",
        "ZZZ",
    )
    assert (listed(["a", "b", "c"], EN), listed(["a", "b"], FR)) == ("a, b, and c", "a et b")


@pytest.mark.parametrize("words", [EN, FR])
def test_there_is_a_word_for_everything(words: object) -> None:
    assert all(hazard_name(hazard, words) for hazard in Hazard)  # type: ignore[arg-type]
    assert all(measure_state(measure, Cue.IMPOSED, words) for measure in Measure)  # type: ignore[arg-type]
    assert all(way_state(target, Cue.CLOSED, words) for target in Target if target is not Target.HAZARD)  # type: ignore[arg-type]
    assert all(counted(kind, "2", 2, words) for kind in ImpactKind)  # type: ignore[arg-type]
    for hazard in Hazard:
        grave, mild = (advice(hazard, severity, words) for severity in (Severity.EXTREME, Severity.MINOR))  # type: ignore[arg-type]
        assert grave != mild
        assert max(len(grave), len(mild)) <= 130


def test_reassurance_and_denial_are_no_state_of_a_way() -> None:
    for cue in (Cue.REASSURANCE, Cue.DENIED):
        assert way_state(Target.BORDER, cue, EN) == ""
        assert airport_state(cue, EN) == ""
