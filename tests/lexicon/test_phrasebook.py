import random
import time

import pytest

from bot.lexicon.numbers import Numbers
from bot.lexicon.pattern import PatternCompiler
from bot.lexicon.phrasebook import Phrasebook
from bot.lexicon.tables import NumberTable

NUMBERS = Numbers(NumberTable(words={"two": 2}, multipliers={}, vague={}))
PATTERNS = {
    "attack": "(gunmen|rebels) [0-3] (attack*|storm*)",
    "toll": "<count> [0-2] (dead|killed)",
    "fire": "open* fire",
    "state": "(state of)? emergency",
    "no": "no casualties",
}


@pytest.fixture(scope="module")
def book() -> Phrasebook[str]:
    compiler = PatternCompiler({}, NUMBERS)
    return Phrasebook((key, compiler.compile(pattern)) for key, pattern in PATTERNS.items())


def test_all_phrases_are_found_in_order_with_their_numbers(book: Phrasebook[str]) -> None:
    text = "gunmen attacked a village, 12 people killed; a state of emergency, no casualties"
    found = book.find(text)
    assert [(each.entry, text[each.start : each.end]) for each in found] == [
        ("attack", "gunmen attacked"),
        ("toll", "12 people killed"),
        ("state", "state of emergency"),
        ("state", "emergency"),
        ("no", "no casualties"),
    ]
    assert [text[start:end] for each in found for start, end in each.numbers] == ["12"]


def test_a_number_is_counted_once_with_the_words_before_it() -> None:
    numbers = Numbers(NumberTable(words={"two": 2}, multipliers={"hundred": 100}, vague={}, at_least=("at least",)))
    book = Phrasebook([("toll", PatternCompiler({}, numbers).compile("<count> [0-2] dead"))])
    text = "at least two hundred people dead and 12 others dead"
    assert [text[each.start : each.end] for each in book.find(text)] == [
        "at least two hundred people dead",
        "12 others dead",
    ]


def test_a_word_inside_another_is_not_found(book: Phrasebook[str]) -> None:
    assert book.find("the casino emergencyroom reopened firefly") == []


def test_an_empty_book_finds_nothing() -> None:
    assert Phrasebook[str]([]).find("gunmen attacked") == []


def test_sifting_by_anchors_loses_no_match(book: Phrasebook[str]) -> None:
    """What the plain expressions find in random rows of words, the book finds too."""
    compiler = PatternCompiler({}, NUMBERS)
    plain = {key: compiler.compile(pattern).expression for key, pattern in PATTERNS.items()}
    words = "gunmen rebels attacked storm 12 two dead killed people opened fire state of emergency no casualties , the"
    dice = random.Random(7)
    for _ in range(500):
        text = " ".join(dice.choices(words.split(), k=dice.choice([8, 200])))
        got = {(each.entry, each.start) for each in book.find(text)}
        for key, expression in plain.items():
            assert {(key, match.start()) for match in expression.finditer(text)} <= got


def test_time_grows_with_the_text_alone(book: Phrasebook[str]) -> None:
    def seconds(words: int) -> float:
        text = "gunmen opened the state emergency of rebels no 12 people " * (words // 10)
        begin = time.process_time()
        book.find(text)
        return time.process_time() - begin

    seconds(1000)
    small, large = min(seconds(8000) for _ in range(3)), min(seconds(32000) for _ in range(3))
    assert large < 4 * 2 * small + 0.05
