"""A grave alert that nobody reads is told to the second contact, once, whatever process looks."""

from datetime import timedelta

from builders import at, chat
from contract.outbox_builders import LEASE, alert, sent, waiting
from service_fakes import HandClock, ListeningChats

from bot.alerts.render import own_name
from bot.model.contact import SecondContact
from bot.services.acknowledge import Acknowledge
from bot.services.crew import Nobody
from bot.services.notices import Notices
from bot.storage.store import SqlStore

CONTACT = 2


async def told(store: SqlStore, *, read: bool = False) -> tuple[ListeningChats, HandClock]:
    clock, chats = HandClock(at(0)), ListeningChats()
    await store.save_chat(chat(CONTACT))
    wish = SecondContact(chat_id=1, after_minutes=10, contact_id=CONTACT, agreed_at=at(-1))
    await store.contacts.keep(wish)
    await waiting(store, alert())
    (claimed,) = await store.claim("this process", at(0), 1, LEASE)
    await store.settle(claimed, sent(), at(0))
    if read:
        assert await store.contacts.read(1, "event-1", at(0) + timedelta(minutes=1))
    acknowledge = Acknowledge(
        contacts=store.contacts, box=store.notices, store=store, titles=Nobody(), clock=clock, names=own_name
    )  # fmt: skip
    notices = Notices(store.notices, chats, clock)
    for _ in range(4):
        clock.turn(minutes=4)
        await acknowledge.look()
        await notices.look()
    return chats, clock


async def test_an_unread_alert_is_told_to_the_second_contact_once(store: SqlStore) -> None:
    chats, _ = await told(store)
    assert [number for number, _ in chats.sent] == [CONTACT]


async def test_what_was_read_is_told_to_nobody_else(store: SqlStore) -> None:
    chats, _ = await told(store, read=True)
    assert chats.sent == []


async def test_reading_needs_an_alert(store: SqlStore) -> None:
    assert not await store.contacts.read(1, "event-9", at(0))
