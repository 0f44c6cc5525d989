"""The Understander port: items are read and assessed in a process that can be killed, off the event loop."""

from collections.abc import Sequence
from functools import partial
from typing import cast

from bot.model.item import Item
from bot.pipeline import Understanding
from bot.services.ports import Unreadable
from bot.workers.killable import Broken, Done, Killable

DEADLINE_S = 5.0


class WorkerUnderstander:
    """Reads one item after the other, each within its own time.

    Args:
        books_factory: "module:name" of a function that returns Books, called once in the process.
        args: what it is called with; picklable.
        deadline_s: seconds for one item.
    """

    def __init__(self, books_factory: str, *args: object, deadline_s: float = DEADLINE_S) -> None:
        self._make = partial(Killable, "bot.workers.jobs:understanding", books_factory, *args, deadline_s=deadline_s)
        self._worker = self._make()

    async def start(self) -> None:
        """Start the process and open the books now.

        Raises:
            WorkerError: the books cannot be opened.
        """
        await self._worker.start()

    async def renew(self) -> None:
        """Open the books anew, in a new process; the old one finishes what was asked of it.

        Raises:
            WorkerError: the books cannot be opened; the old process stays.
        """
        fresh = self._make()
        await fresh.start()
        old, self._worker = self._worker, fresh
        await old.retire()

    async def understand(self, items: Sequence[Item]) -> tuple[Understanding | Unreadable, ...]:
        """Return one answer an item, in order; an item that cannot be read costs only itself."""
        return tuple([await self._understand(item) for item in items])

    async def close(self) -> None:
        """End the process."""
        await self._worker.close()

    async def _understand(self, item: Item) -> Understanding | Unreadable:
        answer = await self._worker.ask(item)
        if isinstance(answer, Broken) and answer.died:
            # It may have been another's doing (the kernel short of memory), and no warning may be lost to that.
            answer = await self._worker.ask(item)
        return cast("Understanding", answer.value) if isinstance(answer, Done) else Unreadable(answer.why)
