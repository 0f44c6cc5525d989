"""Trips and live locations over the real store: what is due is found, tended once, and gone at its end."""

from datetime import date

from builders import BAMAKO, BKO, at
from fakes import GROUPS, FakeAtlas
from service_fakes import HandClock

from bot.model.alert import Message, Outcome, Sent
from bot.model.place import Point
from bot.model.watch import Chat, ChatKind
from bot.services.regions import Regions
from bot.services.subscriptions import Subscriptions
from bot.services.tend import Tend
from bot.services.trips import Stop, Trip, Trips
from bot.storage.store import SqlStore
from bot.wording.typed_dates import Span


class Post:
    def __init__(self) -> None:
        self.sent: list[str] = []

    async def send(self, chat: Chat, message: Message) -> Outcome:
        del chat
        self.sent.append(message.plain)
        return Sent(1)


async def test_a_trip_beside_a_watch_on_the_same_city_is_briefed_once_ended_once_and_leaves_the_watch() -> None:
    async with SqlStore.open("sqlite+aiosqlite://", "test", migrate=True) as store:
        clock, post = HandClock(), Post()
        subscriptions = Subscriptions(store, Regions(FakeAtlas(), GROUPS), clock)
        chat = (await subscriptions.start(1, ChatKind.PRIVATE)).chat
        home = await subscriptions.watch(1, BAMAKO)
        span = Span(date(2024, 9, 20), date(2024, 9, 22))
        trips = Trips(subscriptions, clock.now)
        trip = await trips.plan(chat, [Stop(place=place, span=span) for place in (BAMAKO, BKO)])
        assert isinstance(trip, Trip)
        assert await trips.of(1) == (trip,)

        tend = Tend(store=store, sender=post, clock=clock, names=lambda place, _language: place.name)
        told = []
        for _ in range(8):
            told.append(await tend.look())
            clock.turn(days=1)
        assert told == [0, 0, 0, 1, 0, 0, 0, 1]  # the 20th at 07:00 is past 09:00 of the day before
        assert [text.partition(":")[0] for text in post.sent] == ["Before your trip", "Your trip is over"]
        assert await store.watches_of(1) == (home,)


async def test_a_live_location_moves_in_the_store_and_is_found_when_it_ends() -> None:
    async with SqlStore.open("sqlite+aiosqlite://", "test", migrate=True) as store:
        clock, post = HandClock(), Post()
        subscriptions = Subscriptions(store, Regions(FakeAtlas(), GROUPS), clock)
        await subscriptions.start(1, ChatKind.PRIVATE)
        await subscriptions.live(1, 99, Point(12.6, -8.0), at(1))
        watch = await subscriptions.live_watch(1, 99)
        assert watch is not None
        await subscriptions.follow(watch, Point(13.43, -6.26), at(2))
        (moved,) = await store.watches_of(1)
        assert (moved.id, moved.area[0].point, moved.due_at) == (watch.id, Point(13.43, -6.26), at(2))

        tend = Tend(store=store, sender=post, clock=clock, names=lambda place, _language: place.name)
        clock.turn(hours=1)
        assert await tend.look() == 0
        clock.turn(hours=1)
        assert await tend.look() == 1
        assert await store.watches_of(1) == ()
