"""Events of one severity take turns, and within an event the order is that of the alerts."""

from collections import Counter
from datetime import datetime, timedelta

from builders import at
from contract.outbox_builders import LEASE, alert, decision, sent, waiting

from bot.model.alert import Alert, AlertReason
from bot.model.assessment import Severity
from bot.services.ports import Claimed, Store


def fan_out(event_id: str, chats: range, **fields: object) -> list[Alert]:
    return [alert(chat_id=chat_id, event_id=event_id, **fields) for chat_id in chats]  # type: ignore[arg-type]


async def served(store: Store, number: int, *, now: datetime | None = None) -> list[Claimed]:
    """Send so many rows, four at a time; return them in the order in which they were claimed."""
    now, done = now or at(1), list[Claimed]()
    while len(done) < number:
        claimed = await store.claim("me", now, min(4, number - len(done)), LEASE)
        for one in claimed:
            await store.settle(one, sent(), now)
        done += claimed
        assert claimed, "the line ended too soon"
    return done


def events(claimed: list[Claimed]) -> Counter[str]:
    return Counter(one.event.id for one in claimed)


async def test_three_events_are_told_in_turn_each_in_its_own_order(store: Store) -> None:
    await waiting(
        store, *fan_out("event-1", range(1, 41)), *fan_out("event-2", range(101, 141), hours=0.1),
        *fan_out("event-3", range(201, 241), hours=0.2),
    )  # fmt: skip
    done = await served(store, 60)
    assert events(done) == {"event-1": 20, "event-2": 20, "event-3": 20}
    assert [one.chat.id for one in done[:6]] == [1, 101, 201, 2, 102, 202]
    for event_id in events(done):
        of_it = [one.chat.id for one in done if one.event.id == event_id]
        assert of_it == sorted(of_it)


async def test_an_event_that_comes_later_neither_waits_for_all_of_the_first_nor_overtakes_it(store: Store) -> None:
    await waiting(store, *fan_out("event-1", range(1, 101)))
    await served(store, 40)
    under_way = await store.claim("me", at(1), 4, LEASE)
    await waiting(store, *fan_out("event-2", range(201, 301), hours=0.5))
    for one in under_way:
        await store.settle(one, sent(), at(1))
    count = events(await served(store, 40))
    assert abs(count["event-1"] - count["event-2"]) <= 6


async def test_so_it_is_where_nothing_is_on_its_way_when_it_comes(store: Store) -> None:
    await waiting(store, *fan_out("event-1", range(1, 101)))
    await served(store, 40)
    await waiting(store, *fan_out("event-2", range(201, 301), hours=0.5))
    assert events(await served(store, 40)) == {"event-1": 20, "event-2": 20}


async def test_an_event_that_is_told_in_parts_gets_one_share_and_keeps_its_order(store: Store) -> None:
    await waiting(store, *fan_out("event-2", range(201, 251)))
    for part in (range(1, 21), range(21, 41), range(41, 51)):
        await waiting(store, *fan_out("event-1", part))
    done = await served(store, 80)
    assert events(done) == {"event-1": 40, "event-2": 40}
    assert [one.chat.id for one in done if one.event.id == "event-1"] == list(range(1, 41))


async def test_what_waits_for_the_morning_gives_no_other_event_a_start(store: Store) -> None:
    await waiting(store, *fan_out("event-3", range(401, 411), not_before=at(9)))
    await waiting(store, *fan_out("event-1", range(1, 101)))
    await served(store, 40)
    await waiting(store, *fan_out("event-2", range(201, 301), hours=0.5))
    assert events(await served(store, 40)) == {"event-1": 20, "event-2": 20}


async def test_a_first_alert_that_is_lifted_by_its_escalation_takes_the_turn_of_the_escalation(store: Store) -> None:
    """Else it would stand among the extreme alerts where it stood among the severe ones: at their end."""
    await waiting(store, *fan_out("event-1", range(1, 51)))
    await waiting(store, *fan_out("event-2", range(101, 121), severity=Severity.EXTREME))
    graver = alert("escalation-extreme", chat_id=50, severity=Severity.EXTREME, hours=0.1)
    await store.commit([decision(alerts=(graver,), when=at(0.1))])
    first = await store.claim("me", at(0.1) + timedelta(minutes=1), 4, LEASE)
    assert "50:event-1:first" in [one.alert.key for one in first]


async def test_a_graver_first_alert_is_an_escalation_to_who_was_sent_the_first_one_while_it_was_judged(
    store: Store,
) -> None:
    await waiting(store, *fan_out("event-1", range(1, 4)))
    (under_way,) = await store.claim("me", at(0), 1, LEASE)
    graver = [
        alert("first:extreme", chat_id=chat_id, severity=Severity.EXTREME, reason=AlertReason.FIRST, hours=0.1)
        for chat_id in (1, 2, 3)
    ]
    await store.commit([decision(alerts=tuple(graver), when=at(0.1))])
    await store.settle(under_way, sent(77), at(0.1))
    done = await served(store, 3)
    assert [(one.chat.id, one.alert.reason, one.message_id) for one in sorted(done, key=lambda one: one.chat.id)] == [
        (1, AlertReason.ESCALATION, 77), (2, AlertReason.FIRST, None), (3, AlertReason.FIRST, None),
    ]  # fmt: skip
    assert {one.alert.key for one in done} >= {"1:event-1:escalation:extreme", "2:event-1:first:extreme"}
