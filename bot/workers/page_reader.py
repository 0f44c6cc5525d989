"""Web pages and robots.txt are read in a process that can be killed, started when the first page is wanted."""

from importlib.util import find_spec
from typing import cast

from bot.services.ports import Unreadable
from bot.workers.killable import Done, Killable

DEADLINE_S = 5.0
MEMORY_MB = 768
NEEDED = ("trafilatura", "protego")


def is_installed() -> bool:
    """Tell whether the extra `fulltext` is there; nothing is loaded."""
    return all(find_spec(name) is not None for name in NEEDED)


class WorkerPageReader:
    """Reads one page after the other, each within 5 s and 768 MB of address space."""

    def __init__(self, *, deadline_s: float = DEADLINE_S, memory_mb: int = MEMORY_MB) -> None:
        self._worker = Killable("bot.workers.jobs:page_reading", deadline_s=deadline_s, memory_mb=memory_mb)

    async def article(self, page: bytes, url: str) -> str | Unreadable:
        """Return the main text of an HTML page, one paragraph a line; never raises for what the bytes are."""
        answer = await self._worker.ask("article", page, url)
        if not isinstance(answer, Done):
            return Unreadable(answer.why)
        return cast("str", answer.value) or Unreadable("the page has no main text")

    async def pause(self, robots: bytes, url: str) -> float | Unreadable | None:
        """Return the seconds to leave between pages, 0 where that is not said; None where the page is forbidden."""
        answer = await self._worker.ask("pause", robots, url)
        return cast("float | None", answer.value) if isinstance(answer, Done) else Unreadable(answer.why)

    async def close(self) -> None:
        """End the process."""
        await self._worker.close()
