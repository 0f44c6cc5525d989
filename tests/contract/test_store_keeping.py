"""Each kind of row is kept for a time of its own."""

from datetime import datetime, timedelta

import pytest
from builders import at, event, item
from contract.outbox_builders import LEASE, alert, changed, decision, opened, sent, waiting

from bot.model.event import EventState
from bot.services.ports import Store

LONG_AGO, LATER = at(0) - timedelta(days=1), at(0) + timedelta(days=99)
KINDS = ("items", "statements", "events", "deliveries")


async def pruned(store: Store, *kinds: str) -> int:
    limits: dict[str, datetime] = {f"{kind}_before": LATER if kind in kinds else LONG_AGO for kind in KINDS}
    return await store.prune(**limits)


async def test_items_and_events_go_each_by_their_own_time(store: Store) -> None:
    over = event(state=EventState.ENDED)
    await store.commit([decision(opened(over), item=item("Market shut in Gao"))])

    assert await pruned(store, "deliveries", "statements") == 0
    assert await pruned(store, "items") == 1
    assert await store.event(over.id) is not None
    assert await pruned(store, "events") == 1
    assert await store.event(over.id) is None


async def test_an_event_stays_as_long_as_a_delivery_of_it_does(store: Store) -> None:
    await waiting(store, alert())
    (claimed,) = await store.claim("me", at(1), 1, LEASE)
    await store.settle(claimed, sent(), at(1))
    known = await store.event("event-1")
    assert known is not None
    await store.commit([decision(changed(known, state=EventState.ENDED))])

    assert await pruned(store, "events") == 0
    assert await pruned(store, "deliveries") == 1
    assert await pruned(store, "events") == 1


@pytest.mark.parametrize("kind", KINDS)
async def test_a_live_event_and_what_waits_for_it_is_never_dropped(store: Store, kind: str) -> None:
    await waiting(store, alert(), alert(chat_id=2, not_before=at(9)))

    assert await pruned(store, kind) == 0

    assert len(await store.live_events()) == 1
    assert sum(one.rows for one in await store.outbox_pending(at(1))) == 2
