"""What a feed links to is fetched behind the same guard: pages and their robots.txt, warnings of an index, webhooks."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime

import httpx
import pytest
from builders import at, item
from service_fakes import HandClock, ListDecoder
from support.feed_server import FeedServer
from support.inward import INWARD

from bot.model.item import Format, Item, Source
from bot.net.addresses import AddressGuard, _system_resolve
from bot.net.fetcher import HttpFetcher
from bot.net.manners import Manners
from bot.net.transport import GuardedTransport
from bot.services.cap_links import follow
from bot.services.full_text import FullText
from bot.services.ports import Unreadable
from bot.services.robots import Robots
from bot.storage.store import SqlStore


class Reader:
    """Finds that everything is allowed and worth reading."""

    def __init__(self) -> None:
        self.read: list[str] = []

    async def pause(self, robots: bytes, url: str) -> float | Unreadable | None:
        del robots, url
        return 0.0

    async def article(self, page: bytes, url: str) -> str | Unreadable:
        del page
        self.read.append(url)
        return "x"


class Names:
    """A name server that gives the next of its answers for a name, the last one for ever."""

    def __init__(self, **answers: Sequence[str]) -> None:
        self._answers = {f"{name}.example": list(given) for name, given in answers.items()}

    async def __call__(self, host: str, port: int) -> list[str]:
        given = self._answers.get(host)
        if given is None:
            return await _system_resolve(host, port)
        return [given.pop(0) if len(given) > 1 else given[0]]


def fetcher(guard: AddressGuard) -> HttpFetcher:
    return HttpFetcher(user_agent="x", clock=HandClock(at(1)), guard=guard, manners=Manners(gap_s=0), deadline_s=3)


async def read_page(url: str, guard: AddressGuard) -> tuple[list[str], list[str]]:
    """Have a page read; return the addresses that were read, and why the others were not."""
    pages, reader, unread = fetcher(guard).for_pages(), Reader(), []

    async def take(source_id: str, items: Sequence[Item]) -> None: ...

    full_text = FullText(
        allowed=["wire"], fetcher=pages, robots=Robots(pages, reader, HandClock(at(1))), reader=reader,
        clock=HandClock(at(1)), take=take, on_unread=lambda _, why: unread.append(why),
    )  # fmt: skip
    why = await full_text._read(item("Gunmen attack Bamako", url=url))
    return reader.read, [why]


@pytest.mark.parametrize("url", INWARD)
async def test_no_page_and_no_robots_txt_inside_is_asked_for(url: str, connects: list[object]) -> None:
    assert (await read_page(url, AddressGuard()))[0] == []
    assert connects == []


@pytest.mark.parametrize("url", INWARD)
async def test_no_page_leads_inside_by_a_redirect(url: str, connects: list[object]) -> None:
    async with FeedServer() as server:
        server.fault("/1.html", "redirect", to=url)
        guard = AddressGuard(allow_hosts=["wire.example"], resolve=Names(wire=["127.0.0.1"]))
        read, _ = await read_page(f"http://wire.example:{server.port}/1.html", guard)
        assert len(server.asked("/1.html")) == 1
    assert read == []
    assert {address for address in connects if address != ("127.0.0.1", server.port)} == set()


@pytest.mark.parametrize("url", INWARD)
async def test_no_warning_of_an_index_lies_inside(url: str, connects: list[object]) -> None:
    office = Source(id="met", name="Met", url="https://met.example/cap.rss", format=Format.CAP)
    async with SqlStore.open("sqlite+aiosqlite://", "test", migrate=True) as store:
        found = await follow(
            office, [item("Heavy rain", url=url)], datetime.now(UTC), store=store, fetcher=fetcher(AddressGuard()),
            decoder=ListDecoder(replace(item("x"), url=url)),
        )  # fmt: skip
    assert (found.items, found.missing) == ((), 1)
    assert connects == []


async def test_a_name_that_turns_inward_between_two_requests_is_not_followed(connects: list[object]) -> None:
    """robots.txt is served from an address that is allowed here (loopback); then the name answers inside."""
    async with FeedServer() as server:
        server.serve("/1.html", b"<p>x</p>", "text/html")
        names = Names(wire=["127.0.0.1", "10.0.0.1", "169.254.169.254"])
        read, why = await read_page(
            f"http://wire.example:{server.port}/1.html", AddressGuard(allow_loopback=True, resolve=names)
        )
    assert (read, why) == ([], ["the address leads into a private network"])
    assert connects == [("127.0.0.1", server.port)]


@pytest.mark.parametrize("url", INWARD)
async def test_any_client_over_the_guarded_transport_stays_outside(url: str, connects: list[object]) -> None:
    """What is to post to addresses that people name (a webhook) needs no more than this transport."""
    async with httpx.AsyncClient(transport=GuardedTransport(AddressGuard()), follow_redirects=True) as client:
        with pytest.raises((httpx.TransportError, httpx.InvalidURL)):
            await client.post(url, json={"event": "1"})
    assert connects == []
