from collections.abc import AsyncIterator
from datetime import datetime, timedelta

import pytest
from builders import BAMAKO, MALI, assessment, at, chat, item, watch
from service_fakes import HandClock, ListDecoder, ListeningChats, ScriptedFetcher, ToldUnderstander

from bot.model.alert import Alert, Delivery, Message, Never, Outcome, TryLater, Unknown
from bot.model.assessment import Severity
from bot.model.event import Event
from bot.model.item import Item, Source
from bot.model.watch import Chat, ChatState
from bot.services.deliver import Deliver
from bot.services.ingest import Ingest
from bot.services.ports import SourceState
from bot.storage.store import SqlStore

WIRE = Source(id="sahel-wire", name="Sahel Wire", url="https://wire.example/rss")
HEARD = SourceState(source_id=WIRE.id, last_success_at=at(-1))


@pytest.fixture
async def store() -> AsyncIterator[SqlStore]:
    async with SqlStore.open("sqlite+aiosqlite://", "test", migrate=True) as opened:
        for number in (1, 2):
            await opened.save_chat(chat(number))
            await opened.add_watch(watch(MALI, chat_id=number))
        yield opened


def plainly(alert: Alert, event: Event, chat: Chat, now: datetime, *, repeat: bool) -> Message:
    del chat, now
    text = f"{alert.reason} {event.severity} v{event.version}{' repeat' if repeat else ''}"
    return Message(html=text, plain=text)


async def report(store: SqlStore, clock: HandClock, *items: Item, **meaning: object) -> None:
    intake = Ingest(
        store=store, fetcher=ScriptedFetcher(), decoder=ListDecoder(*items), clock=clock,
        understander=ToldUnderstander(lambda _: assessment(BAMAKO, **meaning)), first_poll_window=timedelta(hours=6),
    )  # fmt: skip
    await intake.poll(WIRE, HEARD)


def deliver(store: SqlStore, clock: HandClock, sender: ListeningChats) -> Deliver:
    return Deliver(store=store, sender=sender, render=plainly, clock=clock, owner="test")


async def test_each_chat_is_told_once(store: SqlStore) -> None:
    clock, chats = HandClock(), ListeningChats()
    await report(store, clock, item("Gunmen attack Bamako"))
    delivery = deliver(store, clock, chats)
    assert await delivery.sweep() == 2
    assert await delivery.sweep() == 0
    assert sorted(number for number, _ in chats.sent) == [1, 2]


async def test_an_escalation_answers_the_first_alert(store: SqlStore) -> None:
    clock, chats = HandClock(), ListeningChats()
    await report(store, clock, item("Gunmen attack Bamako"))
    await deliver(store, clock, chats).sweep()
    clock.turn(hours=1)
    worse = item("Many killed in Bamako", official=True, outlet="Ministry", hours=1)
    await report(store, clock, worse, severity=Severity.EXTREME)
    await deliver(store, clock, chats).sweep()
    first, second = chats.to(1)
    assert first.reply_to is None
    assert second.reply_to is not None
    assert second.plain.startswith("escalation extreme")


async def test_what_was_not_sent_is_sent_later(store: SqlStore) -> None:
    clock, chats = HandClock(), ListeningChats(TryLater(at(0), "no network"))
    await report(store, clock, item("Gunmen attack Bamako"))
    delivery = deliver(store, clock, chats)
    await delivery.sweep()
    clock.turn(seconds=10)
    assert await delivery.sweep() == 1
    assert (await store.outbox_counts())[Delivery.SENT] == 2


async def test_when_everyone_is_held_back_nothing_is_claimed_until_then(store: SqlStore) -> None:
    clock = HandClock()
    chats = ListeningChats(*[TryLater(at(0) + timedelta(seconds=30), "flood", everyone=True)] * 2)
    await report(store, clock, item("Gunmen attack Bamako"))
    delivery = deliver(store, clock, chats)
    await delivery.sweep()
    clock.turn(seconds=20)
    assert await delivery.sweep() == 0
    clock.turn(seconds=20)
    assert await delivery.sweep() == 2


async def test_what_may_have_arrived_is_repeated_and_says_so_and_ends_as_unknown(store: SqlStore) -> None:
    clock, chats = HandClock(), ListeningChats(*[Unknown("no answer")] * 6)
    await report(store, clock, item("Gunmen attack Bamako"))
    delivery = deliver(store, clock, chats)
    for _ in range(5):
        await delivery.sweep()
        clock.turn(seconds=5)
    texts = [message.plain for message in chats.to(1)]
    assert [text.endswith("repeat") for text in texts] == [False, True, True]
    assert (await store.outbox_counts())[Delivery.UNKNOWN] == 2


async def test_a_chat_that_blocked_the_bot_is_stopped_and_keeps_its_watches(store: SqlStore) -> None:
    clock, chats = HandClock(), ListeningChats(Never("blocked", chat_gone=True))
    await report(store, clock, item("Gunmen attack Bamako"))
    await deliver(store, clock, chats).sweep()
    gone = chats.sent[0][0]
    kept = await store.chat(gone)
    assert kept is not None
    assert kept.state is ChatState.UNREACHABLE
    assert len(await store.watches_of(gone)) == 1


async def test_a_group_that_moved_is_told_under_its_new_number(store: SqlStore) -> None:
    clock, chats = HandClock(), ListeningChats(Never("moved", moved_to=-1001))
    await report(store, clock, item("Gunmen attack Bamako"))
    await deliver(store, clock, chats).sweep()
    moved = chats.sent[0][0]
    assert chats.to(-1001)
    assert await store.chat(moved) is None
    assert len(await store.watches_of(-1001)) == 1


async def test_a_process_that_ended_between_attempt_and_outcome_loses_nothing(store: SqlStore) -> None:
    class PowerCut(BaseException):
        """The process ends: no handler runs."""

    class Cut(ListeningChats):
        async def send(self, chat: Chat, message: Message) -> Outcome:
            await super().send(chat, message)
            raise PowerCut

    clock = HandClock()
    await report(store, clock, item("Gunmen attack Bamako"))
    with pytest.raises(PowerCut):
        await deliver(store, clock, Cut()).sweep()
    after, chats = HandClock(at(1)), ListeningChats()
    restarted = Deliver(store=store, sender=chats, render=plainly, clock=after, owner="next process")
    assert await restarted.recover() == 2
    await restarted.sweep()
    assert sorted(number for number, _ in chats.sent) == [1, 2]
    assert all(message.plain.endswith("repeat") for _, message in chats.sent)


async def test_a_stopping_delivery_claims_no_more(store: SqlStore) -> None:
    clock, chats = HandClock(), ListeningChats()
    await report(store, clock, item("Gunmen attack Bamako"))
    delivery = deliver(store, clock, chats)
    delivery.stop()
    assert await delivery.sweep() == 0
    assert (await store.outbox_counts())[Delivery.NEW] == 2
