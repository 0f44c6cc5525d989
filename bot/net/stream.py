"""Messages that a server pushes over a web socket, within limits: the address guard, sizes, and a heartbeat.

A socket can die without a word (notes on sources, section 2): it is pinged every 15 seconds, and a server that does
not answer in as many more has broken off. Nothing is connected to again here (bot/services/listen.py).
"""

import asyncio
from collections.abc import AsyncGenerator
from http import HTTPStatus

import httpcore
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import (
    ConnectionClosed,
    InvalidHandshake,
    InvalidStatus,
    InvalidURI,
    PayloadTooBig,
    WebSocketException,
)
from websockets.uri import parse_uri

from bot.net.addresses import AddressGuard, AddressRefused
from bot.services.listen import StreamBroken

MAX_BYTES = 100_000
HEARTBEAT_S = 15.0
OPEN_S = 10.0
CLOSE_S = 1.0
_TOO_BIG = 1009


class SocketStream:
    """The Stream over web sockets: no proxies of the environment, no address inside a private network.

    Args:
        user_agent: an honest name with a way to reach the operator (`headers.user_agent`).
        guard: which addresses may be contacted.
        heartbeat_s: seconds between two pings, for their answers, and of silence between two signs of life.
        max_bytes: limit of one message.
    """

    def __init__(
        self,
        *,
        user_agent: str,
        guard: AddressGuard,
        heartbeat_s: float = HEARTBEAT_S,
        max_bytes: int = MAX_BYTES,
    ) -> None:
        self._user_agent, self._guard = user_agent, guard
        self._heartbeat_s, self._max_bytes = heartbeat_s, max_bytes

    async def listen(self, url: str) -> AsyncGenerator[bytes | None, None]:
        """Connect once and yield each message; None when the server lives and has nothing to say.

        Raises:
            StreamBroken: it cannot be connected to, or the connection is over, in plain words.
        """
        try:
            socket = await self._open(url)
        except (WebSocketException, httpcore.ConnectError, OSError, ValueError, TimeoutError, EOFError) as error:
            raise StreamBroken(*_why_closed(error)) from error
        try:
            while True:
                yield await self._next(socket)
        except ConnectionClosed as error:
            raise StreamBroken(_why_over(error)) from error
        finally:
            await socket.close()

    async def _open(self, url: str) -> ClientConnection:
        """Connect to an address that the guard has agreed to; a redirect elsewhere is not followed."""
        target = parse_uri(url)
        addresses = await self._guard.addresses(target.host, target.port)
        return await connect(
            url,
            host=addresses[0],
            port=target.port,
            proxy=None,
            compression=None,
            user_agent_header=self._user_agent,
            open_timeout=OPEN_S,
            close_timeout=CLOSE_S,
            ping_interval=self._heartbeat_s,
            ping_timeout=self._heartbeat_s,
            max_size=self._max_bytes,
        )

    async def _next(self, socket: ClientConnection) -> bytes | None:
        try:
            async with asyncio.timeout(self._heartbeat_s):
                message = await socket.recv()
        except TimeoutError:
            return None
        return message.encode() if isinstance(message, str) else message


def _why_closed(error: Exception) -> tuple[str, int | None]:
    """Return in plain words why there is no connection, with the HTTP status if there is one."""
    match error:
        case AddressRefused():
            return str(error), None
        case InvalidStatus():
            status = error.response.status_code
            named = next((one.phrase for one in HTTPStatus if one == status), "")
            return f"HTTP {status} {named}".rstrip(), status
        case InvalidURI():
            return "the address is malformed", None
        case TimeoutError():
            return "the server cannot be reached: no answer to the connection", None
        case InvalidHandshake() | EOFError():
            return "the server does not speak the web socket protocol", None
        case _:
            return f"the server cannot be reached: {str(error)[:200] or type(error).__name__}", None


def _why_over(error: ConnectionClosed) -> str:
    """Return in plain words who ended the connection."""
    if isinstance(error.__cause__, PayloadTooBig) or (error.sent is not None and error.sent.code == _TOO_BIG):
        return "a message larger than allowed"
    if error.rcvd is not None:
        return f"the server closed the connection (code {error.rcvd.code})"
    if error.sent is not None and "ping" in error.sent.reason:
        return "the server went silent: it answers no ping"
    if error.sent is not None:
        return "the server does not speak the web socket protocol"
    return "the connection broke off"
