"""A line to PostgreSQL that can go dark: it takes all and gives nothing, and says nothing of it.

So does a router that forgot a connection, or a machine that vanished. New connections find their way.
"""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

from support.postgres import TestServer, name_of


class DarkLine:
    """The line; `url` leads over it."""

    def __init__(self, server: TestServer, url: str) -> None:
        self._socket, self._name = str(server.folder / ".s.PGSQL.5432"), name_of(url)
        self._calls: list[asyncio.Event] = []
        self._ends: list[asyncio.StreamWriter] = []  # kept: the server must not hear that a dark line has ended
        self._tasks: set[asyncio.Task[None]] = set()
        self.url = ""

    @property
    def calls(self) -> int:
        return len(self._calls)

    def go_dark(self) -> None:
        """Let nothing through any more on the connections of now."""
        for each in self._calls:
            each.set()

    @asynccontextmanager
    async def drawn(self) -> AsyncIterator["DarkLine"]:
        async with await asyncio.start_server(self._between, "127.0.0.1", 0) as line:
            port = line.sockets[0].getsockname()[1]
            self.url = f"postgresql+asyncpg://postgres@127.0.0.1:{port}/{self._name}"
            yield self
            line.close()
            for task in self._tasks:
                task.cancel()
            await asyncio.gather(*self._tasks, return_exceptions=True)
            for each in self._ends:
                each.close()

    async def _between(self, source: asyncio.StreamReader, to: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        there, back = await asyncio.open_unix_connection(self._socket)
        self._calls.append(dark := asyncio.Event())
        self._ends += [to, back]
        with suppress(OSError):
            await asyncio.gather(_carry(source, back, dark), _carry(there, to, dark))


async def _carry(source: asyncio.StreamReader, to: asyncio.StreamWriter, dark: asyncio.Event) -> None:
    """Carry on what comes, and the end of it; in the dark neither."""
    while part := await source.read(65536):
        if not dark.is_set():
            to.write(part)
    if not dark.is_set():
        to.close()
