"""What people ask of what is known now. Nothing is changed by asking."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from bot.alerts.grounds import Reread
from bot.model.alert import AlertReason, Delivery
from bot.model.event import Event
from bot.model.item import Source
from bot.model.place import Place
from bot.model.watch import Chat, Match
from bot.services.grounds import reread
from bot.services.outlook import Outlook, Sighting, countries_of, outlook
from bot.services.pictures import Pictures
from bot.services.ports import Store, Understander
from bot.services.recent import LATEST_BACK, Ledger, Missed, latest, missed
from bot.services.sight import Sight, sights

_NEVER_SHOWN = frozenset({Delivery.DEAD, Delivery.EXPIRED})


class Records(Store, Ledger, Protocol):
    """What is asked of the store."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Grounds:
    """Why a chat was told of an event; `match` is None for a chat that was not."""

    event: Event
    match: Match | None
    reread: tuple[Reread, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Condition:
    """What the bot can see of a chat's countries, and how it reaches the chat.

    `sources` and `working` count all sources. `told` and `last_told_at` are of this chat within the last days,
    `waiting` its alerts that are still to come, `lost` those that never came.
    """

    sights: tuple[Sight, ...]
    sources: int
    working: int
    last_item_at: datetime | None
    told: int
    last_told_at: datetime | None
    waiting: int
    lost: int


class Inquiries:
    """Answers of what is known now. Of an alert a chat may ask only what it was told."""

    def __init__(
        self,
        store: Records,
        *,
        sources: Sequence[Source],
        understander: Understander,
        now: Callable[[], datetime],
        pictures: Pictures | None = None,
    ) -> None:
        self._store, self._sources, self._understander = store, tuple(sources), understander
        self._now, self._pictures = now, pictures

    async def outlook(self, place: Place) -> Outlook:
        """Return what is known of the place now."""
        return await outlook(self._store, self._sources, place, self._now())

    async def latest(self, chat: Chat) -> tuple[Sighting, ...]:
        """Return what the chat's watches hear of, newest first."""
        return await latest(self._store, chat, self._now())

    async def missed(self, chat: Chat) -> tuple[Missed, ...]:
        """Return what the chat was not told in the last days, gravest first, and why."""
        return await missed(self._store, self._store, chat, self._now())

    async def event(self, event_id: str) -> Event | None:
        """Return an event's present state."""
        return await self._store.event(event_id)

    async def meant(self, chat: Chat, tag: str, replied_to: int | None) -> str | None:
        """Return the id of the event that a chat asks about: by a message, by its tag, else the one told of last."""
        if replied_to is not None:
            return await self._store.told_by(chat.id, replied_to)
        if tag:
            found = await self._store.event_ids(tag)
            return found[0] if len(found) == 1 else None
        rows = await self._store.alerts_to(chat.id, self._now() - LATEST_BACK)
        return next((row.event_id for row in reversed(rows) if row.message_id is not None), None)

    async def grounds(self, chat_id: int, event_id: str) -> Grounds | None:
        """Return why the event was told, and how it concerned the chat; None for an event that is not known."""
        event = await self._store.event(event_id)
        if event is None:
            return None
        heard = await self._store.heard(event_id, [chat_id])
        match = heard[0][1] if heard else None
        return Grounds(event=event, match=match, reread=await reread(self._store, self._understander, event))

    async def condition(self, chat: Chat) -> Condition:
        """Return what the bot can see now of what the chat watches."""
        now, states = self._now(), await self._store.source_states()
        watches = await self._store.watches_of(chat.id)
        countries = [code for watch in watches for place in watch.area for code in countries_of(place)]
        rows = await self._store.alerts_to(chat.id, now - LATEST_BACK)
        told = [row.settled_at for row in rows if row.state is Delivery.SENT and row.reason is not AlertReason.EDIT]
        own = [states[one.id] for one in self._sources if one.id in states]
        failing = sum(one.failing is not None or one.disabled for one in own)
        return Condition(
            sights=sights(countries, self._sources, states, now),
            sources=len(self._sources),
            working=len(own) - failing,
            last_item_at=max((one.last_item_at for one in states.values() if one.last_item_at), default=None),
            told=len(told),
            last_told_at=max((at for at in told if at), default=None),
            waiting=sum(row.state in {Delivery.NEW, Delivery.AMBIGUOUS} for row in rows),
            lost=sum(row.state in _NEVER_SHOWN for row in rows),
        )

    async def map(self, chat_id: int, event_id: str, reply_to: int | None) -> bool:
        """Show the chat where it happens; return whether it worked."""
        event = await self._store.event(event_id)
        heard = await self._store.heard(event_id, [chat_id]) if event else ()
        if event is None or not heard or self._pictures is None:
            return False
        watched, match = heard[0]
        return await self._pictures.show(watched.chat, event, match, reply_to)
