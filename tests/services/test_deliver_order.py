"""Which rows the delivery takes next, and what it learns of a chat by sending to it."""

from collections.abc import AsyncIterator

import pytest
from builders import at, chat, event
from contract.outbox_builders import alert, changed, decision, waiting
from service_fakes import HandClock, ListeningChats
from support.fan_out import plainly

from bot.model.alert import AlertReason, Delivery, Lane, Message, Outcome, Sent, TryLater
from bot.model.assessment import Severity
from bot.model.event import ChangeKind
from bot.model.watch import Chat
from bot.services.deliver import Deliver
from bot.storage.store import SqlStore


@pytest.fixture
async def store() -> AsyncIterator[SqlStore]:
    async with SqlStore.open("sqlite+aiosqlite://", "test", migrate=True) as opened:
        yield opened


def deliver(store: SqlStore, chats: ListeningChats, **parts: object) -> Deliver:
    return Deliver(store=store, sender=chats, render=plainly, clock=HandClock(at(1)), owner="test", **parts)  # type: ignore[arg-type]


async def test_a_chat_that_rests_keeps_no_place_and_is_told_when_it_takes_messages_again(store: SqlStore) -> None:
    chats, resting = ListeningChats(), {1}
    await waiting(store, *(alert(chat_id=number) for number in (1, 2, 3)))
    delivery = deliver(store, chats, resting=lambda: resting)
    assert await delivery.sweep() == 2
    assert sorted(number for number, _ in chats.sent) == [2, 3]
    resting.clear()
    assert await delivery.sweep() == 1
    assert chats.to(1)


async def test_while_no_chat_takes_messages_nothing_is_tried(store: SqlStore) -> None:
    chats = ListeningChats()
    await waiting(store, alert())
    assert await deliver(store, chats, resting=lambda: None).sweep() == 0
    (row,) = await store.claim("me", at(1), 8, at(1) - at(0))
    assert row.attempt == 1


async def test_extreme_goes_first_and_one_in_twenty_is_of_the_rest(store: SqlStore) -> None:
    chats = ListeningChats()
    await waiting(
        store,
        *(alert(chat_id=number, severity=Severity.MODERATE) for number in range(1, 41)),
        *(alert(chat_id=number, event_id="event-2", severity=Severity.EXTREME, hours=0.5) for number in range(1, 61)),
    )
    await deliver(store, chats, in_flight=1).sweep()
    texts = [message.plain.split()[0] for _, message in chats.sent]
    assert texts[:60].count("EXTREME") == 57
    assert texts[:19] == ["EXTREME"] * 19
    assert len(texts) == 100


async def test_a_message_tells_the_sender_its_lane_and_an_edit_is_what_nobody_waits_for(store: SqlStore) -> None:
    chats = ListeningChats()
    await waiting(store, alert(severity=Severity.EXTREME), alert(chat_id=2, severity=Severity.MINOR))
    delivery = deliver(store, chats)
    await delivery.sweep()
    edit = alert("edit", severity=Severity.EXTREME, reason=AlertReason.EDIT)
    await store.commit([decision(changed(event(), ChangeKind.CONFIRMED), alerts=(edit,))])
    await delivery.sweep()
    assert [message.lane for _, message in chats.sent] == [Lane.EXTREME, Lane.REST, Lane.QUIET]


async def test_a_topic_that_is_gone_is_asked_for_once(store: SqlStore) -> None:
    class InGeneral(ListeningChats):
        async def send(self, chat: Chat, message: Message) -> Outcome:
            await super().send(chat, message)
            return Sent(len(self.sent), topic_gone=message.thread_id is not None)

    chats = InGeneral()
    await store.save_chat(chat(1, thread_id=9))
    await waiting(store, alert(), alert(event_id="event-2"))
    await deliver(store, chats).sweep()
    assert [message.thread_id for _, message in chats.sent] == [9, None]
    assert await store.chat(1) == chat(1)


async def test_what_telegram_puts_off_is_due_when_it_says_so_however_often_it_was_tried(store: SqlStore) -> None:
    refused = [TryLater(at(1), "flood", told=True)] * 5
    chats = ListeningChats(*refused)
    await waiting(store, alert())
    await deliver(store, chats).sweep()
    assert len(chats.sent) == 6
    assert (await store.outbox_counts())[Delivery.SENT] == 1
