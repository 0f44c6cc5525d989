"""A feed server for tests: publishes items while it runs, counts who asks how, and misbehaves when told to.

    async with FeedServer() as server:
        server.publish("/sahel.rss", [item("Gunfire in Bamako")])      # or .atom, .json
        server.fault("/sahel.rss", "unavailable", retry_after=30, times=1)
        ... fetch server.url("/sahel.rss") ...
        assert server.asked("/sahel.rss")[0].conditional

It listens on loopback, speaks HTTP/1.1 and closes each connection after one answer.
"""

import asyncio
import gzip
import json
import socket
import struct
import zlib
from collections.abc import AsyncIterator, Callable, Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import format_datetime
from hashlib import sha256
from html import escape
from typing import Self

import brotli

from bot.model.item import Item

RSS = "application/rss+xml"
ATOM = "application/atom+xml"
JSON_FEED = "application/feed+json"
LONG_S = 3600.0


@dataclass(frozen=True, slots=True)
class Asked:
    """One request: when (seconds of the loop's clock), for what, and with which headers (names in lower case)."""

    at: float
    path: str
    headers: Mapping[str, str]

    @property
    def conditional(self) -> bool:
        return "if-none-match" in self.headers or "if-modified-since" in self.headers


@dataclass(slots=True)
class Answer:
    """What goes out, `before_s` late. `chunks` follow the body; `pause_s` stands before each of them."""

    status: str = "200 OK"
    headers: dict[str, str] = field(default_factory=dict)
    body: bytes = b""
    chunks: Iterable[bytes] = ()
    pause_s: float = 0.0
    before_s: float = 0.0
    length: int | None = None


@dataclass(slots=True)
class _Page:
    body: bytes
    content_type: str
    etag: str
    modified: str


@dataclass(slots=True)
class _Fault:
    kind: str
    times: int
    options: dict[str, object]


class Drop(Exception):  # noqa: N818 - the signal to break the connection off
    """Reset the connection instead of answering."""


class FeedServer:
    """See the head of the file."""

    def __init__(self, host: str = "127.0.0.1") -> None:
        self._host = host
        self._pages: dict[str, _Page] = {}
        self._items: dict[str, dict[str, Item]] = {}
        self._faults: dict[str, _Fault] = {}
        self._log: list[Asked] = []
        self._busy = 0
        self._tasks: set[asyncio.Task[None]] = set()
        self.most_at_once = 0
        self.port = 0

    async def __aenter__(self) -> Self:
        self._server = await asyncio.start_server(self._accept, self._host, 0)
        self.port = self._server.sockets[0].getsockname()[1]
        return self

    async def __aexit__(self, *_: object) -> None:
        self._server.close()
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    # ---- what a test says

    def url(self, path: str) -> str:
        """Return the address of a path."""
        return f"http://{self._host}:{self.port}{path}"

    def publish(self, path: str, items: Iterable[Item]) -> None:
        """Add items to a feed, or replace those of the same id; newest first. The ending of the path is the format."""
        shelf = self._items.setdefault(path, {})
        shelf.update({item.id: item for item in items})
        self.serve(path, *render(path, list(shelf.values())[::-1]))

    def serve(self, path: str, body: bytes, content_type: str = RSS) -> None:
        """Serve these bytes."""
        etag = f'"{sha256(body).hexdigest()[:16]}"'
        self._pages[path] = _Page(body, content_type, etag, format_datetime(datetime.now(UTC), usegmt=True))

    def fault(self, path: str, kind: str, *, times: int = -1, **options: object) -> None:
        """Answer the next `times` requests (all, if negative) in a bad way; kinds: see FAULTS."""
        assert kind in FAULTS, f"no such fault: {kind}"
        self._faults[path] = _Fault(kind, times, options)

    def clear(self, path: str) -> None:
        """Behave again."""
        self._faults.pop(path, None)

    def asked(self, path: str) -> list[Asked]:
        """Return the requests for a path, oldest first."""
        return [asked for asked in self._log if asked.path == path]

    # ---- what a client gets

    def _accept(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.get_running_loop().create_task(self._talk(reader, writer))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _talk(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._busy += 1
        self.most_at_once = max(self.most_at_once, self._busy)
        try:
            asked = await self._read(reader)
            self._log.append(asked)
            await self._write(writer, self._answer(asked))
        except Drop:
            raw: socket.socket = writer.get_extra_info("socket")
            raw.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))  # makes the end a reset
            writer.transport.abort()
        except (ConnectionError, asyncio.IncompleteReadError):
            pass
        finally:
            self._busy -= 1
            writer.close()
            with suppress(ConnectionError):
                await writer.wait_closed()

    async def _read(self, reader: asyncio.StreamReader) -> Asked:
        lines = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
        headers = {name.lower(): value.strip() for name, _, value in (line.partition(":") for line in lines[1:])}
        return Asked(asyncio.get_running_loop().time(), lines[0].split(" ")[1], headers)

    def _answer(self, asked: Asked) -> Answer:
        page = self._pages.get(asked.path)
        fault = self._faults.get(asked.path)
        if fault is not None and fault.times != 0:
            fault.times -= 1
            return FAULTS[fault.kind](page.body if page else b"", **fault.options)
        if page is None:
            return Answer("404 Not Found")
        headers = {"ETag": page.etag, "Last-Modified": page.modified, "Content-Type": page.content_type}
        known = asked.headers.get("if-none-match")
        if known == page.etag or (known is None and asked.headers.get("if-modified-since") == page.modified):
            return Answer("304 Not Modified", headers)
        return Answer(headers=headers, body=page.body)

    async def _write(self, writer: asyncio.StreamWriter, answer: Answer) -> None:
        await asyncio.sleep(answer.before_s)
        streamed = not isinstance(answer.chunks, tuple)
        headers = {"Date": format_datetime(datetime.now(UTC), usegmt=True), "Connection": "close"} | answer.headers
        if not answer.status.startswith("304") and not streamed:
            headers["Content-Length"] = str(len(answer.body) if answer.length is None else answer.length)
        head = "".join(f"{name}: {value}\r\n" for name, value in headers.items())
        writer.write(f"HTTP/1.1 {answer.status}\r\n{head}\r\n".encode("latin-1") + answer.body)
        await writer.drain()
        async for chunk in _paused(answer):
            writer.write(chunk)
            await writer.drain()


async def _paused(answer: Answer) -> AsyncIterator[bytes]:
    for chunk in answer.chunks:
        await asyncio.sleep(answer.pause_s)
        yield chunk


# ---- feeds


def render(path: str, items: list[Item]) -> tuple[bytes, str]:
    """Return items as a feed of the format that the path ends in, and its content type."""
    if path.endswith(".atom"):
        return _atom(items).encode(), ATOM
    if path.endswith(".json"):
        return _json(items).encode(), JSON_FEED
    return _rss(items).encode(), RSS


def _rss(items: list[Item]) -> str:
    language = next((f"<language>{item.language}</language>" for item in items if item.language), "")
    entries = "".join(
        f'<item><guid isPermaLink="false">{escape(item.guid or item.id)}</guid><title>{escape(item.title)}</title>'
        f"<link>{escape(item.url)}</link><description>{escape(escape(item.text))}</description>"
        + (f"<pubDate>{format_datetime(item.published_at)}</pubDate>" if item.published_at else "")
        + "</item>"
        for item in items
    )
    return f'<?xml version="1.0"?><rss version="2.0"><channel><title>News</title>{language}{entries}</channel></rss>'


def _atom(items: list[Item]) -> str:
    entries = "".join(
        f'<entry xml:lang="{item.language or ""}"><id>{escape(item.guid or item.id)}</id>'
        f'<title>{escape(item.title)}</title><link href="{escape(item.url)}"/><summary>{escape(item.text)}</summary>'
        + (f"<updated>{item.published_at.isoformat()}</updated>" if item.published_at else "")
        + "</entry>"
        for item in items
    )
    return f'<feed xmlns="http://www.w3.org/2005/Atom"><id>news</id><title>News</title>{entries}</feed>'


def _json(items: list[Item]) -> str:
    entries = [
        {
            "id": item.guid or item.id, "url": item.url, "title": item.title, "content_text": item.text,
            "language": item.language, "date_published": item.published_at and item.published_at.isoformat(),
        }
        for item in items
    ]  # fmt: skip
    return json.dumps({"version": "https://jsonfeed.org/version/1.1", "title": "News", "items": entries})


# ---- faults: each takes the body that would have been right, and its own options


def _unavailable(_: bytes, *, status: str = "503 Service Unavailable", retry_after: object = None) -> Answer:
    return Answer(status, {} if retry_after is None else {"Retry-After": str(retry_after)})


def _redirect(_: bytes, *, to: str, status: str = "302 Found") -> Answer:
    return Answer(status, {"Location": to})


def _html_page(_: bytes) -> Answer:
    page = b"<!DOCTYPE html><html><head><title>Your choices</title></head><body><h1>We value you</h1></body></html>"
    return Answer(headers={"Content-Type": RSS}, body=page)


def _big_body(_: bytes, *, mb: int = 8, declare: bool = False) -> Answer:
    if declare:
        return Answer(length=mb * 1_000_000, body=b"<rss>")
    return Answer(chunks=iter([b"<rss>", *[b" " * 100_000] * (mb * 10)]))


def _gzip_bomb(_: bytes, *, mb: int = 50) -> Answer:
    engine = zlib.compressobj(9, zlib.DEFLATED, 16 + zlib.MAX_WBITS)
    body = b"".join(engine.compress(bytes(1_000_000)) for _ in range(mb)) + engine.flush()
    return Answer(headers={"Content-Encoding": "gzip"}, body=body)


def _brotli_bomb(_: bytes, *, mb: int = 50) -> Answer:
    return Answer(headers={"Content-Encoding": "br"}, body=brotli.compress(bytes(mb * 1_000_000), quality=1))


def _entity_bomb(_: bytes) -> Answer:
    levels = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 9))
    bomb = f'<!DOCTYPE rss [<!ENTITY e0 "ha">{levels}]><rss version="2.0"><channel><item><title>&e8;</title></item>'
    return Answer(body=f"{bomb}</channel></rss>".encode())


def _hang(body: bytes, *, after_headers: bool = False) -> Answer:
    return Answer(chunks=iter([body]), pause_s=LONG_S) if after_headers else Answer(before_s=LONG_S)


def _close(_: bytes) -> Answer:
    raise ConnectionError


def _drop(_: bytes) -> Answer:
    raise Drop


FAULTS: dict[str, Callable[..., Answer]] = {
    "unavailable": _unavailable,
    "gone": lambda _: Answer("410 Gone"),
    "redirect": _redirect,
    "html_page": _html_page,
    "empty": lambda _: Answer(),
    "always_304": lambda _: Answer("304 Not Modified"),
    "truncated": lambda body: Answer(body=body[: len(body) // 2], length=len(body)),
    "cut": lambda body: Answer(body=body[: len(body) // 2]),
    "gzip": lambda body: Answer(headers={"Content-Encoding": "gzip"}, body=gzip.compress(body)),
    "gzip_twice": lambda body: Answer(
        headers={"Content-Encoding": "gzip, gzip"}, body=gzip.compress(gzip.compress(body))
    ),
    "gzip_damaged": lambda body: Answer(headers={"Content-Encoding": "gzip"}, body=b"\x1f\x8b\x08" + body),
    "gzip_cut": lambda body: Answer(headers={"Content-Encoding": "gzip"}, body=gzip.compress(body)[:-12]),
    "deflate": lambda body: Answer(headers={"Content-Encoding": "deflate"}, body=zlib.compress(body)[2:-4]),
    "brotli": lambda body: Answer(headers={"Content-Encoding": "br"}, body=brotli.compress(body)),
    "brotli_cut": lambda body: Answer(headers={"Content-Encoding": "br"}, body=brotli.compress(body)[:-5]),
    "brotli_damaged": lambda body: Answer(headers={"Content-Encoding": "br"}, body=b"\xff" + body),
    "brotli_bomb": _brotli_bomb,
    "close": _close,
    "bad_status_line": lambda _: Answer("banana\r\n\r\n"),
    "chunk_damaged": lambda _: Answer(headers={"Transfer-Encoding": "chunked"}, chunks=iter([b"zz\r\nrss\r\n"])),
    "headers_huge": lambda body: Answer(headers={"X-Padding": "a" * 1_000_000}, body=body),
    "big_body": _big_body,
    "gzip_bomb": _gzip_bomb,
    "entity_bomb": _entity_bomb,
    "hang": _hang,
    "late": lambda body, before_s=1.0: Answer(body=body, before_s=before_s),
    "drip": lambda body, pause_s=0.05: Answer(chunks=(bytes([byte]) for byte in body), pause_s=pause_s),
    "reset": _drop,
}  # fmt: skip
