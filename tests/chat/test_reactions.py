"""Buttons under alerts that answer them: show, mute, something wrong; over the real store and the real delivery."""

from collections.abc import AsyncIterator
from dataclasses import replace

import pytest
from builders import MALI, chat, event, watch
from contract.outbox_builders import alert, changed, decision, opened
from fakes import GROUPS, FakeAtlas
from service_fakes import HandClock
from support.chat_stage import Stage, press
from support.telegram_emulator import TOKEN, TelegramEmulator

from bot.alerts.render import render
from bot.chat.application import build_application, close_chat, open_chat
from bot.chat.offer import Offer
from bot.chat.paced_start import PacedStart
from bot.chat.pacer import Pacer
from bot.chat.sender import TelegramSender
from bot.chat.transport import make_bot
from bot.model.assessment import Severity
from bot.model.event import ChangeKind, Event
from bot.services.deliver import Deliver
from bot.services.ingest import alerts_for
from bot.services.reactions import Reactions
from bot.services.regions import Regions
from bot.services.subscriptions import Subscriptions
from bot.storage.store import SqlStore

AWA = 42


@pytest.fixture
async def told(telegram: TelegramEmulator) -> AsyncIterator[tuple[Stage, SqlStore, Deliver]]:
    """A chat that watches Mali, over the real store, with the real delivery."""
    clock, fatal = HandClock(), list[str]()
    async with SqlStore.open("sqlite+aiosqlite://", "this") as store:
        subscriptions = Subscriptions(store, Regions(FakeAtlas(), GROUPS), clock)  # type: ignore[arg-type]
        pace = PacedStart(Pacer(per_second=1000, private_gap=0, group_gap=0))
        bot = make_bot(TOKEN, base_url=telegram.base_url, pace=pace, on_fatal=fatal.append)
        offer = Offer(reactions=Reactions(store, clock, lambda place, _: place.name))
        application = build_application(bot, subscriptions, clock.now, offer=offer)
        await open_chat(application, fatal.append)
        deliver = Deliver(
            store=store, sender=TelegramSender(bot, clock.now), render=render, clock=clock, owner="this"
        )  # fmt: skip
        await store.save_chat(chat(AWA))
        await store.add_watch(watch(MALI, chat_id=AWA))
        yield Stage(telegram, store, subscriptions, bot, application, fatal, clock), store, deliver  # type: ignore[arg-type]
        await close_chat(application)


async def happens(store: SqlStore, deliver: Deliver, change: object) -> int:
    """Commit the change with the alerts that follow from it, send them; return how many were sent or edited."""
    alerts = await alerts_for((change,), store, change.at)  # type: ignore[attr-defined, arg-type]
    await store.commit([decision(change, alerts=alerts, when=change.at)])  # type: ignore[attr-defined, arg-type]
    return await deliver.sweep()


def grown(before: Event, severity: Severity, hours: float) -> object:
    return changed(before, ChangeKind.ESCALATED, hours=hours, severity=severity)


async def test_a_muted_event_stays_muted_and_an_escalation_to_extreme_asks_once(
    told: tuple[Stage, SqlStore, Deliver],
) -> None:
    stage, store, deliver = told
    first = event(severity=Severity.MODERATE)
    await happens(store, deliver, opened(first))
    shown = await stage.telegram.next_message(AWA)
    assert "Mute this" in shown.labels
    stage.telegram.press(AWA, shown, "Mute this")
    assert "Muted" in (await stage.telegram.next_answer())["text"]

    severe = grown(first, Severity.SEVERE, 0.1)
    stage.clock.turn(minutes=10)
    await happens(store, deliver, severe)
    assert len(stage.telegram.in_chat(AWA)) == 1, "an edit alone, which nobody hears"
    extreme = grown(severe.after, Severity.EXTREME, 0.2)  # type: ignore[attr-defined]
    stage.clock.turn(minutes=10)
    await happens(store, deliver, extreme)
    asking = stage.telegram.in_chat(AWA)[-1]
    assert len(stage.telegram.in_chat(AWA)) == 2
    assert "Hear of it again" in asking.labels
    assert "Mute this" not in asking.labels

    stage.telegram.press(AWA, asking, "Hear of it again")
    assert "again" in (await stage.telegram.next_answer())["text"]
    assert not (await store.told([first.id]))[AWA, first.id].muted


async def test_a_discreet_chat_reads_of_no_hazard_and_no_place_until_it_asks(
    told: tuple[Stage, SqlStore, Deliver],
) -> None:
    stage, store, deliver = told
    await store.save_chat(chat(AWA, discreet=True))
    await happens(store, deliver, opened(event()))
    shown = await stage.telegram.next_message(AWA)
    assert shown.text.startswith("Outrider: a message for you (")
    assert not any(word in shown.text for word in ("Mali", "ML", "Bamako", "attack", "SEVERE"))
    assert shown.labels == ["Show"]
    opened_up = await press(stage, AWA, shown, "Show")
    assert "armed attack – Bamako, Mali" in opened_up.text
    assert "Map" in opened_up.labels
    assert len(stage.telegram.in_chat(AWA)) == 1, "an edit makes no new line on the lock screen"


async def test_what_is_wrong_is_kept_once_for_the_operator_without_the_chats_number(
    told: tuple[Stage, SqlStore, Deliver],
) -> None:
    stage, store, deliver = told
    await happens(store, deliver, opened(event()))
    shown = await stage.telegram.next_message(AWA)
    for _ in range(2):
        stage.telegram.press(AWA, shown, "Something wrong?")
        asked = await stage.telegram.next_message(AWA)
        await stage.telegram.next_answer()
        assert asked.labels == ["Wrong place", "Not an incident", "I had this already"]
        assert "Thank you" in (await press(stage, AWA, asked, "Wrong place")).text
    (label,) = await store.feedback()
    assert (label["said"], label["event_id"], label["voice"]) == ("wrong-place", "event-1", 1)
    assert label["item_ids"] == [event().reports[0].item_id]
    assert str(AWA) not in str(label.values())


async def test_nobody_mutes_or_labels_what_he_was_not_told(told: tuple[Stage, SqlStore, Deliver]) -> None:
    _, store, _ = told
    reactions = Reactions(store, HandClock(), lambda place, _: place.name)
    await store.commit([decision(opened(event()), alerts=(replace(alert(chat_id=7)),))])
    assert await reactions.shown(AWA, "event-1") is None
    assert not await reactions.mute(AWA, "event-1", muted=True)
    assert await store.feedback() == ()
