"""The service as a process of its own, from feeds on loopback to an emulated chat. Run: python -m benchmarks service.

Two things are measured: how long it takes from publishing an item to the chat, over 210 items of 70 feeds that are
asked every 5 s; and a flood of 100,000 items of 50 feeds, in whose last feed the newest item is an extreme one. Feeds
and chat live in this process and take their part of the machine.
"""

import asyncio
import sys
import tempfile
from asyncio.subprocess import Process
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from statistics import quantiles
from time import monotonic

from bot.gazetteer import Gazetteer
from bot.model.item import Item, content_key, item_id
from bot.model.place import Place, Point

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests"))
from support.feed_server import FeedServer
from support.service import config_with, start_service
from support.telegram_emulator import TOKEN, TelegramEmulator

FEEDS, OF_A_FEED, EVERY_S, PAUSE_S = 70, 3, 5, 0.5  # a source may open three events an hour, no more
FLOODING, FLOOD = 50, 2_000
EXTREME = "Massive earthquake destroys Kathmandu, thousands feared dead"
PATH = "/news.rss"
SHORT = 5
KINDS = (
    "Gunmen attack market in {}, killing {} people",
    "Explosion at factory in {} kills {}",
    "Fire in hotel in {} leaves {} dead",
    "Building collapses in {}, {} killed",
    "Train derails near {}, {} killed",
)
SOURCE = """[[source]]
id = "wire-{number}"
name = "Wire {number}"
url = "{url}"
languages = ["en"]
trust = 0.85
every_s = {every}
"""


def rows() -> list[tuple[str, str]]:
    """Return what was measured, one (what, figure) a line."""
    return [*asyncio.run(_latency()), *asyncio.run(_flood())]


async def _latency() -> list[tuple[str, str]]:
    async with _stage(FEEDS, EVERY_S) as (servers, telegram, start):
        towns = _towns(start.gazetteer, FEEDS * OF_A_FEED)
        for number, country in enumerate(sorted({town.country or "" for town in towns})):
            _watch(telegram, start.gazetteer, country, 1000 + number)
        for number, server in enumerate(servers):
            server.publish(PATH, [_item(number, "Town council votes on a new tram line")])
        process = await start()
        await asyncio.sleep(20)  # all have been asked, and are in their rhythm
        published: dict[str, float] = {}
        seen: dict[str, float] = {}
        looking = asyncio.create_task(_look(telegram, published, seen))
        for place, town in enumerate(towns):
            number = place % FEEDS
            published[town.name] = monotonic()
            servers[number].publish(PATH, [_item(number, KINDS[place % len(KINDS)].format(town.name, 3 + place % 47))])
            await asyncio.sleep(PAUSE_S)
        await asyncio.sleep(20)
        looking.cancel()
        await _end(process)
    waits = [seen[name] - at for name, at in published.items() if name in seen]
    cuts = quantiles(waits, n=100)
    what = f"publish to chat, {len(towns)} items, feeds asked every {EVERY_S} s"
    return [(what, f"p50 {cuts[49]:.1f} s, p99 {cuts[98]:.1f} s, most {max(waits):.1f} s, told {len(waits)}")]


async def _flood() -> list[tuple[str, str]]:
    async with _stage(FLOODING, 300) as (servers, telegram, start):
        _watch(telegram, start.gazetteer, "NP", 1000)
        towns = _towns(start.gazetteer, 200)
        for number, server in enumerate(servers):
            items = [_flooding(number, place, towns) for place in range(FLOOD)]
            if number == FLOODING - 1:
                items.append(_item(number, EXTREME))
            server.publish(PATH, items)
        process, began = await start(), monotonic()
        seen: dict[str, float] = {}
        looking = asyncio.create_task(_look(telegram, {"Kathmandu": began}, seen))
        most, until = 0.0, began + 150
        while monotonic() < until:
            await asyncio.sleep(1)
            most = max(most, _memory_mb(process.pid))
            until = min(until, seen.get("Kathmandu", until) + 30)
        looking.cancel()
        await _end(process)
    after = f"{seen['Kathmandu'] - began:.0f} s after the process began" if seen else "not within 150 s"
    return [
        (f"extreme item planted last in {FLOODING * FLOOD:,} items of {FLOODING} feeds, told", after),
        ("    memory at most, all processes of the service", f"{most:.0f} MB"),
    ]


class _Start:
    """Starts the service when the stage is set."""

    def __init__(self, folder: Path, servers: Sequence[FeedServer], telegram: TelegramEmulator, every: int) -> None:
        self.gazetteer = Gazetteer.open()
        self._folder, self._servers, self._telegram, self._every = folder, servers, telegram, every

    async def __call__(self) -> Process:
        sources = "\n".join(
            SOURCE.format(number=number, url=server.url(PATH), every=self._every)
            for number, server in enumerate(self._servers)
        )
        hosts = ",".join(f"127.0.0.{number + 2}" for number in range(len(self._servers)))
        config = config_with(self._folder, sources)
        return await start_service(
            self._folder, config, OUTRIDER_ALLOW_HOSTS=hosts, OUTRIDER_TELEGRAM_TOKEN=TOKEN,
            OUTRIDER_TELEGRAM_BASE_URL=self._telegram.base_url, OUTRIDER_LOG_LEVEL="warning",
        )  # fmt: skip


@asynccontextmanager
async def _stage(count: int, every: int) -> AsyncIterator[tuple[list[FeedServer], TelegramEmulator, _Start]]:
    async with AsyncExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        telegram = await stack.enter_async_context(TelegramEmulator())
        servers = [await stack.enter_async_context(FeedServer(f"127.0.0.{n + 2}")) for n in range(count)]
        yield servers, telegram, _Start(folder, servers, telegram, every)


def _watch(telegram: TelegramEmulator, gazetteer: Gazetteer, country: str, number: int) -> None:
    """Have a chat of its own watch a country; the wish waits at Telegram until the service asks for it."""
    place = gazetteer.country(country)
    assert place is not None
    telegram.say(number, f"/watch {place.name}")


def _towns(gazetteer: Gazetteer, count: int) -> list[Place]:
    """Return towns of many countries, far from each other, each of a name that means no other place first."""
    found: dict[str, Place] = {}
    for lat in range(-35, 60, 3):
        for lon in range(-100, 140, 4):
            near = [town for town in gazetteer.cities_near(Point(lat, lon), 120, 100_000) if len(town.name) > SHORT]
            town = next((one for one in near if gazetteer.search(one.name, limit=1) == (one,)), None)
            if town is not None and town.country and town.name not in found:
                found[town.name] = town
    names = sorted(found, key=lambda name: item_id("spread", name))
    return [found[name] for name in names[:count]]


async def _look(telegram: TelegramEmulator, wanted: Mapping[str, float], seen: dict[str, float]) -> None:
    """Write down when a name first stands in an alert; what is looked at once is not looked at again."""
    looked = 0
    while True:
        await asyncio.sleep(0.05)
        now, messages = monotonic(), telegram.messages
        for message in messages[looked:]:
            if message.links:
                seen.update({name: now for name in wanted if name in message.text and name not in seen})
        looked = len(messages)


def _flooding(number: int, place: int, towns: Sequence[Place]) -> Item:
    town = towns[(number * FLOOD + place) % len(towns)].name
    title = f"Council of {town} votes on tram line {number}-{place}"
    if place % 10 == 0:
        title = f"Floods in {town} leave {place % 7 + 1} dead, report {number}-{place}"
    return _item(number, title, seconds_ago=FLOOD - place)


def _item(number: int, title: str, *, seconds_ago: float = 0) -> Item:
    now = datetime.now(UTC)
    return Item(
        id=item_id(str(number), title), source_id=f"wire-{number}", outlet=f"Wire {number}", title=title, text="",
        fetched_at=now, published_at=now - timedelta(seconds=seconds_ago), content_key=content_key(title, ""),
        url=f"https://wire.example/{item_id(str(number), title)}", guid=item_id(str(number), title), language="en",
    )  # fmt: skip


def _memory_mb(pid: int) -> float:
    """Return what a process and its children hold in memory that nobody else does, in MB (proportional set size)."""
    pages = 0
    for status in Path("/proc").glob("[0-9]*/stat"):
        try:
            parent = int(status.read_text().rpartition(")")[2].split()[1])
            if pid not in {parent, int(status.parent.name)}:
                continue
            rollup = (status.parent / "smaps_rollup").read_text()
        except (OSError, ValueError, IndexError):
            continue
        pages += next(int(line.split()[1]) for line in rollup.splitlines() if line.startswith("Pss:"))
    return pages / 1024


async def _end(process: Process) -> None:
    process.terminate()
    await asyncio.wait_for(process.wait(), 30)


if __name__ == "__main__":
    for what, figure in rows():
        print(f"{what:70} {figure}")
