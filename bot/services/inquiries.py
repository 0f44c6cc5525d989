"""What people ask about what they were told."""

from collections.abc import Sequence
from typing import Protocol

from bot.model.event import Event
from bot.model.watch import Match, Watched
from bot.services.pictures import Pictures


class Told(Protocol):
    """What is asked of the store."""

    async def event(self, event_id: str) -> Event | None:
        """Return one event's present state."""
        ...

    async def heard(self, event_id: str, chat_ids: Sequence[int]) -> tuple[tuple[Watched, Match], ...]:
        """Return how the event concerned these chats when they were first told of it."""
        ...


class Inquiries:
    """Answers of what is known now. A chat may ask only about what it was told."""

    def __init__(self, store: Told, pictures: Pictures | None = None) -> None:
        self._store, self._pictures = store, pictures

    async def map(self, chat_id: int, event_id: str, reply_to: int | None) -> bool:
        """Show the chat where it happens; return whether it worked."""
        event = await self._store.event(event_id)
        heard = await self._store.heard(event_id, [chat_id]) if event else ()
        if event is None or not heard or self._pictures is None:
            return False
        watched, match = heard[0]
        return await self._pictures.show(watched.chat, event, match, reply_to)
