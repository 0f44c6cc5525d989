from pathlib import Path

import pytest
from builders import BAMAKO, GAO, MALI, assessment, at, chat, item, watch
from contract.outbox_builders import LEASE
from contract.outbox_builders import sent as arrived
from service_fakes import HandClock

from bot.events.judge import judge_item
from bot.model.alert import AlertReason
from bot.model.assessment import Severity
from bot.model.event import Event
from bot.services.ingest import alerts_for
from bot.services.operate import Operate
from bot.services.ports import Decision
from bot.storage.store import SqlStore


async def attack(store: SqlStore) -> Event:
    """Keep an attack that two of four chats were told of; return it."""
    for one in (
        watch(MALI, chat_id=1), watch(BAMAKO, chat_id=2), watch(GAO, chat_id=3),
        watch(MALI, chat_id=4, min_severity=Severity.EXTREME),
    ):  # fmt: skip
        await store.save_chat(chat(one.chat_id))
        await store.add_watch(one)
    heard = item("Gunfire heard in Bamako")
    changes = judge_item(heard, (assessment(BAMAKO),), (), at(0))
    await store.commit(
        [Decision(item=heard, changes=changes, alerts=await alerts_for(changes, store, at(0)), at=at(0))]
    )
    return changes[0].after


@pytest.mark.parametrize("sent", [0, 1, 2])
async def test_exactly_those_who_were_told_are_told_that_it_was_an_error(sent: int) -> None:
    async with SqlStore.open("sqlite+aiosqlite://", "a test", migrate=True) as store:
        event = await attack(store)
        told = set()
        for claimed in await store.claim("a test", at(0), sent, LEASE) if sent else ():
            await store.settle(claimed, arrived(), at(0))
            told.add(claimed.chat.id)
        assert len(told) == sent

        assert await Operate(store, HandClock(at(1))).retract(event.id, "a film was being shot") == sent

        waiting = await store.claim("a test", at(1), 9, LEASE)
        assert {one.chat.id for one in waiting} == told
        assert all(one.alert.reason is AlertReason.RETRACTION for one in waiting)


async def test_what_is_unknown_or_withdrawn_is_not_withdrawn(tmp_path: Path) -> None:
    async with SqlStore.open(f"sqlite+aiosqlite:///{tmp_path}/store", "a test", migrate=True) as store:
        event = await attack(store)
        operate = Operate(store, HandClock(at(1)))
        assert await operate.retract("no such event") is None
        assert await operate.retract(event.id) is not None
        assert await operate.retract(event.id) is None
        (*_, last) = await store.history(event.id)
        assert [reason.code for reason in last.reasons] == ["retracted", "operator"]
