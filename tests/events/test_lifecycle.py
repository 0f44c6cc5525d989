from itertools import product

import pytest
from builders import event, report

from bot.events.lifecycle import MOVES, IllegalMoveError, allowed, moved
from bot.model.event import ChangeKind, EventState

TWO_VOICES = (report("Sahel Wire"), report("Le Fleuve"))


def test_every_state_stands_in_the_table() -> None:
    assert set(MOVES) == set(EventState)


def test_nothing_follows_a_merger() -> None:
    merged = event(state=EventState.MERGED)
    for kind in ChangeKind:
        with pytest.raises(IllegalMoveError):
            moved(merged, kind)


def test_no_chain_of_moves_opens_an_event_of_one_voice() -> None:
    for state, kind in product(EventState, ChangeKind):
        if allowed(state, kind):
            assert moved(event(state=state), kind) is not EventState.OPEN


def test_two_voices_open_it() -> None:
    confirmed = event(state=EventState.UNCONFIRMED, reports=TWO_VOICES)
    assert moved(confirmed, ChangeKind.CONFIRMED) is EventState.OPEN


def test_an_ended_event_is_not_ended_again_nor_does_it_expire() -> None:
    over = event(state=EventState.ENDED, reports=TWO_VOICES)
    for kind in (ChangeKind.ENDED, ChangeKind.EXPIRED, ChangeKind.EASED):
        with pytest.raises(IllegalMoveError):
            moved(over, kind)


def test_an_expired_event_comes_back_when_it_is_reported_again() -> None:
    silent = event(state=EventState.EXPIRED, reports=TWO_VOICES)
    assert moved(silent, ChangeKind.UPDATED) is EventState.OPEN
    assert moved(silent, ChangeKind.NOTHING_NEW) is EventState.EXPIRED
