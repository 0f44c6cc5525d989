"""T-F1: feeds that are mangled in any way are items or a plain refusal, each within 200 ms of processor time."""

from random import Random
from time import process_time

import pytest
from feeds.test_hostile import mangled, read
from support.seeds import drawn

LONGEST_S = 0.2


def slowest_of(number: int) -> float:
    """Read that many mangled feeds, each by two decoders; return the longest that one took."""
    seed, slowest = drawn(), 0.0
    chance = Random(seed)
    read(mangled(0))  # what is compiled at first use is no part of it
    for _ in range(number):
        which = chance.randrange(2**31)
        begun = process_time()
        for item in read(mangled(which)):
            assert item.title or item.text, f"{which}, seed {seed}"
        slowest = max(slowest, process_time() - begun)
        assert slowest <= LONGEST_S, f"{which}, seed {seed}"
    return slowest


def test_five_hundred_mangled_feeds_are_read_in_time() -> None:
    assert slowest_of(500) > 0


@pytest.mark.heavy
def test_twenty_thousand_mangled_feeds_are_read_in_time() -> None:
    print(f"slowest {slowest_of(20_000) * 1000:.0f} ms")  # noqa: T201
