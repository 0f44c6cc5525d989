"""T-F6: no text makes a regular expression of the program slow. Every one that a module keeps is tried by itself."""

import re
import signal
from collections import deque
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from importlib import import_module
from pkgutil import walk_packages
from time import process_time
from types import FrameType
from typing import Any

import pytest

import bot

LENGTH = 4_000
QUICK_S = 0.003  # what needs no more for LENGTH cannot grow with the square of it
RATIO = 2.5  # times longer for a text twice as long; 4 would be the square
LONGEST_S = 0.3
ENOUGH_S = 0.1  # for the longest text that a bounded pattern ever sees

# Patterns whose time grows faster than the text that is searched, and why that harms nobody: how they are used, and the
# longest text that they are used on.
BOUNDED: Mapping[str, tuple[str, int]] = {
    "bot.chat.callbacks._FORM": ("fullmatch", 64),  # callback data
    "bot.chat.subjects.watching._RADIUS": ("fullmatch", 4_096),  # a message
    "bot.feeds.east_asia._CHINESE": ("match", 500),  # a title
    "bot.feeds.us_state._TITLE": ("match", 500),
    "bot.feeds.guard._BEFORE_ROOT": ("match", 20_000),  # HEAD
    "bot.reading.sentences._LAST_WORD": ("search", 21),  # the twenty characters before a stop
    "bot.reading.sentences._INITIALS": ("fullmatch", 21),
    "bot.reading.sentences._FIRST_WORD": ("match", 20_000),  # a text
    **{f"bot.reading.suffixes._OWNED{number}": ("fullmatch", 20_000) for number in ("", "[1]", "[2]", "[3]")},
}

UNITS = (
    *"a1 \n\t.-([<\"'éяا;&A!~", "– ", ", ", ". ", ": ", "1,", "1.", "1 ", "a.", "a-", "a ", "a:", "a'", "#a", "а ",
    "A B ", "/", "<a ", "<a x='", '<a x="', "<!--", "<?", "<![", "</", "&#", "http://", "-- ", "a\u0301", "a\u064b",
    "the ", "of the ",
)  # fmt: skip


Pattern = re.Pattern[str] | re.Pattern[bytes]


class TooSlow(Exception):  # noqa: N818 - names what is met
    """The pattern was stopped."""


@contextmanager
def stopped_after(seconds: float) -> Iterator[None]:
    def stop(_number: int, _frame: FrameType | None) -> None:
        raise TooSlow

    former = signal.signal(signal.SIGALRM, stop)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, former)


def patterns_of(value: object, depth: int = 3) -> Iterator[Pattern]:
    """Give the patterns in a value: itself, or what its containers hold."""
    if isinstance(value, re.Pattern):
        yield value
    elif depth and isinstance(value, (tuple, list, set, frozenset)):
        for one in value:
            yield from patterns_of(one, depth - 1)
    elif depth and isinstance(value, dict):
        for one in value.values():
            yield from patterns_of(one, depth - 1)


def registry() -> dict[str, Pattern]:
    """Return every pattern that a module of the program keeps, by its name."""
    found: dict[str, Pattern] = {}
    for module in walk_packages(bot.__path__, "bot."):
        if "migrations" in module.name or module.name.endswith("__main__"):
            continue
        for name, value in vars(import_module(module.name)).items():
            for number, pattern in enumerate(patterns_of(value)):
                if pattern not in found.values():
                    found[f"{module.name}.{name}" + (f"[{number}]" if number else "")] = pattern
    return found


PATTERNS = registry()


def units_for(pattern: Pattern) -> list[str]:
    """Return what texts are made of: the usual, and the pattern's own words."""
    written = pattern.pattern if isinstance(pattern.pattern, str) else pattern.pattern.decode()
    words = list(dict.fromkeys(re.findall(r"[^\W\d_]{3,}", written)))[:30]
    return [*UNITS, *(f"{word} " for word in words), *(f"<{word} " for word in words[:8])]


def cost(pattern: Pattern, unit: str, length: int, *, tries: int = 1, use: str = "finditer") -> float:
    """Return the seconds of processor time that it takes in a text of that unit, LONGEST_S if more.

    `use` is the pattern's method; "finditer" finds all that there is.
    """
    text = (unit * (length // len(unit) + 1))[: length - 1] + "~"
    written: Any = text.encode() if isinstance(pattern.pattern, bytes) else text
    best = LONGEST_S
    for _ in range(tries):
        begun = process_time()
        try:
            with stopped_after(LONGEST_S):
                found = getattr(pattern, use)(written)
                if use == "finditer":
                    deque(found, maxlen=0)
        except TooSlow:
            return LONGEST_S
        best = min(best, process_time() - begun)
    return best


def slow_units(pattern: Pattern) -> list[str]:
    """Return the first unit with which the time grows faster than the text."""
    for unit in units_for(pattern):
        if cost(pattern, unit, LENGTH) <= QUICK_S:
            continue
        once = cost(pattern, unit, LENGTH, tries=3)
        if once >= LONGEST_S or (once > QUICK_S and cost(pattern, unit, 2 * LENGTH, tries=3) > RATIO * once):
            return [unit]
    return []


def test_the_test_sees_a_pattern_that_takes_the_square() -> None:
    assert slow_units(re.compile(r"\s+$"))
    assert slow_units(re.compile(r"(?:a+)+b"))
    assert not slow_units(re.compile(r"(?<!\s)\s++x|[a-z]{1,20}:"))


def test_there_are_patterns() -> None:
    assert len(PATTERNS) > 100
    assert not BOUNDED.keys() - PATTERNS.keys(), "a pattern that is gone needs no exception"


@pytest.mark.parametrize("name", [name for name in PATTERNS if name not in BOUNDED])
def test_time_grows_with_the_text_and_no_faster(name: str) -> None:
    assert slow_units(PATTERNS[name]) == []


@pytest.mark.parametrize("name", BOUNDED)
def test_what_grows_faster_is_quick_on_the_longest_text_that_reaches_it(name: str) -> None:
    use, longest = BOUNDED[name]
    pattern = PATTERNS[name]
    assert max(cost(pattern, unit, longest, tries=2, use=use) for unit in units_for(pattern)) <= ENOUGH_S
