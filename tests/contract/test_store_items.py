from dataclasses import replace
from datetime import timedelta

import pytest
from builders import at, event, item
from contract.outbox_builders import LEASE, alert, changed, decision, opened, prune, sent, waiting

from bot.model.event import EventState
from bot.model.item import Native, content_key
from bot.services.ports import SourceState, Store, Validators

GUNFIRE = item("Gunfire heard in Bamako", "Residents of Faladie were woken by shots before dawn.")
FLIGHTS = item("Flights suspended at Bamako airport", outlet="Radio Niger", hours=3)


async def test_an_item_is_unseen_until_it_is_committed(store: Store) -> None:
    assert await store.unseen([GUNFIRE, FLIGHTS]) == (GUNFIRE, FLIGHTS)

    await store.commit([decision(item=GUNFIRE)])

    assert await store.unseen([GUNFIRE, FLIGHTS]) == (FLIGHTS,)


async def test_an_item_whose_words_changed_is_unseen_and_its_old_words_are_not(store: Store) -> None:
    await store.commit([decision(item=GUNFIRE)])
    longer = replace(GUNFIRE, text="At least six died.", content_key=content_key(GUNFIRE.title, "At least six died."))

    assert await store.unseen([longer]) == (longer,)
    await store.commit([decision(item=longer)])

    assert await store.unseen([GUNFIRE, longer]) == ()


async def test_an_item_that_stands_twice_in_a_feed_is_unseen_once(store: Store) -> None:
    assert await store.unseen([GUNFIRE, FLIGHTS, GUNFIRE]) == (GUNFIRE, FLIGHTS)


async def test_the_same_item_committed_twice_is_no_fault(store: Store) -> None:
    await store.commit([decision(item=GUNFIRE)])
    await store.commit([decision(item=GUNFIRE)])

    assert await store.unseen([GUNFIRE]) == ()


async def test_old_words_at_their_old_address_are_no_news_under_a_new_id_and_date(store: Store) -> None:
    await store.commit([decision(item=GUNFIRE)])
    again = replace(GUNFIRE, id="another", guid="another", published_at=at(90))

    assert await store.unseen([again]) == ()
    assert await store.unseen([again, replace(again, id="a third")]) == ()
    elsewhere = replace(again, url="https://wire.example/another-day")
    assert await store.unseen([elsewhere]) == (elsewhere,)
    assert await store.unseen([replace(again, source_id="radio-niger")]) != ()


async def test_the_same_words_under_two_new_ids_are_one_item(store: Store) -> None:
    assert await store.unseen([GUNFIRE, replace(GUNFIRE, id="another")]) == (GUNFIRE,)


async def test_what_comes_under_ever_new_ids_is_not_forgotten_while_its_feed_shows_it(store: Store) -> None:
    await store.commit([decision(item=GUNFIRE)])
    month = at(0) + timedelta(days=30)
    assert await store.unseen([replace(GUNFIRE, id="another", fetched_at=month)]) == ()
    await prune(store, at(0) + timedelta(days=20), deliveries=at(0))

    assert await store.unseen([replace(GUNFIRE, id="a third", fetched_at=month)]) == ()


async def test_an_authoritys_own_ids_are_believed(store: Store) -> None:
    quake = replace(GUNFIRE, native=Native(event_id="us1"))
    await store.commit([decision(item=quake)])
    aftershock = replace(quake, id="another", native=Native(event_id="us2"))

    assert await store.unseen([aftershock]) == (aftershock,)


async def test_a_feed_of_two_thousand_items_is_one_question(store: Store) -> None:
    many = [item(f"Road closed at kilometre {number}") for number in range(2000)]
    await store.commit([decision(item=one) for one in many[::2]])

    assert await store.unseen(many) == tuple(many[1::2])


async def test_old_items_are_dropped_and_newer_ones_kept(store: Store) -> None:
    await store.commit([decision(item=GUNFIRE), decision(item=FLIGHTS)])

    assert await prune(store, at(1)) == 1

    assert await store.unseen([GUNFIRE, FLIGHTS]) == (GUNFIRE,)


async def test_an_item_that_its_feed_still_shows_is_not_forgotten(store: Store) -> None:
    await store.commit([decision(item=GUNFIRE)])
    still_there = replace(GUNFIRE, fetched_at=at(0) + timedelta(days=80))
    assert await store.unseen([still_there]) == ()

    assert await prune(store, at(0) + timedelta(days=10), deliveries=at(0)) == 0

    assert await store.unseen([still_there]) == ()


async def test_a_delivery_is_kept_while_its_event_is_talked_of_and_dropped_with_it(store: Store) -> None:
    await waiting(store, alert())
    (claimed,) = await store.claim("me", at(1), 8, LEASE)
    await store.settle(claimed, sent(), at(1))
    month = at(0) + timedelta(days=30)
    first = await store.event("event-1")
    assert first is not None
    later = changed(first, last_seen_at=month, state=EventState.ENDED)
    await store.commit([decision(later)])

    assert await prune(store, at(2)) == 0
    assert ((1, "event-1")) in await store.told(["event-1"])

    # The delivery, and with it the event that is over.
    assert await prune(store, month + LEASE) == 2
    assert await store.event("event-1") is None


async def test_what_may_still_be_sent_is_never_pruned(store: Store) -> None:
    await waiting(store, alert(), alert(chat_id=2), alert(chat_id=3, not_before=at(9)))
    being_sent = await store.claim("me", at(1), 1, LEASE)
    later = at(0) + timedelta(days=400)

    await prune(store, later)

    assert {key for told in (await store.told(["event-1"])).values() for key in told.keys} == {
        "1:event-1:first", "2:event-1:first", "3:event-1:first"
    }  # fmt: skip
    assert await store.settle(being_sent[0], sent(), at(1))
    assert await store.event("event-1") == event()


async def test_a_live_event_is_kept_however_old(store: Store) -> None:
    await store.commit([decision(opened(event()))])
    later = at(0) + timedelta(days=400)

    assert await prune(store, later) == 0
    assert await store.live_events() == (event(),)


@pytest.mark.parametrize(
    "state",
    [
        SourceState(source_id="sahel-wire"),
        SourceState(
            source_id="radio-niger", validators=Validators(etag='W/"7c-ü"', last_modified="Tue, 17 Sep 2024 07:00 GMT"),
            next_at=at(1), last_success_at=at(0), last_item_at=at(-1), failures=3, empty_polls=2,
            failing="the server answered 503", disabled=True,
        ),
    ],
)  # fmt: skip
async def test_a_sources_state_comes_back_as_it_was_saved(store: Store, state: SourceState) -> None:
    await store.save_source_state(replace(state, failures=99))
    await store.save_source_state(state)

    assert await store.source_states() == {state.source_id: state}
