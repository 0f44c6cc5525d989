"""The store on PostgreSQL, and SQLite in the same run beside it. Run: python -m benchmarks postgres.

The server is the one of the tests; here it waits for the disk (fsync), as a real one does. Absolute figures belong to
the machine; what counts are the ratios.
"""

import asyncio
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from time import monotonic, perf_counter

from bot.model.alert import Delivery
from bot.services.ports import Decision, Settlement
from bot.storage.store import SqlStore

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests"))
sys.path.insert(0, str(Path(__file__).resolve().parent))
from storage import _alert, _chat, _decision, _event, _fill, _item
from support.postgres import TestServer, running

LEASE = timedelta(minutes=1)
LINE = 12_000
FOR = 8.0  # seconds that workers commit
NOW = _event("any").last_seen_at


def rows() -> Iterator[tuple[str, str]]:
    """Give what was measured, one (what, figure) a line."""
    with running() as server:
        server.execute("ALTER SYSTEM SET fsync = 'on'", "ALTER SYSTEM SET full_page_writes = 'on'")
        server.control("restart", "-m", "fast", "-o", f"-h '' -k {server.folder}")
        yield from _lines(server)
        yield from _workers(server)
        yield f"from NOTIFY to a listener's wake, {HEARD} times", asyncio.run(_heard(server.database()))


def _lines(server: TestServer) -> Iterator[tuple[str, str]]:
    with tempfile.TemporaryDirectory() as folder:
        urls = {"PostgreSQL": server.database(), "SQLite": f"sqlite+aiosqlite:///{folder}/bench.sqlite3"}
        for part, least in ((100, 6000), (8, 800)):
            found = {name: asyncio.run(_claim_and_settle(url, part, least)) for name, url in urls.items()}
            of_server, of_file = found["PostgreSQL"], found["SQLite"]
            yield (
                f"outbox, claimed by {part} and settled each by its own call",
                f"PostgreSQL {of_server:,.0f} rows/s, SQLite {of_file:,.0f}: {of_server / of_file:.1f} to 1",
            )


async def _claim_and_settle(url: str, part: int, least: int) -> float:
    """Return how many rows a second are claimed and settled, all that end together at once."""
    async with SqlStore.open(url, "me", migrate=True) as store:
        if await store.chat(1) is None:
            await _fill(store, LINE)
            event = _event("event-1")
            await store.commit([
                _decision(event, tuple(_alert(number, event) for number in range(1, LINE + 1)), _item(1))
            ])  # fmt: skip
        began, settled = perf_counter(), 0
        while settled < least:
            claimed = await store.claim("me", NOW, part, LEASE)
            sent = (Settlement(state=Delivery.SENT, message_id=one.row) for one in claimed)
            await asyncio.gather(*(store.settle(one, made, NOW) for one, made in zip(claimed, sent, strict=True)))
            settled += len(claimed)
        return settled / (perf_counter() - began)


def _workers(server: TestServer) -> Iterator[tuple[str, str]]:
    for what, kind in (("items alone", "alone"), ("items that open an event with one alert", "open")):
        rates = {many: _committed(server.database(), kind, many) for many in (1, 2, 4)}
        yield (
            f"{what}, each by its own commit, 1 / 2 / 4 processes",
            " / ".join(f"{rate:,.0f}" for rate in rates.values())
            + f" a second: {rates[2] / rates[1]:.2f} and {rates[4] / rates[1]:.2f} times one",
        )


def _committed(url: str, kind: str, many: int) -> float:
    asyncio.run(_prepare(url))
    start = str(monotonic() + 3 + many)  # all begin at once, when all have loaded
    command = [sys.executable, __file__, kind, url, start]
    workers = [subprocess.Popen([*command, str(number)], stdout=subprocess.PIPE) for number in range(many)]
    return sum(int(one.communicate()[0]) for one in workers) / FOR


async def _prepare(url: str) -> None:
    async with SqlStore.open(url, "before") as store:
        await store.save_chat(_chat(1))


async def _work(kind: str, url: str, start: float, worker: str) -> int:
    """Commit for a while; return how many items."""
    done = 0
    async with SqlStore.open(url, worker) as store:
        await asyncio.sleep(start - monotonic())
        while monotonic() < start + FOR:
            number = 1_000_000 * (int(worker) + 1) + done
            decision = Decision(item=_item(number), changes=(), alerts=(), at=NOW)
            if kind == "open":
                event = _event(f"event-{number}")
                decision = _decision(event, (_alert(1, event),), _item(number))
            await store.commit([decision])
            done += 1
    return done


HEARD = 50


async def _heard(url: str) -> str:
    """Return how long it takes from a commit of alerts until another process's listener is woken."""
    woken, taken = asyncio.Event(), []
    async with SqlStore.open(url, "one") as one, SqlStore.open(url, "other") as other:
        await one.save_chat(_chat(1))
        listening = asyncio.create_task(other.hear_of_alerts(woken.set))
        await asyncio.sleep(1)
        for number in range(HEARD):
            event = _event(f"event-{number}")
            woken.clear()
            began = perf_counter()
            await one.commit([_decision(event, (_alert(1, event),), _item(number))])
            await woken.wait()
            taken.append(1000 * (perf_counter() - began))
        listening.cancel()
    taken.sort()
    return f"median {taken[HEARD // 2]:.0f} ms, most {taken[-1]:.0f} ms, the commit included"


if __name__ == "__main__":
    if len(sys.argv) > 1:
        print(asyncio.run(_work(sys.argv[1], sys.argv[2], float(sys.argv[3]), sys.argv[4])))
    else:
        for what, figure in rows():
            print(f"{what:70} {figure}", flush=True)
