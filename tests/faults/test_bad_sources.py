"""Every way in which the test's feed server misbehaves, on one source beside a healthy one."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import timedelta

import pytest
from builders import assessment, at, item
from service_fakes import HandClock, ToldUnderstander
from support.feed_server import FAULTS, FeedServer

from bot.model.item import Source
from bot.net.addresses import AddressGuard
from bot.net.fetcher import HttpFetcher
from bot.net.manners import Manners
from bot.services.ingest import Ingest
from bot.services.ports import SourceState
from bot.storage.store import SqlStore
from bot.workers.decoder import WorkerDecoder

PATH = "/news.rss"
WELL = frozenset({"gzip", "deflate", "brotli", "late"})
"""Kinds that are no faults of an answer."""
OPTIONS: dict[str, dict[str, object]] = {"redirect": {"to": "http://10.0.0.1/"}, "drip": {"pause_s": 0.2}}
WORDS = {
    "unavailable": "HTTP 503 Service Unavailable", "gone": "HTTP 410 Gone",
    "redirect": "the address leads into a private network", "html_page": "an HTML page instead of a feed",
    "empty": "an empty answer", "always_304": None, "truncated": "the answer is cut short",
    "cut": "XML that is cut short", "gzip_twice": "the answer is compressed more than once",
    "gzip_damaged": "the compressed answer is damaged", "gzip_cut": "the compressed answer is cut short",
    "brotli_damaged": "the compressed answer is damaged", "brotli_cut": "the compressed answer is cut short",
    "big_body": "the answer is larger than 5 MB", "gzip_bomb": "the answer is larger than 5 MB",
    "brotli_bomb": "the answer is larger than 5 MB", "entity_bomb": "an entity declaration, which a feed never needs",
    "hang": "no whole answer within 2 s", "drip": "no whole answer within 2 s", "reset": "the connection broke off",
    "close": "the server closed the connection without an answer",
    "bad_status_line": "the server does not speak proper HTTP",
    "chunk_damaged": "the server does not speak proper HTTP",
    "headers_huge": "the server does not speak proper HTTP",
}  # fmt: skip
"""What the source's state says; None where an answer looks well and only the content clock can tell."""


@dataclass(frozen=True, slots=True)
class Stage:
    bad: FeedServer
    well: FeedServer
    intake: Ingest


@pytest.fixture
async def stage() -> AsyncIterator[Stage]:
    decoder, clock = WorkerDecoder(), HandClock(at(1))
    fetcher = HttpFetcher(
        user_agent="Outrider", clock=clock, guard=AddressGuard(allow_loopback=True), manners=Manners(gap_s=0),
        deadline_s=2.0,
    )  # fmt: skip
    async with (
        SqlStore.open("sqlite+aiosqlite://", "test", migrate=True) as store,
        FeedServer() as bad,
        FeedServer("127.0.0.2") as well,
    ):
        for server in (bad, well):
            server.publish(PATH, [item("Ferry to Timbuktu late")])
        told = ToldUnderstander(lambda _: assessment())
        yield Stage(bad, well, Ingest(store=store, fetcher=fetcher, decoder=decoder, understander=told, clock=clock,
                                      first_poll_window=timedelta(0)))  # fmt: skip
    await decoder.close()
    await fetcher.close()


def test_every_fault_has_its_words() -> None:
    assert WORDS.keys() | WELL == FAULTS.keys()


@pytest.mark.parametrize("kind", sorted(WORDS))
async def test_a_bad_source_says_what_is_wrong_holds_up_no_other_and_recovers_at_the_next_poll(
    stage: Stage, kind: str
) -> None:
    loop = asyncio.get_running_loop()
    sources = [Source(id=name, name=name, url=server.url(PATH)) for name, server in
               (("bad", stage.bad), ("well", stage.well))]  # fmt: skip
    states = [(await stage.intake.poll(one, SourceState(source_id=one.id)))[1] for one in sources]
    stage.bad.publish(PATH, [item("The bridge of Gao is closed", hours=0.5)])
    stage.bad.fault(PATH, kind, **OPTIONS.get(kind, {}))

    async def well() -> float:
        began = loop.time()
        assert (await stage.intake.poll(sources[1], states[1]))[1].failing is None
        return loop.time() - began

    (polled, failed), took = await asyncio.gather(stage.intake.poll(sources[0], states[0]), well())
    assert (polled.failing, failed.failing) == (WORDS[kind], WORDS[kind])
    assert took < 1.5
    if WORDS[kind] is not None:
        assert failed.validators == states[0].validators

    stage.bad.clear(PATH)
    polled, state = await stage.intake.poll(sources[0], failed)
    assert (polled.new_items, state.failing, state.failures) == (1, None, 0)
