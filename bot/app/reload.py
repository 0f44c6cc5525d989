"""SIGHUP: the configuration is read again, all or nothing. A fault in any file changes nothing, and is said once."""

import asyncio
import signal
from collections.abc import Iterator, Sequence
from datetime import timedelta

from bot.app.build import House, keeping
from bot.app.check import load_checked, of_groups
from bot.app.config import Tuning
from bot.app.jobs import Jobs
from bot.app.logs import Log
from bot.app.roles import Role
from bot.app.signs import Signs
from bot.model.errors import OutriderError
from bot.web.metrics import Metrics

AT_THE_NEXT_START = frozenset({
    "polling.requests_at_once", "delivery.sends_per_second", "delivery.paid_broadcast", "delivery.pictures",
})  # fmt: skip
"""Keys of outrider.toml that are built into what runs."""


class Reload:
    """Takes the newest configuration, where it is whole."""

    def __init__(
        self, house: House, jobs: Jobs, log: Log, metrics: Metrics, signs: Signs, *, only: Sequence[str], role: Role
    ) -> None:
        """`only` are the groups of sources that this process polls, else all."""
        self._house, self._jobs, self._log, self._metrics, self._signs = house, jobs, log, metrics, signs
        self._only, self._role = only, role
        self._turn = asyncio.Lock()

    async def again(self) -> bool:
        """Read it all; return whether it was taken. New reading processes have opened the new books before that."""
        async with self._turn:
            try:
                _, tuning, sources = await asyncio.to_thread(load_checked)
                sources = tuple(source for source in of_groups(sources, self._only) if source.enabled)
                if self._role.takes_in:
                    await self._house.understander.renew()
            except OutriderError as error:
                why = " | ".join(str(error).splitlines())
                self._metrics.reloaded(well=False)
                self._signs.reload.ill(why)
                self._log.error("the configuration was not taken: all goes on with the former one", why=why)
                return False
            later = sorted(AT_THE_NEXT_START & set(_changed(self._house.tuning, tuning)))
            self._tune(tuning)
            fresh, gone = await self._jobs.change_sources(sources)
            self._metrics.reloaded(well=True)
            self._signs.reload.well(self._house.clock.now())
            self._log.info(
                "the configuration was read again",
                sources=len(sources), new_or_changed=fresh, taken_out=gone, at_the_next_start=later,
            )  # fmt: skip
            return True

    def _tune(self, tuning: Tuning) -> None:
        self._house.tuning = tuning
        self._house.housekeeping.keep = keeping(tuning.retention)
        self._house.ingest.first_poll_window = timedelta(hours=tuning.polling.first_poll_hours)
        self._house.deliver.in_flight = tuning.delivery.in_flight


def on_hangup(reload: Reload) -> None:
    """Read the configuration again at each SIGHUP."""
    asked: set[asyncio.Task[bool]] = set()  # the loop itself holds tasks but loosely

    def ask() -> None:
        task = asyncio.create_task(reload.again(), name="reload")
        asked.add(task)
        task.add_done_callback(asked.discard)

    asyncio.get_running_loop().add_signal_handler(signal.SIGHUP, ask)


def _changed(before: Tuning, after: Tuning) -> Iterator[str]:
    for section, value in before:
        for key, old in value:
            if getattr(getattr(after, section), key) != old:
                yield f"{section}.{key}"
