"""Each source's scale in the rubric's words, and the names of countries."""

import pytest

from bot.feeds import scales
from bot.feeds.countries import country_coded, country_named, name_of
from bot.model.assessment import Severity

NONE, MINOR, MODERATE, SEVERE, EXTREME = Severity


@pytest.mark.parametrize(
    ("magnitude", "depth", "impact", "severity"),
    [
        (2.4, 10, "", NONE), (3.5, 10, "", MINOR), (5.0, 10, "", MODERATE), (6.0, 10, "", SEVERE),
        (7.0, 10, "", EXTREME),
        (7.4, 10, "green", MODERATE),  # hardly anybody lives there
        (5.5, 10, "red", EXTREME),  # houses are weak there
        (5.5, 10, "yellow", MODERATE), (4.1, 10, "orange", SEVERE),
        (7.1, 550, "", SEVERE),  # felt widely, but weakly
        (None, 10, "", None), (None, None, "orange", SEVERE),
    ],
)  # fmt: skip
def test_a_quake_by_magnitude_depth_and_impact(
    magnitude: float | None, depth: float | None, impact: str, severity: Severity | None
) -> None:
    assert scales.quake(magnitude, depth, impact) is severity


@pytest.mark.parametrize(
    ("wind", "severity"), [(None, MODERATE), (50, MINOR), (90, MODERATE), (120, SEVERE), (230, EXTREME)]
)
def test_a_cyclone_by_its_wind(wind: float | None, severity: Severity) -> None:
    assert scales.storm(wind) is severity


def test_governments_last_level_is_severe_everywhere() -> None:
    highest = (scales.STATE["4"], scales.CANADA["3"], scales.SMARTRAVELLER["4"], scales.AUSWAERTIGES_AMT["warning"])
    assert set(highest) == {SEVERE}
    assert scales.FCDO["avoid_all_travel_to_whole_country"] is SEVERE


def test_no_precautions_are_nothing_to_know() -> None:
    assert {scales.STATE["1"], scales.CANADA["0"], scales.SMARTRAVELLER["1"]} == {NONE}


@pytest.mark.parametrize(
    ("said", "severity"),
    [
        (("Severe", "Immediate", "Observed"), SEVERE), (("Severe", "Future", "Possible"), MINOR),
        (("Extreme", "Future", "Possible"), MODERATE), (("Minor", "Future", "Possible"), MINOR),
        (("Severe", "Future", "Likely"), SEVERE), (("Unknown", "Future", "Possible"), None), (("", "", ""), None),
    ],
)  # fmt: skip
def test_a_warning_by_its_own_words(said: tuple[str, str, str], severity: Severity | None) -> None:
    assert scales.cap(*said) is severity


def test_a_word_that_a_scale_does_not_know_is_not_guessed() -> None:
    assert scales.of(scales.GDACS, "mauve") is None
    assert scales.of(scales.GDACS, " Orange ") is SEVERE


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("Mali", "ML"), ("the Gambia", "GM"), ("Burma", "MM"), ("Türkiye", "TR"), ("Cote d’Ivoire", "CI"),
        ("Democratic Republic of the Congo", "CD"), ("Republic of the Congo", "CG"), ("Trinidad and Tobago", "TT"),
        ("South Korea", "KR"), ("Niger", "NE"), ("Nigeria", "NG"), ("Gaza", "PS"), ("Kosovo", "XK"), ("Europe", None),
        ("", None),
    ],
)  # fmt: skip
def test_governments_call_countries_by_many_names(name: str, code: str | None) -> None:
    assert country_named(name) == code


def test_codes_of_two_and_three_letters() -> None:
    assert (country_coded("mli"), country_coded("ML"), country_coded("ZZZ"), country_coded("")) == (
        "ML",
        "ML",
        None,
        None,
    )
    assert name_of("CD") == "the Democratic Republic of the Congo"
    assert country_named("マリ", "ja") == "ML"
