"""Turns: urgent first, and a fair share for those below."""

from collections import Counter

from bot.model.alert import Lane
from bot.services.lanes import Turns

ALL = tuple(Lane)


def served(*waiting: Lane, turns: int = 4000) -> Counter[Lane]:
    mine, count = Turns(), Counter[Lane]()
    for _ in range(turns):
        lane = mine.first(waiting)
        mine.took(lane)
        count[lane] += 1
    return count


def test_who_waits_alone_gets_every_turn() -> None:
    assert all(served(lane) == {lane: 4000} for lane in Lane)


def test_replies_leave_every_second_turn_to_the_alerts() -> None:
    assert served(Lane.REPLY, Lane.EXTREME) == {Lane.REPLY: 2000, Lane.EXTREME: 2000}


def test_extreme_leaves_one_turn_in_twenty_to_all_below_together() -> None:
    share = served(Lane.EXTREME, Lane.SEVERE, Lane.REST)
    assert share[Lane.EXTREME] == 3800
    assert share[Lane.SEVERE] == 190
    assert share[Lane.REST] == 10


def test_every_lane_that_waits_is_served_in_the_end() -> None:
    assert set(served(*ALL, turns=20_000)) == set(ALL)


def test_what_was_owed_to_nobody_is_not_owed_for_ever() -> None:
    turns = Turns()
    for _ in range(100):
        turns.took(Lane.EXTREME)
    assert turns.first(ALL[1:]) is Lane.SEVERE
    turns.nobody(Lane.SEVERE)
    assert turns.first(ALL[1:]) is Lane.EXTREME
