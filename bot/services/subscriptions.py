"""What chats wish to know: keeping watches, and the settings of a chat.

Every answer is a value; a wish that cannot be granted is named (`Full`), never an exception.
"""

import asyncio
from dataclasses import dataclass, replace
from datetime import datetime
from zoneinfo import available_timezones

from bot.model.assessment import Severity
from bot.model.place import Place, PlaceKind, Point
from bot.model.watch import Chat, ChatKind, ChatState, QuietHours, Watch, WatchKind
from bot.services.atlas import Atlas
from bot.services.due import next_brief
from bot.services.finding import Finding
from bot.services.ports import Clock, Store
from bot.services.regions import GROUP
from bot.watches.quiet import quiet_until

MOST_WATCHES = 50
SMALLEST_RADIUS_KM, LARGEST_RADIUS_KM = 1.0, 2000.0

_PIN_DECIMALS = 3  # about 100 m: near enough to warn, and no address
_STEP_KM = 0.2
_LIVE = "live:"

_WATCH_KINDS = {
    PlaceKind.AREA: WatchKind.REGION, PlaceKind.COUNTRY: WatchKind.COUNTRY, PlaceKind.REGION: WatchKind.REGION,
    PlaceKind.CITY: WatchKind.PLACE, PlaceKind.AIRPORT: WatchKind.AIRPORT,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Full:
    """The chat has as many watches as it may have."""

    most: int = MOST_WATCHES


@dataclass(frozen=True, slots=True)
class Welcome:
    """A chat that has started the bot. `known` tells whether it had done so before."""

    chat: Chat
    known: bool


class Subscriptions:
    """The wishes of chats, over the store and the book of places."""

    def __init__(self, store: Store, atlas: Atlas, clock: Clock) -> None:
        self._store, self._atlas, self._clock = store, atlas, clock
        self.finding = Finding(atlas)

    def place(self, place_id: str) -> Place | None:
        """Return the place of that id, or None."""
        return self._atlas.place(place_id)

    def airports(self, place: Place) -> tuple[Place, ...]:
        """Return the airports that serve the city, the largest first."""
        return self._atlas.airports_of(place)

    def name(self, place: Place, language: str) -> str:
        """Return the place's name in the language."""
        return self._atlas.name_in(place, language)

    async def watch(self, chat_id: int, place: Place, radius_km: float | None = None) -> Watch | Full:
        """Keep a watch on the place; one that the chat has already is brought up to date. The chat must have started.

        `radius_km` is brought within 1..2000; it means nothing for countries and regions.
        """
        kind = kind_of_watch(place)
        near = kind in {WatchKind.PLACE, WatchKind.AIRPORT}
        return await self.keep(self._new(chat_id, kind, (place,), place.name, _within(radius_km) if near else None))

    async def pin(self, chat_id: int, point: Point, radius_km: float | None = None) -> Watch | Full:
        """Keep a watch on a point that the person shared, rounded to three decimals (about 100 m)."""
        place = await self.spot(point)
        place = replace(place, id=f"pin:{place.point.lat:.3f},{place.point.lon:.3f}")
        return await self.keep(self._new(chat_id, WatchKind.PIN, (place,), place.name, _within(radius_km)))

    async def route(self, chat_id: int, start: Place, end: Place) -> Watch | Full:
        """Keep a watch on the way between two towns or airports."""
        label = f"{start.name} – {end.name}"
        return await self.keep(self._new(chat_id, WatchKind.ROUTE, (start, end), label, None))

    async def live(self, chat_id: int, key: int, point: Point, ends_at: datetime) -> Watch | Full:
        """Keep a watch that follows a location while it is shared, until `ends_at`; `key` tells it from others."""
        place = replace(await self.spot(point), id=f"{_LIVE}{key}", name="")
        new = self._new(chat_id, WatchKind.LIVE, (place,), "", None)
        return await self.keep(replace(new, ends_at=ends_at, due_at=ends_at))

    async def live_watch(self, chat_id: int, key: int) -> Watch | None:
        """Return the watch that follows that location, or None."""
        watches = await self._store.watches_of(chat_id)
        return next((one for one in watches if one.kind is WatchKind.LIVE and one.area[0].id == f"{_LIVE}{key}"), None)

    async def follow(self, watch: Watch, point: Point, ends_at: datetime) -> None:
        """Move a watch after its location; steps too small to matter are not written."""
        if watch.area[0].point.km_to(point) < _STEP_KM and ends_at == watch.ends_at:
            return
        spot = await self.spot(point)
        place = replace(watch.area[0], point=spot.point, country=spot.country)
        await self._store.add_watch(replace(watch, area=(place,), ends_at=ends_at, due_at=ends_at))

    async def spot(self, point: Point) -> Place:
        """Return a place without an id at the point, rounded to three decimals, in the country that it lies in."""
        lat, lon = round(point.lat, _PIN_DECIMALS), round(point.lon, _PIN_DECIMALS)
        country = await asyncio.to_thread(self._atlas.country_at, Point(lat, lon))
        return Place(
            id="", name=f"{lat:.3f}, {lon:.3f}", kind=PlaceKind.CITY, country=country, point=Point(lat, lon)
        )  # fmt: skip

    async def change(self, watch: Watch) -> Watch:
        """Write what was changed of a watch that is kept; its places and its trip must be as they were."""
        return await self._store.add_watch(watch)

    async def one(self, chat_id: int, watch_id: int) -> Watch | None:
        """Return the chat's watch of that id, or None."""
        return next((watch for watch in await self._store.watches_of(chat_id) if watch.id == watch_id), None)

    async def watches(self, chat_id: int) -> tuple[Watch, ...]:
        """Return the chat's watches, oldest first."""
        return await self._store.watches_of(chat_id)

    async def unwatch(self, chat_id: int, watch_id: int) -> bool:
        """Drop one of the chat's watches; False if it has none of that id."""
        return await self._store.remove_watch(chat_id, watch_id)

    async def chat(self, chat_id: int) -> Chat | None:
        """Return the chat as it is kept, or None."""
        return await self._store.chat(chat_id)

    async def start(
        self, chat_id: int, kind: ChatKind, *, language: str = "en", thread_id: int | None = None
    ) -> Welcome:
        """Make the chat active, for the first time or again; what it had set stays."""
        known = await self._store.chat(chat_id)
        chat = known or Chat(id=chat_id, kind=kind, language=language)
        chat = replace(chat, kind=kind, state=ChatState.ACTIVE, thread_id=thread_id)
        if chat != known:
            await self._store.save_chat(chat)
        return Welcome(chat, known=known is not None)

    async def stop(self, chat_id: int) -> None:
        """Tell the chat nothing more, as it wished; its watches are kept for its return."""
        await self._set_state(chat_id, ChatState.STOPPED)

    async def lost(self, chat_id: int) -> None:
        """The chat cannot be reached (the bot was blocked or removed); its watches are kept."""
        known = await self._store.chat(chat_id)
        if known and known.state is ChatState.ACTIVE:
            await self._set_state(chat_id, ChatState.UNREACHABLE)

    async def found_again(self, chat_id: int) -> None:
        """The chat can be reached again; one that had stopped on its own wish stays stopped."""
        known = await self._store.chat(chat_id)
        if known and known.state is ChatState.UNREACHABLE:
            await self._set_state(chat_id, ChatState.ACTIVE)

    async def moved(self, old_id: int, new_id: int) -> None:
        """A group became a supergroup."""
        if await self._store.chat(old_id):
            await self._store.move_chat(old_id, new_id)

    async def set_language(self, chat: Chat, language: str) -> Chat:
        """Speak that language to the chat."""
        return await self._save(replace(chat, language=language))

    async def set_timezone(self, chat: Chat, timezone: str) -> Chat:
        """Tell times in that IANA zone; an unknown one changes nothing."""
        return await self.set_calm(replace(chat, timezone=timezone)) if timezone in available_timezones() else chat

    async def set_quiet(self, chat: Chat, quiet: QuietHours | None) -> Chat:
        """Keep quiet between these local times; None for never."""
        return await self.set_calm(replace(chat, quiet=quiet))

    async def set_calm(self, chat: Chat) -> Chat:
        """Keep when the chat sleeps and wants a brief; what waits for its morning waits for none that is no more."""
        now = self._clock.now()
        await self._store.save_calm(
            chat, wakes_at=quiet_until(chat, now) or now, brief_at=next_brief(chat, now), now=now
        )
        return chat

    async def set_looks(self, chat: Chat, *, discreet: bool, pictures: bool) -> Chat:
        """Keep whether what it is told names nothing at first, and whether it comes with maps."""
        return await self._save(replace(chat, discreet=discreet, pictures=pictures))

    async def least_severity(self, chat_id: int) -> Severity:
        """Return the least severity of the chat's watches: that of its newest one."""
        watches = await self._store.watches_of(chat_id)
        return watches[-1].min_severity if watches else Severity.MODERATE

    async def set_least_severity(self, chat_id: int, severity: Severity) -> None:
        """Let all watches of the chat hear from that severity up."""
        for watch in await self._store.watches_of(chat_id):
            await self._store.add_watch(replace(watch, min_severity=severity))

    async def keep(self, wish: Watch) -> Watch | Full:
        """Keep a new watch. One that the chat has already on the same keeps its own wishes but for radius and end."""
        watches = await self._store.watches_of(wish.chat_id)
        equal = next((watch for watch in watches if _same(watch, wish)), None)
        if equal:
            again = replace(equal, radius_km=wish.radius_km, ends_at=wish.ends_at, due_at=wish.due_at or equal.due_at)
            return await self._store.add_watch(again)
        if len(watches) >= MOST_WATCHES:
            return Full()
        least = watches[-1].min_severity if watches else Severity.MODERATE
        return await self._store.add_watch(replace(wish, min_severity=least))

    def _new(
        self, chat_id: int, kind: WatchKind, area: tuple[Place, ...], label: str, radius_km: float | None
    ) -> Watch:  # fmt: skip
        return Watch(
            id=0, chat_id=chat_id, kind=kind, area=area, label=label, radius_km=radius_km, created_at=self._clock.now()
        )  # fmt: skip

    async def _set_state(self, chat_id: int, state: ChatState) -> None:
        known = await self._store.chat(chat_id)
        if known and known.state is not state:
            await self._store.save_chat(replace(known, state=state))

    async def _save(self, chat: Chat) -> Chat:
        await self._store.save_chat(chat)
        return chat


def kind_of_watch(place: Place) -> WatchKind:
    """Return of which kind a watch on the place is."""
    return WatchKind.GROUP if place.id.startswith(GROUP) else _WATCH_KINDS[place.kind]


def _same(one: Watch, other: Watch) -> bool:
    ours, theirs = ((watch.kind, watch.trip_id, [place.id for place in watch.area]) for watch in (one, other))
    return ours == theirs


def _within(radius_km: float | None) -> float | None:
    return None if radius_km is None else min(max(radius_km, SMALLEST_RADIUS_KM), LARGEST_RADIUS_KM)
