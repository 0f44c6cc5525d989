"""What a site's robots.txt says of a page, read once a day (RFC 9309)."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol
from urllib.parse import urlsplit

from bot.services.ports import Clock, Fetched, Fetcher, FetchFailed, Unreadable, Validators

KEPT_FOR = timedelta(hours=24)
ASKED_AGAIN_AFTER = timedelta(hours=1)
"""After a robots.txt that could not be had: until then the site's pages are left alone."""
MOST_SITES = 500
LONGEST_PAUSE_S = 60.0
"""A site that wants more between two pages is not read at all."""

_NO_RULES = b""
_THERE_BUT_NOT_NOW = 429
_CLIENT_ERRORS = range(400, 500)


class RobotsReader(Protocol):
    """Reads a robots.txt, off the event loop: it is a stranger's bytes."""

    async def pause(self, robots: bytes, url: str) -> float | Unreadable | None:
        """Return the seconds to leave between pages, 0 where that is not said; None where the page is forbidden."""
        ...


@dataclass(frozen=True, slots=True)
class _Rules:
    body: bytes | None  # None: nobody knows, so nothing is read
    until: datetime


class Robots:
    """The rules of each site, fetched when first needed."""

    def __init__(self, fetcher: Fetcher, reader: RobotsReader, clock: Clock) -> None:
        self._fetcher, self._reader, self._clock = fetcher, reader, clock
        self._rules: dict[str, _Rules] = {}

    async def pause(self, url: str) -> float | None:
        """Return the seconds to leave between two pages of this site; None where this page is not to be read.

        A site without a robots.txt (4xx) allows all, one that cannot answer now (5xx, 429, no connection) nothing.
        """
        parts = urlsplit(url)
        site = f"{parts.scheme}://{parts.netloc}"
        rules = self._rules.get(site)
        if rules is None or rules.until <= self._clock.now():
            rules = await self._fetch(site)
            self._rules = {name: one for name, one in self._rules.items() if one.until > self._clock.now()}
            if len(self._rules) < MOST_SITES:
                self._rules[site] = rules
        if rules.body is None:
            return None
        said = await self._reader.pause(rules.body, url) if rules.body else 0.0
        return None if isinstance(said, Unreadable) or said is None or said > LONGEST_PAUSE_S else said

    async def _fetch(self, site: str) -> _Rules:
        answer = await self._fetcher.fetch(f"{site}/robots.txt", Validators())
        now = self._clock.now()
        if isinstance(answer, Fetched):
            return _Rules(answer.body, now + KEPT_FOR)
        status = answer.status if isinstance(answer, FetchFailed) else None
        if status in _CLIENT_ERRORS and status != _THERE_BUT_NOT_NOW:
            return _Rules(_NO_RULES, now + KEPT_FOR)
        return _Rules(None, now + ASKED_AGAIN_AFTER)
