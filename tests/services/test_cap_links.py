"""An index of warnings that only links to them."""

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import datetime

import pytest
from builders import at, item

from bot.model.item import Cap, Format, Item, Source
from bot.services.cap_links import MOST_LINKS, follow
from bot.services.ports import Fetched, FetchFailed, NotModified, Unreadable, Validators
from bot.storage.store import SqlStore

OFFICE = Source(id="met", name="Met", url="https://met.example/cap.rss", format=Format.CAP)


class Web:
    """Pages by their addresses; each is the item that its bytes decode to."""

    def __init__(self, pages: dict[str, Item]) -> None:
        self.pages, self.asked = pages, []

    async def fetch(self, url: str, validators: Validators) -> Fetched | NotModified | FetchFailed:
        del validators
        self.asked.append(url)
        if url not in self.pages:
            return FetchFailed(why="HTTP 503", status=503)
        return Fetched(body=url.encode(), content_type="", validators=Validators(), url=url)

    async def decode(self, source: Source, fetched: Fetched, now: datetime) -> tuple[Item, ...] | Unreadable:
        del source
        return (replace(self.pages[fetched.body.decode()], fetched_at=now),)


def entry(number: int) -> Item:
    return item(f"Heavy rain {number}", hours=number / 60, url=f"https://met.example/{number}.xml")


def warning(number: int) -> Item:
    cap = Cap(identifier=str(number), sender="met", sent=at(0), msg_type="Alert", severity="Severe")
    return item(f"Red warning {number} of heavy rain", cap=cap, url="")


@pytest.fixture
async def store() -> AsyncIterator[SqlStore]:
    async with SqlStore.open("sqlite+aiosqlite://", "test", migrate=True) as opened:
        yield opened


async def test_a_warning_stands_in_the_place_of_its_entry_and_is_fetched_once(store: SqlStore) -> None:
    web = Web({entry(1).url: warning(1)})
    first = await follow(OFFICE, [entry(1)], at(1), store=store, fetcher=web, decoder=web)
    assert [(one.title, one.url) for one in first.items] == [("Red warning 1 of heavy rain", entry(1).url)]
    second = await follow(OFFICE, [entry(1)], at(2), store=store, fetcher=web, decoder=web)
    assert (second.items, len(web.asked)) == ((), 1)


async def test_a_link_that_fails_is_tried_again(store: SqlStore) -> None:
    web = Web({})
    assert (await follow(OFFICE, [entry(1)], at(1), store=store, fetcher=web, decoder=web)).missing == 1
    web.pages[entry(1).url] = warning(1)
    found = await follow(OFFICE, [entry(1)], at(2), store=store, fetcher=web, decoder=web)
    assert (len(found.items), found.missing) == (1, 0)


async def test_an_entry_whose_link_leads_to_no_warning_is_told_by_its_own_words(store: SqlStore) -> None:
    web = Web({entry(1).url: item("A page for people")})
    assert (await follow(OFFICE, [entry(1)], at(1), store=store, fetcher=web, decoder=web)).items == (entry(1),)


async def test_of_very_many_links_the_newest_are_followed_first(store: SqlStore) -> None:
    entries = [entry(number) for number in range(MOST_LINKS + 5)]
    web = Web({one.url: warning(number) for number, one in enumerate(entries)})
    found = await follow(OFFICE, entries, at(1), store=store, fetcher=web, decoder=web)
    assert (len(found.items), found.missing, web.asked[0]) == (MOST_LINKS, 5, entries[-1].url)


async def test_what_is_no_index_is_left_alone(store: SqlStore) -> None:
    web = Web({})
    whole, news = warning(1), [entry(1)]
    assert (await follow(OFFICE, [whole], at(1), store=store, fetcher=web, decoder=web)).items == (whole,)
    plain = replace(OFFICE, format=Format.FEED)
    assert (await follow(plain, news, at(1), store=store, fetcher=web, decoder=web)).items == tuple(news)
    assert web.asked == []
