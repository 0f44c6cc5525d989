from collections.abc import Callable
from math import inf

import pytest

COUNTS = [
    ("en", "At least 14 people were killed", ("killed", 14, inf)),
    ("en", "The blast killed three and wounded twelve", ("killed", 3, 3)),
    ("en", "The blast killed three and wounded twelve", ("injured", 12, 12)),
    ("en", "Dozens killed in ferry disaster", ("killed", 24, 99)),
    ("en", "More than 20 dead after the landslide", ("killed", 21, inf)),
    ("en", "The death toll rose to 1,204", ("killed", 1204, 1204)),
    ("en", "Between 30 and 40 people died", ("killed", 30, 40)),
    ("en", "Up to 50 people are missing", ("missing", 1, 50)),
    ("en", "Attack leaves two dead", ("killed", 2, 2)),
    ("en", "A soldier was killed at the checkpoint", ("killed", 1, 1)),
    ("en", "No casualties were reported", ("killed", 0, 0)),
    ("en", "Two hundred and fifty houses burnt, 3,000 people evacuated", ("evacuated", 3000, 3000)),
    ("en", "Some 1.2 million people have been displaced", ("displaced", 1_080_000, 1_320_000)),
    ("en", "Gunmen abducted 17 students", ("kidnapped", 17, 17)),
    ("en", "The ministry has recorded 340 cases", ("cases", 340, 340)),
    ("en", "A magnitude 6.1 quake struck the coast", ("magnitude", 6.1, 6.1)),
    ("en", "A 5.4-magnitude tremor was felt", ("magnitude", 5.4, 5.4)),
    ("en", "It is now a category 4 hurricane", ("storm-category", 4, 4)),
    ("en", "Winds of up to 150 km/h are forecast", ("wind-kmh", 1, 150)),
    ("fr", "Au moins quatorze personnes ont été tuées", ("killed", 14, inf)),
    ("fr", "Une trentaine de morts dans l'attaque", ("killed", 27, 33)),
    ("fr", "L'explosion a fait trois morts et douze blessés", ("killed", 3, 3)),
    ("fr", "L'explosion a fait trois morts et douze blessés", ("injured", 12, 12)),
    ("fr", "Plus de 20 morts après l'éboulement", ("killed", 21, inf)),
    ("fr", "Des dizaines de blessés", ("injured", 20, 99)),
    ("fr", "Le séisme était de magnitude 6,3", ("magnitude", 6.3, 6.3)),
    ("fr", "3 000 personnes évacuées dans la nuit", ("evacuated", 3000, 3000)),
    ("fr", "Deux cents cas de choléra recensés", ("cases", 200, 200)),
    ("fr", "Aucune victime n'est à déplorer", ("killed", 0, 0)),
    ("fr", "Neuf touristes enlevés près du parc", ("kidnapped", 9, 9)),
]


@pytest.mark.parametrize(("language", "text", "count"), COUNTS)
def test_the_count_is_read(what: Callable, language: str, text: str, count: tuple[str, float, float]) -> None:
    assert count in what(text, language).counts()


def test_a_toll_of_another_year_is_background(what: Callable) -> None:
    assert what("3 killed in 2019").counts() == set()


def test_hours_miles_and_money_are_no_tolls(what: Callable) -> None:
    read = what("The fire was killed off within 12 hours, 20 miles away, at a cost of 4 million dollars")
    assert {impact.kind for impact in read.impacts} <= {"killed"}
    assert not [impact for impact in read.impacts if impact.low in {12, 20, 4_000_000}]


def test_a_comma_parts_two_tolls(what: Callable) -> None:
    assert what("2 killed, 12 injured in bus crash").counts() == {("killed", 2, 2), ("injured", 12, 12)}


def test_the_speaker_is_kept(what: Callable) -> None:
    (impact, *_) = what("At least nine people were killed, according to local officials").impacts
    assert impact.speaker == "local officials"
