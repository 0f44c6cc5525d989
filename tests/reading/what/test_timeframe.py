from collections.abc import Callable
from datetime import UTC, datetime

import pytest

from bot.lexicon import Lexicon
from bot.reading.timeframe import occurred, sentence_frames

FRAMES = [
    ("en", "Troops crossed the river this morning.", "current"),
    ("en", "Gunmen struck on Tuesday.", "current"),
    ("en", "The coup took place in 2021.", "background"),
    ("en", "In March 2021, a mortar round and two rockets killed nine people.", "background"),
    ("en", "Ten people died there five years ago.", "background"),
    ("en", "The bridge fell on 3 March.", "background"),
    ("en", "The storm will make landfall tomorrow.", "forecast"),
    ("en", "It is the deadliest attack since 2012.", "current"),
    ("en", "Elections are due on 2 October.", "forecast"),
    ("fr", "Des tirs ont été entendus ce matin.", "current"),
    ("fr", "Le putsch a eu lieu en 2021.", "background"),
    ("fr", "En mars 2021, un obus avait fait neuf morts et vingt blessés.", "background"),
    ("fr", "L'attaque remonte au 3 mars.", "background"),
    ("fr", "Le cyclone devrait toucher la côte demain.", "forecast"),
    ("fr", "C'est l'attaque la plus meurtrière depuis 2012.", "current"),
    ("fr", "Il y a cinq ans, la ville avait été inondée.", "background"),
]


@pytest.mark.parametrize(("language", "text", "frame"), FRAMES)
def test_the_sentence_has_its_frame(what: Callable, lexicon: Lexicon, language: str, text: str, frame: str) -> None:
    assert sentence_frames(what(text, language).document, lexicon) == (frame,)


@pytest.mark.parametrize(
    ("language", "text", "day"),
    [
        ("en", "The attack happened on Monday.", 16),
        ("en", "The attack happened yesterday.", 16),
        ("en", "Shots were heard early on 15 September.", 15),
        ("fr", "L'attaque a eu lieu lundi.", 16),
        ("fr", "L'attaque a eu lieu hier.", 16),
    ],
)
def test_the_day_is_told_against_publication(
    what: Callable, lexicon: Lexicon, language: str, text: str, day: int
) -> None:
    assert occurred(what(text, language).document, lexicon) == datetime(2024, 9, day, tzinfo=UTC)


def test_without_a_date_of_publication_no_day_is_known(what: Callable, lexicon: Lexicon) -> None:
    document = what("The attack happened on Monday.", published_at=None).document
    assert occurred(document, lexicon) is None


def test_without_a_date_of_publication_a_named_year_is_still_the_past(what: Callable) -> None:
    assert what("The coup in 2021 changed little.", published_at=None).told() == set()
