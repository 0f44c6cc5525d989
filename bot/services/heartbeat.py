"""A sign of life to somebody outside: only they can say that this machine is dead.

The ping goes out while alerts would arrive: the canary has flown, and sources are heard. When it stays away, the
service outside (healthchecks.io, a cron on another machine) tells the operator.
"""

from datetime import datetime, timedelta
from typing import Protocol

FRESH = timedelta(minutes=20)
"""A canary flies every 15 minutes; one may be late."""


class Caller(Protocol):
    """Calls an address of the operator's choice."""

    async def call(self, url: str, body: bytes | None = None, headers: dict[str, str] | None = None) -> str:
        """GET the address, or POST the body; return why it failed, empty for an answer of 2xx. Never raises."""
        ...


def holds_back(sources: str, canary_at: datetime | None, canary_every: timedelta, now: datetime) -> str:
    """Return why no sign of life may go out, empty where all is well.

    `sources` is what /readyz finds of them; `canary_at` when a canary last arrived, `canary_every` how often one flies
    (zero: none does, and sources alone decide).
    """
    if sources != "ok":
        return f"sources: {sources}"
    if not canary_every:
        return ""
    if canary_at is None:
        return "no canary has arrived yet"
    if now - canary_at > max(FRESH, canary_every * 2):
        return f"no canary has arrived since {canary_at:%H:%M} UTC"
    return ""


class Heartbeat:
    """Pings one address."""

    def __init__(self, url: str, caller: Caller) -> None:
        self._url, self._caller = url, caller

    async def beat(self) -> str:
        """Ping; return why that failed, or nothing. The address is a secret: no text of it is returned."""
        return await self._caller.call(self._url)
