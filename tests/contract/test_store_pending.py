"""What is still to be sent, as the operator sees it, and whether the store can be written to."""

from dataclasses import replace

from builders import at
from contract.outbox_builders import LEASE, alert, ambiguous, sent, waiting

from bot.model.assessment import Severity
from bot.model.watch import ChatState
from bot.services.ports import Pending, Store
from bot.storage.tables import SCHEMA


async def test_what_waits_is_counted_by_severity_with_the_age_of_the_oldest_that_is_due(store: Store) -> None:
    await waiting(
        store, alert(), alert(chat_id=2, hours=1), alert(chat_id=3, severity=Severity.MINOR, not_before=at(9))
    )
    assert set(await store.outbox_pending(at(2))) == {
        Pending(severity=Severity.SEVERE, rows=2, due_since=at(0)),
        Pending(severity=Severity.MINOR, rows=1, due_since=None),
    }


async def test_a_retry_does_not_make_what_waits_look_younger(store: Store) -> None:
    await waiting(store, alert())
    (claimed,) = await store.claim("me", at(1), 8, LEASE)
    await store.settle(claimed, ambiguous(at(5)), at(1))
    assert await store.outbox_pending(at(2)) == (Pending(severity=Severity.SEVERE, rows=1, due_since=at(0)),)


async def test_what_was_sent_and_what_is_for_a_chat_that_left_waits_no_longer(store: Store) -> None:
    await waiting(store, alert(), alert(chat_id=2))
    (claimed,) = await store.claim("me", at(1), 1, LEASE)
    await store.settle(claimed, sent(), at(1))
    other = await store.chat(2)
    assert other is not None
    await store.save_chat(replace(other, state=ChatState.UNREACHABLE))
    assert await store.outbox_pending(at(2)) == ()


async def test_a_store_that_can_be_written_to_says_its_schema(store: Store) -> None:
    assert await store.touch() == SCHEMA
