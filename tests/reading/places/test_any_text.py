"""Reading any text: it never fails, its spans hold, and its time grows with the length, not with its square."""

import random
import time
from collections.abc import Callable

import pytest

from bot.model.reading import Reading
from bot.model.text import Field

Read = Callable[..., Reading]

LONG = 200_000
NAMES = (
    "Bamako", "Paris", "Georgia", "London, Ontario", "the Niger Delta", "Washington", "New York", "Côte d'Ivoire",
    "sheriff's office", "Tripoli", "the Gulf of Guinea", "Russian", "Kano", "Skagit County", "U.S.", "Mount Etna",
)  # fmt: skip
JOINTS = (", ", " and ", " in ", " from ", "-", "'s ", " to ", ": ", " near ", " said ", " killed ", " ")


def _unicode(size: int) -> str:
    dice = random.Random(3)
    return "".join(chr(dice.choice((dice.randrange(32, 0x250), dice.randrange(0x400, 0x700), dice.randrange(0x10000))))
                   for _ in range(size)).encode("utf-8", "ignore").decode()  # fmt: skip


def _names(count: int, stops: int) -> str:
    dice = random.Random(5)
    return "".join(
        dice.choice(NAMES) + (". " if stops and number % stops == 0 else dice.choice(JOINTS)) for number in range(count)
    )


TEXTS = {
    "characters of all scripts": _unicode,
    "names in one sentence": lambda size: _names(size // 14, 0),
    "names in many sentences": lambda size: _names(size // 14, 6),
    "one name": lambda size: "Bamako, " * (size // 8),
    "one letter": lambda size: "A" * size,
    "capitals": lambda size: "AB CD. " * (size // 7),
    "stops": lambda size: ". " * (size // 2),
    "open brackets": lambda size: "((' " * (size // 4),
    "numbers": lambda size: "1 killed in 2, " * (size // 15),
}


@pytest.mark.parametrize("language", ["en", "fr", "ar", "ru", None])
def test_characters_of_all_scripts_are_read(read_item: Read, language: str | None) -> None:
    text = _unicode(4_000)
    for mention in read_item(text, title=text[:300], language=language).places:
        words = text[:300] if mention.span.field is Field.TITLE else text
        assert words[mention.span.start : mention.span.end] == mention.surface


def test_ten_thousand_names_are_read(read_item: Read) -> None:
    text = _names(10_000, 0)
    reading = read_item(text)
    assert reading.places
    assert all(text[mention.span.start : mention.span.end] == mention.surface for mention in reading.places)


@pytest.mark.parametrize("kind", TEXTS)
def test_time_grows_with_the_length(read_item: Read, kind: str) -> None:
    text = TEXTS[kind](LONG)
    read_item(text[: LONG // 20])  # so that what is looked up once is there
    # Of eight times the text; a square would take sixty-four times as long. The rest is for a busy machine.
    assert _seconds(read_item, text) < 24 * _seconds(read_item, text[: LONG // 8]) + 0.5


def _seconds(read_item: Read, text: str) -> float:
    started = time.process_time()
    read_item(text)
    return time.process_time() - started
