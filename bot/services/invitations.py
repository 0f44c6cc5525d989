"""Who may use the bot: everybody, who was invited, or who stands on the operator's list."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from secrets import token_urlsafe
from typing import Protocol

from bot.model.watch import Chat
from bot.services.ports import Clock

PREFIX = "i_"
_BYTES = 12  # 96 bits: nobody guesses one


class Door(StrEnum):
    """How the bot is open."""

    OPEN = "open"
    INVITATION = "invitation"
    LIST = "list"


@dataclass(frozen=True, slots=True)
class Invitation:
    """The word of a link, how many chats it lets in, and until when."""

    code: str
    uses: int
    until: datetime


class Kept(Protocol):
    """What is asked of the store."""

    async def chat(self, chat_id: int) -> Chat | None:
        """Return a chat."""
        ...

    async def keep_invitation(self, invitation: Invitation) -> None:
        """Keep an invitation, and drop those that let nobody in any more."""
        ...

    async def use_invitation(self, code: str, now: datetime) -> bool:
        """Use an invitation once; False where there is none, or none left."""
        ...


class Admission:
    """Decides who is let in. Who was let in by an invitation stays until it has itself forgotten."""

    def __init__(self, store: Kept, clock: Clock, door: Door, listed: Collection[int] = ()) -> None:
        """`listed`: chats that are let in whatever the door; the operator's own among them."""
        self._store, self._clock, self._door, self._listed = store, clock, door, frozenset(listed)

    async def admits(self, chat_id: int, payload: str = "") -> bool:
        """Tell whether the chat may talk; `payload` is the word of the link that it came by, which is used up."""
        if self._door is Door.OPEN or chat_id in self._listed:
            return True
        if self._door is Door.LIST:
            return False
        if await self._store.chat(chat_id) is not None:
            return True
        code = payload.removeprefix(PREFIX)
        return payload.startswith(PREFIX) and await self._store.use_invitation(code, self._clock.now())

    async def invite(self, uses: int, days: int) -> Invitation:
        """Make an invitation."""
        invitation = Invitation(token_urlsafe(_BYTES), uses, self._clock.now() + timedelta(days=days))
        await self._store.keep_invitation(invitation)
        return invitation
