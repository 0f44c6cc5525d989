"""Trips: dated watches on their places, with a day's margin; a brief before departure; the end after the return.

A trip is its watches: they bear its id, and `due_at` says what comes next, the brief (before its first day) or the end.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from hashlib import sha256

from bot.model.place import Place, PlaceKind
from bot.model.watch import Chat, Watch, WatchKind
from bot.services.due import end_of
from bot.services.subscriptions import Full, Subscriptions
from bot.watches.quiet import zone
from bot.wording.typed_dates import Span

MARGIN = timedelta(days=1)
BRIEF_AT = time(9)

_KINDS = {
    PlaceKind.AREA: WatchKind.REGION, PlaceKind.COUNTRY: WatchKind.COUNTRY, PlaceKind.REGION: WatchKind.REGION,
    PlaceKind.CITY: WatchKind.PLACE, PlaceKind.AIRPORT: WatchKind.AIRPORT,
}  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Stop:
    """A place of a trip, and the days on which one is there."""

    place: Place
    span: Span


@dataclass(frozen=True, slots=True, kw_only=True)
class Trip:
    """A trip as it is watched: its watches, and its days without the margin."""

    id: str
    watches: tuple[Watch, ...]
    span: Span


@dataclass(frozen=True, slots=True)
class Over:
    """All of the trip lies in the past."""


class Trips:
    """The trips of chats, over their watches."""

    def __init__(self, subscriptions: Subscriptions, now: Callable[[], datetime]) -> None:
        self._subscriptions, self._now = subscriptions, now

    def today(self, chat: Chat) -> date:
        """Return the day that it is where the chat is."""
        return self._now().astimezone(zone(chat.timezone)).date()

    async def plan(self, chat: Chat, stops: Sequence[Stop]) -> Trip | Full | Over:
        """Watch the stops that are not over; with too many watches none. The same trip again changes nothing."""
        coming = [stop for stop in stops if stop.span.last >= self.today(chat)]
        if not coming:
            return Over()
        span = Span(min(stop.span.first for stop in coming), max(stop.span.last for stop in coming))
        trip_id = _id_of(coming)
        for trip in await self.of(chat.id):
            if trip.id == trip_id:
                return trip
        kept: list[Watch] = []
        for stop in coming:
            watch = await self._subscriptions.keep(self._wish(chat, stop, span, trip_id))
            if isinstance(watch, Full):
                for one in kept:
                    await self._subscriptions.unwatch(chat.id, one.id)
                return watch
            kept.append(watch)
        return Trip(id=trip_id, watches=tuple(kept), span=span)

    async def of(self, chat_id: int) -> tuple[Trip, ...]:
        """Return the chat's trips, the next first."""
        return trips_in(await self._subscriptions.watches(chat_id))

    async def cancel(self, chat_id: int, trip_id: str) -> Trip | None:
        """Drop a trip with its watches; return it, or None where the chat has none of that id."""
        trip = next((trip for trip in await self.of(chat_id) if trip.id == trip_id), None)
        for watch in trip.watches if trip else ():
            await self._subscriptions.unwatch(chat_id, watch.id)
        return trip

    def _wish(self, chat: Chat, stop: Stop, span: Span, trip_id: str) -> Watch:
        now = self._now()
        brief = datetime.combine(span.first - MARGIN, BRIEF_AT, zone(chat.timezone)).astimezone(UTC)
        due = max(brief, now) if span.first >= self.today(chat) else end_of(span.last + MARGIN, chat)
        return Watch(
            id=0, chat_id=chat.id, kind=_KINDS[stop.place.kind], area=(stop.place,), label=stop.place.name,
            active_from=stop.span.first - MARGIN, active_until=stop.span.last + MARGIN, trip_id=trip_id, due_at=due,
            created_at=now,
        )  # fmt: skip


def trips_in(watches: Sequence[Watch]) -> tuple[Trip, ...]:
    """Return the trips that the watches belong to, the next first."""
    ids = dict.fromkeys(watch.trip_id for watch in watches if watch.trip_id)
    trips = [trip_of(trip_id, tuple(watch for watch in watches if watch.trip_id == trip_id)) for trip_id in ids]
    return tuple(sorted(trips, key=lambda trip: (trip.span.first, trip.id)))


def trip_of(trip_id: str, watches: tuple[Watch, ...]) -> Trip:
    """Return the trip that its watches are."""
    first = min(watch.active_from for watch in watches if watch.active_from)
    last = max(watch.active_until for watch in watches if watch.active_until)
    return Trip(id=trip_id, watches=watches, span=Span(first + MARGIN, last - MARGIN))


def briefed(trip: Trip, chat: Chat) -> tuple[Watch, ...]:
    """Return the watches of a trip once its brief was told: what comes next is its end."""
    due = end_of(trip.span.last + MARGIN, chat)
    return tuple(replace(watch, due_at=due) for watch in trip.watches)


def _id_of(stops: Sequence[Stop]) -> str:
    parts = sorted(f"{stop.place.id} {stop.span.first} {stop.span.last}" for stop in stops)
    return sha256("|".join(parts).encode()).hexdigest()[:10]
