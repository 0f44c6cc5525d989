"""Every kind of fault of the shared feed server, on one source beside 39 healthy ones: 63 kinds, four figures each.

The bad server is a process of its own. Without ../shared this is left out; tests/faults/test_bad_sources.py then shows
the same of the kinds that the repository's own server has.
"""

import asyncio
import json
import os
import subprocess
import sys
import time
from asyncio.subprocess import PIPE
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from urllib.request import Request, urlopen

import pytest
from builders import assessment, at, item
from faults.held import Held, resident_mb
from service_fakes import HandClock, ToldUnderstander
from support.feed_server import FeedServer

from bot.model.item import Source
from bot.net.addresses import AddressGuard
from bot.net.fetcher import HttpFetcher
from bot.net.manners import Manners
from bot.services.ingest import Ingest
from bot.services.ports import SourceState
from bot.storage.store import SqlStore
from bot.workers.decoder import WorkerDecoder

SERVER = Path(__file__).parents[3] / "shared" / "tools" / "feed_server.py"
pytestmark = [
    pytest.mark.heavy,
    pytest.mark.skipif(not SERVER.exists(), reason="the shared feed server is not beside this checkout"),
]

HEALTHY, INTERVAL_S, DEADLINE_S, GROWTH_MB, HELD_S = 39, 2.0, 2.0, 64.0, 0.1
FEED = "/live/wire.rss"
OPTIONS: dict[str, dict[str, object]] = {
    "redirect_internal": {"target": "metadata"}, "delay": {"seconds": 0.5}, "status": {"code": 500},
    "endless": {"delay": 0.001},
}  # fmt: skip
WORDS: dict[str, str | None] = {
    "always_304": None,
    "bad_bytes": None,
    "bad_chunk": "the server does not speak proper HTTP",
    "bad_gzip": "the compressed answer is damaged",
    "bad_status_line": "the server does not speak proper HTTP",
    "big_body": "the answer is larger than 5 MB",
    "bom": None,
    "case_links": None,
    "changing_etag": None,
    "chunked_truncated": "the answer is cut short",
    "close": "the server closed the connection without an answer",
    "control_chars": None,
    "dates_bad": None,
    "dates_future": None,
    "dates_missing": None,
    "dates_now": None,
    "dates_past": None,
    "deep_xml": "tags nested more than 256 deep",
    "deflate_bomb": "no whole answer within 2 s",
    "delay": None,
    "drip": "no whole answer within 2 s",
    "duplicate_items": None,
    "empty_body": "an empty answer",
    "empty_feed": "an empty feed, though it was not empty before",
    "endless": "the answer is larger than 5 MB",
    "entity_bomb": "an entity declaration, which a feed never needs",
    "external_entity": "an entity declaration, which a feed never needs",
    "flood": "the answer is larger than 5 MB",
    "forbidden": "HTTP 403 Forbidden",
    "gone": "HTTP 410 Gone",
    "gzip_bomb": "no whole answer within 2 s",
    "gzip_truncated": "the compressed answer is cut short",
    "hang": "no whole answer within 2 s",
    "hang_body": "no whole answer within 2 s",
    "hostile_text": None,
    "html_page": "an HTML page instead of a feed",
    "huge_header": "the server does not speak proper HTTP",
    "huge_title": None,
    "malformed": "XML that is cut short",
    "many_attributes": "a start tag of more than 64 KB",
    "many_headers": None,
    "new_guids": None,
    "no_guids": None,
    "not_modified_lie": None,
    "quadratic_bomb": "an entity declaration, which a feed never needs",
    "rate_limited": "HTTP 429 Too Many Requests",
    "rate_limited_date": "HTTP 429 Too Many Requests",
    "redirect": "HTTP 404 Not Found",
    "redirect_chain": "more than 5 redirects",
    "redirect_internal": "the address leads into a private network",
    "redirect_loop": "more than 5 redirects",
    "redirect_scheme": "the address is not of the web (http or https)",
    "reset": "the connection broke off",
    "same_guid": None,
    "shuffle": None,
    "slow_headers": "no whole answer within 2 s",
    "stale_etag": None,
    "status": "HTTP 500 Internal Server Error",
    "truncate": "the answer is cut short",
    "unavailable": "HTTP 503 Service Unavailable",
    "utf16": None,
    "wrong_charset": None,
    "wrong_length": "the answer is cut short",
}
"""What the source's state says; None where the answer can be read, so that nothing is wrong with the source."""


@dataclass
class Stage:
    url: str
    intake: Ingest
    decoder: WorkerDecoder
    sources: list[Source]
    held: Held
    servers: list[FeedServer]
    states: dict[str, SourceState] = field(default_factory=dict)

    async def call(self, method: str, name: str, data: object = None) -> None:
        body = json.dumps(data).encode() if data is not None else None
        request = Request(f"{self.url}/_control/{name}", data=body, method=method)  # noqa: S310 - loopback

        def send() -> None:
            with urlopen(request, timeout=10) as answer:  # noqa: S310 - the same
                answer.read()

        await asyncio.to_thread(send)

    async def publish(self, number: int) -> None:
        await self.call("POST", "publish", {"feed": "wire", "items": [{"id": str(number), "title": f"Road {number}"}]})

    def memory(self) -> float:
        """Return what this process and its decoder hold, in MB."""
        worker = self.decoder._worker._process
        return resident_mb(os.getpid()) + (resident_mb(worker.pid) if worker else 0.0)

    async def poll(self, source: Source) -> float:
        began = time.monotonic()
        state = self.states.get(source.id, SourceState(source_id=source.id))
        _, self.states[source.id] = await self.intake.poll(source, state)
        return time.monotonic() - began


@pytest.fixture
async def stage() -> AsyncIterator[Stage]:
    process = await asyncio.create_subprocess_exec(sys.executable, str(SERVER), stdout=PIPE)
    assert process.stdout is not None
    url = str(json.loads(await process.stdout.readline())["url"])
    decoder, clock = WorkerDecoder(), HandClock(at(1))
    fetcher = HttpFetcher(
        user_agent="Outrider", clock=clock, guard=AddressGuard(allow_loopback=True), manners=Manners(gap_s=0),
        deadline_s=DEADLINE_S,
    )  # fmt: skip
    servers = [FeedServer(f"127.0.0.{number + 2}") for number in range(HEALTHY)]
    async with SqlStore.open("sqlite+aiosqlite://", "test", migrate=True) as store:
        for number, server in enumerate(servers):
            await server.__aenter__()
            server.publish("/news.rss", [item(f"Ferry {number} to Timbuktu late")])
        intake = Ingest(
            store=store, fetcher=fetcher, decoder=decoder, understander=ToldUnderstander(lambda _: assessment(None)),
            clock=clock, first_poll_window=timedelta(0),
        )  # fmt: skip
        urls = [f"{url}{FEED}", *(server.url("/news.rss") for server in servers)]
        sources = [Source(id=f"s{number}", name=f"S{number}", url=one) for number, one in enumerate(urls)]
        yield Stage(url, intake, decoder, sources, Held(), servers)
        for server in servers:
            await server.__aexit__()
    await decoder.close()
    await fetcher.close()
    process.kill()
    await process.wait()


def test_every_kind_of_the_server_has_its_words() -> None:
    run = subprocess.run(
        [sys.executable, "-c", "import feed_server, json; print(json.dumps(list(feed_server.KINDS)))"],
        cwd=SERVER.parent, capture_output=True, text=True, check=True, env={"PYTHONDONTWRITEBYTECODE": "1"},
    )  # fmt: skip
    assert set(json.loads(run.stdout)) == WORDS.keys()


@pytest.mark.parametrize("kind", sorted(WORDS))
async def test_a_bad_source_harms_nobody_says_what_is_wrong_and_recovers(stage: Stage, kind: str) -> None:
    await stage.publish(1)
    bad, *well = stage.sources
    await asyncio.gather(*map(stage.poll, stage.sources))
    await stage.publish(2)
    for number, server in enumerate(stage.servers):
        server.publish("/news.rss", [item(f"Bridge {number} of Gao is closed")])
    await stage.call("POST", "fault", {"path": FEED, "kind": kind, **OPTIONS.get(kind, {})})
    before, most = stage.memory(), 0.0

    with stage.held.watching():
        polls = asyncio.gather(stage.poll(bad), *map(stage.poll, well))
        while not polls.done():
            await asyncio.sleep(0.02)
            most = max(most, stage.memory())
        _, *delays = await polls
    found = stage.states[bad.id].failing
    assert found == WORDS[kind]
    assert all(stage.states[one.id].failing is None for one in well)
    assert max(delays) <= 2 * INTERVAL_S
    assert most - before <= GROWTH_MB
    assert stage.held.longest_s <= HELD_S

    await stage.call("DELETE", "fault")
    await stage.publish(3)
    await stage.poll(bad)
    state = stage.states[bad.id]
    assert (state.failing, state.failures) == (None, 0)
