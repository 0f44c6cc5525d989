from datetime import timedelta

import pytest
from builders import MALI, at, chat, event, watch

from bot.model.alert import Alert, AlertReason, Delivery, Never, Sent, TryLater, Unknown
from bot.model.assessment import Severity
from bot.model.watch import Match
from bot.services.ports import Claimed
from bot.services.retry import settlement


def claimed(*, severity: Severity = Severity.SEVERE, attempt: int = 1, ambiguous: int = 0) -> Claimed:
    alert = Alert(
        key="1:event-1:first", chat_id=1, event_id="event-1", event_version=1, reason=AlertReason.FIRST,
        severity=severity, silent=False, match=Match(watch=watch(MALI), why="inside", place=MALI),
        created_at=at(0), expires_at=at(24),
    )  # fmt: skip
    return Claimed(alert=alert, chat=chat(), event=event(), attempt=attempt, ambiguous=ambiguous)


def test_what_was_sent_is_settled_with_its_message() -> None:
    done = settlement(claimed(), Sent(77), at(0))
    assert (done.state, done.message_id) == (Delivery.SENT, 77)


def test_what_was_certainly_not_sent_is_tried_again_without_limit() -> None:
    for attempt in (1, 5, 500):
        later = settlement(claimed(attempt=attempt), TryLater(at(0), "no route"), at(0))
        assert later.state is Delivery.NEW
        assert later.next_at is not None
        assert at(0) < later.next_at <= at(0) + timedelta(minutes=5)


def test_the_messengers_own_wait_is_kept() -> None:
    assert settlement(claimed(), TryLater(at(1), "flood"), at(0)).next_at == at(1)


@pytest.mark.parametrize(("severity", "repeats"), [
    (Severity.EXTREME, 2), (Severity.SEVERE, 2), (Severity.MODERATE, 1), (Severity.MINOR, 1),
])  # fmt: skip
def test_what_may_have_arrived_is_repeated_twice_at_most_and_lower_ones_once(severity: Severity, repeats: int) -> None:
    states = [
        settlement(claimed(severity=severity, attempt=1 + n, ambiguous=n), Unknown("no answer"), at(0)).state
        for n in range(repeats + 1)
    ]
    assert states == [Delivery.AMBIGUOUS] * repeats + [Delivery.UNKNOWN]


def test_a_repeat_comes_within_one_or_two_seconds() -> None:
    again = settlement(claimed(), Unknown("no answer"), at(0)).next_at
    assert again is not None
    assert timedelta(seconds=1) <= again - at(0) <= timedelta(seconds=2)


def test_what_never_can_be_sent_is_dead_but_a_moved_chat_is_tried_at_once() -> None:
    assert settlement(claimed(), Never("blocked", chat_gone=True), at(0)).state is Delivery.DEAD
    moved = settlement(claimed(), Never("moved", moved_to=-100), at(0))
    assert (moved.state, moved.next_at) == (Delivery.NEW, at(0))
