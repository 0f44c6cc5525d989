"""Alerts for very many chats come into the line in parcels; whoever asks finds them there all the same."""

import asyncio
from dataclasses import replace

import pytest
from builders import at, chat, event
from contract.outbox_builders import LEASE, alert, changed, decision, opened, sent, waiting

from bot.model.alert import Alert, AlertReason, Delivery
from bot.model.assessment import Severity
from bot.model.event import ChangeKind
from bot.storage import parcels
from bot.storage.store import SqlStore

MANY = 10


@pytest.fixture(autouse=True)
def small_parcels(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parcels, "AT_ONCE", 3)


def alerts(what: str = "first", *, event_id: str = "event-1", **fields: object) -> tuple[Alert, ...]:
    return tuple(alert(what, chat_id=number, event_id=event_id, **fields) for number in range(1, MANY + 1))


async def unpacked(store: SqlStore) -> int:
    """Unpack all; return how many parcels there were."""
    number = 0
    while await store.unpack():
        number += 1
    return number


async def claimed(store: SqlStore) -> list[str]:
    """Claim and send all that can be; return the keys."""
    keys = []
    while found := await store.claim("me", at(1), 4, LEASE):
        for one in found:
            await store.settle(one, sent(), at(1))
        keys += [one.alert.key for one in found]
    return keys


async def test_the_first_of_very_many_can_be_claimed_at_once_and_the_rest_when_they_are_unpacked(
    store: SqlStore,
) -> None:
    await waiting(store, *alerts())
    assert await claimed(store) == ["1:event-1:first", "2:event-1:first", "3:event-1:first"]

    assert await store.unpack()
    assert await claimed(store) == ["4:event-1:first", "5:event-1:first", "6:event-1:first"]

    assert await unpacked(store) == 2
    assert len(await claimed(store)) == 4
    assert not await store.unpack()


async def test_what_waits_in_parcels_is_counted_shown_and_due(store: SqlStore) -> None:
    await waiting(store, *alerts(not_before=at(5)), *alerts(event_id="event-2", severity=Severity.EXTREME))
    counted, due = await store.outbox_counts(), await store.next_due(at(1))
    shown, pending = await store.deliveries("event-1"), await store.outbox_pending(at(1))
    await unpacked(store)

    assert counted == await store.outbox_counts()
    assert counted[Delivery.NEW] == 2 * MANY
    assert due == await store.next_due(at(1)) == at(1)
    assert sorted(pending, key=str) == sorted(await store.outbox_pending(at(1)), key=str)
    assert sorted(shown, key=str) == sorted(await store.deliveries("event-1"), key=str)


async def test_what_can_be_sent_now_goes_before_what_quiet_hours_hold_back(store: SqlStore) -> None:
    quiet = (replace(one, not_before=at(8)) if one.chat_id <= 7 else one for one in alerts())
    await waiting(store, *quiet)

    assert await claimed(store) == ["8:event-1:first", "9:event-1:first", "10:event-1:first"]


async def test_every_chat_of_very_many_counts_as_told_before_it_is(store: SqlStore) -> None:
    await waiting(store, *alerts())
    told = await store.told(["event-1"])

    assert {chat_id for chat_id, _ in told} == set(range(1, MANY + 1))
    assert not await store.unpack(), "they are rows by now"


async def test_the_same_alerts_once_more_are_none_that_are_new(store: SqlStore) -> None:
    await waiting(store, *alerts())
    assert await store.commit([decision(alerts=alerts())]) == 0
    assert len(await store.heard("event-1", range(1, MANY + 1))) == MANY

    await unpacked(store)
    assert len(await claimed(store)) == MANY


async def test_the_number_of_new_alerts_counts_those_in_parcels(store: SqlStore) -> None:
    for number in range(1, MANY + 1):
        await store.save_chat(chat(number))

    assert await store.commit([decision(opened(event()), alerts=alerts()[:5])]) == 5
    assert await store.commit([decision(alerts=alerts())]) == 5


async def test_an_event_that_was_retracted_is_told_to_nobody_out_of_a_parcel(store: SqlStore) -> None:
    await waiting(store, *alerts())
    await store.commit([decision(changed(event(), ChangeKind.RETRACTED))])

    assert await unpacked(store) == 0
    assert await claimed(store) == []
    assert (await store.outbox_counts())[Delivery.SUPERSEDED] == MANY


async def test_a_group_that_moves_while_its_alert_is_in_a_parcel_is_told_once_in_its_new_chat(store: SqlStore) -> None:
    await waiting(store, *alerts(), alert(chat_id=-7), alert(chat_id=-70))
    await store.move_chat(-7, -1007)

    await unpacked(store)
    keys = await claimed(store)
    assert "-1007:event-1:first" in keys
    assert "-7:event-1:first" not in keys
    assert "-70:event-1:first" in keys
    assert len(keys) == MANY + 2


async def test_of_a_chat_that_is_forgotten_nothing_is_left_in_a_parcel(store: SqlStore) -> None:
    await waiting(store, *alerts())
    await store.forget(8)
    await unpacked(store)

    assert len(await claimed(store)) == MANY - 1
    assert 8 not in {one.chat_id for one in await store.deliveries("event-1")}


async def test_news_of_an_event_come_after_its_first_alerts_that_were_in_parcels(store: SqlStore) -> None:
    await waiting(store, *alerts())
    await store.commit([decision(alerts=alerts("update-toll"))])
    await unpacked(store)

    keys = await claimed(store)
    assert len(keys) == 2 * MANY
    for number in range(1, MANY + 1):
        assert keys.index(f"{number}:event-1:first") < keys.index(f"{number}:event-1:update-toll")


async def test_a_graver_first_alert_is_an_escalation_where_the_first_one_went_out_while_it_was_in_a_parcel(
    store: SqlStore,
) -> None:
    await waiting(store, *alerts())
    await unpacked(store)
    await store.commit([decision(alerts=alerts(f"first:{Severity.EXTREME}", severity=Severity.EXTREME))])
    before = await claimed(store)
    assert len(before) == MANY
    await unpacked(store)

    late = [one for number in range(4, MANY + 1) for one in await _rows(store, number)]
    assert {reason for _, reason in late} == {AlertReason.FIRST, AlertReason.ESCALATION}
    assert len(await claimed(store)) == MANY - 3


async def _rows(store: SqlStore, chat_id: int) -> list[tuple[str, str]]:
    return [(str(one.state), one.reason) for one in await store.deliveries("event-1") if one.chat_id == chat_id]


async def test_a_newer_edit_out_of_a_parcel_takes_the_place_of_an_older_one_that_waits(store: SqlStore) -> None:
    await waiting(store, *alerts("edit:1"))
    await unpacked(store)
    await store.commit([decision(alerts=alerts("edit:2"))])
    await unpacked(store)

    assert (await store.outbox_counts())[Delivery.SUPERSEDED] == MANY


async def test_two_events_take_turns_though_both_came_in_parcels(store: SqlStore) -> None:
    await waiting(store, *alerts(), *alerts(event_id="event-2"))
    await unpacked(store)
    told = []
    for _ in range(2 * MANY):
        (one,) = await store.claim("me", at(1), 1, LEASE)
        await store.settle(one, sent(), at(1))
        told.append(one.alert.event_id)

    assert {told[:10].count("event-1"), told[:10].count("event-2")} == {5}


async def test_two_that_unpack_at_the_same_time_write_each_alert_once(store: SqlStore, url: str) -> None:
    if not url.startswith("postgresql"):
        pytest.skip("SQLite belongs to one process")
    await waiting(store, *alerts())
    async with SqlStore.open(url, "another") as other:
        while any(await asyncio.gather(store.unpack(), other.unpack(), store.unpack())):
            pass
    assert len(await claimed(store)) == MANY
