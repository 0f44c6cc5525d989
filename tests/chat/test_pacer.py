"""The pacer by itself, its time made by hand: no window is ever over the limits, and the pace is kept up."""

from collections import defaultdict
from itertools import pairwise
from math import inf
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.virtual_telegram import most_within

from bot.chat.pacer import Call, Pacer
from bot.model.alert import Lane

Asked = tuple[float, int | None, Lane]


def started(pacer: Pacer, *asked: Asked, since: float = 0.0) -> list[tuple[float, Call]]:
    """Ask at those times, and return who started when."""
    todo, now, got = sorted(asked, key=lambda one: one[0]), since, list[tuple[float, Call]]()
    while len(got) < len(asked):
        while todo and todo[0][0] <= now:
            _, chat_id, lane = todo.pop(0)
            pacer.ask(Call(lane, chat_id))
        found = pacer.grant(now)
        if isinstance(found, Call):
            got.append((now, found))
        else:
            now = min(found, todo[0][0] if todo else inf)
    return got


def times(pacer: Pacer, *asked: Asked) -> list[float]:
    return [at for at, _ in started(pacer, *asked)]


def to(chat_id: int, *, lane: Lane = Lane.REST, times: int = 1, at: float = 0.0) -> list[Asked]:
    return [(at, chat_id, lane)] * times


def test_three_hundred_private_chats_take_as_long_as_the_limit_says_and_no_longer() -> None:
    starts = times(Pacer(), *(one for chat_id in range(1, 301) for one in to(chat_id)))
    assert most_within(starts, 1.0) <= 29
    assert max(starts) == pytest.approx(299 / 28, abs=0.3)


def test_starts_are_spaced_evenly_and_not_bunched_at_the_beginning_of_each_second() -> None:
    starts = times(Pacer(), *(one for chat_id in range(1, 1001) for one in to(chat_id)))[100:]
    assert {round(later - sooner, 6) for sooner, later in pairwise(starts)} == {round(1 / 28, 6)}


def test_a_private_chat_gets_two_at_once_and_then_one_a_second() -> None:
    starts = times(Pacer(), *to(1, times=6))
    assert starts[1] < 0.1
    assert starts[2:] == pytest.approx([1.0, 2.0, 3.0, 4.0])


def test_a_group_gets_one_alert_in_three_seconds() -> None:
    starts = times(Pacer(), *to(-1, times=41))
    assert most_within(starts, 60.0) <= 20
    assert max(starts) == pytest.approx(120.0)


def test_who_presses_buttons_in_a_group_waits_a_moment_not_three_seconds_and_the_minute_keeps_its_limit() -> None:
    starts = times(Pacer(), *to(-1, lane=Lane.REPLY, times=41))
    assert starts[4] < 0.2
    assert most_within(starts, 60.0) <= 20


def test_a_slow_group_holds_nobody_else_back() -> None:
    got = started(Pacer(), *to(-1, times=20), *to(2))
    assert next(at for at, call in got if call.chat_id == 2) < 0.1


def test_a_reply_overtakes_every_alert_that_waits() -> None:
    waiting = [one for chat_id in range(1, 101) for one in to(chat_id, lane=Lane.EXTREME)]
    got = started(Pacer(), *waiting, *to(500, lane=Lane.REPLY, at=1.0))
    assert next(at for at, call in got if call.chat_id == 500) - 1.0 <= 0.1


def test_a_crowd_that_asks_leaves_the_alerts_half_of_the_starts() -> None:
    crowd = [one for chat_id in range(1, 201) for one in to(chat_id, lane=Lane.REPLY)]
    urgent = [one for chat_id in range(201, 301) for one in to(chat_id, lane=Lane.EXTREME)]
    got = started(Pacer(), *crowd, *urgent)
    assert max(at for at, call in got if call.lane is Lane.EXTREME) == pytest.approx(200 / 28, abs=0.3)


def test_the_rest_keeps_a_twentieth_while_extreme_alerts_wait() -> None:
    waiting = [one for chat_id in range(1, 401) for one in to(chat_id, lane=Lane.EXTREME)]
    rest = [one for chat_id in range(401, 501) for one in to(chat_id)]
    first = [call.lane for _, call in started(Pacer(), *waiting, *rest)][:400]
    assert first.count(Lane.REST) == 20


def test_paid_alerts_have_a_row_of_their_own_beside_the_replies() -> None:
    asked = [one for chat_id in range(1, 1001) for one in to(chat_id)]
    people = [one for chat_id in range(2001, 2057) for one in to(chat_id, lane=Lane.REPLY)]
    got = started(Pacer(paid_per_second=1000), *asked, *people)
    assert max(at for at, call in got if call.lane is Lane.REST) == pytest.approx(0.999, abs=0.3)
    assert most_within([at for at, call in got if call.lane is Lane.REPLY], 1.0) <= 29


@given(st.lists(st.tuples(st.integers(-5, 40), st.floats(0, 0.5), st.sampled_from(Lane)), min_size=1, max_size=200))
def test_no_window_is_ever_over_a_limit(calls: list[tuple[int, float, Lane]]) -> None:
    now, asked = 0.0, list[Asked]()
    for chat_id, pause, lane in calls:
        now += pause
        asked.append((now, chat_id, lane))
    got = started(Pacer(), *asked)
    by_chat: dict[int, list[float]] = defaultdict(list)
    for at, call in got:
        by_chat[call.chat_id or 0].append(at)
    assert most_within([at for at, _ in got], 1.03) <= 29
    for chat_id, starts in by_chat.items():
        if chat_id:  # 0 is a chat like any other to the library, and none to us
            assert most_within(starts, 60.0) <= (20 if chat_id < 0 else 61)
            assert most_within(starts, 3.0) <= 5


@given(st.lists(st.tuples(st.integers(1, 4), st.floats(0, 0.5), st.sampled_from(Lane)), min_size=1, max_size=60))
def test_calls_of_one_chat_and_lane_start_in_the_order_in_which_they_asked(
    calls: list[tuple[int, float, Lane]],
) -> None:
    pacer, asked, order, now = Pacer(), list[Call](), list[Call](), 0.0
    for chat_id, pause, lane in calls:
        call = Call(lane, chat_id)
        pacer.ask(call)
        asked.append(call)
        now += pause
        found = pacer.grant(now)
        if isinstance(found, Call):
            order.append(found)
    while len(order) < len(asked):
        found = pacer.grant(now)
        if isinstance(found, Call):
            order.append(found)
        else:
            now = found
    for line in {(call.chat_id, call.lane) for call in asked}:
        mine = [call for call in asked if (call.chat_id, call.lane) == line]
        assert [call for call in order if (call.chat_id, call.lane) == line] == mine


@pytest.mark.parametrize(("often", "late"), [(1.0, 0.008), (0.1, 0.04)])
def test_a_machine_that_wakes_us_late_slows_the_pace_down_by_little_and_is_no_reason_to_crowd(
    often: float, late: float
) -> None:
    pacer, dice, now, starts = Pacer(), Random(3), 0.0, list[float]()
    for chat_id in range(1, 4001):
        pacer.ask(Call(Lane.REST, chat_id))
    while now < 100.0:
        found = pacer.grant(now)
        if isinstance(found, Call):
            starts.append(now)
        else:
            now = found + (late if dice.random() < often else 0.0)
    assert len(starts) >= 27 * 100
    assert most_within(starts, 1.03) <= 29
    assert min(later - sooner for sooner, later in pairwise(starts)) >= 0.5 / 28 - 1e-9


def test_a_refused_chat_waits_and_the_others_do_not() -> None:
    pacer = Pacer()
    assert pacer.refused(1, 30.0, now=0.0) is False
    got = started(pacer, *to(1), *to(2))
    assert {call.chat_id: at for at, call in got} == {1: 30.0, 2: 0.0}
    assert pacer.held_until(1, 10.0) == 30.0
    assert pacer.held_until(2, 10.0) == 10.0
    assert pacer.resting(10.0) == {1}


def test_a_refused_chat_is_written_to_half_as_often_afterwards() -> None:
    pacer = Pacer()
    pacer.refused(1, 30.0, now=0.0)
    assert times(pacer, *to(1, times=4)) == pytest.approx([30.0, 31.0, 33.0, 35.0])


def test_one_refused_chat_does_not_slow_the_others_down() -> None:
    pacer = Pacer()
    pacer.refused(1, 30.0, now=0.0)
    assert pacer.rate(0.0) == 28.0


def test_two_refused_chats_hold_everyone() -> None:
    pacer = Pacer()
    pacer.refused(1, 30.0, now=0.0)
    assert pacer.refused(2, 20.0, now=1.0) is True
    assert times(pacer, *to(3))[0] >= 21.0


def test_a_refused_token_goes_at_half_the_rate_for_a_minute_and_wins_it_back_slowly() -> None:
    pacer = Pacer()
    pacer.refused(1, 5.0, now=0.0)
    pacer.refused(2, 5.0, now=0.5)
    pacer.refused(3, 5.0, now=0.6)  # the same hold: it was under way already
    assert pacer.rate(60.0) == pytest.approx(14.0)
    assert pacer.rate(110.5) == pytest.approx(21.0)
    assert pacer.rate(200.0) == 28.0


def test_however_often_it_is_refused_it_never_stops_altogether() -> None:
    pacer = Pacer()
    for now in range(0, 1000, 2):
        pacer.refused(now, 1.0, now=float(now))
    assert pacer.rate(1000.0) == pytest.approx(28 / 8)


def test_one_chat_refused_twice_is_only_itself() -> None:
    pacer = Pacer()
    pacer.refused(1, 5.0, now=0.0)
    assert pacer.refused(1, 5.0, now=6.0) is False


def test_quiet_chats_are_forgotten() -> None:
    pacer = Pacer()
    started(pacer, *(one for chat_id in range(1, 1_000) for one in to(chat_id)))
    started(pacer, *to(1), since=1_000.0)
    assert len(pacer._chats) == 1
