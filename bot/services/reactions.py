"""What people do about an alert: show one that was discreet, hear no more of its event, say what is wrong with it."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from enum import StrEnum
from typing import Protocol

from bot.alerts.reader import Names
from bot.alerts.render import render
from bot.model.alert import Alert, AlertReason, Message
from bot.model.event import Event
from bot.model.watch import Match, Watched
from bot.services.ports import Clock


class Said(StrEnum):
    """What somebody says is wrong with an alert."""

    WRONG_PLACE = "wrong-place"
    NO_INCIDENT = "not-an-incident"
    DUPLICATE = "duplicate"


class Kept(Protocol):
    """What is asked of the store."""

    async def event(self, event_id: str) -> Event | None:
        """Return one event's present state."""
        ...

    async def heard(self, event_id: str, chat_ids: Sequence[int]) -> tuple[tuple[Watched, Match], ...]:
        """Return how the event concerned these chats when they were first told of it."""
        ...

    async def mute_event(self, chat_id: int, event_id: str, at: datetime | None) -> None:
        """Let the chat hear no more of the event; with None, let it hear again."""
        ...

    async def keep_feedback(self, chat_id: int, event: Event, said: str, at: datetime) -> None:
        """Keep what was said of an alert, once from each chat."""
        ...


class Reactions:
    """A chat may react to what it was told alone."""

    def __init__(self, store: Kept, clock: Clock, names: Names) -> None:
        self._store, self._clock, self._names = store, clock, names

    async def shown(self, chat_id: int, event_id: str) -> Message | None:
        """Return the event's present state in full, also for a discreet chat; None for what it was not told."""
        event = await self._store.event(event_id)
        heard = await self._store.heard(event_id, [chat_id]) if event else ()
        if event is None or not heard:
            return None
        watched, match = heard[0]
        now = self._clock.now()
        alert = Alert(
            key="", chat_id=chat_id, event_id=event_id, event_version=event.version, reason=AlertReason.FIRST,
            severity=event.severity, silent=True, match=match, created_at=now, expires_at=now,
        )  # fmt: skip
        return render(alert, event, replace(watched.chat, discreet=False), now, names=self._names)

    async def mute(self, chat_id: int, event_id: str, *, muted: bool) -> bool:
        """Let the chat hear no more of the event, or again; False for what it was not told."""
        if not await self._store.heard(event_id, [chat_id]):
            return False
        await self._store.mute_event(chat_id, event_id, self._clock.now() if muted else None)
        return True

    async def say(self, chat_id: int, event_id: str, said: Said) -> bool:
        """Keep what is wrong with an alert; False for what the chat was not told."""
        event = await self._store.event(event_id)
        if event is None or not await self._store.heard(event_id, [chat_id]):
            return False
        await self._store.keep_feedback(chat_id, event, said, self._clock.now())
        return True
