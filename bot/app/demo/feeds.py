"""The day's sources as RSS feeds over HTTP on loopback."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from email.utils import format_datetime
from hashlib import sha256
from xml.sax.saxutils import escape

from bot.app.demo.day import DayItem, DaySource


class DayFeeds:
    """Serves /<source id>.xml with what was published so far, and answers 304 where nothing is new."""

    def __init__(self, sources: tuple[DaySource, ...]) -> None:
        self._sources = {source.id: source for source in sources}
        self._published: dict[str, list[DayItem]] = {source.id: [] for source in sources}
        self.url = ""

    def publish(self, item: DayItem) -> None:
        """Put the item on top of its source's feed."""
        self._published[item.source].insert(0, item)

    @asynccontextmanager
    async def serving(self) -> AsyncIterator["DayFeeds"]:
        """Listen on a free port of loopback while the context lasts."""
        server = await asyncio.start_server(self._answer, "127.0.0.1", 0)
        self.url = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"
        async with server:
            yield self

    async def _answer(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
        path = head.split(" ", 2)[1]
        source = self._sources.get(path.strip("/").removesuffix(".xml"))
        if source is None:
            writer.write(b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")
        else:
            body = self._rss(source).encode()
            etag = f'"{sha256(body).hexdigest()[:16]}"'
            unchanged = f"if-none-match: {etag}" in head.lower()
            status = "304 Not Modified" if unchanged else "200 OK"
            payload = b"" if unchanged else body
            writer.write(
                f"HTTP/1.1 {status}\r\nContent-Type: application/rss+xml; charset=utf-8\r\nETag: {etag}\r\n"
                f"Content-Length: {len(payload)}\r\nConnection: close\r\n\r\n".encode()
                + payload
            )
        await writer.drain()
        writer.close()

    def _rss(self, source: DaySource) -> str:
        entries = "".join(
            f"<item><guid isPermaLink='false'>{source.id}-{item.at:%H%M}</guid><title>{escape(item.title)}</title>"
            f"<link>https://{source.id}.example/{item.at:%Y/%m/%d/%H%M}</link>"
            f"<pubDate>{format_datetime(item.at)}</pubDate><description>{escape(item.text)}</description></item>"
            for item in self._published[source.id]
        )
        return (
            f"<?xml version='1.0' encoding='utf-8'?><rss version='2.0'><channel><title>{escape(source.name)}</title>"
            f"<link>https://{source.id}.example/</link><description>{escape(source.name)}</description>"
            f"<language>{source.language}</language>{entries}</channel></rss>"
        )
