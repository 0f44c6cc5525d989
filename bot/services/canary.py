"""The canary: a made-up item goes the whole way of a real one, so that a blocked way is found before it matters.

Feed bytes are decoded and understood in the real worker processes, judged and told by the real pipeline while the
intake's turn is held, stored in the real database, claimed and sent by the real delivery. Only its watch is made up: on
an uninhabited island, for one chat. So nobody else can be told of it, whatever they watch, and the store keeps its
event where no list, board, page or search for events near an item finds it (bot/storage/canary.py).
"""

import asyncio
from collections.abc import Callable, Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from email.utils import format_datetime
from typing import Protocol

from bot.model.alert import Alert, Delivery, Message, Outcome, Sent
from bot.model.event import Event
from bot.model.item import Item, Source, SourceKind
from bot.model.place import Place
from bot.model.watch import Chat, ChatKind, Watch, Watched, WatchKind
from bot.pipeline import Understanding, judge, tell
from bot.services.ports import Clock, Decoder, Fetched, Sender, Understander, Unreadable, Validators

LONGEST = timedelta(seconds=60)
LOOKS_EVERY = 0.25  # seconds
NULL_CHAT = -1
"""No chat of Telegram's has this id: what is sent to it arrives nowhere and counts as sent."""
RESERVED = "Heard Island and McDonald Islands"
"""As the gazetteer calls it: glaciers and penguins; nobody lives there or travels there."""
_PREFIX = "canary-"

SOURCE = Source(
    id="outrider-canary", name="Outrider's canary", url="https://canary.invalid/", kind=SourceKind.OFFICIAL, trust=1.0
)
_FEED = (
    '<?xml version="1.0" encoding="UTF-8"?><rss version="2.0"><channel><title>Canary</title><link>{url}</link>'
    "<description>Made up</description><item><guid>{guid}</guid><link>{url}</link><pubDate>{date}</pubDate>"
    "<title>[canary {time}] Earthquake of magnitude 6.9 strikes Heard Island and McDonald Islands, 12 killed</title>"
    "<description>A powerful earthquake struck Heard Island and McDonald Islands. Twelve were killed.</description>"
    "</item></channel></rss>"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Flown:
    """What became of the canary's alert."""

    state: Delivery
    why: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Flight:
    """One flight. `why` says where it ended, empty where the canary arrived within a minute; `lag` how long it took."""

    at: datetime
    lag: timedelta
    why: str = ""


class Hangar(Protocol):
    """Where the store keeps canaries apart."""

    async def fly(self, event: Event, alerts: Sequence[Alert], chat: Chat) -> int:
        """Put the event and its alerts into the store; return how many alerts were new."""
        ...

    async def flown(self, event_id: str) -> Flown | None:
        """Return what came of it, None while it is under way."""
        ...

    async def land(self) -> int:
        """Drop all canaries that are not being sent just now; return how many."""
        ...


class Canary:
    """Flies canaries, one at a time."""

    def __init__(
        self,
        *,
        store: Hangar,
        decoder: Decoder,
        understander: Understander,
        clock: Clock,
        turn: Callable[[], AbstractAsyncContextManager[object]],
        island: Place,
        on_alerts: Callable[[], None],
    ) -> None:
        """`turn` is the intake's own turn to judge, `island` the reserved place; `on_alerts` wakes the delivery."""
        self._store, self._decoder, self._understander, self._clock = store, decoder, understander, clock
        self._turn, self._island, self._on_alerts = turn, island, on_alerts

    async def fly(self, chat: Chat) -> Flight:
        """Send a canary to the chat and wait, at most a minute, until it has arrived."""
        begun = self._clock.now()
        try:
            async with asyncio.timeout(LONGEST.total_seconds()):
                why = await self._flight(chat, begun)
        except TimeoutError:
            why = f"not there after {LONGEST.total_seconds():.0f} s"
        lag = self._clock.now() - begun
        await self._store.land()
        return Flight(at=begun, lag=lag, why=why or (f"took {lag.total_seconds():.0f} s" if lag > LONGEST else ""))

    async def _flight(self, chat: Chat, now: datetime) -> str:
        await self._store.land()  # of a flight that a crash broke off
        items = await self._decoder.decode(SOURCE, feed(now), now)
        if isinstance(items, Unreadable) or not items:
            return f"not decoded: {items.why if isinstance(items, Unreadable) else 'no item'}"
        (understood,) = await self._understander.understand([_of_its_own(items[0], now)])
        if isinstance(understood, Unreadable):
            return f"not understood: {understood.why}"
        async with self._turn():
            event, alerts = judged(understood, self._island, chat, now)
            if event is None or not alerts:
                return "not judged to be an event" if event is None else "not told"
            await self._store.fly(event, alerts, chat)
        self._on_alerts()
        while (flown := await self._store.flown(event.id)) is None:
            await self._clock.sleep(LOOKS_EVERY)
        return "" if flown.state is Delivery.SENT else f"not sent: {flown.state.value} {flown.why}".strip()


def feed(now: datetime) -> Fetched:
    """Return the feed's bytes as a fetch would have brought them."""
    guid = f"{_PREFIX}{now.isoformat()}"
    text = _FEED.format(url=SOURCE.url, guid=guid, date=format_datetime(now), time=f"{now:%H:%M}")
    return Fetched(body=text.encode(), content_type="application/rss+xml", validators=Validators(), url=SOURCE.url)


def judged(
    understood: Understanding, island: Place, chat: Chat, now: datetime
) -> tuple[Event | None, tuple[Alert, ...]]:
    """Return the event that the canary opens, under an id of its own, and the alert for its one chat."""
    opened = [change for change in judge(understood, (), now) if change.before is None]
    if not opened:
        return None, ()
    change = replace(opened[0], after=replace(opened[0].after, id=_PREFIX + opened[0].after.id))
    watch = Watch(id=0, chat_id=chat.id, kind=WatchKind.COUNTRY, area=(island,), label=island.name)
    alerts = tell((change,), (Watched(watch=watch, chat=replace(chat, quiet=None)),), {}, now)
    return change.after, tuple(replace(alert, silent=True) for alert in alerts)


def is_canary(event: Event) -> bool:
    """Tell whether the event was made up."""
    return event.id.startswith(_PREFIX)


class Aviary(Sender):
    """A sender for which the null chat is always there and always silent."""

    def __init__(self, sender: Sender) -> None:
        self._sender = sender

    async def send(self, chat: Chat, message: Message) -> Outcome:
        """Send; to the null chat nothing."""
        return Sent(0) if chat.id == NULL_CHAT else await self._sender.send(chat, message)


def null_chat() -> Chat:
    """Return the chat that nobody reads."""
    return Chat(id=NULL_CHAT, kind=ChatKind.TERMINAL)


def _of_its_own(item: Item, now: datetime) -> Item:
    return replace(item, published_at=now)
