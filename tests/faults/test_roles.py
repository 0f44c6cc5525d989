"""Several processes on one PostgreSQL: each does its part, one leads, another takes over when it dies or freezes."""

import asyncio
import signal
import time
from asyncio.subprocess import Process
from collections.abc import AsyncIterator, Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from builders import MALI, chat, item, watch
from support.feed_server import FeedServer
from support.service import config_with, start_service
from support.telegram_emulator import TOKEN, TelegramEmulator

from bot.storage.store import SqlStore

pytestmark = pytest.mark.heavy
CHATS = range(100, 130)
TAKEN_OVER_WITHIN = 15.0


async def until(true: Callable[[], bool], *, within: float = 60) -> None:
    async with asyncio.timeout(within):
        while not true():  # noqa: ASYNC110 - what is waited for is in another process
            await asyncio.sleep(0.05)


class Town:
    """Feeds, Telegram, a server's database, and the processes over it, each with a log of its own."""

    def __init__(self, folder: Path, url: str, feeds: FeedServer, telegram: TelegramEmulator) -> None:
        self.folder, self.url, self.feeds, self.telegram = folder, url, feeds, telegram
        self.processes: dict[str, Process] = {}
        self.config = config_with(
            folder,
            f'[[source]]\nid = "wire"\nname = "Sahel Wire"\nurl = "{feeds.url("/wire.rss")}"\n'
            'languages = ["en"]\nevery_s = 1\n',
        )

        with (self.config / "outrider.toml").open("a", encoding="utf-8") as tuning:
            tuning.write("[delivery]\npictures = false\n")

    async def start(self, name: str, role: str) -> None:
        folder = self.folder / name
        folder.mkdir()
        self.processes[name] = await start_service(
            folder, self.config, "--role", role,
            OUTRIDER_TELEGRAM_TOKEN=TOKEN, OUTRIDER_TELEGRAM_BASE_URL=self.telegram.base_url,
            OUTRIDER_DATABASE_URL=self.url,
        )  # fmt: skip

    def log(self, name: str) -> str:
        return (self.folder / name / "service.log").read_text(encoding="utf-8")

    def leader(self, *names: str) -> str | None:
        """Return who of these last said that it leads the bot, and has not said since that it stands by."""
        for name in names:
            said = [line for line in self.log(name).splitlines() if "duty=bot" in line]
            if said and "leads" in said[-1] and self.processes[name].returncode is None:
                return name
        return None

    def publish(self, *titles: str) -> None:
        now = datetime.now(UTC)
        text = "Many were killed this morning, officials said. The attack went on at noon."
        self.feeds.publish("/wire.rss", [item(title, text, published_at=now) for title in titles])

    def copies(self) -> list[int]:
        return [len(self.telegram.in_chat(number)) for number in CHATS]


@pytest.fixture
async def town(tmp_path: Path, postgres_url: str) -> AsyncIterator[Town]:
    async with SqlStore.open(postgres_url, "test") as store:
        for number in CHATS:
            await store.save_chat(chat(number))
            await store.add_watch(watch(MALI, number=0, chat_id=number))
    async with FeedServer() as feeds, TelegramEmulator() as telegram:
        town = Town(tmp_path, postgres_url, feeds, telegram)
        town.publish()
        yield town
        for process in town.processes.values():
            if process.returncode is None:
                process.send_signal(signal.SIGCONT)
                process.kill()
                await process.wait()


async def test_each_part_of_the_work_may_be_a_process_of_its_own(town: Town) -> None:
    for name, role in (("w1", "worker"), ("w2", "worker"), ("s1", "sender"), ("s2", "sender"), ("c1", "chat")):
        await town.start(name, role)
    await until(lambda: town.leader("s1", "s2") is not None and town.leader("c1") is not None)
    town.publish("Gunmen attack gendarmerie school in Bamako")
    await until(lambda: all(town.copies()))
    town.telegram.say(100, "/watches")
    await until(lambda: len(town.telegram.in_chat(100)) > 1)

    for process in town.processes.values():
        process.send_signal(signal.SIGTERM)
    assert [await process.wait() for process in town.processes.values()] == [0] * 5
    assert town.copies()[1:] == [1] * (len(CHATS) - 1)
    for name in town.processes:
        assert "error" not in town.log(name), town.log(name)


@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGSTOP])
async def test_a_sender_that_dies_or_freezes_is_followed_within_fifteen_seconds(
    town: Town, how: signal.Signals
) -> None:
    for name, role in (("w1", "worker"), ("s1", "sender"), ("s2", "sender")):
        await town.start(name, role)
    await until(lambda: town.leader("s1", "s2") is not None)
    first = town.leader("s1", "s2")
    assert first is not None
    second = "s2" if first == "s1" else "s1"
    await until(lambda: "running" in town.log(second) and "running" in town.log("w1"))

    town.processes[first].send_signal(how)
    began = time.monotonic()
    town.publish("Gunmen attack gendarmerie school in Bamako")
    await until(lambda: any(town.copies()))
    assert time.monotonic() - began <= TAKEN_OVER_WITHIN
    await until(lambda: all(town.copies()))
    if how is signal.SIGSTOP:  # it wakes, and finds that it leads no more
        town.processes[first].send_signal(signal.SIGCONT)
        await until(lambda: "stands by" in town.log(first))
    await asyncio.sleep(2)

    assert town.copies() == [1] * len(CHATS)
    assert town.leader("s1", "s2") == second
