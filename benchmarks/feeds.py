"""How fast feeds are fetched and decoded, and what the worker process costs. Loopback only; figures are of one core."""

import asyncio
import resource
import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime
from email.utils import format_datetime
from pathlib import Path

from bot.app.clock import SystemClock
from bot.app.config import load_sources
from bot.app.folders import packaged_config
from bot.feeds import decode
from bot.model.item import Item, Source, content_key, item_id
from bot.net.addresses import AddressGuard
from bot.net.fetcher import HttpFetcher
from bot.net.manners import Manners
from bot.services.ports import Fetched, Validators
from bot.workers.decoder import WorkerDecoder

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))
from support.feed_server import FeedServer, render

ITEMS, FEEDS, HOSTS = 60, 300, 60
NOW = datetime(2024, 9, 17, 12, tzinfo=UTC)
SOURCE = Source(id="wire", name="Sahel Wire", url="https://wire.example/feed")
TEXT = (
    "<p>Police have closed the bridge after the river rose by two metres overnight, and lorries are being turned back "
    "at the crossing. The prefect asked people to stay away from the banks until the water falls.</p>"
)  # fmt: skip


def rows() -> list[tuple[str, str]]:
    """Return what was measured, as (what, figure)."""
    return [*_decoding(), *asyncio.run(_fetching())]


def _decoding() -> list[tuple[str, str]]:
    items = [_item(number) for number in range(ITEMS)]
    found = []
    for name, path in (("RSS", "/a.rss"), ("Atom, each item with its language", "/a.atom"), ("JSON Feed", "/a.json")):
        body, kind = render(path, items)
        seconds = _best(lambda body=body, kind=kind: decode(SOURCE, body, kind, NOW))  # type: ignore[misc]
        found.append((f"decode {name}, {ITEMS} items", f"{1 / seconds:,.0f} feeds/s, {ITEMS / seconds:,.0f} items/s"))
    return found


async def _fetching() -> list[tuple[str, str]]:
    """Sweep loopback feeds cold and again with their validators, each decoded in the worker."""
    guard = AddressGuard(allow_loopback=True)
    fetcher = HttpFetcher(user_agent="bench", clock=SystemClock(), guard=guard, manners=Manners(gap_s=0))
    decoder = WorkerDecoder()
    began = time.perf_counter()
    await decoder.start()
    started = time.perf_counter() - began
    servers = [FeedServer(f"127.0.0.{number + 1}") for number in range(HOSTS)]
    for server in servers:
        await server.__aenter__()
    urls = []
    for number in range(FEEDS):
        server, path = servers[number % HOSTS], f"/{number}.rss"
        server.publish(path, [_item(number * ITEMS + place) for place in range(ITEMS)])
        urls.append(server.url(path))
    seen: dict[str, Validators] = {}

    async def poll(url: str) -> int:
        answer = await fetcher.fetch(url, seen.get(url, Validators()))
        if not isinstance(answer, Fetched):
            return 0
        seen[url] = answer.validators
        items = await decoder.decode(SOURCE, answer, NOW)
        assert isinstance(items, tuple)
        return len(items)

    found = [("start of the decoding process", f"{started * 1000:.0f} ms")]
    per_second = sum(1 / source.every.total_seconds() for source in load_sources(packaged_config()) if source.enabled)
    for name in ("cold", "nothing new"):
        began, cpu = time.perf_counter(), time.process_time()
        count = sum(await asyncio.gather(*map(poll, urls)))
        wall, cpu = time.perf_counter() - began, time.process_time() - cpu
        figure = f"{wall:.1f} s ({FEEDS / wall:,.0f} feeds/s, {count:,} items)"
        found.append((f"sweep of {FEEDS} feeds on {HOSTS} hosts, {name}", figure))
        found.append(("    CPU a feed outside the decoder, feed server included", f"{cpu * 1000 / FEEDS:.1f} ms"))
        share = f"{per_second:.2f} requests/s, {per_second * cpu / FEEDS:.2%} of one core"
        found.append((f"    at the catalogue's own intervals, if each answer were {name}", share))
    await decoder.close()  # before its memory can be asked for
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss + resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
    spent = resource.getrusage(resource.RUSAGE_CHILDREN)
    decoding = (spent.ru_utime + spent.ru_stime) / FEEDS
    share = f"{decoding * 1000:.1f} ms, {per_second * decoding:.2%} of one core at the catalogue's own intervals"
    found.append(("    CPU a feed in the decoder, its start included, all cold", share))
    found.append(("    peak memory, decoder and feed server included", f"{peak / 1024:.0f} MB"))
    for server in servers:
        await server.__aexit__()
    await fetcher.close()
    return found


def _item(number: int) -> Item:
    title = f"Bridge number {number} closed after the river rose"
    return Item(
        id=item_id("wire", str(number)), source_id="wire", outlet="Sahel Wire", title=title, text=TEXT, language="en",
        fetched_at=NOW, published_at=NOW, url=f"https://wire.example/{number}?utm_source=rss",
        content_key=content_key(title, TEXT),
    )  # fmt: skip


def _best(work: Callable[[], object], runs: int = 7) -> float:
    """Return the seconds of the fastest of some runs: the others were disturbed."""
    seconds = []
    for _ in range(runs):
        began = time.perf_counter()
        work()
        seconds.append(time.perf_counter() - began)
    return min(seconds)


if __name__ == "__main__":
    print(format_datetime(datetime.now(UTC)))
    for what, figure in rows():
        print(f"{what:60} {figure}")
