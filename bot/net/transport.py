"""HTTP over connections that the address guard has agreed to."""

from collections.abc import Iterable

import httpcore
import httpx

from bot.net.addresses import AddressGuard

MAX_ADDRESSES = 3
"""Addresses of one host that are tried, within the deadline of the whole fetch."""


class GuardedTransport(httpx.AsyncHTTPTransport):
    """httpx's own transport with the connections of our guard: no proxy, no second look-up, no connection kept.

    httpx 0.28 offers no other way to bring a network backend than to put a pool in place of its own; the tests of
    the guard fail should that place ever move.
    """

    def __init__(self, guard: AddressGuard) -> None:
        tls = httpx.create_ssl_context(trust_env=False)
        super().__init__(verify=tls, trust_env=False)
        self._pool = httpcore.AsyncConnectionPool(
            ssl_context=tls, max_keepalive_connections=0, network_backend=_GuardedBackend(guard)
        )


class _GuardedBackend(httpcore.AsyncNetworkBackend):
    """Connects to the addresses that the guard names, by number."""

    def __init__(self, guard: AddressGuard) -> None:
        self._guard = guard
        self._sockets = httpcore.AnyIOBackend()

    async def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,  # noqa: ASYNC109 - httpcore's signature
        local_address: str | None = None,
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,
    ) -> httpcore.AsyncNetworkStream:
        addresses = await self._guard.addresses(host, port)
        failure: Exception | None = None
        for address in addresses[:MAX_ADDRESSES]:
            try:
                return await self._sockets.connect_tcp(address, port, timeout, local_address, socket_options)
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as error:
                failure = error
        raise failure or httpcore.ConnectError("the host has no address")

    async def sleep(self, seconds: float) -> None:
        await self._sockets.sleep(seconds)
