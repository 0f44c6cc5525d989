"""Outcomes that are known at the same time are written together, and each as if it were alone."""

import asyncio
from dataclasses import replace

import pytest
from builders import at
from contract.outbox_builders import LEASE, alert, ambiguous, sent, waiting
from sqlalchemy import event as sql_event

from bot.model.alert import Delivery
from bot.services.ports import Claimed, Settlement
from bot.storage.store import SqlStore

MANY = 40


async def taken(store: SqlStore, many: int = MANY) -> tuple[Claimed, ...]:
    await waiting(store, *(alert(chat_id=number) for number in range(1, many + 1)))
    return await store.claim("me", at(1), many, LEASE)


async def test_outcomes_that_come_together_are_few_commits(store: SqlStore) -> None:
    claimed = await taken(store)
    commits: list[object] = []
    sql_event.listen(store._database.engine.sync_engine, "commit", commits.append)

    assert await asyncio.gather(*(store.settle(one, sent(one.row), at(1)) for one in claimed)) == [True] * MANY

    assert len(commits) <= 2
    assert (await store.outbox_counts())[Delivery.SENT] == MANY


async def test_an_outcome_is_committed_when_its_sender_hears_of_it(store: SqlStore, url: str) -> None:
    """Each place among the sends in flight is free only then: else a crash would repeat more than these."""
    claimed = await taken(store)

    async def one_by_one(one: Claimed) -> None:
        await store.settle(one, sent(one.row), at(1))
        if url != "sqlite+aiosqlite://":
            async with SqlStore.look(url) as beside:
                assert (await beside.deliveries("event-1"))[claimed.index(one)].state == Delivery.SENT

    await asyncio.gather(*map(one_by_one, claimed[:10]))


async def test_each_of_a_group_is_judged_by_itself(store: SqlStore) -> None:
    claimed = await taken(store, 4)
    late = replace(claimed[1], attempt=claimed[1].attempt - 1)
    ends = (
        (claimed[0], sent(7)),
        (late, sent(8)),
        (claimed[2], ambiguous(at(2))),
        (claimed[3], Settlement(state=Delivery.DEAD, why="bot was \0 blocked")),
        (claimed[0], sent(9)),
    )

    found = await asyncio.gather(*(store.settle(one, outcome, at(1)) for one, outcome in ends))

    assert found == [True, False, True, True, False], "a row that was written is nobody's any more"
    rows = await store.deliveries("event-1")
    assert [row.state for row in rows] == [Delivery.SENT, Delivery.SENDING, Delivery.AMBIGUOUS, Delivery.DEAD]
    assert rows[3].why == "bot was  blocked"


async def test_what_cannot_be_written_spoils_no_other(store: SqlStore) -> None:
    claimed = await taken(store, 3)
    outcomes = [sent(), sent(1 << 70), sent()]

    found = await asyncio.gather(
        *(store.settle(one, outcome, at(1)) for one, outcome in zip(claimed, outcomes, strict=True)),
        return_exceptions=True,
    )

    assert [found[0], found[2]] == [True, True]
    assert isinstance(found[1], Exception)


async def test_an_outcome_is_written_though_its_sender_was_cancelled_and_the_store_is_closed(url: str) -> None:
    if url == "sqlite+aiosqlite://":
        pytest.skip("nothing of it is left to look at")
    async with SqlStore.open(url, "me", migrate=True) as store:
        claimed = await taken(store)
        tasks = [asyncio.create_task(store.settle(one, sent(), at(1))) for one in claimed]
        await asyncio.sleep(0)
        for task in tasks:
            task.cancel()
    async with SqlStore.look(url) as store:
        assert (await store.outbox_counts())[Delivery.SENT] == MANY
