"""Reading the page behind a thin item, where its source allows that.

Nothing waits for a page. The item is judged at once by its headline: an extreme one must not be held back for a
server that may answer in ten seconds or never. What the page adds comes in as a later issue of the same item, so that
it corrects or completes what was said, and opens the event where the headline named no place. Only the page of an item
whose headline speaks of a hazard or a closure is read, so most pages are never asked for.

What waits to be read is kept in memory alone: after a crash the items stand as their headlines had them.
"""

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable, Collection, Sequence
from datetime import timedelta
from typing import Protocol
from urllib.parse import urlsplit

from bot.feeds.page import is_thin, with_page
from bot.model.item import Item
from bot.pipeline import Understanding
from bot.services.ports import Clock, Fetched, Fetcher, FetchFailed, Unreadable, Validators
from bot.services.robots import Robots

MOST_WAITING = 20
"""Pages of one host that wait; of more the newest are read."""
NOT_OLDER = timedelta(hours=24)
"""The page of an older item would come too late to be worth the request."""
AT_ONCE = 4
"""Pages of all hosts that are read at once: feeds come first."""


class PageReader(Protocol):
    """Finds the words of a page, off the event loop."""

    async def article(self, page: bytes, url: str) -> str | Unreadable:
        """Return the main text of an HTML page, one paragraph a line; never raises for what the bytes are."""
        ...


class FullText:
    """Reads pages one after the other for each host, newest first.

    Args:
        allowed: ids of the sources whose pages may be read.
        fetcher: gets pages, within limits and at each host's pace.
        robots: what each site forbids.
        reader: finds the words of a page.
        clock: what "now" is.
        take: takes in the items of a source, as `Ingest.take`.
        on_unread: told of an item whose page gave nothing, and why, in plain words.
    """

    def __init__(
        self,
        *,
        allowed: Collection[str],
        fetcher: Fetcher,
        robots: Robots,
        reader: PageReader,
        clock: Clock,
        take: Callable[[str, Sequence[Item]], Awaitable[object]],
        on_unread: Callable[[Item, str], None] = lambda *_: None,
    ) -> None:
        self._allowed, self._fetcher, self._robots, self._reader = frozenset(allowed), fetcher, robots, reader
        self._clock, self._take, self._on_unread = clock, take, on_unread
        self._waiting: dict[str, deque[Item]] = {}
        self._at_work: dict[str, asyncio.Task[None]] = {}
        self._places = asyncio.Semaphore(AT_ONCE)

    def consider(self, understood: Understanding) -> None:
        """Have the item's page read if that may add something; returns at once."""
        item, reading = understood.item, understood.reading
        if item.source_id not in self._allowed or not is_thin(item) or not (reading.hazards or reading.statuses):
            return
        dated = item.published_at or item.fetched_at
        if dated is None or dated < self._clock.now() - NOT_OLDER:
            return
        host = urlsplit(item.url).hostname or ""
        waiting = self._waiting.setdefault(host, deque(maxlen=MOST_WAITING))
        if all(item.url != other.url for other in waiting):
            waiting.append(item)
        if host not in self._at_work:
            self._at_work[host] = asyncio.create_task(self._work(host), name=f"pages of {host}")

    async def close(self) -> None:
        """Stop reading."""
        tasks = list(self._at_work.values())
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    async def _work(self, host: str) -> None:
        waiting = self._waiting[host]
        while waiting:
            item = waiting.pop()
            try:
                why = await self._read(item)
            except Exception as error:  # noqa: BLE001 - one page's trouble, of whatever kind, is no other page's
                why = f"{type(error).__name__}: {error}"
            if why:
                self._on_unread(item, why)
        del self._waiting[host], self._at_work[host]

    async def _read(self, item: Item) -> str:
        """Read one page and take the item in with it; return why nothing came of it, or nothing."""
        pause = await self._robots.pause(item.url)
        if pause is None:
            return "robots.txt forbids it, or cannot be had"
        await self._clock.sleep(pause)
        async with self._places:
            answer = await self._fetcher.fetch(item.url, Validators())
        if not isinstance(answer, Fetched):
            return answer.why if isinstance(answer, FetchFailed) else "not modified"
        if answer.url != item.url and await self._robots.pause(answer.url) is None:
            return "robots.txt forbids where it led to"
        words = await self._reader.article(answer.body, answer.url)
        if isinstance(words, Unreadable):
            return words.why
        fuller = with_page(item, words, self._clock.now())
        if fuller is None:
            return "the page says no more, or speaks of something else"
        await self._take(item.source_id, (fuller,))
        return ""
