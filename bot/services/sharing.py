"""How several processes share one database's work: leases, by which each knows what is its own for a while.

Where the store is one process's alone (SQLite) all of it is always its own.
"""

from collections.abc import Callable, Mapping, Sequence
from datetime import timedelta
from typing import Protocol

from bot.services.ports import SourceState


class Sharing(Protocol):
    """The leases of a store. They are measured by the database's clock."""

    async def take_sources(self, ids: Sequence[str], length: timedelta, most: int) -> Mapping[str, SourceState | None]:
        """Take leases on polling sources, at most so many; return what is known of each that was taken."""
        ...

    async def hear_of_alerts(self, wake: Callable[[], None]) -> None:
        """Call `wake` whenever another process has put alerts into the outbox, until cancelled or for ever.

        It returns at once where there are no other processes.
        """
        ...

    async def give_source_back(self, source_id: str) -> None:
        """End the lease on a source that was polled."""
        ...

    async def take_lease(self, name: str, length: timedelta) -> int | None:
        """Take or renew a lease; return its fence, None where another process has it.

        The fence grows whenever the lease changes hands.
        """
        ...

    async def give_lease_back(self, name: str) -> None:
        """End a lease before its time, so that another process need not wait for that."""
        ...
