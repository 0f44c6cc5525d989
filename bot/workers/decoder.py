"""The Decoder port: feeds are decoded in a process that can be killed."""

from datetime import datetime
from typing import cast

from bot.model.item import Item, Source
from bot.services.ports import Fetched, Unreadable
from bot.workers.killable import Done, Killable

DEADLINE_S = 5.0
MEMORY_MB = 512


class WorkerDecoder:
    """Decodes one feed after the other, each within 5 s and 512 MB."""

    def __init__(self, *, deadline_s: float = DEADLINE_S, memory_mb: int = MEMORY_MB) -> None:
        self._worker = Killable("bot.workers.jobs:decoding", deadline_s=deadline_s, memory_mb=memory_mb)

    async def start(self) -> None:
        """Start the process now, so that the first feed does not wait for it."""
        await self._worker.start()

    async def decode(self, source: Source, fetched: Fetched, now: datetime) -> tuple[Item, ...] | Unreadable:
        """Decode within limits of time and memory; never raises for what the bytes are."""
        answer = await self._worker.ask(source, fetched.body, fetched.content_type, now)
        if isinstance(answer, Done):
            return cast("tuple[Item, ...]", answer.value)
        return Unreadable(answer.why)

    async def close(self) -> None:
        """End the process."""
        await self._worker.close()
