from dataclasses import replace
from datetime import timedelta

import pytest
from builders import GAO, at, chat, event
from contract.outbox_builders import LEASE, alert, ambiguous, changed, decision, sent, waiting

from bot.model.alert import AlertReason, Delivery
from bot.model.assessment import Severity
from bot.model.event import ChangeKind, EventState, News
from bot.model.watch import ChatState
from bot.services.ports import Claimed, Settlement, Store


async def claim(store: Store, hours: float = 1, limit: int = 8) -> tuple[Claimed, ...]:
    return await store.claim("me", at(hours), limit, LEASE)


def keys(claimed: tuple[Claimed, ...]) -> list[str]:
    return [one.alert.key for one in claimed]


async def state_of(store: Store, key: str) -> Delivery:
    """Return a first alert's state."""
    chat_id, event_id, _ = key.split(":")
    return (await store.told([event_id]))[int(chat_id), event_id].first


async def test_an_alert_goes_out_with_its_chat_and_its_event_as_it_is_now(store: Store) -> None:
    await waiting(store, alert())
    worse = changed(event(), ChangeKind.ESCALATED, severity=Severity.EXTREME)
    await store.commit([decision(worse)])

    (claimed,) = await claim(store)

    assert claimed.alert == alert()
    assert claimed.chat == chat()
    assert claimed.event == worse.after
    assert (claimed.attempt, claimed.ambiguous, claimed.message_id) == (1, 0, None)


async def test_the_same_thing_is_told_once_whatever_commits_it(store: Store) -> None:
    await waiting(store, alert(), alert(chat_id=2))

    again = decision(alerts=(alert(), alert(silent=True), alert("update-toll"), alert(chat_id=2)))

    assert await store.commit([again]) == 1
    assert await store.commit([again]) == 0
    assert sum((await store.outbox_counts()).values()) == 3


async def test_the_most_severe_goes_first_then_the_oldest(store: Store) -> None:
    await waiting(
        store,
        alert(chat_id=1, hours=0, severity=Severity.MODERATE),
        alert(chat_id=2, event_id="event-2", hours=0.5),
        alert(chat_id=3, hours=0.2),
        alert(chat_id=4, hours=0.9, severity=Severity.EXTREME),
        alert(chat_id=5, event_id="event-5", hours=0.2),
    )

    first, rest = await claim(store, limit=3), await claim(store, limit=3)

    assert [one.chat.id for one in (*first, *rest)] == [4, 3, 5, 2, 1]


async def test_an_extreme_alert_overtakes_a_long_line(store: Store) -> None:
    await waiting(store, *(alert(chat_id=number) for number in range(1, 300)))
    assert len(await claim(store, limit=8)) == 8
    await waiting(store, alert(chat_id=999, event_id="event-2", severity=Severity.EXTREME, hours=0.5))

    assert [one.chat.id for one in await claim(store, limit=1)] == [999]


async def test_a_chat_has_one_message_in_flight(store: Store) -> None:
    await waiting(store, alert(), alert(event_id="event-2"), alert(chat_id=2, event_id="event-2"))

    first = await claim(store)
    assert keys(first) == ["1:event-1:first", "2:event-2:first"]
    assert await claim(store) == ()

    await store.settle(first[0], sent(), at(1))
    assert keys(await claim(store)) == ["1:event-2:first"]


async def test_an_update_waits_for_the_first_alert_and_answers_it(store: Store) -> None:
    await waiting(store, alert(not_before=at(2)), alert("update-toll"))
    assert await claim(store, 1) == ()

    (first,) = await claim(store, 2)
    assert first.alert.reason is AlertReason.FIRST
    assert await claim(store, 2) == ()
    await store.settle(first, sent(4711), at(2))

    (update,) = await claim(store, 2)
    assert (update.alert.key, update.message_id) == ("1:event-1:update-toll", 4711)


async def test_an_update_answers_the_newest_first_alert_that_arrived(store: Store) -> None:
    await waiting(store, alert())
    for number, what in enumerate(["first:extreme", "first:7"]):
        (first,) = await claim(store)
        await store.commit([decision(alerts=(alert(what),))])
        await store.settle(first, sent(number), at(1))
    (last,) = await claim(store)
    await store.settle(last, Settlement(state=Delivery.DEAD, why="chat not found"), at(1))
    await store.commit([decision(alerts=(alert("update-toll"),))])

    (update,) = await claim(store)

    assert update.message_id == 1


@pytest.mark.parametrize("end", [Delivery.DEAD, Delivery.UNKNOWN])
async def test_an_update_goes_out_when_the_first_alert_has_ended_otherwise(store: Store, end: Delivery) -> None:
    await waiting(store, alert(), alert("update-toll"))
    (first,) = await claim(store)
    await store.settle(first, Settlement(state=end, why="no answer"), at(1))

    (update,) = await claim(store)

    assert (update.alert.key, update.message_id) == ("1:event-1:update-toll", None)


async def test_nothing_is_claimed_before_its_time(store: Store) -> None:
    await waiting(store, alert(not_before=at(5)))

    assert await store.next_due(at(1)) == at(5)
    assert await claim(store, 4.99) == ()
    assert len(await claim(store, 5)) == 1


async def test_chats_that_are_not_active_are_not_sent_to_until_they_are(store: Store) -> None:
    await waiting(store, alert())
    await store.save_chat(chat(state=ChatState.STOPPED))
    assert await claim(store) == ()
    assert await store.next_due(at(1)) is None

    await store.save_chat(chat())

    assert len(await claim(store)) == 1


async def test_what_is_out_of_time_expires_and_is_never_sent(store: Store) -> None:
    await waiting(store, alert(expires_at=at(3)), alert(chat_id=2))

    assert keys(await claim(store, 3)) == ["2:event-1:first"]

    assert await state_of(store, "1:event-1:first") is Delivery.EXPIRED
    assert (await store.told(["event-1"]))[1, "event-1"].severity is Severity.NONE


async def test_what_quiet_hours_hold_back_is_judged_on_waking(store: Store) -> None:
    await waiting(store, alert(not_before=at(8), expires_at=at(6)))
    await claim(store, 7)
    assert await state_of(store, "1:event-1:first") is Delivery.NEW

    assert await claim(store, 8) == ()

    assert await state_of(store, "1:event-1:first") is Delivery.EXPIRED


async def test_only_the_newest_edit_is_made(store: Store) -> None:
    await waiting(store, alert())
    (first,) = await claim(store)
    for version in (2, 3, 4):
        await store.commit([decision(alerts=(alert(f"edit-{version}"), alert(f"edit-{version}", chat_id=2)))])
    await store.settle(first, sent(), at(1))

    assert keys(await claim(store)) == ["1:event-1:edit-4"]
    assert (await store.outbox_counts())[Delivery.SUPERSEDED] == 4


async def test_an_edit_supersedes_no_update_and_no_other_event(store: Store) -> None:
    await waiting(store, alert("update-toll"), alert("edit-1", event_id="event-2"))

    await store.commit([decision(alerts=(alert("edit-2"),))])

    assert (await store.outbox_counts())[Delivery.SUPERSEDED] == 0


async def test_a_first_alert_that_cannot_wait_for_the_morning_takes_the_place_of_the_one_that_does(
    store: Store,
) -> None:
    await waiting(store, alert(not_before=at(8)), alert(chat_id=2, not_before=at(8)))

    await store.commit([decision(alerts=(alert("first:extreme", severity=Severity.EXTREME, hours=1),))])

    (now,) = await claim(store, 1)
    assert now.alert.key == "1:event-1:first:extreme"
    await store.settle(now, sent(9), at(1))
    assert keys(await claim(store, 9)) == ["2:event-1:first"], "the other chat slept on; this one is not told twice"
    told = (await store.told(["event-1"]))[1, "event-1"]
    assert (told.first, told.message_id) == (Delivery.SENT, 9)


async def test_a_first_alert_that_expired_is_followed_by_another_that_updates_answer(store: Store) -> None:
    await waiting(store, alert(expires_at=at(1)))
    assert await claim(store, 2) == ()
    await store.commit([decision(alerts=(alert("first:3", hours=2),))])
    (second,) = await claim(store, 2)
    await store.settle(second, sent(12), at(2))
    await store.commit([decision(alerts=(alert("update-toll", hours=2),))])

    (update,) = await claim(store, 2)

    assert update.message_id == 12
    assert (await store.told(["event-1"]))[1, "event-1"].first is Delivery.SENT


async def test_an_escalation_takes_its_first_alert_along_to_the_head_of_the_line(store: Store) -> None:
    await waiting(store, *(alert(chat_id=number) for number in range(1, 50)))
    await store.commit([decision(alerts=(alert("escalation-extreme", chat_id=49, severity=Severity.EXTREME),))])

    assert keys(await claim(store, limit=2)) == ["49:event-1:first", "1:event-1:first"]


async def test_what_was_certainly_not_sent_goes_again_unmarked(store: Store) -> None:
    await waiting(store, alert())
    (first,) = await claim(store)
    await store.settle(first, Settlement(state=Delivery.NEW, next_at=at(2), why="connection refused"), at(1))

    assert await store.next_due(at(1)) == at(2)
    (second,) = await claim(store, 2)
    assert (second.attempt, second.ambiguous) == (2, 0)


async def test_what_may_have_arrived_goes_again_and_is_counted(store: Store) -> None:
    await waiting(store, alert())
    for tries in range(3):
        (claimed,) = await claim(store, 1 + tries)
        assert (claimed.attempt, claimed.ambiguous) == (tries + 1, tries)
        assert await store.settle(claimed, ambiguous(at(2 + tries)), at(1 + tries))


async def test_an_older_attempt_changes_nothing(store: Store) -> None:
    await waiting(store, alert())
    (frozen,) = await store.claim("frozen", at(0), 8, LEASE)
    await store.recover("me", at(1))
    (mine,) = await claim(store)

    assert not await store.settle(frozen, sent(1), at(1))
    assert not await store.settle(frozen, Settlement(state=Delivery.DEAD), at(1))

    assert await store.settle(mine, sent(2), at(1))
    assert not await store.settle(mine, sent(3), at(1)), "settled is settled"
    assert (await store.told(["event-1"]))[1, "event-1"].message_id == 2


async def test_an_answer_that_comes_after_the_lease_but_before_another_try_is_the_truth(store: Store) -> None:
    await waiting(store, alert(), alert(chat_id=2))
    first, second = await claim(store)
    await store.recover("me", at(2))

    assert await store.settle(first, sent(), at(2))
    assert await store.settle(second, Settlement(state=Delivery.NEW, next_at=at(3), why="refused"), at(2))

    (again,) = await claim(store, 3)
    assert (again.chat.id, again.ambiguous) == (2, 0), "it was certainly not sent"


@pytest.mark.parametrize("url", ["memory", "file"], indirect=True)
async def test_rows_that_nobody_is_sending_become_ambiguous_whatever_their_lease(store: Store) -> None:
    await waiting(store, alert(), alert(chat_id=2), alert(chat_id=3))
    (mine,) = await store.claim("me", at(1), 1, LEASE)
    await store.claim("ended", at(1), 1, timedelta(days=1))

    assert await store.recover("me", at(1), {mine.row}) == 1
    assert await store.recover("me", at(9), {mine.row}) == 0, "a clock that jumps ends no send that is under way"
    assert await store.recover("me", at(1)) == 1, "a process of the same name, the first of its container again"
    assert await store.recover("me", at(1)) == 0

    again = await store.claim("me", at(2), 8, LEASE)
    assert [(one.chat.id, one.attempt, one.ambiguous) for one in again] == [(1, 2, 1), (2, 2, 1), (3, 1, 0)]
    assert not await store.settle(mine, sent(), at(2))


@pytest.mark.parametrize("url", ["postgres"], indirect=True)
async def test_rows_of_another_process_are_left_the_time_of_their_lease(store: Store) -> None:
    await waiting(store, alert(), alert(chat_id=2))
    await store.claim("me", at(1), 1, LEASE)
    await store.claim("another", at(1), 1, LEASE)

    assert await store.recover("me", at(1)) == 1, "of this process only, which sends nothing just now"
    assert await store.recover("me", at(1) + LEASE - timedelta(seconds=1)) == 0
    assert await store.recover("me", at(1) + LEASE) == 1


async def test_changes_that_wait_for_one_chat_and_event_are_told_together(store: Store) -> None:
    await waiting(store, alert(), alert(chat_id=2))
    for one in await claim(store):
        await store.settle(one, sent(one.chat.id), at(1))
    held = [
        alert("update-toll", news=(News.FIRST_TOLL,), hours=2, not_before=at(8)),
        alert("widening-gao", hours=3, not_before=at(8)),
        alert("escalation-extreme", hours=4, severity=Severity.EXTREME, silent=False),
        alert("update-closure", news=(News.NEW_CLOSURE,), hours=5, not_before=at(8), expires_at=at(50)),
    ]
    await store.commit([decision(alerts=(*held, alert("update-toll", chat_id=2, hours=2)))])

    (told, other) = await claim(store, 6)

    assert (told.alert.key, told.message_id) == ("1:event-1:escalation-extreme", 1)
    assert told.alert.news == (News.FIRST_TOLL, News.NEW_CLOSURE)
    assert told.alert.expires_at == at(50)
    assert other.chat.id == 2
    await store.settle(told, sent(), at(6))
    assert await claim(store, 9) == ()
    assert (await store.outbox_counts())[Delivery.SUPERSEDED] == 3


async def test_what_ended_in_the_night_is_told_once_as_ended_in_the_morning(store: Store) -> None:
    await waiting(store, alert())
    (first,) = await claim(store)
    await store.settle(first, sent(), at(1))
    night = [alert("escalation-extreme", hours=2, severity=Severity.EXTREME), alert("update-toll", not_before=at(8))]
    await store.commit([decision(alerts=(*night, alert("all-clear:1", hours=3, not_before=at(8))))])

    assert await claim(store, 3) == ()
    assert keys(await claim(store, 8)) == ["1:event-1:all-clear:1"]


async def test_news_wait_until_what_went_before_them_is_known_to_have_arrived_or_not(store: Store) -> None:
    await waiting(store, alert())
    (first,) = await claim(store)
    await store.settle(first, sent(), at(1))
    await store.commit([decision(alerts=(alert("update-toll"),))])
    (update,) = await claim(store)
    await store.settle(update, ambiguous(at(1.5)), at(1))
    await store.commit([decision(alerts=(alert("escalation-extreme", severity=Severity.EXTREME),))])

    assert await claim(store, 1.2) == ()
    assert keys(await claim(store, 1.5)) == ["1:event-1:update-toll"]


async def test_a_clock_that_was_set_back_holds_up_nothing_but_what_waits_for_the_morning(store: Store) -> None:
    await waiting(store, alert(hours=24), alert(chat_id=2, hours=24), alert(chat_id=3, hours=24, not_before=at(30)))
    (tried,) = await claim(store, 24, limit=1)
    await store.settle(tried, Settlement(state=Delivery.NEW, next_at=at(24.01), why="refused"), at(24))

    assert await claim(store, 1) == ()
    assert await store.rouse(at(1)) == 2

    assert sorted(one.chat.id for one in await claim(store, 1)) == [1, 2]


async def test_the_next_row_due_is_one_that_can_be_claimed(store: Store) -> None:
    assert await store.next_due(at(0)) is None
    await waiting(store, alert(), alert("update-toll"), alert(chat_id=2, not_before=at(4)))

    assert await store.next_due(at(1)) == at(1), "it is due since an hour: now"
    (first,) = await claim(store)
    assert await store.next_due(at(1)) == at(4), "the update waits for its first alert, not for a time"
    await store.settle(first, sent(), at(1))
    assert await store.next_due(at(1)) == at(1)


async def test_what_was_told_is_known_by_chat_and_event(store: Store) -> None:
    await waiting(
        store,
        alert(severity=Severity.MODERATE),
        alert("escalation-severe"),
        alert("update-toll", severity=Severity.EXTREME),
        alert(chat_id=2),
        alert(event_id="event-2"),
        alert(event_id="event-3"),
    )
    (first, _) = await claim(store)
    await store.settle(first, sent(31), at(1))

    told = await store.told(["event-1", "event-2"])

    assert set(told) == {(1, "event-1"), (2, "event-1"), (1, "event-2")}
    one = told[1, "event-1"]
    assert (one.first, one.message_id, one.severity) == (Delivery.SENT, 31, Severity.EXTREME)
    assert told[1, "event-2"].first is Delivery.NEW
    assert one.keys == {"1:event-1:first", "1:event-1:escalation-severe", "1:event-1:update-toll"}
    assert await store.told([]) == {}


async def test_each_state_is_counted(store: Store) -> None:
    await waiting(store, *(alert(chat_id=number) for number in range(1, 4)))
    (claimed,) = await claim(store, limit=1)

    counts = await store.outbox_counts()

    assert (counts[Delivery.NEW], counts[Delivery.SENDING], counts[Delivery.SENT]) == (2, 1, 0)
    await store.settle(claimed, replace(sent(), why=""), at(1))
    assert (await store.outbox_counts())[Delivery.SENT] == 1


async def test_what_is_retracted_before_it_was_sent_is_not_sent_and_who_heard_is_corrected(store: Store) -> None:
    await waiting(store, alert(), alert(chat_id=2), alert(event_id="event-2", chat_id=3))
    (first,) = await claim(store, limit=1)
    await store.settle(first, sent(), at(1))
    known = await store.event("event-1")
    assert known is not None
    false = changed(known, ChangeKind.RETRACTED, state=EventState.RETRACTED, severity=Severity.NONE)
    await store.commit([decision(false, alerts=(alert("retraction:1"),))])

    assert await state_of(store, "1:event-1:first") is Delivery.SENT
    assert await state_of(store, "2:event-1:first") is Delivery.SUPERSEDED
    assert sorted(keys(await claim(store, 2))) == ["1:event-1:retraction:1", "3:event-2:first"]


async def test_what_waits_to_tell_of_the_wrong_place_is_not_sent(store: Store) -> None:
    await waiting(store, alert(), alert(chat_id=2))
    known = await store.event("event-1")
    assert known is not None
    right = changed(known, ChangeKind.CORRECTED, place=GAO, area=(GAO,), mistaken=(known.place,))
    await store.commit([decision(right, alerts=(alert("first:2", chat_id=2),))])

    assert await state_of(store, "1:event-1:first") is Delivery.SUPERSEDED
    assert keys(await claim(store, 2)) == ["2:event-1:first:2"]
