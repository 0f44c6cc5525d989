"""The operator's notices, on every store: a draft, its one confirmation, parcels that are taken once, and the end."""

from dataclasses import replace
from datetime import timedelta

from builders import at, chat

from bot.model.alert import Delivery
from bot.model.watch import ChatState
from bot.services.broadcast import Tally
from bot.storage.store import SqlStore

DAY = timedelta(days=1)


async def two_chats_and_one_that_stopped(store: SqlStore) -> None:
    for number in (1, 2):
        await store.save_chat(chat(number))
    await store.save_chat(replace(chat(3), state=ChatState.STOPPED))


async def test_a_draft_is_confirmed_once_for_the_active_chats_and_one_that_is_old_is_none(store: SqlStore) -> None:
    await two_chats_and_one_that_stopped(store)
    box = store.broadcasts
    assert await box.draft("old", "Never sent", at(0) - 2 * DAY, at(0) - 3 * DAY) == 2
    assert await box.confirm("old", at(0) - DAY) is None
    await box.draft("new", "We move house", at(0), at(0) - DAY)
    assert await box.confirm("old", at(0) - 3 * DAY) is None, "it was dropped"
    assert await box.confirm("new", at(0) - DAY) == 2
    assert await box.confirm("new", at(0) - DAY) is None
    await box.draft("next", "And back", at(0) + 3 * DAY, at(0) + 2 * DAY)
    assert await box.waiting(10) == (("new", 1), ("new", 2)), "what is confirmed is not dropped for its age"


async def test_a_parcel_is_taken_once_and_what_was_given_up_does_not_wait_again(store: SqlStore) -> None:
    await two_chats_and_one_that_stopped(store)
    box = store.broadcasts
    await box.draft("new", "We move house", at(0), at(0) - DAY)
    await box.confirm("new", at(0) - DAY)
    first = await box.take("new", 1)
    assert first is not None
    assert (first.chat.id, first.words) == (1, "We move house")
    assert await box.take("new", 1) is None
    assert await box.abandon() == 1
    await box.settle(first, Delivery.NEW)
    assert await box.waiting(10) == (("new", 2),)
    assert await box.ended() == ()
    await box.settle(first, Delivery.SENT)  # its answer came late: it is the truth
    second = await box.take("new", 2)
    assert second is not None
    await box.settle(second, Delivery.DEAD)
    assert await box.ended() == (Tally(broadcast_id="new", told=1, failed=1, unanswered=0),)
    await box.drop("new")
    assert await box.ended() == ()
    assert "broadcast_parcels" not in await store.belongings(1)


async def test_a_chat_that_moves_keeps_its_parcel_and_has_it_once(store: SqlStore) -> None:
    await two_chats_and_one_that_stopped(store)
    box = store.broadcasts
    await box.draft("new", "We move house", at(0), at(0) - DAY)
    await box.confirm("new", at(0) - DAY)
    await store.move_chat(1, 9)
    assert await box.waiting(10) == (("new", 2), ("new", 9))
    await store.move_chat(2, 9)
    assert await box.waiting(10) == (("new", 9),)
