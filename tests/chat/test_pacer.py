"""The pacer in virtual time: no window is ever over the limits, and the pace is kept up."""

import random
from bisect import bisect_left
from collections import defaultdict
from heapq import heappop, heappush

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.chat.pacer import Pacer


def most_within(starts: list[float], window: float) -> int:
    """Return the most starts in any window that is open at its end."""
    ordered = sorted(starts)
    return max(bisect_left(ordered, start + window - 1e-9) - index for index, start in enumerate(ordered))


def test_three_hundred_private_chats_take_as_long_as_the_limit_says_and_no_longer() -> None:
    pacer = Pacer()
    starts = [pacer.reserve(chat_id, 0.0) for chat_id in range(1, 301)]
    assert most_within(starts, 1.0) <= 28
    assert max(starts) == pytest.approx(299 / 28)


def test_a_private_chat_gets_two_at_once_and_then_one_a_second() -> None:
    pacer = Pacer()
    starts = [pacer.reserve(1, 0.0) for _ in range(6)]
    assert starts[1] < 0.1
    assert starts[2:] == pytest.approx([1.0, 2.0, 3.0, 4.0])


def test_a_group_gets_one_in_three_seconds() -> None:
    pacer = Pacer()
    starts = [pacer.reserve(-1, 0.0) for _ in range(41)]
    assert most_within(starts, 60.0) <= 20
    assert max(starts) == pytest.approx(120.0)


def test_a_slow_group_holds_nobody_else_back() -> None:
    pacer = Pacer()
    for _ in range(20):
        pacer.reserve(-1, 0.0)
    assert pacer.reserve(2, 0.0) < 0.1


@given(st.lists(st.tuples(st.integers(-5, 40), st.floats(0, 0.5)), min_size=1, max_size=200))
def test_no_window_is_ever_over_a_limit(calls: list[tuple[int, float]]) -> None:
    pacer, now = Pacer(), 0.0
    by_chat: dict[int, list[float]] = defaultdict(list)
    for chat_id, pause in calls:
        now += pause
        start = pacer.reserve(chat_id, now)
        assert start >= now
        by_chat[chat_id].append(start)
    assert most_within([start for starts in by_chat.values() for start in starts], 1.0) <= 28
    for chat_id, starts in by_chat.items():
        assert most_within(starts, 3.0) <= (1 if chat_id < 0 else 5)
        assert starts == sorted(starts)  # the order within a chat is kept


def test_sixteen_senders_keep_the_limits_and_nearly_all_of_the_rate() -> None:
    seeded = random.Random(17)
    pacer, by_chat = Pacer(), defaultdict(list)
    free_at = [0.0] * 16
    for _ in range(20_000):
        now = heappop(free_at)
        chat_id = seeded.randrange(1, 5_000) if seeded.random() < 0.9 else -seeded.randrange(1, 500)
        start = pacer.reserve(chat_id, now)
        by_chat[chat_id].append(start)
        heappush(free_at, start + seeded.uniform(0.04, 0.1))
    starts = sorted(start for chats in by_chat.values() for start in chats)
    assert most_within(starts, 1.0) <= 28
    assert all(most_within(chats, 60.0) <= (20 if chat_id < 0 else 62) for chat_id, chats in by_chat.items())
    assert starts[-1] <= 20_000 / 28 / 0.95


def test_a_refused_chat_waits_and_the_others_do_not() -> None:
    pacer = Pacer()
    assert pacer.refused(1, 30.0, now=0.0) is False
    assert pacer.reserve(1, 0.0) >= 30.0
    assert pacer.reserve(2, 0.0) < 0.1
    assert pacer.held_until(1, 10.0) == 30.0
    assert pacer.held_until(2, 10.0) == 10.0


def test_two_refused_chats_hold_everyone() -> None:
    pacer = Pacer()
    pacer.refused(1, 30.0, now=0.0)
    assert pacer.refused(2, 20.0, now=1.0) is True
    assert pacer.reserve(3, 1.0) >= 21.0


def test_one_chat_refused_twice_is_only_itself() -> None:
    pacer = Pacer()
    pacer.refused(1, 5.0, now=0.0)
    assert pacer.refused(1, 5.0, now=6.0) is False


def test_quiet_chats_are_forgotten() -> None:
    pacer = Pacer()
    for chat_id in range(1, 1_000):
        pacer.reserve(chat_id, 0.0)
    pacer.reserve(1, 1_000.0)
    assert len(pacer._chats) == 1
    assert len(pacer._row) == 1
