"""What chats wish to know: finding places, keeping watches, and the settings of a chat.

Every answer is a value; a wish that cannot be granted is named (`Unknown`, `Full`, `TooLong`), never an exception.
"""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Protocol
from zoneinfo import available_timezones

from bot.model.assessment import Severity
from bot.model.place import Place, PlaceKind, Point
from bot.model.watch import Chat, ChatKind, ChatState, QuietHours, Watch, WatchKind
from bot.services.ports import Clock, Store

MOST_WATCHES = 50
LONGEST_QUERY = 256
SMALLEST_RADIUS_KM, LARGEST_RADIUS_KM = 1.0, 2000.0

_CANDIDATES = 8
_NEAREST = 5
# A name goes to its best-known bearer without asking when that is a large city, and the next one is a small part of it.
_LARGE_CITY = 100_000
_OUTWEIGHS = 20
_PIN_DECIMALS = 3  # about 100 m: near enough to warn, and no address
_PIN_RADIUS_KM = 0.0

_WATCH_KINDS = {
    PlaceKind.AREA: WatchKind.REGION, PlaceKind.COUNTRY: WatchKind.COUNTRY, PlaceKind.REGION: WatchKind.REGION,
    PlaceKind.CITY: WatchKind.PLACE, PlaceKind.AIRPORT: WatchKind.AIRPORT,
}  # fmt: skip


class Atlas(Protocol):
    """What subscriptions need of the gazetteer."""

    def search(self, query: str, limit: int = 5) -> tuple[Place, ...]:
        """Return the places of that name, most prominent first, one for each real choice."""
        ...

    def suggest(self, query: str, limit: int = 5) -> tuple[Place, ...]:
        """Return the places whose names come nearest to a mistyped one, nearest first."""
        ...

    def place(self, place_id: str) -> Place | None:
        """Return the place of that id."""
        ...

    def country_at(self, point: Point) -> str | None:
        """Return the ISO code of the country at the point."""
        ...

    def name_in(self, place: Place, language: str) -> str:
        """Return the place's name in the language, else its plain name."""
        ...


@dataclass(frozen=True, slots=True)
class Exact:
    """One place is meant; `others` bear the same name."""

    place: Place
    others: tuple[Place, ...] = ()


@dataclass(frozen=True, slots=True)
class Several:
    """Several places may be meant, most prominent first: ask."""

    places: tuple[Place, ...]


@dataclass(frozen=True, slots=True)
class Unknown:
    """No place is known by that name; `nearest` are the names that come nearest."""

    nearest: tuple[Place, ...]


@dataclass(frozen=True, slots=True)
class TooLong:
    """The words are longer than a name can be."""


Found = Exact | Several | Unknown | TooLong


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

    async def find(self, query: str) -> Found:
        """Return which place the words mean."""
        words = " ".join(query.split())
        if len(words) > LONGEST_QUERY:
            return TooLong()
        # Off the event loop: to suggest compares the words with every name there is, some 0.2 s.
        return await asyncio.to_thread(self._find, words)

    def place(self, place_id: str) -> Place | None:
        """Return the place of that id, or None."""
        return self._atlas.place(place_id)

    def name(self, place: Place, language: str) -> str:
        """Return the place's name in the language."""
        return self._atlas.name_in(place, language)

    async def watch(self, chat_id: int, place: Place, radius_km: float | None = None) -> Watch | Full:
        """Keep a watch on the place; one that the chat has already is brought up to date. The chat must have started.

        `radius_km` is brought within 1..2000; it means nothing for countries and regions.
        """
        kind = _WATCH_KINDS[place.kind]
        near = kind in {WatchKind.PLACE, WatchKind.AIRPORT}
        return await self._keep(chat_id, kind, place, _within(radius_km) if near else None)

    async def pin(self, chat_id: int, point: Point, radius_km: float | None = None) -> Watch | Full:
        """Keep a watch on a point that the person shared, rounded to three decimals (about 100 m)."""
        lat, lon = round(point.lat, _PIN_DECIMALS), round(point.lon, _PIN_DECIMALS)
        country = await asyncio.to_thread(self._atlas.country_at, Point(lat, lon))
        place = Place(
            id=f"pin:{lat:.3f},{lon:.3f}", name=f"{lat:.3f}, {lon:.3f}", kind=PlaceKind.CITY, country=country,
            point=Point(lat, lon), radius_km=_PIN_RADIUS_KM,
        )  # fmt: skip
        return await self._keep(chat_id, WatchKind.PIN, place, _within(radius_km))

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
        return await self._save(replace(chat, timezone=timezone)) if timezone in available_timezones() else chat

    async def set_quiet(self, chat: Chat, quiet: QuietHours | None) -> Chat:
        """Keep quiet between these local times; None for never."""
        return await self._save(replace(chat, quiet=quiet))

    async def least_severity(self, chat_id: int) -> Severity:
        """Return the least severity of the chat's watches: that of its newest one."""
        watches = await self._store.watches_of(chat_id)
        return watches[-1].min_severity if watches else Severity.MODERATE

    async def set_least_severity(self, chat_id: int, severity: Severity) -> None:
        """Let all watches of the chat hear from that severity up."""
        for watch in await self._store.watches_of(chat_id):
            await self._store.add_watch(replace(watch, min_severity=severity))

    def _find(self, words: str) -> Found:
        candidates = self._atlas.search(words, _CANDIDATES) if words else ()
        if not candidates:
            return Unknown(self._atlas.suggest(words, _NEAREST) if words else ())
        found = _settled(candidates)
        if isinstance(found, Several) and found.places[0].population < _LARGE_CITY:
            # Small places bear all sorts of names ("Atlantis"): a slip for a larger one is as likely.
            nearest = tuple(place for place in self._atlas.suggest(words, _NEAREST) if place not in found.places)
            return Several(found.places[:_NEAREST] + nearest[: max(_NEAREST - len(found.places), 0)])
        return found

    async def _keep(self, chat_id: int, kind: WatchKind, place: Place, radius_km: float | None) -> Watch | Full:
        watches = await self._store.watches_of(chat_id)
        equal = next((watch for watch in watches if watch.kind is kind and watch.area[0].id == place.id), None)
        if equal:
            return await self._store.add_watch(replace(equal, radius_km=radius_km))
        if len(watches) >= MOST_WATCHES:
            return Full()
        new = Watch(
            id=0, chat_id=chat_id, kind=kind, area=(place,), label=place.name, radius_km=radius_km,
            min_severity=watches[-1].min_severity if watches else Severity.MODERATE, created_at=self._clock.now(),
        )  # fmt: skip
        return await self._store.add_watch(new)

    async def _set_state(self, chat_id: int, state: ChatState) -> None:
        known = await self._store.chat(chat_id)
        if known and known.state is not state:
            await self._store.save_chat(replace(known, state=state))

    async def _save(self, chat: Chat) -> Chat:
        await self._store.save_chat(chat)
        return chat


def _settled(candidates: Sequence[Place]) -> Found:
    """Return the one place that the name means to most people, or all to choose from.

    A country, sea or group of countries wins by its rank. A region yields to its city of the same name ("New York").
    """
    best = candidates[0]
    others = tuple(place for place in candidates[1:] if place.id not in best.parents)
    if best.kind in {PlaceKind.COUNTRY, PlaceKind.AREA, PlaceKind.AIRPORT} or not others:
        return Exact(best, tuple(place for place in others if place.population >= _LARGE_CITY))
    if best.population >= _LARGE_CITY and best.population >= _OUTWEIGHS * max(place.population for place in others):
        return Exact(best, others)
    return Several((best, *others))


def _within(radius_km: float | None) -> float | None:
    return None if radius_km is None else min(max(radius_km, SMALLEST_RADIUS_KM), LARGEST_RADIUS_KM)
