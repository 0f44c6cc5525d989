"""Duties that one process has at a time: who leads, for how long it may trust that, and when another takes over.

A leader that is frozen or cut off cannot be told so. So it trusts its lease only for a while, measured by its own
monotonic clock from before it asked; when that is over it does nothing until it was confirmed. The lease itself lasts
longer, so the next leader begins after the last one has stopped.
"""

import asyncio
from collections.abc import Callable, Sequence
from datetime import timedelta
from time import monotonic

from bot.services.sharing import Sharing

LEASE = timedelta(seconds=9)
TRUST = 7.0
ASK_EVERY = 2.0
"""Seconds. A dead leader is followed after 9 + 2 s at most: promised are 15."""


class Lead:
    """One or several duties that go together. `held` is asked before each deed; `keep` runs beside them."""

    def __init__(
        self,
        sharing: Sharing,
        duties: Sequence[str],
        *,
        on_change: Callable[[bool], None] = lambda _: None,
        on_trouble: Callable[[Exception], None] = lambda _: None,
        time: Callable[[], float] = monotonic,
    ) -> None:
        self._sharing, self._duties = sharing, duties
        self._on_change, self._on_trouble, self._time = on_change, on_trouble, time
        self._until = 0.0
        self._led = False
        self.fence = 0

    def held(self) -> bool:
        """Tell whether this process leads, for sure, at this moment."""
        return self._time() < self._until

    async def ask(self) -> bool:
        """Take or renew the leases; a process that does not get all of them gives the others back."""
        began = self._time()
        fences: list[int] = []
        for duty in self._duties:
            fence = await self._sharing.take_lease(duty, LEASE)
            if fence is None:
                self._until = 0.0
                await self._give_back(self._duties[: len(fences)])
                return False
            fences.append(fence)
        self._until, self.fence = began + TRUST, max(fences, default=0)
        return self.held()

    async def keep(self) -> None:
        """Ask again and again, until cancelled; say when the lead was won or lost."""
        while True:
            try:
                await self.ask()
            except Exception as error:  # noqa: BLE001 - the database is away: trust runs out by itself meanwhile
                self._on_trouble(error)
            self._say()
            await asyncio.sleep(ASK_EVERY)

    async def won(self) -> None:
        """Return once this process leads."""
        while not self.held():  # noqa: ASYNC110 - trust runs out by the clock, and no event tells of that
            await asyncio.sleep(ASK_EVERY / 4)

    async def lost(self) -> None:
        """Return once this process leads no more."""
        while self.held():  # noqa: ASYNC110 - the same
            await asyncio.sleep(ASK_EVERY / 4)

    async def resign(self) -> None:
        """Let another process take over at once."""
        self._until = 0.0
        await self._give_back(self._duties)

    async def _give_back(self, duties: Sequence[str]) -> None:
        for duty in duties:
            await self._sharing.give_lease_back(duty)

    def _say(self) -> None:
        if self.held() != self._led:
            self._led = self.held()
            self._on_change(self._led)
