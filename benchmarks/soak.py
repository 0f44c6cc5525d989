"""The service for half an hour among faults: does anything grow? Run: python -m benchmarks soak [MINUTES].

Forty feeds, sixty chats, an item every 16 seconds, and of all calls of both sides about one in fifty goes wrong.
Each half minute memory, open files and threads of the service are written down; the slope is that of a line through
the second half, when caches are full.
"""

import asyncio
import random
import sys
from pathlib import Path
from statistics import linear_regression, quantiles
from time import monotonic
from typing import NamedTuple

from bot.model.alert import Delivery
from bot.storage.store import SqlStore

sys.path.insert(0, str(Path(__file__).resolve().parent))
from service import KINDS, PATH, _end, _item, _look, _memory_mb, _stage, _towns, _watch

FEEDS, CHATS, EVERY_S, PAUSE_S, SAMPLE_S = 40, 60, 5, 16.0, 30.0  # a source may open three events an hour
FAULTY = 0.02
MINUTES = 30.0
FEED_FAULTS = ("unavailable", "html_page", "empty", "truncated", "cut", "gzip_damaged", "gzip_cut")
CHAT_FAULTS = ("flood", "error", "drop_before", "drop_after", "error_after", "cut_after")


class Sample(NamedTuple):
    """What the service holds at a time."""

    minute: float
    memory_mb: float
    files: int
    threads: int


def rows() -> list[tuple[str, str]]:
    """Return what was measured, one (what, figure) a line."""
    minutes = float(sys.argv[2]) if len(sys.argv) > 2 else MINUTES  # noqa: PLR2004 - part, minutes
    return asyncio.run(_soak(minutes))


async def _soak(minutes: float) -> list[tuple[str, str]]:
    dice = random.Random(20261122)  # noqa: S311 - drawn alike each time
    async with _stage(FEEDS, EVERY_S) as (servers, telegram, start):
        towns = _towns(start.gazetteer, 400)
        countries = sorted({town.country or "" for town in towns})
        for number in range(CHATS):
            _watch(telegram, start.gazetteer, countries[number % len(countries)], 1000 + number)
        for number, server in enumerate(servers):
            server.publish(PATH, [_item(number, "Town council votes on a new tram line")])
        process = await start()
        await asyncio.sleep(20)
        begun = monotonic()
        published: dict[str, float] = {}
        seen: dict[str, float] = {}
        samples: list[Sample] = []
        looking = asyncio.create_task(_look(telegram, published, seen))
        turn = asked = 0
        while monotonic() - begun < 60 * minutes:
            town, number = towns[turn % len(towns)], turn % FEEDS
            published.setdefault(town.name, monotonic())
            title = KINDS[turn % len(KINDS)].format(town.name, 3 + turn % 47)
            servers[number].publish(PATH, [_item(number, title)])
            for server in servers:
                if dice.random() < FAULTY * PAUSE_S / EVERY_S:
                    server.fault(PATH, dice.choice(FEED_FAULTS), times=1)
            for _ in telegram.calls[asked:]:
                if dice.random() < FAULTY:
                    telegram.fault("", dice.choice(CHAT_FAULTS), value=1)
            asked = len(telegram.calls)
            if monotonic() - begun >= SAMPLE_S * len(samples):
                samples.append(_sample((monotonic() - begun) / 60, process.pid))
            turn += 1
            await asyncio.sleep(PAUSE_S)
        await asyncio.sleep(30)
        looking.cancel()
        await _end(process)
        counts = await _counts(start)
    return _rows(minutes, turn, samples, [seen[name] - at for name, at in published.items() if name in seen], counts)


async def _counts(start: object) -> dict[Delivery, int]:
    folder: Path = start._folder  # type: ignore[attr-defined]  # noqa: SLF001 - its stage
    async with SqlStore.look(f"sqlite+aiosqlite:///{folder / 'data' / 'outrider.sqlite3'}") as store:
        return dict(await store.outbox_counts())


def _sample(minute: float, pid: int) -> Sample:
    files = len(list(Path(f"/proc/{pid}/fd").iterdir()))
    threads = len(list(Path(f"/proc/{pid}/task").iterdir()))
    return Sample(minute, _memory_mb(pid), files, threads)


def _rows(
    minutes: float, items: int, samples: list[Sample], waits: list[float], counts: dict[Delivery, int]
) -> list[tuple[str, str]]:
    late = samples[len(samples) // 2 :]
    slope = linear_regression([one.minute / 60 for one in late], [one.memory_mb for one in late]).slope
    cuts = quantiles(waits, n=100)
    kept = ", ".join(f"{state.value} {count}" for state, count in sorted(counts.items()) if count)
    first, last = samples[0], samples[-1]
    most = max(one.memory_mb for one in samples)
    return [
        (f"{minutes:g} minutes, {items} items, {FEEDS} feeds, one call in fifty faulty", kept),
        ("memory at first, at most, at the end", f"{first.memory_mb:.0f}, {most:.0f}, {last.memory_mb:.0f} MB"),
        ("memory slope of the second half", f"{slope:+.1f} MB an hour"),
        ("open files at first and at the end", f"{first.files}, {last.files}"),
        ("threads at first and at the end", f"{first.threads}, {last.threads}"),
        ("publish to chat", f"p50 {cuts[49]:.1f} s, p95 {cuts[94]:.1f} s, p99 {cuts[98]:.1f} s, told {len(waits)}"),
    ]


if __name__ == "__main__":
    for what, figure in rows():
        print(f"{what:70} {figure}")
