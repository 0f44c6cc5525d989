from dataclasses import replace
from statistics import correlation, fmean

from builders import BAMAKO, MALI, at, watch

from bot.alerts.order import in_order
from bot.model.alert import Alert, AlertReason
from bot.model.assessment import Severity
from bot.model.watch import Match


def alert(chat_id: int, *, km: float | None = None, why: str = "near", event_id: str = "event-1") -> Alert:
    match = Match(watch=watch(MALI, chat_id=chat_id), why=why, place=BAMAKO, distance_km=km)
    return Alert(
        key=f"{chat_id}:{event_id}:first", chat_id=chat_id, event_id=event_id, event_version=1,
        reason=AlertReason.FIRST, severity=Severity.SEVERE, silent=False, match=match, created_at=at(0),
        expires_at=at(24),
    )  # fmt: skip


def chats(alerts: tuple[Alert, ...]) -> list[int]:
    return [one.chat_id for one in alerts]


def test_who_is_near_hears_before_who_is_far_and_before_who_watches_the_country() -> None:
    mixed = [alert(1, why="in-country"), alert(2, km=80), alert(3, km=2), alert(4, km=31)]
    assert chats(in_order(mixed)) == [3, 4, 2, 1]


def test_whose_airport_is_shut_hears_with_the_nearest() -> None:
    mixed = [alert(1, km=55), alert(2, why="airport-state", km=0), alert(3, why="nationwide")]
    assert chats(in_order(mixed)) == [2, 1, 3]


def test_a_hundred_metres_decide_nothing() -> None:
    firsts = {
        chats(in_order([alert(1, km=3.0, event_id=f"e{n}"), alert(2, km=3.1, event_id=f"e{n}")]))[0] for n in range(20)
    }
    assert firsts == {1, 2}


def test_over_twenty_events_nobody_is_always_last() -> None:
    ranks = [
        {one: rank for rank, one in enumerate(chats(in_order(alert(n, event_id=f"event-{e}") for n in range(300))))}
        for e in range(20)
    ]
    pairs = [
        correlation([one[n] for n in range(300)], [other[n] for n in range(300)])
        for place, one in enumerate(ranks)
        for other in ranks[place + 1 :]
    ]
    assert abs(fmean(pairs)) <= 0.1
    assert max(fmean(rank[n] for rank in ranks) for n in range(300)) <= 0.8 * 300


def test_the_order_is_the_same_whenever_it_is_asked_for() -> None:
    some = [alert(n) for n in range(50)]
    assert in_order(some) == in_order(reversed(some))
    assert in_order([replace(some[0])]) == (some[0],)
