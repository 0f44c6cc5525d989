"""The real application against the emulator, over fakes of the store and the book of places."""

from collections.abc import AsyncIterator

import pytest
from fakes import GROUPS, FakeAtlas, FakeStore
from service_fakes import HandClock
from support.chat_stage import Stage
from support.crew_stage import BOSS, GROUP, CrewStage, crew_on_stage
from support.telegram_emulator import TOKEN, TelegramEmulator
from telegram.ext import ExtBot

from bot.chat.application import build_application, close_chat, open_chat
from bot.chat.paced_start import PacedStart
from bot.chat.pacer import Pacer
from bot.chat.transport import make_bot
from bot.model.alert import Lane
from bot.services.regions import Regions
from bot.services.subscriptions import Subscriptions
from bot.storage.store import SqlStore


@pytest.fixture
async def telegram() -> AsyncIterator[TelegramEmulator]:
    async with TelegramEmulator() as emulator:
        yield emulator


@pytest.fixture
async def bot(telegram: TelegramEmulator) -> AsyncIterator[ExtBot[Lane]]:
    """A bot with a fast pace: what the pacer does is tested by itself."""
    pace = PacedStart(Pacer(per_second=1000, private_gap=0, group_gap=0))
    made = make_bot(TOKEN, base_url=telegram.base_url, pace=pace, on_fatal=lambda _why: None)
    async with made:
        yield made


@pytest.fixture
async def stage(telegram: TelegramEmulator) -> AsyncIterator[Stage]:
    store, clock, fatal = FakeStore(), HandClock(), []
    subscriptions = Subscriptions(store, Regions(FakeAtlas(), GROUPS), clock)  # type: ignore[arg-type]
    pace = PacedStart(Pacer(per_second=1000, private_gap=0, group_gap=0))
    bot = make_bot(TOKEN, base_url=telegram.base_url, pace=pace, on_fatal=fatal.append)
    application = build_application(bot, subscriptions, clock.now)
    await open_chat(application, fatal.append)
    yield Stage(telegram, store, subscriptions, bot, application, fatal, clock)
    await close_chat(application)


@pytest.fixture
async def crewed(telegram: TelegramEmulator) -> AsyncIterator[CrewStage]:
    """The chat over a real store in memory; a group with an owner."""
    telegram.statuses[GROUP, BOSS] = "creator"
    in_memory = SqlStore.open("sqlite+aiosqlite://", "this test")
    async with in_memory as store, crew_on_stage(telegram, store, HandClock()) as made:
        yield made
