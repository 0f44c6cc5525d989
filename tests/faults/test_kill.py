"""kill -9 between commit and send, and in the middle of sending: after the restart every alert arrives."""

import asyncio
import signal
from collections.abc import AsyncIterator, Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from builders import MALI, chat, item, watch
from support.feed_server import FeedServer
from support.service import config_with, start_service
from support.telegram_emulator import TOKEN, TelegramEmulator

from bot.model.alert import Delivery
from bot.storage.store import SqlStore

CHATS = range(100, 140)


async def until(true: Callable[[], bool], *, within: float = 45) -> None:
    async with asyncio.timeout(within):
        while not true():  # noqa: ASYNC110 - what is waited for is in another process
            await asyncio.sleep(0.05)


async def prepare(folder: Path) -> str:
    (folder / "data").mkdir()
    url = f"sqlite+aiosqlite:///{folder / 'data' / 'outrider.sqlite3'}"
    async with SqlStore.open(url, "test", migrate=True) as store:
        for number in CHATS:
            await store.save_chat(chat(number))
            await store.add_watch(watch(MALI, number=0, chat_id=number))
    return url


@pytest.fixture
async def feeds() -> AsyncIterator[FeedServer]:
    async with FeedServer() as server:
        report = item(
            "Gunmen attack gendarmerie school in Bamako",
            "Gunmen attacked a gendarmerie school in Bamako, the capital of Mali, this morning. Several were killed.",
            published_at=datetime.now(UTC),
        )
        server.publish("/wire.rss", [report])
        yield server


def sources(feeds: FeedServer) -> str:
    return (
        f'[[source]]\nid = "wire"\nname = "Sahel Wire"\nurl = "{feeds.url("/wire.rss")}"\n'
        'languages = ["en"]\nevery_s = 1\n'
    )


async def counts(url: str) -> dict[Delivery, int]:
    async with SqlStore.look(url) as store:
        return dict(await store.outbox_counts())


def copies(telegram: TelegramEmulator) -> list[int]:
    return [len(telegram.in_chat(number)) for number in CHATS]


async def test_killed_between_commit_and_send_every_alert_arrives_after_the_restart(
    tmp_path: Path, feeds: FeedServer
) -> None:
    url = await prepare(tmp_path)
    config = config_with(tmp_path, sources(feeds))
    token = {"OUTRIDER_TELEGRAM_TOKEN": TOKEN}
    nobody = await start_service(tmp_path, config, OUTRIDER_TELEGRAM_BASE_URL="http://127.0.0.1:9/bot", **token)
    waiting = 0
    async with asyncio.timeout(45):
        while waiting < len(CHATS):
            await asyncio.sleep(0.2)
            found = await counts(url)
            waiting = sum(found[state] for state in (Delivery.NEW, Delivery.SENDING, Delivery.AMBIGUOUS))
    nobody.send_signal(signal.SIGKILL)
    await nobody.wait()
    async with TelegramEmulator() as telegram:
        again = await start_service(tmp_path, config, OUTRIDER_TELEGRAM_BASE_URL=telegram.base_url, **token)
        await until(lambda: all(copies(telegram)))
        again.send_signal(signal.SIGTERM)
        assert await again.wait() == 0
        assert copies(telegram) == [1] * len(CHATS)
    assert "error" not in (tmp_path / "service.log").read_text()


async def test_killed_in_the_middle_of_sending_nothing_is_lost_and_every_repeat_is_marked(
    tmp_path: Path, feeds: FeedServer
) -> None:
    await prepare(tmp_path)
    config = config_with(tmp_path, sources(feeds))
    async with TelegramEmulator() as telegram:
        settings = {"OUTRIDER_TELEGRAM_TOKEN": TOKEN, "OUTRIDER_TELEGRAM_BASE_URL": telegram.base_url}
        first = await start_service(tmp_path, config, **settings)
        await until(lambda: sum(copies(telegram)) >= 10)
        first.send_signal(signal.SIGKILL)
        await first.wait()
        again = await start_service(tmp_path, config, **settings)
        await until(lambda: all(copies(telegram)))
        again.send_signal(signal.SIGTERM)
        assert await again.wait() == 0
        repeats = [message for number in CHATS for message in telegram.in_chat(number)[1:]]
        assert len(repeats) <= 8  # the sends in flight
        assert all("repeat" in message.text for message in repeats)
