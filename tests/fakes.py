"""Fakes written by hand: a store of chats and watches in memory, and a small book of places."""

from dataclasses import replace
from datetime import datetime

from builders import BAMAKO, BKO, BURKINA_FASO, FRANCE, GAO, MALI, NIGER

from bot.model.place import Place, PlaceKind, Point
from bot.model.text import fold
from bot.model.watch import Chat, Watch, Watched
from bot.services.regions import Group


def _city(number: int, name: str, country: str, lat: float, lon: float, population: int) -> Place:  # noqa: PLR0917
    return Place(
        id=f"gn:{number}", name=name, kind=PlaceKind.CITY, country=country, point=Point(lat, lon),
        population=population, geonames_id=number, radius_km=5,
    )  # fmt: skip


TRIPOLI_LIBYA = _city(2210247, "Tripoli", "LY", 32.89, 13.19, 1_302_947)
TRIPOLI_LEBANON = _city(266826, "Tripoli", "LB", 34.44, 35.83, 229_398)
ATLANTA = _city(4180439, "Atlanta", "US", 33.75, -84.39, 510_823)
SEGOU = _city(2451185, "Ségou", "ML", 13.43, -6.26, 133_501)
PARIS = _city(2988507, "Paris", "FR", 48.85, 2.35, 2_138_551)
PARIS_TEXAS = _city(4717560, "Paris", "US", 33.66, -95.56, 24_782)


GROUPS = (
    Group(
        id="sahel", countries=("BF", "ML", "NE"),
        names={"en": ("Sahel", "Sahel countries"), "ru": ("Сахель", "страны Сахеля"), "ar": ("دول الساحل",)},
    ),
)  # fmt: skip


class FakeAtlas:
    """A dozen places. Names match when they are equal without case and accents."""

    def __init__(self) -> None:
        self.places = [
            MALI, NIGER, BURKINA_FASO, FRANCE, BAMAKO, BKO, GAO, SEGOU, TRIPOLI_LIBYA, TRIPOLI_LEBANON, ATLANTA, PARIS,
            PARIS_TEXAS,
        ]  # fmt: skip

    def search(self, query: str, limit: int = 5) -> tuple[Place, ...]:
        found = [place for place in self.places if fold(query) in {fold(place.name), fold(place.iata or "-")}]
        return tuple(found[:limit])

    def suggest(self, query: str, limit: int = 5) -> tuple[Place, ...]:
        """Return what begins with the same three letters."""
        return tuple(place for place in self.places if fold(place.name)[:3] == fold(query)[:3])[:limit]

    def place(self, place_id: str) -> Place | None:
        return next((place for place in self.places if place.id == place_id), None)

    def country(self, code: str) -> Place | None:
        countries = (place for place in self.places if place.kind is PlaceKind.COUNTRY)
        return next((place for place in countries if place.country == code.upper()), None)

    def airport(self, code: str) -> Place | None:
        return next((place for place in self.places if place.iata == code.upper()), None)

    def airports_of(self, city: Place) -> tuple[Place, ...]:
        return tuple(place for place in self.places if place.kind is PlaceKind.AIRPORT and city.id in place.parents)

    def country_at(self, point: Point) -> str | None:
        nearest = min(self.places, key=lambda place: place.point.km_to(point))
        return nearest.country if nearest.point.km_to(point) < 150 else None

    def name_in(self, place: Place, language: str) -> str:
        return f"{place.name} ({language})" if language != "en" and place == GAO else place.name


class FakeStore:
    """Chats and watches in memory: only what subscriptions need of the store."""

    def __init__(self) -> None:
        self.chats: dict[int, Chat] = {}
        self.kept: dict[int, Watch] = {}
        self.writes = 0
        self.calm: dict[int, tuple[datetime, datetime | None]] = {}

    async def chat(self, chat_id: int) -> Chat | None:
        return self.chats.get(chat_id)

    async def save_chat(self, chat: Chat) -> None:
        self.writes += 1
        self.chats[chat.id] = chat

    async def move_chat(self, old_id: int, new_id: int) -> None:
        self.chats[new_id] = replace(self.chats.pop(old_id), id=new_id)
        self.kept = {
            number: replace(watch, chat_id=new_id) if watch.chat_id == old_id else watch
            for number, watch in self.kept.items()
        }

    async def watches_of(self, chat_id: int) -> tuple[Watch, ...]:
        return tuple(watch for watch in self.kept.values() if watch.chat_id == chat_id)

    async def add_watch(self, watch: Watch) -> Watch:
        self.writes += 1
        equal = next((w.id for w in self.kept.values() if _key(w) == _key(watch)), None)
        number = equal or max(self.kept, default=1000) + 1
        self.kept[number] = replace(watch, id=number)
        return self.kept[number]

    async def remove_watch(self, chat_id: int, watch_id: int) -> bool:
        self.writes += 1
        mine = watch_id in self.kept and self.kept[watch_id].chat_id == chat_id
        if mine:
            del self.kept[watch_id]
        return mine

    async def save_calm(self, chat: Chat, *, wakes_at: datetime, brief_at: datetime | None, now: datetime) -> None:
        assert now <= wakes_at
        await self.save_chat(chat)
        self.calm[chat.id] = (wakes_at, brief_at)

    async def due_watches(self, now: datetime, limit: int) -> tuple[Watched, ...]:
        due = [watch for watch in self.kept.values() if watch.due_at and watch.due_at <= now]
        return tuple(Watched(watch=watch, chat=self.chats[watch.chat_id]) for watch in due[:limit])


def _key(watch: Watch) -> tuple[object, ...]:
    return watch.chat_id, watch.kind, watch.trip_id, *(place.id for place in watch.area)
