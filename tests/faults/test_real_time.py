"""In real time, through the whole library and over a real store: the rate, with Telegram's limits on."""

import asyncio
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path
from statistics import fmean

import pytest
from builders import BAMAKO, MALI, chat, event, watch
from contract.outbox_builders import decision, opened
from fakes import FakeAtlas
from support.fan_out import plainly
from support.limits import LimitedTelegram
from support.telegram_emulator import TOKEN
from telegram.ext import ExtBot

from bot.app.clock import SystemClock
from bot.chat.application import build_application, close_chat, open_chat
from bot.chat.paced_start import PacedStart
from bot.chat.pacer import Pacer
from bot.chat.sender import TelegramSender
from bot.chat.transport import make_bot
from bot.model.alert import Alert, AlertReason, Delivery, Lane
from bot.model.assessment import Severity
from bot.model.watch import Match
from bot.services.deliver import Deliver
from bot.services.subscriptions import Subscriptions
from bot.storage.store import SqlStore


@pytest.fixture
async def store(tmp_path: Path) -> AsyncIterator[SqlStore]:
    async with SqlStore.open(f"sqlite+aiosqlite:///{tmp_path / 'o.sqlite3'}", "test", migrate=True) as opened_store:
        yield opened_store


async def fill(store: SqlStore, chats: int) -> None:
    """Commit one event, and an alert of it for each chat."""
    now = SystemClock().now()
    match = Match(watch=watch(MALI), why="in-country", place=BAMAKO)
    for number in range(1, chats + 1):
        await store.save_chat(chat(number))
    alerts = tuple(
        Alert(
            key=f"{number}:event-1:first", chat_id=number, event_id="event-1", event_version=1,
            reason=AlertReason.FIRST, severity=Severity.SEVERE, silent=False, match=match, created_at=now,
            expires_at=now + timedelta(hours=1),
        )
        for number in range(1, chats + 1)
    )  # fmt: skip
    await store.commit([decision(opened(event()), alerts=alerts, when=now)])


async def send_all(store: SqlStore, bot: ExtBot[Lane], pace: PacedStart) -> None:
    """Send all that waits."""
    sender = TelegramSender(bot, SystemClock().now, pace.everyone_held)
    delivery = Deliver(
        store=store, sender=sender, render=plainly, clock=SystemClock(), owner="test", resting=pace.resting
    )
    while (await store.outbox_counts())[Delivery.NEW]:
        await delivery.sweep()
        await asyncio.sleep(0.1)


async def told(store: SqlStore, telegram: LimitedTelegram) -> float:
    """Send all that waits; return the rate, by the times at which Telegram took the messages."""
    pace = PacedStart(Pacer())
    async with make_bot(TOKEN, base_url=telegram.base_url, pace=pace, on_fatal=pytest.fail) as bot:
        await send_all(store, bot, pace)
    return (len(telegram.taken) - 1) / (telegram.taken[-1] - telegram.taken[0])


async def test_every_chat_is_told_once_and_never_faster_than_the_rate_allows(store: SqlStore) -> None:
    await fill(store, 90)
    async with LimitedTelegram() as telegram:
        rate = await told(store, telegram)
        assert sorted(one.chat_id for one in telegram.messages) == list(range(1, 91))
        assert rate <= 29.5  # how fast it is at least is shown below, on a machine that has time


@pytest.mark.heavy
async def test_eighteen_hundred_alerts_go_out_at_the_rate_none_is_refused_and_none_is_lost(store: SqlStore) -> None:
    await fill(store, 1_800)
    async with LimitedTelegram() as telegram:
        rate = await told(store, telegram)
        print(f"\n1,800 alerts in real time: {rate:.2f}/s, {telegram.refused} refused")  # noqa: T201 - the figures
        assert sorted(one.chat_id for one in telegram.messages) == list(range(1, 1_801))
        assert (await store.outbox_counts())[Delivery.SENT] == 1_800
        assert telegram.refused == 0
        assert rate >= 27.0


@pytest.mark.heavy
async def test_who_writes_to_the_bot_during_a_fan_out_is_answered_within_a_second(store: SqlStore) -> None:
    await fill(store, 600)
    people, waits = range(9_001, 9_041), list[float]()
    pace, now = PacedStart(Pacer()), asyncio.get_running_loop().time
    async with LimitedTelegram() as telegram:
        bot = make_bot(TOKEN, base_url=telegram.base_url, pace=pace, on_fatal=pytest.fail)
        subscriptions = Subscriptions(store, FakeAtlas(), SystemClock())  # type: ignore[arg-type]
        application = build_application(bot, subscriptions, SystemClock().now)
        await open_chat(application, pytest.fail)
        sending = asyncio.create_task(send_all(store, bot, pace))
        for person in people:
            await asyncio.sleep(0.2)
            asked = now()
            telegram.say(person, "/watch Mali")
            await telegram.next_message(person)
            waits.append(now() - asked)
        assert not sending.done()
        await sending
        await close_chat(application)
        print(f"\n{len(people)} commands in 600 alerts: slowest {max(waits):.2f} s, mean {fmean(waits):.2f} s")  # noqa: T201
        assert max(waits) <= 1.0
        assert telegram.refused == 0
