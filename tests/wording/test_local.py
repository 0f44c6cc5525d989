"""Numbers, distances, times and countries in the reader's language."""

import re
from math import inf

import pytest
from builders import at

from bot.model.assessment import Severity
from bot.model.hazard import Hazard, Measure, Target
from bot.model.reading import Cue, ImpactKind
from bot.wording import LANGUAGES, words_for
from bot.wording.advice import advice
from bot.wording.local import (
    amount,
    city_of,
    country_name,
    day_and_time,
    direction,
    distance,
    listed,
    number,
    zone_of,
)  # fmt: skip
from bot.wording.nouns import airport_state, counted, hazard_name, measure_state, way_state

EN, FR = words_for("en"), words_for("fr")
MARKS = re.compile("[\u200f\u2068\u2069]")
ZONES = ("Africa/Bamako", "America/Argentina/Buenos_Aires", "Asia/Kathmandu", "Asia/Kolkata", "Europe/Kyiv", "UTC")


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


@pytest.mark.parametrize("words", [words_for(code) for code in LANGUAGES])
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


@pytest.mark.parametrize(
    ("language", "forms"),
    [
        ("ar", ("قتيل واحد", "قتيلان", "3 قتلى", "11 قتيلًا", "100 قتيل", "103 قتلى")),
        ("ru", ("1 погибший", "2 погибших", "3 погибших", "11 погибших", "100 погибших", "103 погибших")),
        ("es", ("1 muerto", "2 muertos", "3 muertos", "11 muertos", "100 muertos", "103 muertos")),
        ("pt", ("1 morto", "2 mortos", "3 mortos", "11 mortos", "100 mortos", "103 mortos")),
    ],
)
def test_each_language_counts_by_its_own_rule(language: str, forms: tuple[str, ...]) -> None:
    words = words_for(language)
    assert tuple(counted(ImpactKind.KILLED, str(n), n, words) for n in (1, 2, 3, 11, 100, 103)) == forms


def test_the_three_forms_of_russian() -> None:
    cases = [counted(ImpactKind.CASES, str(n), n, words_for("ru")) for n in (1, 2, 5, 11, 21, 22, 25, 111)]
    assert cases == [
        "1 случай", "2 случая", "5 случаев", "11 случаев", "21 случай", "22 случая", "25 случаев", "111 случаев",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("language", "least", "most", "between"),
    [
        ("en", "at least 1 person killed", "up to 5 killed", "3–5 killed"),
        ("fr", "au moins 1 mort", "jusqu’à 5 morts", "3–5 morts"),
        ("es", "al menos 1 muerto", "hasta 5 muertos", "3–5 muertos"),
        ("pt", "pelo menos 1 morto", "até 5 mortos", "3–5 mortos"),
        ("ar", "قتيل واحد على الأقل", "5 قتلى على الأكثر", "3–5 قتلى"),
        ("ru", "по меньшей мере 1 погибший", "максимум 5 погибших", "3–5 погибших"),
    ],
)
def test_the_number_spoken_last_decides_the_form(language: str, least: str, most: str, between: str) -> None:
    words = words_for(language)

    def killed(figure: str, count: float) -> str:
        return counted(ImpactKind.KILLED, figure, int(count), words)

    said = [amount(low, high, words, killed) for low, high in ((1, inf), (0, 5), (3, 5))]
    assert said == [least, most, between]


@pytest.mark.parametrize(
    ("language", "moment", "figure", "country"),
    [
        ("en", "17 Sep, 10:00 GMT+03:00", "12,500.5", "Côte d’Ivoire"),
        ("fr", "17 sept. à 10:00 UTC+03:00", "12\u202f500,5", "Côte d’Ivoire"),
        ("es", "17 sept a las 10:00 GMT+03:00", "12.500,5", "Côte d’Ivoire"),
        ("pt", "17 de set. às 10:00 GMT+03:00", "12.500,5", "Costa do Marfim"),
        ("ar", "17 سبتمبر الساعة 10:00 غرينتش+03:00", "12,500.5", "ساحل العاج"),
        ("ru", "17 сент. в 10:00 GMT+03:00", "12\xa0500,5", "Кот-д’Ивуар"),
    ],
)
def test_dates_numbers_and_countries_are_those_of_the_language(
    language: str, moment: str, figure: str, country: str
) -> None:
    words = words_for(language)
    assert MARKS.sub("", day_and_time(at(0), zone_of("Asia/Riyadh"), words)) == moment
    assert number(12_500.5, words) == figure
    assert country_name("CI", words) == country


def test_a_zone_is_named_by_its_city_in_the_language() -> None:
    assert [city_of(zone, words_for("ru")) for zone in ("Africa/Bamako", "Europe/Kyiv", "UTC")] == [
        "Бамако", "Киев", "UTC",
    ]  # fmt: skip
    assert city_of("America/Argentina/Buenos_Aires", words_for("es")) == "Buenos Aires"
    assert city_of("Nowhere/Some_City", EN) == "Some City"
    for language in LANGUAGES:
        assert not [zone for zone in ZONES if "/" in city_of(zone, words_for(language))]
