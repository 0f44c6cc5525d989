from collections.abc import AsyncIterator

import pytest
from builders import BAMAKO, GAO, MALI, assessment, at, chat, event, item, watch
from contract.outbox_builders import LEASE
from service_fakes import HandClock

from bot.alerts.facts import tag
from bot.events.judge import judge_item, statement
from bot.model.alert import AlertReason, Delivery
from bot.model.assessment import Assessment, Severity, Status
from bot.model.event import Event
from bot.model.item import Item
from bot.services.ingest import alerts_for
from bot.services.operate import Because, Done, Operate, Refused
from bot.services.ports import Claimed, Decision, Settlement
from bot.storage.store import SqlStore

EVERYWHERE, IN_BAMAKO, IN_GAO, DEAF = 1, 2, 3, 4


@pytest.fixture
async def store() -> AsyncIterator[SqlStore]:
    async with SqlStore.open("sqlite+aiosqlite://", "a test", migrate=True) as opened:
        for one in (
            watch(MALI, chat_id=EVERYWHERE), watch(BAMAKO, chat_id=IN_BAMAKO), watch(GAO, chat_id=IN_GAO),
            watch(MALI, chat_id=DEAF, min_severity=Severity.EXTREME),
        ):  # fmt: skip
            await opened.save_chat(chat(one.chat_id))
            await opened.add_watch(one)
        yield opened


async def hear(store: SqlStore, heard: Item, judged: Assessment, known: tuple[Event, ...] = ()) -> Event:
    """Judge an item against these events and keep what comes of it; return the event that it is about."""
    now = heard.published_at
    assert now is not None
    changes = judge_item(heard, (judged,), known, now)
    said = statement(heard, (judged,), now)
    alerts = await alerts_for(changes, store, now)
    await store.commit([Decision(item=heard, changes=changes, alerts=alerts, at=now, said=said)])
    return changes[0].after


async def sent(store: SqlStore, hours: float, most: int = 99) -> list[Claimed]:
    """Send what is due, each message with a number of its own, and return it."""
    gone: list[Claimed] = []
    while (
        claimed := await store.claim("a test", at(hours), min(1, most - len(gone)), LEASE) if len(gone) < most else ()
    ):
        for one in claimed:
            number = one.message_id if one.alert.reason is AlertReason.EDIT else 100 + one.row
            await store.settle(one, Settlement(state=Delivery.SENT, message_id=number), at(hours))
            gone.append(one)
    return gone


async def attack(store: SqlStore) -> Event:
    return await hear(store, item("Gunfire heard in Bamako"), assessment(BAMAKO))


async def raid(store: SqlStore) -> Event:
    return await hear(store, item("Raid on the camp of Gao", outlet="Le Fleuve", hours=0.5), assessment(GAO))


@pytest.mark.parametrize("most", [0, 1, 2])
async def test_exactly_those_who_were_told_are_told_that_it_was_an_error(store: SqlStore, most: int) -> None:
    event = await attack(store)
    told = {one.chat.id for one in await sent(store, 0, most)}
    assert len(told) == most
    done = await Operate(store, HandClock(at(1))).retract(event.id, "a film was being shot")
    assert done == Done(most, (event.id,))
    waiting = await sent(store, 1)
    assert {one.chat.id for one in waiting} == told
    assert all(one.alert.reason is AlertReason.RETRACTION for one in waiting)


async def test_what_is_unknown_or_withdrawn_is_not_withdrawn(store: SqlStore) -> None:
    event = await attack(store)
    operate = Operate(store, HandClock(at(1)))
    assert await operate.retract("no such event") == Refused(Because.UNKNOWN, "no such event")
    assert isinstance(await operate.retract(event.id), Done)
    assert await operate.retract(event.id) == Refused(Because.OVER, event.id)
    (*_, last) = await store.history(event.id)
    assert [reason.code for reason in last.reasons] == ["retracted", "operator"]


async def test_an_event_is_called_by_the_beginning_of_its_id_or_by_its_tag(store: SqlStore) -> None:
    one, other = await attack(store), await raid(store)
    assert await store.event_ids(one.id[:6]) == await store.event_ids(tag(one).lower()) == (one.id,)
    operate = Operate(store, HandClock(at(1)))
    assert await operate.retract("") == Refused(Because.SEVERAL, "", tuple(sorted((one.id, other.id))))
    assert await operate.retract("ML-16SEP-K7") == Refused(Because.UNKNOWN, "ML-16SEP-K7")
    assert isinstance(await operate.retract(tag(other)), Done)


async def test_a_tag_finds_an_event_at_sea_too(store: SqlStore) -> None:
    bamako = event().place
    sea = type(bamako)(id="sea:1", name="Red Sea", kind=bamako.kind, country=None, point=bamako.point, radius_km=500)
    there = await hear(store, item("Ship attacked in the Red Sea"), assessment(sea))
    assert tag(there).startswith("SEA-")
    assert await store.event_ids(tag(there)) == (there.id,)


async def test_merged_events_are_told_to_nobody_anew_and_each_chat_keeps_its_thread(store: SqlStore) -> None:
    kept, gone = await attack(store), await raid(store)
    threads = {(one.chat.id, one.event.id): 100 + one.row for one in await sent(store, 1)}
    assert set(threads) == {
        (EVERYWHERE, kept.id), (EVERYWHERE, gone.id), (IN_BAMAKO, kept.id), (IN_GAO, gone.id),
    }  # fmt: skip
    assert isinstance(await Operate(store, HandClock(at(2))).merge(kept.id, gone.id), Done)

    edits = await sent(store, 2)
    assert {one.alert.reason for one in edits} == {AlertReason.EDIT}, "nothing rings and nothing is new"
    assert {(one.chat.id, one.event.id, one.message_id) for one in edits} == {
        (EVERYWHERE, kept.id, threads[EVERYWHERE, kept.id]), (EVERYWHERE, gone.id, threads[EVERYWHERE, gone.id]),
        (IN_BAMAKO, kept.id, threads[IN_BAMAKO, kept.id]), (IN_GAO, kept.id, threads[IN_GAO, gone.id]),
    }  # fmt: skip

    one = await store.event(kept.id)
    assert one is not None
    over = assessment(MALI, status=Status.ENDED, places=(MALI, BAMAKO, GAO))
    ended = await hear(store, item("Army: attack in Mali is over", official=True, hours=3), over, (one,))
    assert (ended.id, ended.state) == (kept.id, "ended")
    ends = await sent(store, 3)
    assert {(one.chat.id, one.alert.reason, one.message_id) for one in ends} == {
        (EVERYWHERE, AlertReason.ALL_CLEAR, threads[EVERYWHERE, kept.id]),
        (IN_BAMAKO, AlertReason.ALL_CLEAR, threads[IN_BAMAKO, kept.id]),
        (IN_GAO, AlertReason.ALL_CLEAR, threads[IN_GAO, gone.id]),
    }  # fmt: skip


async def test_what_still_waits_when_events_are_merged_is_told_once_as_the_one_event(store: SqlStore) -> None:
    kept, gone = await attack(store), await raid(store)
    await Operate(store, HandClock(at(1))).merge(kept.id, gone.id)
    firsts = [one for one in await sent(store, 1) if one.alert.reason is not AlertReason.EDIT]
    assert sorted((one.chat.id, one.alert.reason, one.event.id) for one in firsts) == [
        (number, AlertReason.FIRST, kept.id) for number in (EVERYWHERE, IN_BAMAKO, IN_GAO)
    ]


async def test_who_waits_for_one_and_was_told_of_the_other_hears_no_first_alert_again(store: SqlStore) -> None:
    gone = await raid(store)
    await sent(store, 1)
    kept = await attack(store)  # its first alerts wait
    await Operate(store, HandClock(at(1))).merge(kept.id, gone.id)
    heard = [(one.chat.id, one.alert.reason) for one in await sent(store, 1)]
    assert (EVERYWHERE, AlertReason.FIRST) not in heard
    assert (IN_BAMAKO, AlertReason.FIRST) in heard


async def test_who_was_told_of_the_lesser_event_hears_that_it_is_graver(store: SqlStore) -> None:
    grave = await attack(store)
    lesser = await hear(
        store, item("Shots near Gao", hours=0.5), assessment(GAO, severity=Severity.MODERATE)
    )  # fmt: skip
    await sent(store, 1)
    await Operate(store, HandClock(at(2))).merge(lesser.id, grave.id)
    heard = {one.chat.id: one.alert.reason for one in await sent(store, 2) if one.event.id == lesser.id}
    assert heard == {
        EVERYWHERE: AlertReason.EDIT, IN_BAMAKO: AlertReason.EDIT, IN_GAO: AlertReason.ESCALATION,
    }  # fmt: skip


async def mixed(store: SqlStore) -> tuple[Event, str]:
    """Keep an attack in Bamako to which a report of Gao was joined wrongly; return it and the item of that."""
    first = await attack(store)
    wrong = item("Gao: shots at the camp as in Bamako", outlet="Le Fleuve", hours=0.5)
    both = await hear(store, wrong, assessment(BAMAKO, places=(BAMAKO, GAO)), (first,))
    assert {place.name for place in both.area} == {"Bamako", "Gao"}
    return both, wrong.id


async def test_a_split_event_is_told_to_nobody_anew_who_was_told_of_it(store: SqlStore) -> None:
    both, wrong = await mixed(store)
    threads = {one.chat.id: 100 + one.row for one in await sent(store, 1) if one.alert.reason is AlertReason.FIRST}
    assert set(threads) == {EVERYWHERE, IN_BAMAKO, IN_GAO}
    done = await Operate(store, HandClock(at(2))).split(both.id, [wrong[:8]])
    assert isinstance(done, Done)
    old, new = done.ids
    heard = await sent(store, 2)
    assert {one.alert.reason for one in heard} == {AlertReason.EDIT}
    assert {one.message_id for one in heard if one.event.id == old} <= set(threads.values())
    fresh = await store.event(new)
    assert fresh is not None
    over = assessment(GAO, status=Status.ENDED, places=(BAMAKO, GAO))
    ended = await hear(store, item("All is over at the camp", official=True, hours=3), over, (fresh,))
    assert (ended.id, ended.state) == (new, "ended")
    ends = {one.chat.id: one.alert.reason for one in await sent(store, 3)}
    assert ends == dict.fromkeys((EVERYWHERE, IN_BAMAKO, IN_GAO), AlertReason.ALL_CLEAR), "all knew of that part"


async def test_what_cannot_be_split_is_said(store: SqlStore) -> None:
    both, wrong = await mixed(store)
    operate = Operate(store, HandClock(at(2)))
    assert await operate.split(both.id, ["zz"]) == Refused(Because.UNKNOWN, "zz")
    assert await operate.split(both.id, [""]) == Refused(Because.SEVERAL, "", tuple(r.item_id for r in both.reports))
    assert await operate.split(both.id, [r.item_id for r in both.reports]) == Refused(Because.NOTHING_LEFT, both.id)
    (first, second) = await operate.reports(both.id[:8])  # type: ignore[misc]
    assert (first.outlet, second.item_id) == ("Sahel Wire", wrong)
