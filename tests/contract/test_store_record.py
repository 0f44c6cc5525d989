"""What the store remembers of its own work; and canaries, which none but the outbox sees."""

from dataclasses import replace
from datetime import timedelta

from builders import BAMAKO, at, chat, event
from contract.outbox_builders import LEASE, alert, changed, decision, opened, sent, waiting

from bot.model.alert import Delivery
from bot.model.event import ChangeKind, Neighbourhood
from bot.storage.store import SqlStore


async def test_changes_come_in_their_order_with_whether_people_were_to_be_told(store: SqlStore) -> None:
    first = event()
    await store.commit([decision(opened(first))])
    later = replace(first, version=2)
    change = changed(first, ChangeKind.ESCALATED, hours=2)
    await store.commit([replace(decision(replace(change, after=later)), silent=True)])
    found = await store.changes_after(0, 9)
    assert [(one.kind, one.told, one.event.version) for one in found] == [
        (ChangeKind.OPENED, True, 2), (ChangeKind.ESCALATED, False, 2),
    ]  # fmt: skip
    assert await store.changes_after(found[0].number, 9) == found[1:]
    assert await store.last_change() == found[1].number
    assert await store.changes_since(at(1)) == found[1:]


async def test_a_mark_is_kept_until_the_next_one(store: SqlStore) -> None:
    assert await store.mark("webhook") == ""
    await store.keep_mark("webhook", "7")
    await store.keep_mark("webhook", "7,9")
    assert await store.mark("webhook") == "7,9"


async def test_the_last_deliveries_are_told_without_their_chats(store: SqlStore) -> None:
    await waiting(store, alert(), alert(chat_id=2))
    (claimed,) = await store.claim("me", at(1), 1, LEASE)
    await store.settle(claimed, sent(), at(1))
    (last,) = await store.recent_deliveries(5)
    assert (last.state, last.settled_at, last.attempt) == (Delivery.SENT, at(1), 1)


async def test_no_list_and_no_search_finds_a_canary_and_after_it_nothing_stays(store: SqlStore) -> None:
    made_up = replace(event(), id="canary-1")
    own = replace(alert(), key="1:canary-1:first", event_id="canary-1")
    assert await store.fly(made_up, [own], chat()) == 1
    everywhere = Neighbourhood(countries=("ML",), points=(BAMAKO.point,), km=500, since=at(-99))
    assert await store.known_events(everywhere) == ()
    assert await store.live_events() == ()
    assert await store.events_with_ways(at(-99)) == ()
    assert await store.changes_since(at(-99)) == ()
    (claimed,) = await store.claim("me", at(0), 8, LEASE)
    assert claimed.event == made_up
    assert await store.flown("canary-1") is None
    assert await store.land() == 0, "it is in the air"
    await store.settle(claimed, sent(), at(0) + timedelta(seconds=1))
    flown = await store.flown("canary-1")
    assert flown is not None
    assert (flown.state, flown.at) == (Delivery.SENT, at(0) + timedelta(seconds=1))
    assert await store.land() == 1
    assert await store.event("canary-1") is None
    assert sum((await store.outbox_counts()).values()) == 0
