"""Taking turns: one request at a time and a pause between two for each host, and a limit on all of them."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

GAP_S = 1.0
AT_ONCE = 16
MAX_IDLE_HOSTS = 1_000


class _Host:
    def __init__(self) -> None:
        self.turn = asyncio.Lock()
        self.free_at = 0.0
        self.waiting = 0


class Manners:
    """Gives out turns. `gap_s` is the pause in seconds between two requests to one host, `at_once` the limit of all."""

    def __init__(self, *, gap_s: float = GAP_S, at_once: int = AT_ONCE) -> None:
        self._gap_s = gap_s
        self._places = asyncio.Semaphore(at_once)
        self._hosts: dict[str, _Host] = {}

    @asynccontextmanager
    async def turn(self, name: str) -> AsyncIterator[None]:
        """Hold the host's turn. Who waits for a busy host takes no place away from the others."""
        host = self._hosts.setdefault(name, _Host())
        host.waiting += 1
        try:
            async with host.turn:
                loop = asyncio.get_running_loop()
                await asyncio.sleep(max(0.0, host.free_at - loop.time()))
                async with self._places:
                    try:
                        yield
                    finally:
                        host.free_at = loop.time() + self._gap_s
        finally:
            host.waiting -= 1
            self._forget(asyncio.get_running_loop().time())

    def _forget(self, now: float) -> None:
        """Drop hosts that are long done: a redirect can name ever new ones."""
        if len(self._hosts) > MAX_IDLE_HOSTS:
            self._hosts = {name: host for name, host in self._hosts.items() if host.waiting or host.free_at > now}
