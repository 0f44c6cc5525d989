"""A refused token, or a second poller, stops sender and chat, with one line to the operator; the intake goes on."""

import asyncio
import json
import signal
from datetime import UTC, datetime
from pathlib import Path

import pytest
from aiohttp import ClientSession
from builders import MALI, chat, item, watch
from support.feed_server import FeedServer
from support.service import config_with, free_port, start_service
from support.telegram_emulator import TOKEN, TelegramEmulator

from bot.model.alert import Delivery
from bot.storage.store import SqlStore


@pytest.mark.parametrize(("code", "words"), [(401, "OUTRIDER_TELEGRAM_TOKEN"), (409, "another process polls")])
async def test_what_closes_telegram_is_told_once_readiness_says_so_and_the_intake_goes_on(
    tmp_path: Path, code: int, words: str
) -> None:
    (tmp_path / "data").mkdir()
    url, port = f"sqlite+aiosqlite:///{tmp_path / 'data' / 'outrider.sqlite3'}", free_port()
    async with SqlStore.open(url, "test", migrate=True) as store:
        await store.save_chat(chat(42))
        await store.add_watch(watch(MALI, chat_id=42))
    async with FeedServer() as feeds, TelegramEmulator(token=TOKEN if code == 409 else "1000001:another") as telegram:
        telegram.fault("getUpdates", "error", times=1, value=409)
        report = item("Gunmen attack gendarmerie school in Bamako, several killed", published_at=datetime.now(UTC))
        feeds.publish("/wire.rss", [report])
        config = config_with(
            tmp_path,
            f'[[source]]\nid = "wire"\nname = "Sahel Wire"\nurl = "{feeds.url("/wire.rss")}"\n'
            'languages = ["en"]\nevery_s = 1\n',
        )
        service = await start_service(
            tmp_path, config, OUTRIDER_TELEGRAM_TOKEN=TOKEN, OUTRIDER_TELEGRAM_BASE_URL=telegram.base_url,
            OUTRIDER_WEB_PORT=str(port), OUTRIDER_LOG_JSON="true",
        )  # fmt: skip
        waiting = 0
        async with asyncio.timeout(45):
            while not waiting:
                await asyncio.sleep(0.2)
                async with SqlStore.look(url) as store:
                    waiting = (await store.outbox_counts())[Delivery.NEW]
        await asyncio.sleep(2.5)
        async with ClientSession() as session, session.get(f"http://127.0.0.1:{port}/readyz") as answer:
            status, page = answer.status, await answer.json()
        service.send_signal(signal.SIGTERM)
        assert await service.wait() == 0
    lines = [json.loads(line) for line in (tmp_path / "service.log").read_text().splitlines() if line.startswith("{")]
    told = [line for line in lines if words in json.dumps(line)]
    assert len(told) == 1
    assert status == 503
    assert str(code) in page["checks"]["telegram"]
    assert page["checks"]["sources"] == "ok"
    async with SqlStore.look(url) as store:
        assert (await store.outbox_counts())[Delivery.NEW] == 1
