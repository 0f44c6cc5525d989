"""Arabic words, cut at what is glued to them."""

import time
from collections.abc import Callable
from pathlib import Path

import pytest

from bot.app.toponym_file import load_toponyms
from bot.gazetteer import Gazetteer
from bot.lexicon.arabic import agreeing
from bot.model.text import Field, Span, fold
from bot.pipeline import Understanding
from bot.reading.clitics import Cutter
from bot.reading.document import Sentence

CUES = Path(__file__).parents[3] / "config" / "toponyms" / "ar.toml"

Understand = Callable[..., Understanding]


@pytest.fixture(scope="module")
def cutter() -> Cutter:
    return Cutter(Gazetteer.open(), load_toponyms(CUES))


@pytest.mark.parametrize(
    ("word", "parts"),
    [
        ("وبالقاهرة", ["و", "ب", "قاهرة"]),
        ("للسودان", ["ل", "سودان"]),
        ("وللجيش", ["و", "ل", "جيش"]),
        ("ببنغازي", ["ب", "بنغازي"]),
        ("ومصر", ["و", "مصر"]),
        ("باريس", ["باريس"]),
        ("بيروت", ["بيروت"]),
        ("وزارة", ["وزارة"]),
        ("لبنان", ["لبنان"]),
        ("الله", ["الله"]),
    ],
)
def test_a_word_is_cut_where_something_is_glued_to_it(word: str, parts: list[str], cutter: Cutter) -> None:
    folded = fold(word)
    _, tokens = cutter.cut(Sentence(Span(Field.TEXT, 0, len(word)), word, folded))
    assert [token[0] for token in tokens] == [fold(part) for part in parts]
    assert tokens[-1][2] == len(word)


def test_adjectives_of_nation_agree_in_gender_and_number() -> None:
    assert {"سوداني", "سودانية", "سودانيين", "سودانيون"} <= set(agreeing("سوداني"))
    assert "كورية شمالية" in agreeing("كوري شمالي")
    assert agreeing("أتراك") == ("أتراك",)


@pytest.mark.parametrize("text", ["و" * 50_000, "لل" * 20_000, "َ" * 20_000, "وب " * 10_000, "بال" * 10_000 + "ً"])
def test_odd_texts_neither_fail_nor_take_long(text: str, understood: Understand) -> None:
    started = time.process_time()
    understood(text)
    assert time.process_time() - started < 5
