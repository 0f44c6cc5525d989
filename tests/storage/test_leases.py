"""Several processes on one server: each row, source and task has one of them at a time."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from datetime import timedelta

import pytest
from builders import BAMAKO, at, event
from contract.outbox_builders import LEASE, alert, decision, opened, sent, waiting

from bot.model.alert import Delivery
from bot.model.errors import VersionClash
from bot.model.event import Neighbourhood
from bot.services.ports import Decision, SourceState
from bot.storage.store import SqlStore

SHORT, LONG = timedelta(milliseconds=150), timedelta(minutes=1)
NEAR = Neighbourhood(countries=("ML",), points=(BAMAKO.point,), km=100, since=at(-72))


@pytest.fixture
async def five(postgres_url: str) -> AsyncIterator[list[SqlStore]]:
    async with AsyncExitStack() as stack:
        yield [await stack.enter_async_context(SqlStore.open(postgres_url, f"process {n}")) for n in range(5)]


async def test_five_senders_claim_each_row_once_and_one_of_a_chat_at_a_time(five: list[SqlStore]) -> None:
    chats, kinds = range(1, 31), ("first", "update-toll", "escalation-extreme")
    await waiting(five[0], *(alert(chat_id=chat, event_id=f"event-{n}") for chat in chats for n in range(4)))
    await five[0].commit([decision(alerts=tuple(alert(kinds[1], chat_id=chat, event_id="event-0") for chat in chats))])
    flying: set[int] = set()
    told: list[str] = []

    async def send(store: SqlStore, owner: str) -> None:
        for _ in range(400):
            claimed = await store.claim(owner, at(1), 8, LEASE)
            for one in claimed:
                assert one.chat.id not in flying, "two messages to one chat at once"
                flying.add(one.chat.id)
            await asyncio.sleep(0)
            for one in claimed:
                told.append(one.alert.key)
                flying.discard(one.chat.id)
                assert await store.settle(one, sent(), at(1))
            if len(told) == 150:
                return

    await asyncio.gather(*(send(store, f"process {n}") for n, store in enumerate(five)))

    assert len(told) == len(set(told)) == 150
    assert (await five[0].outbox_counts())[Delivery.SENT] == 150


async def test_a_frozen_sender_that_wakes_after_its_lease_changes_nothing(five: list[SqlStore]) -> None:
    one, other, *_ = five
    await waiting(one, alert())
    (frozen,) = await one.claim("process 0", at(1), 8, LEASE)
    assert await other.recover("process 1", at(1) + LEASE) == 1
    (again,) = await other.claim("process 1", at(1) + LEASE, 8, LEASE)

    assert not await one.settle(frozen, sent(1), at(2))
    assert await other.settle(again, sent(2), at(2))
    assert (again.attempt, again.ambiguous) == (2, 1), "it may have arrived: it is sent marked as a repeat"


async def test_two_processes_that_read_of_one_thing_at_once_open_one_event(five: list[SqlStore]) -> None:
    def report(number: int) -> Decision:
        change = opened(event(id=f"event-{number}"))
        return Decision(item=None, changes=(change,), alerts=(alert(event_id=f"event-{number}"),), at=at(0), near=NEAR)

    await waiting(five[0], alert(chat_id=1, event_id="event-far"))  # keeps the chat
    known = frozenset(found.id for found in await five[0].known_events(NEAR))
    results = await asyncio.gather(
        *(store.commit([Decision(**{**_fields(report(number)), "known": known})]) for number, store in enumerate(five)),
        return_exceptions=True,
    )

    assert results.count(1) == 1
    assert sum(isinstance(result, VersionClash) for result in results) == 4, "these judge again, and find the event"
    assert len(await five[0].known_events(NEAR)) == len(known) + 1


def _fields(one: Decision) -> dict[str, object]:
    return {name: getattr(one, name) for name in ("item", "changes", "alerts", "at", "near")}


async def test_sources_are_shared_out_and_none_is_polled_twice_at_once(five: list[SqlStore]) -> None:
    ids = [f"feed-{number}" for number in range(40)]
    taken = await asyncio.gather(*(store.take_sources(ids, LONG, 10) for store in five))

    owned = [one for each in taken for one in each]
    assert len(owned) == len(set(owned)) == 40
    assert max(len(each) for each in taken) == 10


async def test_who_takes_a_source_next_knows_what_the_last_one_learnt(five: list[SqlStore]) -> None:
    one, other, *_ = five
    assert await one.take_sources(["feed"], LONG, 9) == {"feed": None}
    assert await other.take_sources(["feed"], LONG, 9) == {}
    learnt = SourceState(source_id="feed", empty_polls=3)
    await one.save_source_state(learnt)
    await one.give_source_back("feed")

    assert await other.take_sources(["feed"], LONG, 9) == {"feed": learnt}


async def test_what_a_frozen_poller_learnt_is_not_written_over_what_is_newer(five: list[SqlStore]) -> None:
    one, other, *_ = five
    await one.take_sources(["feed"], SHORT, 9)
    await asyncio.sleep(0.2)
    assert await other.take_sources(["feed"], LONG, 9) == {"feed": None}
    newer = SourceState(source_id="feed", failures=0)
    await other.save_source_state(newer)

    await one.save_source_state(SourceState(source_id="feed", failures=7))

    assert (await one.source_states())["feed"] == newer


async def test_a_lease_has_one_holder_and_its_fence_grows_when_it_changes_hands(five: list[SqlStore]) -> None:
    one, other, *_ = five
    assert await one.take_lease("send", SHORT) == 1
    assert await one.take_lease("send", SHORT) == 1, "renewed"
    assert await other.take_lease("send", SHORT) is None
    await asyncio.sleep(0.2)
    assert await other.take_lease("send", LONG) == 2, "the holder was silent for too long"
    assert await one.take_lease("send", LONG) is None
    await other.give_lease_back("send")
    assert await one.take_lease("send", LONG) == 3


async def test_of_all_that_ask_at_once_one_gets_the_lease(five: list[SqlStore]) -> None:
    asked = await asyncio.gather(*(store.take_lease("chat", LONG) for store in five * 4))

    assert {fence for fence in asked if fence is not None} == {1}
    assert len([store for store in five if await store.take_lease("chat", LONG) is not None]) == 1
