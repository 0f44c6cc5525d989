"""T-U3, T-U4: a flood of commands, huge and odd input, and links made by strangers, against the real store."""

from collections.abc import AsyncIterator
from pathlib import Path
from random import Random
from string import ascii_letters, digits

import pytest
from fakes import GROUPS, FakeAtlas
from service_fakes import HandClock
from support.chat_stage import Stage, ask
from support.seeds import drawn
from support.telegram_emulator import TOKEN, TelegramEmulator

from bot.chat.application import build_application, close_chat, open_chat
from bot.chat.paced_start import PacedStart
from bot.chat.pacer import Pacer
from bot.chat.transport import make_bot
from bot.services.regions import Regions
from bot.services.subscriptions import MOST_WATCHES, Subscriptions
from bot.storage.store import SqlStore

MALLORY = 66
ODD = (
    "%", "_", "%%%", "' OR 1=1 --", "Mali'; DROP TABLE watches; --", "\\", "B_mako", "Bam%", "x" * 4000,
    "\u202eilaM", "\u200b" * 300, "😀" * 500, "a" + "," * 4000, "a" + " ," * 2000, "<b>Mali", "$(reboot)",
    "../../etc/passwd",
)  # fmt: skip


@pytest.fixture
async def stage(tmp_path: Path) -> AsyncIterator[Stage]:
    """The real application over the real store in a file."""
    async with (
        TelegramEmulator() as telegram,
        SqlStore.open(f"sqlite+aiosqlite:///{tmp_path / 'outrider.sqlite3'}", "me", migrate=True) as store,
    ):
        clock, fatal = HandClock(), list[str]()
        subscriptions = Subscriptions(store, Regions(FakeAtlas(), GROUPS), clock)
        pace = PacedStart(Pacer(per_second=1000, private_gap=0, group_gap=0))
        bot = make_bot(TOKEN, base_url=telegram.base_url, pace=pace, on_fatal=fatal.append)
        application = build_application(bot, subscriptions, clock.now)
        await open_chat(application, fatal.append)
        yield Stage(telegram, store, subscriptions, bot, application, fatal, clock)  # type: ignore[arg-type]
        await close_chat(application)


async def test_of_a_flood_of_watches_ten_a_minute_are_kept_and_fifty_in_all(stage: Stage) -> None:
    for number in range(30):
        stage.telegram.share_location(MALLORY, 10 + number / 10, -8)
        await stage.telegram.next_message(MALLORY)
    assert len(await stage.subscriptions.watches(MALLORY)) == 10
    for minute in range(6):
        stage.clock.turn(minutes=1)
        for number in range(10):
            stage.telegram.share_location(MALLORY, 20 + minute + number / 10, -8)
            await stage.telegram.next_message(MALLORY)
    assert len(await stage.subscriptions.watches(MALLORY)) == MOST_WATCHES == 50


@pytest.mark.parametrize("text", ODD)
async def test_odd_input_is_answered_and_watches_nothing(stage: Stage, text: str) -> None:
    answer = await ask(stage, MALLORY, f"/watch {text}")
    assert answer.text
    assert "Something went wrong" not in answer.text
    assert await stage.subscriptions.watches(MALLORY) == ()
    assert "Mali" in (await ask(stage, MALLORY, "/watch Mali")).text, "the store is whole"


async def opened_links(stage: Stage, number: int) -> None:
    seed = drawn()
    chance = Random(seed)
    letters = ascii_letters + digits + "_-"
    for _ in range(number):
        payload = "".join(chance.choices(letters, k=chance.randint(1, 64)))
        link = chance.choice([f"w_{payload}"[:64], payload, "w_ML", "w_BKO", "w_2460596"])
        await ask(stage, MALLORY, f"/start {link}")
        if link.startswith("w_"):
            assert await stage.subscriptions.watches(MALLORY) == (), f"{link}, seed {seed}"
    assert await stage.subscriptions.watches(MALLORY) == ()


async def test_a_link_of_a_stranger_watches_nothing_until_a_button_is_pressed(stage: Stage) -> None:
    await opened_links(stage, 40)


@pytest.mark.heavy
async def test_a_thousand_links_of_strangers_watch_nothing(stage: Stage) -> None:
    await opened_links(stage, 1_000)
