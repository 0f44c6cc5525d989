"""A web socket server on loopback that says what its script tells it to say, well or badly."""

import asyncio
from collections.abc import Awaitable, Callable
from types import TracebackType
from typing import Self

from websockets.asyncio.server import Server, ServerConnection, serve

Script = Callable[[ServerConnection, int], Awaitable[None]]


async def quiet(socket: ServerConnection, number: int) -> None:
    """Say nothing, and answer pings, until the client leaves."""
    del number
    await socket.wait_closed()


def saying(*messages: str | bytes) -> Script:
    """Return a script that says these at every connection and then nothing."""

    async def script(socket: ServerConnection, number: int) -> None:
        for message in messages:
            await socket.send(message)
        await quiet(socket, number)

    return script


class PushServer:
    """Runs `script(connection, its number from 0)` for each connection; `connections` counts them."""

    def __init__(self, script: Script = quiet) -> None:
        self.script, self.connections = script, 0
        self.sockets: set[ServerConnection] = set()
        self._server: Server | None = None

    @property
    def open(self) -> int:
        return len(self.sockets)

    @property
    def url(self) -> str:
        assert self._server is not None
        port = next(iter(self._server.sockets)).getsockname()[1]
        return f"ws://127.0.0.1:{port}/standing_order/websocket"

    async def __aenter__(self) -> Self:
        self._server = await serve(self._serve, "127.0.0.1", 0, ping_interval=None, close_timeout=0.2)
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        assert self._server is not None
        self._server.close()
        await self._server.wait_closed()

    async def _serve(self, socket: ServerConnection) -> None:
        number, self.connections = self.connections, self.connections + 1
        self.sockets.add(socket)
        try:
            await self.script(socket, number)
        finally:
            self.sockets.discard(socket)


async def until(fact: Callable[[], bool], *, within_s: float = 15.0) -> None:
    """Wait until something is so; fail when it takes too long."""
    async with asyncio.timeout(within_s):
        while not fact():  # noqa: ASYNC110 - the fact is the service's, which rings no bell
            await asyncio.sleep(0.01)
