"""Five workers and three senders on one PostgreSQL: killed, frozen, cut off, and judged by what the chats were shown.

The small ones run with every `make test`; the heavy ones at short terms (`crew.SHORT`), and once each at the real ones.
"""

import asyncio
import json
import os
import random
import signal
import sys
import time
from asyncio.subprocess import PIPE, Process
from collections import Counter
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager, suppress
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from pathlib import Path

import asyncpg
import pytest
from builders import MALI, chat, watch
from faults.crew import IN_FLIGHT, REAL, SHORT, Task
from faults.history import ROWS, Shown, as_rows, copies, faults, shown
from support.dark_line import DarkLine
from support.postgres import TestServer
from support.seeds import drawn

from bot.model.alert import Delivery
from bot.model.assessment import Severity
from bot.services.deliver import LEASE
from bot.storage.store import SqlStore

TESTS = Path(__file__).parents[1]
WAITING = (Delivery.NEW, Delivery.SENDING, Delivery.AMBIGUOUS)
FOLLOWED_WITHIN, BACK_WITHIN, FOUND_WITHIN = 15.0, 10.0, 30.0  # seconds: promised


@dataclass(frozen=True, slots=True)
class Arrived:
    """A message that reached Telegram."""

    at: float
    by: str
    seen: Shown


@dataclass
class Crew:
    """Processes over one database, the wire that they read and the Telegram that they send to."""

    folder: Path
    url: str
    chats: range
    terms: Mapping[str, float]
    forks: Process
    out: int = 0
    pids: dict[str, int] = field(default_factory=dict)
    arrived: list[Arrived] = field(default_factory=list)
    repeats_allowed: int = 0

    async def start(self, name: str) -> None:
        """Start a process; what it does is in its name."""
        task = Task(
            name=name, role=name.split("-", maxsplit=1)[0], url=self.url, telegram=str(self.folder / "telegram"),
            published=str(self.folder / "published"), settled=str(self.folder / "settled"), terms=self.terms,
        )  # fmt: skip
        assert self.forks.stdin is not None
        assert self.forks.stdout is not None
        self.forks.stdin.write(json.dumps(asdict(task)).encode() + b"\n")
        self.pids[name] = int(await self.forks.stdout.readline())

    def signal(self, name: str, how: signal.Signals) -> None:
        os.kill(self.pids[name], how)
        if how is signal.SIGKILL:
            del self.pids[name]

    def publish(self, more: int) -> None:
        """Let more attacks become known; written beside and moved, for a worker may be reading."""
        self.out += more
        beside = self.folder / "published.new"
        beside.write_text(str(self.out), encoding="utf-8")
        beside.replace(self.folder / "published")

    async def take(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Be Telegram: show the message, then answer with its number."""
        with suppress(OSError, ValueError):
            said = json.loads(await reader.readline())
            seen = shown(said["chat"], said["text"], datetime.now(UTC), edit=False)
            self.arrived.append(Arrived(time.monotonic(), said["by"], seen))
            number = len(self.arrived)
            await asyncio.sleep(0.005)
            writer.write(f"{number}\n".encode())
            await writer.drain()
        writer.close()

    async def next_arrival(self, *, by_other_than: str = "", within: float) -> float:
        """Return how many seconds it took until the next message came; fail after `within`."""
        known, began = len(self.arrived), time.monotonic()
        async with asyncio.timeout(within):
            while all(one.by == by_other_than for one in self.arrived[known:]):  # noqa: ASYNC110 - other processes
                await asyncio.sleep(0.01)
        return next(one.at for one in self.arrived[known:] if one.by != by_other_than) - began

    async def finished(self, within: float = 600) -> None:
        """Return when all that was published is told, and nothing waits."""
        wanted = self.out * len(self.chats)
        async with asyncio.timeout(within), SqlStore.look(self.url) as store:
            while True:
                with suppress(Exception):  # the server may be away
                    counts = await store.outbox_counts()
                    if sum(counts.values()) >= wanted and not sum(counts[state] for state in WAITING):
                        return
                await asyncio.sleep(0.3)

    async def judged(self, url: str) -> list[str]:
        connection = await asyncpg.connect(url.replace("+asyncpg", ""))
        rows = as_rows(await connection.fetch(ROWS))
        await connection.close()
        wanted = {(number, f"town:{town}"): Severity.SEVERE for number in self.chats for town in range(self.out)}
        seen = [one.seen for one in self.arrived]
        found = faults(seen, wanted, rows, repeats=self.repeats_allowed)
        # A call that was begun before its process was frozen goes on when that wakes, after its repeat: so one copy of
        # a message is not marked, but not always the first.
        unmarked = Counter(one.key for one in seen if not one.repeat)
        begun = {f"DUP: {key} a second time, not marked" for key, many in unmarked.items() if many == 1}
        return [one for one in found if one not in begun] + self._late()

    def _late(self) -> list[str]:
        """Find outcomes of attempts that were written after a newer attempt's."""
        newest, found = Counter[int](), []
        for line in sorted((self.folder / "settled").read_text(encoding="utf-8").splitlines(), key=_moment):
            _, row, attempt, written = line.split()
            if written == "True" and int(attempt) < newest[int(row)]:
                found.append(f"FENCE: attempt {attempt} of row {row} was written after {newest[int(row)]}")
            newest[int(row)] = max(newest[int(row)], int(attempt) if written == "True" else 0)
        return found

    def refused(self) -> int:
        return (self.folder / "settled").read_text(encoding="utf-8").count("False")

    def figures(self, what: str) -> str:
        seen = [one.seen for one in self.arrived]
        marked = sum(one.repeat for one in seen)
        return (
            f"{what}: {self.out * len(self.chats)} alerts, {copies(seen)} repeats, {marked} marked, "
            f"{self.refused()} late writes that changed nothing"
        )


@asynccontextmanager
async def crew(
    folder: Path, url: str, *, chats: int, workers: int, senders: int, terms: Mapping[str, float] = SHORT
) -> AsyncIterator[Crew]:
    """Start the processes; nothing is published yet."""
    path = os.pathsep.join([str(TESTS.parent), str(TESTS)])
    forks = await asyncio.create_subprocess_exec(
        sys.executable, str(TESTS / "faults" / "crew.py"), env=os.environ | {"PYTHONPATH": path}, stdin=PIPE,
        stdout=PIPE,
    )  # fmt: skip
    made = Crew(folder, url, range(1, chats + 1), terms, forks)
    (folder / "settled").touch()
    made.publish(0)
    async with SqlStore.open(url, "before") as store:
        for number in made.chats:
            await store.save_chat(chat(number))
            await store.add_watch(watch(MALI, number=0, chat_id=number))
    async with await asyncio.start_unix_server(made.take, folder / "telegram"):
        for role, many in (("worker", workers), ("sender", senders)):
            for number in range(many):
                await made.start(f"{role}-{number}")
        try:
            yield made
        finally:
            for number in made.pids.values():
                os.kill(number, signal.SIGKILL)
            assert forks.stdin is not None
            forks.stdin.close()
            await forks.wait()


def _moment(line: str) -> float:
    return float(line.split(maxsplit=1)[0])


def _leader(it: Crew) -> str:
    return it.arrived[-1].by


@pytest.mark.parametrize(
    ("hands", "chats", "towns"), [((2, 2), 20, 6), pytest.param((5, 3), 100, 50, marks=pytest.mark.heavy)]
)
async def test_undisturbed_nothing_is_repeated_and_nothing_lost(
    tmp_path: Path, postgres_url: str, hands: tuple[int, int], chats: int, towns: int
) -> None:
    workers, senders = hands
    async with crew(tmp_path, postgres_url, chats=chats, workers=workers, senders=senders, terms=REAL) as it:
        began = time.monotonic()
        it.publish(towns)
        await it.finished()
        print(it.figures(f"{workers} workers, {senders} senders, {time.monotonic() - began:.0f} s"))  # noqa: T201
    assert await it.judged(postgres_url) == []
    assert it.refused() == 0


@pytest.mark.parametrize(
    ("kills", "size", "terms"),
    [
        (1, (40, 4), SHORT),
        pytest.param(20, (100, 50), SHORT, marks=pytest.mark.heavy),
        pytest.param(2, (100, 16), REAL, marks=pytest.mark.heavy),
    ],
)
async def test_a_leader_that_is_killed_or_frozen_is_followed_and_nothing_is_lost(
    tmp_path: Path, postgres_url: str, kills: int, size: tuple[int, int], terms: Mapping[str, float]
) -> None:
    """In turn a leader is killed, and the next one frozen past the lease of its rows and woken; workers likewise."""
    chats, towns = size
    seed = drawn()
    dice, slowest = random.Random(seed), 0.0
    row_lease = terms.get("row", LEASE.total_seconds())
    async with crew(tmp_path, postgres_url, chats=chats, workers=5, senders=3, terms=terms) as it:
        for number in range(2 * kills):
            it.publish(max(1, towns // (2 * kills)))
            await it.next_arrival(within=60)
            await asyncio.sleep(dice.random() * 0.3)
            leader, worker = _leader(it), f"worker-{number % 5}"
            how = signal.SIGSTOP if number % 2 else signal.SIGKILL
            for name in (leader, worker):
                it.signal(name, how)
            it.publish(1)  # so that there is something to send
            slowest = max(slowest, await it.next_arrival(by_other_than=leader, within=FOLLOWED_WITHIN * 4))
            if how is signal.SIGKILL:
                for name in (leader, worker):
                    await it.start(name)
            else:
                await asyncio.sleep(row_lease)
                for name in (leader, worker):
                    it.signal(name, signal.SIGCONT)
        await it.finished()
        it.repeats_allowed = IN_FLIGHT * 2 * kills
        print(it.figures(f"{kills} kills, {kills} freezes, slowest to follow {slowest:.1f} s, seed {seed}"))  # noqa: T201
    assert await it.judged(postgres_url) == [], f"seed {seed}"
    assert slowest <= FOLLOWED_WITHIN


@pytest.mark.parametrize(("deeds", "chats"), [((1, 3), 40), pytest.param((20, 100), 100, marks=pytest.mark.heavy)])
async def test_a_server_that_ends_and_connections_that_it_ends_lose_nothing(
    tmp_path: Path, postgres_server: TestServer, postgres_url: str, deeds: tuple[int, int], chats: int
) -> None:
    restarts, cuts = deeds
    async with crew(tmp_path, postgres_url, chats=chats, workers=5, senders=3) as it:
        slowest = 0.0
        line: list[Callable[[], None]] = [postgres_server.restart] * restarts
        line += [lambda: postgres_server.cut_off(postgres_url)] * cuts
        random.Random(drawn()).shuffle(line)
        for number, deed in enumerate(line):
            if number % 2 == 0:
                it.publish(1)
            await asyncio.to_thread(deed)
            if it.out * len(it.chats) > len(it.arrived):
                slowest = max(slowest, await it.next_arrival(within=60))
        await it.finished()
        it.repeats_allowed = IN_FLIGHT * len(line)
        print(it.figures(f"{restarts} restarts, {cuts} times cut off, slowest back {slowest:.1f} s"))  # noqa: T201
    assert await it.judged(postgres_url) == []
    assert slowest <= BACK_WITHIN


@pytest.mark.parametrize(
    ("times", "terms"),
    [
        (1, SHORT),
        pytest.param(10, SHORT, marks=pytest.mark.heavy),
        pytest.param(1, REAL, marks=pytest.mark.heavy),
    ],
)
async def test_connections_that_go_dark_are_found_and_nothing_is_lost(
    tmp_path: Path, postgres_server: TestServer, postgres_url: str, times: int, terms: Mapping[str, float]
) -> None:
    async with (
        DarkLine(postgres_server, postgres_url).drawn() as line,
        crew(tmp_path, line.url, chats=40, workers=5, senders=3, terms=terms) as it,
    ):
        slowest = 0.0
        for _ in range(times):
            it.publish(2)
            await it.next_arrival(within=60)
            line.go_dark()
            await asyncio.sleep(0.05)  # what is on its way to Telegram arrives
            slowest = max(slowest, await it.next_arrival(within=2 * FOUND_WITHIN))
        await it.finished()
        it.repeats_allowed = IN_FLIGHT * times
        print(it.figures(f"{times} times dark, slowest found {slowest:.1f} s"))  # noqa: T201
    assert await it.judged(postgres_url) == []
    assert slowest <= FOUND_WITHIN
