"""What is missing in the outbox is found, sent under its own key, and only once."""

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta

import pytest
from builders import GAO, MALI, NIGER, at, chat, event, watch
from contract.outbox_builders import decision, opened, sent
from service_fakes import HandClock
from sqlalchemy import delete

from bot.model.assessment import Severity
from bot.model.event import ChangeKind, Event, EventChange, EventState
from bot.services.ingest import alerts_for
from bot.services.ports import Decision
from bot.services.reconcile import Reconcile
from bot.storage.store import SqlStore
from bot.storage.tables import outbox

ATTACK = event(GAO)


@pytest.fixture
async def store() -> AsyncIterator[SqlStore]:
    async with SqlStore.open("sqlite+aiosqlite://", "a test") as opened_store:
        for number, place in ((1, MALI), (2, MALI), (3, NIGER)):
            await opened_store.save_chat(chat(number))
            await opened_store.add_watch(watch(place, chat_id=number, created_at=at(-24)))
        yield opened_store


async def judged(store: SqlStore, change: EventChange, *, silent: bool = False) -> None:
    alerts = () if silent else await alerts_for((change,), store, change.at)
    await store.commit([Decision(item=None, changes=(change,), alerts=alerts, at=change.at, silent=silent)])


async def lose(store: SqlStore, chat_id: int) -> None:
    await store._database.write(
        lambda connection: connection.execute(delete(outbox).where(outbox.c.chat_id == chat_id))
    )


async def keys(store: SqlStore) -> set[str]:
    return {key for told in (await store.told([ATTACK.id])).values() for key in told.keys}


def later(minutes: float) -> HandClock:
    return HandClock(at(0) + timedelta(minutes=minutes))


async def test_where_all_was_told_nothing_is_missing(store: SqlStore) -> None:
    await judged(store, opened(ATTACK))
    assert await Reconcile(store, later(15)).look() == ()


async def test_a_lost_alert_is_put_in_under_the_key_that_it_had_and_the_delivery_is_woken(store: SqlStore) -> None:
    await judged(store, opened(ATTACK))
    before = await keys(store)
    assert len(before) == 2
    await lose(store, 2)
    woken: list[int] = []
    reconcile = Reconcile(store, later(15), on_alerts=lambda: woken.append(1))
    assert [alert.chat_id for alert in await reconcile.look()] == [2]
    assert await keys(store) == before
    assert woken == [1]
    assert await reconcile.look() == (), "once"


async def test_what_was_not_to_be_told_is_not_missing(store: SqlStore) -> None:
    await judged(store, opened(ATTACK), silent=True)
    assert await Reconcile(store, later(15)).look() == ()


async def test_who_began_to_watch_afterwards_missed_nothing(store: SqlStore) -> None:
    await judged(store, opened(ATTACK))
    await store.save_chat(chat(4))
    await store.add_watch(watch(MALI, chat_id=4, created_at=at(0.1)))
    assert await Reconcile(store, later(15)).look() == ()


async def test_what_happened_a_moment_ago_or_long_ago_is_left_alone(store: SqlStore) -> None:
    await judged(store, opened(ATTACK))
    await lose(store, 1)
    assert await Reconcile(store, later(1)).look() == ()
    assert await Reconcile(store, later(130)).look() == ()


async def told_first(store: SqlStore) -> Event:
    """Open the event and send its alerts."""
    await judged(store, opened(ATTACK))
    for claimed in await store.claim("a test", at(0), 8, timedelta(seconds=30)):
        await store.settle(claimed, sent(), at(0))
    return ATTACK


async def test_a_lost_escalation_and_a_lost_all_clear_are_put_in(store: SqlStore) -> None:
    known = await told_first(store)
    graver = replace(known, version=2, severity=Severity.EXTREME)
    await store.commit([decision(EventChange(
        kind=ChangeKind.ESCALATED, before=known, after=graver, cause=None, at=at(0.1)
    ))])  # fmt: skip
    found = await Reconcile(store, later(15)).look()
    assert {alert.key for alert in found} == {f"{chat_id}:{known.id}:escalation:extreme" for chat_id in (1, 2)}
    for claimed in await store.claim("a test", at(0.3), 8, timedelta(seconds=30)):
        await store.settle(claimed, sent(), at(0.3))
    over = replace(graver, version=3, state=EventState.ENDED)
    await store.commit([decision(EventChange(
        kind=ChangeKind.ENDED, before=graver, after=over, cause=None, at=at(0.4)
    ))])  # fmt: skip
    found = await Reconcile(store, later(40)).look()
    assert {(alert.chat_id, alert.reason.value) for alert in found} == {(1, "all-clear"), (2, "all-clear")}
    assert await Reconcile(store, later(55)).look() == ()
