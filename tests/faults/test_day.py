"""A day in virtual time, with faults and kills: the judge finds nothing, and the memory does not grow."""

import asyncio
import gc
import os
from pathlib import Path
from random import Random
from statistics import linear_regression

import pytest
from faults.day import Day, wanted
from faults.history import copies, faults, integrity, rows_of
from faults.worker import IN_FLIGHT
from support.seeds import drawn
from support.virtual_time import LoopClock, in_virtual_time, outside

from bot.storage import engine
from bot.storage.store import SqlStore

HOUR = 3600.0
WARM_UP = 4
_PAGE = os.sysconf("SC_PAGE_SIZE")


def memory() -> float:
    """Return this process's resident memory in MB."""
    gc.collect()
    return int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1]) * _PAGE / 2**20


async def lived(day: Day, kills_an_hour: float) -> list[float]:
    """Live through the day, killed again and again, and to the end of what waits; return the memory at each hour."""
    sizes: list[float] = []
    await day.begin()
    while (now := asyncio.get_running_loop().time()) < day.hours * HOUR:
        until = min(now + day.dice.expovariate(kills_an_hour / HOUR), day.hours * HOUR)
        sends = day.telegram.taken + day.dice.randrange(1, 800)
        await day.live(lambda until=until, sends=sends: _over(day, until, sends, sizes), kill=until < day.hours * HOUR)  # type: ignore[misc]
    await day.live(lambda: _all_settled(day), kill=False)
    return sizes


async def _over(day: Day, until: float, sends: int, sizes: list[float]) -> None:
    """Return when the time has come, or half of the time already when so much was sent: in the midst of sending."""
    loop, in_the_midst = asyncio.get_running_loop(), day.dice.random() < 0.5
    while loop.time() < until:
        if loop.time() >= (len(sizes) + 1) * HOUR:
            sizes.append(memory())
        if in_the_midst and day.telegram.taken >= sends:
            return
        await asyncio.sleep(min(0.2 if in_the_midst else 30.0, until - loop.time()))


async def _all_settled(day: Day) -> None:
    """Return when nothing waits any more, and what the feeds showed last was read."""
    waiting = 1
    while waiting:
        await asyncio.sleep(900)
        with outside():
            async with SqlStore.look(day.url) as store:
                waiting = sum(one.rows for one in await store.outbox_pending(LoopClock().now()))


@pytest.mark.parametrize(
    ("hours", "feeds", "chats", "events", "share"),
    [(2, 6, 60, 6, 0.2), pytest.param(24, 40, 2_000, 48, 0.02, marks=pytest.mark.heavy)],
)
def test_a_day_of_faults_and_kills_loses_nothing_and_the_memory_does_not_grow(  # noqa: PLR0917 - rows of a table
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, hours: float, feeds: int, chats: int, events: int, share: float
) -> None:
    monkeypatch.setitem(engine._PRAGMAS, "synchronous", "OFF")  # processes end here, the machine goes on
    seed = drawn()
    day = Day(tmp_path, Random(seed), feeds=feeds, chats=chats, events=events, hours=hours, share=share)
    sizes = in_virtual_time(lived(day, kills_an_hour=3))

    seen = day.telegram.seen()
    slope = linear_regression(range(len(sizes) - WARM_UP), sizes[WARM_UP:]).slope if len(sizes) > WARM_UP + 2 else 0.0
    rows = rows_of(day.file)
    print(  # noqa: T201 - the figures are the point
        f"\n{hours} h, {feeds} feeds, {chats} chats: {len(rows)} alerts, {day.kills} kills, "
        f"{day.telegram.faults} faults ({day.telegram.acted} had arrived), {copies(seen)} repeats, "
        f"{sum(row.state == 'unknown' for row in rows)} unknown, memory {slope:+.2f} MB/h; seed {seed}"
    )
    allowed = IN_FLIGHT * day.kills + day.telegram.acted
    assert faults(seen, wanted(day.told, chats), rows, repeats=allowed) == [], f"seed {seed}"
    assert integrity(day.file) == "ok"
    assert day.kills >= hours / 2
    assert slope <= 1.0
