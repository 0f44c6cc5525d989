"""Tends watches whose time has come: briefs before trips, and the end of trips, of dates and of live locations.

What is told goes past the outbox, for its rows belong to events. It is written down after the send: a crash between the
two repeats a notice, and none is lost. In a chat's quiet hours it waits; a live location is forgotten all the same.
"""

from datetime import datetime

from bot.alerts.reader import Names, Reader
from bot.alerts.trips import brief_message, over_message
from bot.model.advice import Advice
from bot.model.alert import Message, TryLater
from bot.model.event import ChangeKind, Event, EventChange
from bot.model.watch import Chat, ChatState, Watch, WatchKind
from bot.services.due import end_of
from bot.services.ports import Clock, Sender, Store
from bot.services.trips import MARGIN, Trip, briefed, trip_of
from bot.watches.concern import Concern
from bot.watches.match import match_of
from bot.watches.quiet import quiet_until

MOST_AT_ONCE = 500


class Tend:
    """Looks at what is due. Each look can be repeated without harm."""

    def __init__(self, *, store: Store, sender: Sender, clock: Clock, names: Names) -> None:
        self._store, self._sender, self._clock, self._names = store, sender, clock, names

    async def look(self) -> int:
        """Tend what is due now; return how many chats were told something."""
        now, told = self._clock.now(), 0
        seen: set[tuple[int, str]] = set()
        for one in await self._store.due_watches(now, MOST_AT_ONCE):
            watch, chat = one.watch, one.chat
            if watch.trip_id is None:
                told += await self._end(chat, (watch,), now)
            elif (chat.id, watch.trip_id) not in seen:
                seen.add((chat.id, watch.trip_id))
                own = [other for other in await self._store.watches_of(chat.id) if other.trip_id == watch.trip_id]
                told += await self._trip(chat, trip_of(watch.trip_id, tuple(own)), now) if own else 0
        return told

    async def _trip(self, chat: Chat, trip: Trip, now: datetime) -> bool:
        if now >= end_of(trip.span.last + MARGIN, chat):
            return await self._end(chat, trip.watches, now)
        if chat.state is ChatState.ACTIVE and not await self._say(chat, await self._brief(chat, trip), now):
            return False
        for watch in briefed(trip, chat):
            await self._store.add_watch(watch)
        return chat.state is ChatState.ACTIVE

    async def _brief(self, chat: Chat, trip: Trip) -> Message:
        live = await self._store.live_events()
        events = [event for event in live if any(_concerns(event, watch) for watch in trip.watches)]
        events.sort(key=lambda event: (-event.severity.step, event.id))
        places = [watch.area[0] for watch in trip.watches]
        countries = dict.fromkeys(place.country for place in places if place.country)
        advice: list[Advice] = [one for country in countries for one in (await self._store.advice(country))[:3]]
        span = (trip.span.first, trip.span.last)
        return brief_message(places, span, events, advice, Reader.of(chat, self._names))

    async def _end(self, chat: Chat, watches: tuple[Watch, ...], now: datetime) -> bool:
        """Say that these are over, and drop them. Who does not want to hear is not told."""
        if watches[0].kind is WatchKind.LIVE:
            await self._drop(watches)
        if chat.state is ChatState.ACTIVE and not await self._say(chat, over_message(chat, watches, self._names), now):
            return False
        await self._drop(watches)
        return chat.state is ChatState.ACTIVE

    async def _drop(self, watches: tuple[Watch, ...]) -> None:
        for watch in watches:
            await self._store.remove_watch(watch.chat_id, watch.id)

    async def _say(self, chat: Chat, message: Message, now: datetime) -> bool:
        """Send; False where it must wait: for the chat's morning, or because the messenger puts it off."""
        if quiet_until(chat, now) is not None:
            return False
        return not isinstance(await self._sender.send(chat, message), TryLater)


def _concerns(event: Event, watch: Watch) -> bool:
    """Tell whether an event that goes on would be told to the watch if it opened now."""
    concern = Concern(EventChange(kind=ChangeKind.OPENED, before=None, after=event, cause=None, at=event.last_seen_at))
    wanted = watch.hazards is None or bool(watch.hazards & concern.hazards)
    return wanted and event.severity >= watch.min_severity and match_of(watch, concern) is not None
