"""Reading: a grave alert that nobody confirms to have read is told to the chat's second contact, once.

Nobody becomes a second contact without agreeing in their own chat, by an invitation that is good once.
"""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from secrets import randbelow
from typing import Protocol

from bot.alerts.reader import Names
from bot.alerts.roll_call import unread_message
from bot.model.alert import Alert
from bot.model.contact import SecondContact
from bot.model.watch import Chat
from bot.services.notices import Notice, NoticeBox
from bot.services.ports import Clock, Store

MINUTES = (0, 5, 10, 15, 30, 60)
"""After how long without a reader the second contact may be told; 0: nobody is asked to read."""
LOOKED_BACK = timedelta(days=1)
_INVITATIONS = 10**9


@dataclass(frozen=True, slots=True, kw_only=True)
class Unread:
    """A grave alert that arrived, and the chat that would be told that nobody has read it."""

    key: str
    alert: Alert
    arrived_at: datetime
    wish: SecondContact
    contact: Chat


class Contacts(Protocol):
    """Where second contacts are kept (bot/storage/contacts.py says what each does)."""

    async def contact(self, chat_id: int) -> SecondContact: ...  # noqa: D102
    async def keep(self, contact: SecondContact) -> None: ...  # noqa: D102
    async def contact_of(self, contact_id: int) -> tuple[int, ...]: ...  # noqa: D102
    async def agree(self, chat_id: int, invitation: int, contact_id: int, now: datetime) -> bool: ...  # noqa: D102
    async def withdraw(self, contact_id: int, chat_id: int) -> bool: ...  # noqa: D102
    async def read(self, chat_id: int, event_id: str, now: datetime) -> bool: ...  # noqa: D102
    async def unread(self, since: datetime) -> tuple[Unread, ...]: ...  # noqa: D102
    async def forget(self, before: datetime) -> int: ...  # noqa: D102


class Titles(Protocol):
    """How chats are called."""

    async def title(self, chat_id: int) -> str:
        """Return how the chat is called; empty where that is not said."""
        ...


class Acknowledge:
    """Second contacts, and what was read."""

    def __init__(
        self, *, contacts: Contacts, box: NoticeBox, store: Store, titles: Titles, clock: Clock, names: Names
    ) -> None:  # fmt: skip
        self._contacts, self._box, self._store = contacts, box, store
        self._titles, self._clock, self._names = titles, clock, names

    async def contact(self, chat_id: int) -> SecondContact:
        """Return what the chat wishes of a second contact."""
        return await self._contacts.contact(chat_id)

    async def contact_of(self, chat_id: int) -> tuple[int, ...]:
        """Return the chats whose second contact this one is."""
        return await self._contacts.contact_of(chat_id)

    async def set_minutes(self, chat: Chat, minutes: int) -> SecondContact:
        """Ask for a reader within so many minutes; 0 for never."""
        wish = replace(await self._contacts.contact(chat.id), after_minutes=minutes)
        await self._contacts.keep(wish)
        if chat.asks_reader is not bool(minutes):
            await self._store.save_chat(replace(chat, asks_reader=bool(minutes)))
        return wish

    async def invite(self, chat_id: int) -> SecondContact:
        """Make a new invitation; a former one is good no more."""
        wish = replace(await self._contacts.contact(chat_id), invitation=1 + randbelow(_INVITATIONS))
        await self._contacts.keep(wish)
        return wish

    async def dismiss(self, chat_id: int) -> SecondContact:
        """Have no second contact any more, nor an invitation that is open."""
        wish = replace(await self._contacts.contact(chat_id), contact_id=None, agreed_at=None, invitation=None)
        await self._contacts.keep(wish)
        return wish

    async def agree(self, chat_id: int, invitation: int, contact_id: int) -> bool:
        """Become the second contact of the chat that made the invitation; False where it is good no more.

        A chat cannot be its own.
        """
        if chat_id == contact_id:
            return False
        return await self._contacts.agree(chat_id, invitation, contact_id, self._clock.now())

    async def withdraw(self, contact_id: int, chat_id: int) -> bool:
        """Be that chat's second contact no more; False where it was not."""
        return await self._contacts.withdraw(contact_id, chat_id)

    async def read(self, chat_id: int, event_id: str) -> bool:
        """Keep that somebody read what this chat was told of the event; False where it was told nothing of it."""
        return await self._contacts.read(chat_id, event_id, self._clock.now())

    async def look(self) -> int:
        """Tell second contacts of what nobody has read in time; return of how many alerts."""
        now, told = self._clock.now(), 0
        for one in await self._contacts.unread(now - LOOKED_BACK):
            if one.arrived_at + timedelta(minutes=one.wish.after_minutes) > now:
                continue
            event = await self._store.event(one.alert.event_id)
            if event is None:
                continue
            title = await self._titles.title(one.alert.chat_id)
            message = unread_message(event, one.wish.after_minutes, one.contact, title, self._names)
            told += await self._box.put(Notice(key=one.key, chat_id=one.contact.id, message=message), now)
        return told
