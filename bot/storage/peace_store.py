"""The part of the store that keeps chats' peace: when they sleep, their briefs, what they want to hear no more of."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from bot.model.event import Event
from bot.model.watch import Chat
from bot.services.briefs import DueBrief
from bot.services.invitations import Invitation
from bot.storage import calm, forget, invitations, reactions
from bot.storage.broadcasts import BroadcastStore
from bot.storage.engine import Database


class PeaceStore:
    """What `SqlStore` does for the peace of chats."""

    _database: Database

    @property
    def broadcasts(self) -> BroadcastStore:
        """Where the operator's notices to all chats are kept."""
        return BroadcastStore(self._database)

    async def save_calm(self, chat: Chat, *, wakes_at: datetime, brief_at: datetime | None, now: datetime) -> None:
        """Keep a chat; make due what waits longer than `wakes_at` for its morning, and its brief at `brief_at`."""
        await self._database.write(calm.keep, chat, wakes_at, brief_at, now)

    async def take_briefs(self, now: datetime, lease: timedelta, limit: int) -> tuple[DueBrief, ...]:
        """Take briefs that are due and that nobody else is sending, longest due first."""
        return await self._database.write(calm.take, now, lease, limit)

    async def settle_brief(self, brief: DueBrief, due_at: datetime | None, told_at: datetime | None = None) -> None:
        """Write when the next is due, None for never, and if this one went out when."""
        await self._database.write(calm.settle, brief, due_at, told_at)

    async def over_for(self, chat_id: int, since: datetime) -> tuple[Event, ...]:
        """Return the events of which the chat was told and that are over since then, the last first."""
        return await self._database.read(calm.over_for, chat_id, since)

    async def mute_event(self, chat_id: int, event_id: str, at: datetime | None) -> None:
        """Let the chat hear no more of the event; with None, let it hear again."""
        await self._database.write(reactions.mute, chat_id, event_id, at)

    async def keep_feedback(self, chat_id: int, event: Event, said: str, at: datetime) -> None:
        """Keep what was said of an alert, once from each chat."""
        await self._database.write(reactions.say, chat_id, event, said, at)

    async def feedback(self) -> tuple[Mapping[str, Any], ...]:
        """Return what was said of alerts, oldest first, without a chat's id."""
        return await self._database.read(reactions.labels)

    async def keep_invitation(self, invitation: Invitation) -> None:
        """Keep an invitation, and drop those that let nobody in any more."""
        await self._database.write(invitations.keep, invitation)

    async def use_invitation(self, code: str, now: datetime) -> bool:
        """Use an invitation once; False where there is none, or none left."""
        return await self._database.write(invitations.use, code, now)

    async def belongings(self, chat_id: int) -> forget.Belongings:
        """Return every row of the chat, by table."""
        return await self._database.read(forget.belongings, chat_id)

    async def forget(self, chat_id: int) -> int:
        """Drop every row of the chat, and its traces in the database's files; return how many rows went."""
        gone = await self._database.write(forget.forget, chat_id)
        await self._database.flush()
        return gone

    async def forget_strays(self) -> int:
        """Drop what came in for chats while they were forgotten; return how many rows."""
        return await self._database.write(forget.forget_strays)
