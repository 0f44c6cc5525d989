"""Getting a feed's bytes, politely and within limits (notes on sources, section 7; on reliability, section 5)."""

import asyncio
from copy import copy
from dataclasses import dataclass, replace
from datetime import timedelta
from http import HTTPStatus
from typing import Self

import httpx

from bot.net.addresses import AddressGuard, AddressRefused
from bot.net.body import BodyRefused, read_body
from bot.net.headers import ACCEPT, ACCEPT_PAGE, max_age, request_headers, retry_after, validators_of
from bot.net.manners import Manners
from bot.net.transport import GuardedTransport
from bot.services.ports import Clock, Fetched, FetchFailed, NotModified, Validators

MAX_BYTES = 5_000_000
DEADLINE_S = 15.0
CONNECT_S = 6.0
MAX_REDIRECTS = 5
PAGE_BYTES = 2_000_000
PAGE_DEADLINE_S = 10.0

_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_FOR_GOOD = frozenset({301, 308})


@dataclass(frozen=True, slots=True)
class _Redirect:
    to: httpx.URL
    for_good: bool


_Answer = Fetched | NotModified | FetchFailed | _Redirect


class HttpFetcher:
    """The Fetcher over HTTP: no cookies, no proxies of the environment, no address inside a private network.

    Args:
        user_agent: an honest name with a way to reach the operator (`headers.user_agent`).
        clock: what "now" is, for a Retry-After that is a date.
        guard: which addresses may be contacted.
        manners: pauses and places.
        deadline_s: seconds for one fetch with all its redirects; waiting for a turn does not count.
        max_bytes: limit of a body, on the wire and decompressed.
    """

    def __init__(
        self,
        *,
        user_agent: str,
        clock: Clock,
        guard: AddressGuard | None = None,
        manners: Manners | None = None,
        deadline_s: float = DEADLINE_S,
        max_bytes: int = MAX_BYTES,
    ) -> None:
        self._user_agent = user_agent
        self._clock = clock
        self._manners = manners or Manners()
        self._deadline_s = deadline_s
        self._max_bytes = max_bytes
        self._accept = ACCEPT
        self._transport = GuardedTransport(guard or AddressGuard())

    def for_pages(self) -> Self:
        """Return a fetcher of web pages over the same connections, guard and turns; it needs no closing of its own."""
        pages = copy(self)
        pages._accept, pages._deadline_s, pages._max_bytes = ACCEPT_PAGE, PAGE_DEADLINE_S, PAGE_BYTES  # noqa: SLF001 - our own
        return pages

    async def fetch(self, url: str, validators: Validators) -> Fetched | NotModified | FetchFailed:
        """Get the address with a conditional request; never raises for what the network does.

        Redirects are followed here, one by one, so that each hop passes the guard and takes its host's turn.
        """
        try:
            target = _web_url(url)
        except _BadAddress as error:
            return FetchFailed(why=str(error))
        left_s, loop = self._deadline_s, asyncio.get_running_loop()
        for_good, moved_to = True, ""
        for _ in range(MAX_REDIRECTS + 1):
            async with self._manners.turn(target.host):
                began = loop.time()
                answer = await self._hop(target, validators, left_s)
                left_s -= loop.time() - began
            if isinstance(answer, FetchFailed):
                return answer
            if not isinstance(answer, _Redirect):
                return replace(answer, moved_to=moved_to)
            target, for_good = answer.to, for_good and answer.for_good
            moved_to = str(target) if for_good else moved_to
        return FetchFailed(why=f"more than {MAX_REDIRECTS} redirects")

    async def close(self) -> None:
        """Close what is open."""
        await self._transport.aclose()

    async def _hop(self, url: httpx.URL, validators: Validators, left_s: float) -> _Answer:
        try:
            async with asyncio.timeout(max(0.0, left_s)):
                return await self._ask(url, validators)
        except TimeoutError:
            return FetchFailed(why=f"no whole answer within {self._deadline_s:g} s")
        except (BodyRefused, _BadAddress) as error:
            return FetchFailed(why=str(error))
        except (httpx.TransportError, httpx.InvalidURL, OSError) as error:
            return FetchFailed(why=_plain(error))

    async def _ask(self, url: httpx.URL, validators: Validators) -> _Answer:
        headers = request_headers(self._user_agent, validators, self._accept)
        patience = httpx.Timeout(self._deadline_s, connect=CONNECT_S).as_dict()
        request = httpx.Request("GET", url, headers=headers, extensions={"timeout": patience})
        response = await self._transport.handle_async_request(request)
        try:
            return await self._read(response, url, validators)
        finally:
            await response.aclose()

    async def _read(self, response: httpx.Response, url: httpx.URL, asked: Validators) -> _Answer:
        status, headers = response.status_code, response.headers
        if status in _REDIRECTS and "location" in headers:
            return _Redirect(_web_url(headers["location"], url), status in _FOR_GOOD)
        wish = retry_after(headers, self._clock.now())
        if status == HTTPStatus.NOT_MODIFIED:
            return _not_modified(headers, asked, wish)
        if status != HTTPStatus.OK:
            gone = status == HTTPStatus.GONE
            return FetchFailed(why=_status_words(status), retry_after=wish, gone=gone, status=status)
        declared = headers.get("content-length", "")
        if declared.isdecimal() and int(declared) > self._max_bytes:
            raise BodyRefused(f"the answer is larger than {self._max_bytes / 1e6:g} MB")
        body = await read_body(response.aiter_raw(), headers.get("content-encoding", ""), self._max_bytes)
        return Fetched(
            body=body,
            content_type=headers.get("content-type", "")[:200],
            validators=validators_of(headers),
            url=str(url),
            max_age=max_age(headers),
            retry_after=wish,
        )


class _BadAddress(Exception):  # noqa: N818 - never leaves this file
    """What should be a web address is none; the message says why in plain words."""


def _web_url(text: str, base: httpx.URL | None = None) -> httpx.URL:
    try:
        url = httpx.URL(text) if base is None else base.join(text)
    except (httpx.InvalidURL, ValueError, TypeError) as error:
        raise _BadAddress("the address is malformed") from error
    if url.scheme not in {"http", "https"} or not url.host:
        raise _BadAddress("the address is not of the web (http or https)")
    if url.userinfo:
        raise _BadAddress("the address carries a user name")
    return url.copy_with(fragment=None)


def _not_modified(headers: httpx.Headers, asked: Validators, wish: timedelta | None) -> NotModified | FetchFailed:
    """Keep what was asked with, renewed by what the 304 itself carries."""
    if asked == Validators():
        return FetchFailed(why='the server says "not modified" though nothing was asked about')
    given = validators_of(headers)
    kept = Validators(etag=given.etag or asked.etag, last_modified=given.last_modified or asked.last_modified)
    return NotModified(validators=kept, max_age=max_age(headers), retry_after=wish)


def _status_words(status: int) -> str:
    try:
        return f"HTTP {status} {HTTPStatus(status).phrase}"
    except ValueError:
        return f"HTTP {status}"


_PLAIN: tuple[tuple[type[Exception], str], ...] = (
    (httpx.ConnectTimeout, "the server cannot be reached: no answer to the connection"),
    (httpx.ConnectError, "the server cannot be reached: {error}"),
    (httpx.TimeoutException, "the server went silent"),
    (httpx.RemoteProtocolError, "the server does not speak proper HTTP"),
    (httpx.InvalidURL, "the address is malformed"),
    (httpx.ReadError, "the connection broke off"),
)


def _plain(error: Exception) -> str:
    """Return an error of the network in plain words; the guard's refusal in its own."""
    if isinstance(error.__cause__, AddressRefused):
        return str(error.__cause__)
    if isinstance(error, httpx.RemoteProtocolError):
        if "peer closed" in str(error):
            return "the answer is cut short"
        if "without sending" in str(error):
            return "the server closed the connection without an answer"
    words = next((words for kind, words in _PLAIN if isinstance(error, kind)), "the connection broke ({name})")
    return words.format(error=str(error)[:200] or "no reason given", name=type(error).__name__)
