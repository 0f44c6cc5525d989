"""Real processes, really killed and really asked to end, while they take in and send."""

import asyncio
import json
import os
import random
import signal
import sys
import time
from asyncio.subprocess import PIPE, Process
from bisect import bisect_right
from collections import Counter
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pytest
from builders import MALI, chat, watch
from faults.history import Shown, copies, faults, integrity, rows_of, shown
from faults.worker import IN_FLIGHT, TOWNS
from support.seeds import drawn
from support.service import config_with, start_service
from support.telegram_emulator import TelegramEmulator

from bot.model.alert import Delivery
from bot.model.assessment import Severity
from bot.storage.store import SqlStore

TESTS = Path(__file__).parents[1]
CHATS = range(1, 51)
WAITING = (Delivery.NEW, Delivery.SENDING, Delivery.AMBIGUOUS)


@dataclass(slots=True)
class Worker:
    """A process at work."""

    number: int
    said: Callable[[], Awaitable[int]]
    done: bool = False

    async def ended(self, how: signal.Signals) -> int:
        """Let it end so, within the 20 s of the promise; return its exit status."""
        os.kill(self.number, how)
        async with asyncio.timeout(20):
            status = await self.said()
        self.done = True
        return status


class Stage:
    """A database, a wire and Telegram, and workers that come and go."""

    def __init__(self, folder: Path, telegram: TelegramEmulator, forks: Process) -> None:
        self.forks = forks
        self.last: Worker | None = None
        self.file, self.published, self.telegram = folder / "outrider.sqlite3", folder / "published", telegram
        self.url = f"sqlite+aiosqlite:///{self.file}"
        self.out = 0

    async def begin(self) -> None:
        self.publish(1)
        async with SqlStore.open(self.url, "before", migrate=True) as store:
            for number in CHATS:
                await store.save_chat(chat(number))
                await store.add_watch(watch(MALI, number=0, chat_id=number))

    def publish(self, more: int) -> None:
        """Let more attacks become known; written beside and moved, for a worker may be reading."""
        self.out += more
        beside = self.published.with_suffix(".new")
        beside.write_text(str(self.out), encoding="utf-8")
        beside.replace(self.published)

    async def worker(self) -> "Worker":
        """Start a process that works."""
        assert self.forks.stdin is not None
        given = [self.url, self.telegram.base_url, str(self.published)]
        self.forks.stdin.write(json.dumps(given).encode() + b"\n")
        self.last = Worker(await self._said(), self._said)
        return self.last

    async def _said(self) -> int:
        assert self.forks.stdout is not None
        return int(await self.forks.stdout.readline())

    async def at_work(self) -> None:
        """Wait until something more is sent."""
        before = len(self.telegram.messages)
        async with asyncio.timeout(60):
            while len(self.telegram.messages) == before:  # noqa: ASYNC110 - what is waited for is in another process
                await asyncio.sleep(0.01)

    async def finish(self) -> None:
        """Let a last worker send all that is left."""
        last = await self.worker()
        async with asyncio.timeout(600):
            while await self._waiting() or len(rows_of(self.file)) < self.out * len(CHATS):  # noqa: ASYNC110 - the same
                await asyncio.sleep(0.3)
        assert await last.ended(signal.SIGTERM) == 0

    async def _waiting(self) -> int:
        async with SqlStore.look(self.url) as store:
            counts = await store.outbox_counts()
        return sum(counts[state] for state in WAITING)

    def judged(self, *, repeats: int) -> list[str]:
        wanted = {(number, f"town:{town}"): Severity.SEVERE for number in CHATS for town in range(self.out)}
        found = faults(self.seen(), wanted, rows_of(self.file), repeats=repeats)
        return found if integrity(self.file) == "ok" else [*found, "CLEAN: the file is damaged"]

    def seen(self) -> list[Shown]:
        """Read what the chats were shown; when is not told, so nothing is stale here."""
        now = datetime.now(UTC)
        return [shown(one.chat_id, one.text, now, edit=False) for one in self.telegram.messages]


@pytest.fixture
async def stage(tmp_path: Path) -> AsyncIterator[Stage]:
    path = os.pathsep.join([str(TESTS.parent), str(TESTS)])
    forks = await asyncio.create_subprocess_exec(
        sys.executable, str(TESTS / "faults" / "worker.py"), env=os.environ | {"PYTHONPATH": path}, stdin=PIPE,
        stdout=PIPE,
    )  # fmt: skip
    async with TelegramEmulator() as telegram:
        made = Stage(tmp_path, telegram, forks)
        await made.begin()
        yield made
    if made.last and not made.last.done:
        await made.last.ended(signal.SIGKILL)
    assert forks.stdin is not None
    forks.stdin.close()
    await forks.wait()


def of_each_kill(seen: list[Shown], ends: list[int]) -> Counter[int]:
    """Return how many messages were shown again after each kill; `ends`: how many had arrived when it came."""
    found, last = Counter[int](), dict[str, int]()
    for number, one in enumerate(seen):
        if one.key in last:
            found[bisect_right(ends, last[one.key])] += 1
        last[one.key] = number
    return found


@pytest.mark.parametrize("kills", [2, pytest.param(200, marks=pytest.mark.heavy)])
async def test_kills_at_random_lose_nothing_and_every_repeat_is_marked(stage: Stage, kills: int) -> None:
    seed = drawn()
    dice = random.Random(seed)
    ends: list[int] = []
    for _ in range(kills):
        worker = await stage.worker()
        stage.publish(1 if stage.out < TOWNS else 0)
        await stage.at_work()
        await asyncio.sleep(dice.random() * 0.5)
        await worker.ended(signal.SIGKILL)
        ends.append(len(stage.telegram.messages))
    await stage.finish()
    seen = stage.seen()
    repeats, worst = copies(seen), max(of_each_kill(seen, ends).values(), default=0)
    unknown = sum(row.state == "unknown" for row in rows_of(stage.file))
    print(  # noqa: T201 - the figures are the point
        f"{kills} kills, {stage.out * len(CHATS)} alerts, {repeats} repeats, {worst} at most of one kill, "
        f"{sum(one.repeat for one in seen)} marked, {unknown} unknown; seed {seed}"
    )
    assert stage.judged(repeats=IN_FLIGHT * kills) == [], f"seed {seed}"
    assert worst <= IN_FLIGHT
    assert repeats <= 5 * kills + IN_FLIGHT


@pytest.mark.parametrize("stops", [2, pytest.param(100, marks=pytest.mark.heavy)])
async def test_sigterm_at_random_repeats_nothing_and_loses_nothing(stage: Stage, stops: int) -> None:
    seed = drawn()
    dice = random.Random(seed)
    slowest = 0.0
    for _ in range(stops):
        worker = await stage.worker()
        stage.publish(1)
        await stage.at_work()
        await asyncio.sleep(dice.random() * 0.5)
        began = time.monotonic()
        assert await worker.ended(signal.SIGTERM) == 0, f"seed {seed}"
        slowest = max(slowest, time.monotonic() - began)
    await stage.finish()
    print(f"{stops} stops, {stage.out * len(CHATS)} alerts, slowest exit {slowest:.1f} s, seed {seed}")  # noqa: T201
    assert stage.judged(repeats=0) == [], f"seed {seed}"


async def test_a_second_service_on_the_same_file_ends_with_one_sentence_and_the_first_goes_on(tmp_path: Path) -> None:
    config = config_with(tmp_path, "")
    (tmp_path / "data").mkdir()
    async with SqlStore.open(
        f"sqlite+aiosqlite:///{tmp_path / 'data' / 'outrider.sqlite3'}", "first", migrate=True
    ) as one:
        second = await start_service(tmp_path, config)
        async with asyncio.timeout(60):
            assert await second.wait() == 3
        await one.save_chat(chat(1))
    said = (tmp_path / "service.log").read_text(encoding="utf-8")
    assert said.startswith("outrider: ")
    assert "is in use by first" in said
    assert "Traceback" not in said
