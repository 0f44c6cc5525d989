import re
from math import inf
from pathlib import Path

import pytest

from bot.app.lexicon_file import load_lexicon
from bot.lexicon.numbers import Numbers
from bot.model.text import fold

CONFIG = Path(__file__).parents[2] / "config" / "lexicon"


@pytest.fixture(scope="module")
def numbers() -> dict[str, Numbers]:
    return {code: load_lexicon(CONFIG / f"{code}.toml").numbers for code in ("en", "fr")}


@pytest.mark.parametrize(
    ("language", "words", "low", "high"),
    [
        ("en", "14", 14, 14),
        ("en", "1,204", 1204, 1204),
        ("en", "12 000", 12000, 12000),
        ("en", "6.4", 6.4, 6.4),
        ("en", "fourteen", 14, 14),
        ("en", "twenty-three", 23, 23),
        ("en", "two hundred and fifty", 250, 250),
        ("en", "three thousand two hundred", 3200, 3200),
        ("en", "1.5 million", 1_500_000, 1_500_000),
        ("en", "at least 14", 14, inf),
        ("en", "more than 20", 21, inf),
        ("en", "over a hundred", 101, inf),
        ("en", "dozens", 24, 99),
        ("en", "a dozen", 11, 13),
        ("en", "up to 50", 1, 50),
        ("en", "around 100", 90, 110),
        ("en", "30 to 40", 30, 40),
        ("en", "20-30", 20, 30),
        ("en", "hundreds of thousands", 200_000, 999_999),
        ("fr", "1 204", 1204, 1204),
        ("fr", "6,4", 6.4, 6.4),
        ("fr", "une trentaine", 27, 33),
        ("fr", "au moins quatorze", 14, inf),
        ("fr", "plus d'une centaine", 90, inf),
        ("fr", "des dizaines", 20, 99),
        ("fr", "deux cent cinquante", 250, 250),
        ("fr", "quatre-vingt-dix", 90, 90),
        ("fr", "trois mille", 3000, 3000),
        ("fr", "entre 30 et 40", 30, 40),
    ],
)
def test_a_number_is_the_range_that_it_allows(
    numbers: dict[str, Numbers], language: str, words: str, low: float, high: float
) -> None:
    folded = fold(words)
    match = re.fullmatch(numbers[language].expression, folded)
    assert match is not None
    assert numbers[language].range(folded) == (low, high)


@pytest.mark.parametrize("words", ["", "people", "onerous"])
def test_what_is_no_number_has_no_range(numbers: dict[str, Numbers], words: str) -> None:
    assert numbers["en"].range(fold(words)) is None
