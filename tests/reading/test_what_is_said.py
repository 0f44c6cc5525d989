"""What a text says, language by language: hazards, states, time, denial, counts, and what only sounds like danger.

The sentences stand in `<language>/what.toml`: `alerted` and `silent` are judged whole, `states` are [sentence, target,
cue], `counts` [sentence, kind, low, high], `frames` [sentence, time frame], `denied` what is asserted of nothing.
"""

import tomllib
from collections.abc import Callable
from pathlib import Path

import pytest
from reading_languages import Understand, configured_books, understanding_in

from bot.model.reading import Polarity, TimeFrame

LANGUAGES = ("es", "fr", "pt", "ru")
CASES = {code: tomllib.loads((Path(__file__).parent / code / "what.toml").read_text("utf-8")) for code in LANGUAGES}


def rows(table: str) -> list[tuple[object, ...]]:
    """Return the cases of a table, each with its language first."""
    return [(code, *([case] if isinstance(case, str) else case)) for code in LANGUAGES for case in CASES[code][table]]


@pytest.fixture(scope="module")
def understood_in() -> Callable[[str], Understand]:
    books = configured_books()
    return lambda language: understanding_in(language, books)


@pytest.mark.parametrize(("language", "hazard", "text"), rows("alerted"))
def test_a_danger_is_alerted_by_its_kind(
    understood_in: Callable[[str], Understand], language: str, hazard: str, text: str
) -> None:
    main = understood_in(language)(text).assessments[0]
    assert (main.alertable, str(main.hazard)) == (True, hazard)


@pytest.mark.parametrize(("language", "text"), rows("silent"))
def test_what_only_sounds_like_danger_is_silent(
    understood_in: Callable[[str], Understand], language: str, text: str
) -> None:
    assert not any(each.alertable for each in understood_in(language)(text).assessments)


@pytest.mark.parametrize(("language", "text", "target", "cue"), rows("states"))
def test_a_state_is_told(
    understood_in: Callable[[str], Understand], language: str, text: str, target: str, cue: str
) -> None:
    statuses = understood_in(language)(text).reading.statuses
    assert (target, cue) in {(str(m.target), str(m.cue)) for m in statuses if m.polarity is not Polarity.NEGATED}


@pytest.mark.parametrize(
    ("language", "text", "count"), [(code, text, tuple(count)) for code, text, *count in rows("counts")]
)
def test_people_and_sizes_are_counted(
    understood_in: Callable[[str], Understand], language: str, text: str, count: tuple[str, float, float]
) -> None:
    assert count in {(str(m.kind), m.low, m.high) for m in understood_in(language)(text).reading.impacts}


@pytest.mark.parametrize(("language", "text", "frame"), rows("frames"))
def test_the_hazard_has_its_time(
    understood_in: Callable[[str], Understand], language: str, text: str, frame: str
) -> None:
    hazards = understood_in(language)(text).reading.hazards
    assert hazards
    assert {mention.time_frame for mention in hazards} == {TimeFrame(frame)}


@pytest.mark.parametrize(("language", "text"), rows("denied"))
def test_what_is_denied_is_not_asserted(understood_in: Callable[[str], Understand], language: str, text: str) -> None:
    hazards = understood_in(language)(text).reading.hazards
    assert all(mention.polarity is Polarity.NEGATED for mention in hazards)
