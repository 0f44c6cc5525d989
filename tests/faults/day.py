"""A day in virtual time: feeds, chats, a Telegram with faults, and lives that are killed one after the other.

Real are the store (in a file), the intake, the delivery, the sender, the bot library and the pacer. Time is the loop's.
What the chats were shown is kept in a file, so that the memory that grows is the program's own.
"""

import asyncio
import json
from collections.abc import AsyncIterator, Awaitable, Callable, Coroutine
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path
from random import Random
from typing import Any

import httpx
from builders import MALI, assessment, chat, item, watch
from faults.history import Shown, Wanted, shown
from faults.worker import by_town, town
from faults.world import Points, PowerCut, opened
from service_fakes import ListDecoder, ToldUnderstander
from support.virtual_time import START, LoopClock, outside
from telegram.error import NetworkError, TimedOut
from telegram.ext import ExtBot
from telegram.request import BaseRequest, RequestData

from bot.chat.paced_start import PacedStart
from bot.chat.pacer import Pacer
from bot.chat.sender import TelegramSender
from bot.chat.transport import Paced
from bot.model.assessment import Assessment, Severity
from bot.model.item import Item, Source
from bot.model.place import Place
from bot.services.deliver import Deliver
from bot.services.ingest import Ingest
from bot.services.ports import Fetched, FetchFailed, SourceState, Validators
from bot.storage.store import SqlStore

COUNTRIES = tuple(replace(MALI, id=f"country:{code}", name=code, country=code) for code in ("XA", "XB", "XC", "XD"))
SHOWN_ITEMS = 30
_BOT = {"id": 1, "is_bot": True, "first_name": "Outrider", "username": "outrider_test_bot"}
_WAKE = 10.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Published:
    """An item as a feed shows it from `at` (seconds since the start) on, and what it means."""

    feed: int
    at: float
    item: Item
    meaning: Assessment


def country_of(number: int) -> Place:
    return COUNTRIES[number % len(COUNTRIES)]


def place_of(number: int) -> Place:
    home = country_of(number)
    return replace(town(number), country=home.country, parents=(home.id,))


def story(dice: Random, *, feeds: int, events: int, hours: float) -> list[Published]:
    """Return what is published: attacks, some with a second voice, some that an authority calls extreme later."""
    found = []
    for number in range(events):
        began = dice.uniform(0, (hours - 1.5) * 3600)
        first, second = dice.sample(range(feeds), 2)
        voices = [(first, began, Severity.SEVERE, False)]
        if dice.random() < 0.4:
            voices.append((second, began + dice.uniform(60, 2400), Severity.SEVERE, False))
        if dice.random() < 0.15:
            voices.append((first, began + dice.uniform(300, 3600), Severity.EXTREME, True))
        for voice, (feed, at, severity, official) in enumerate(voices):
            published = START + timedelta(seconds=at)
            title = f"{place_of(number).name}, report {voice}"
            of_feed = item(
                title, outlet=f"Outlet {feed}", official=official, published_at=published, fetched_at=published
            )
            meaning = assessment(place_of(number), severity=severity)
            found.append(Published(feed=feed, at=at, item=of_feed, meaning=meaning))
    return sorted(found, key=lambda one: one.at)


def wanted(told: list[Published], chats: int) -> Wanted:
    """Return how severe an event each chat has to be shown, from the story and the watches alone."""
    worst: dict[str, Severity] = {}
    for one in told:
        assert one.meaning.place is not None
        name = one.meaning.place.id
        worst[name] = max(one.meaning.severity, worst.get(name, Severity.NONE))
    return {
        (chat_id, name): severity
        for name, severity in worst.items()
        for chat_id in range(1, chats + 1)
        if country_of(chat_id) == country_of(int(name.split(":")[1]))
    }  # fmt: skip


class Feeds(ListDecoder):
    """The feeds as fetcher and decoder: the newest items of each by now; this share of the polls fails."""

    def __init__(self, told: list[Published], dice: Random, share: float) -> None:
        super().__init__()
        self._told, self._dice, self._share = told, dice, share

    async def fetch(self, url: str, validators: Validators) -> Fetched | FetchFailed:
        del validators
        await asyncio.sleep(self._dice.uniform(0.05, 2.0))
        if self._dice.random() < self._share:
            return FetchFailed(why="connection reset")
        number, now = int(url.rsplit("/", 1)[1]), asyncio.get_running_loop().time()
        self.items = tuple(one.item for one in self._told if one.feed == number and one.at <= now)[-SHOWN_ITEMS:]
        return Fetched(body=b"", content_type="", validators=Validators(), url=url)


class FaultyTelegram(BaseRequest):
    """Takes messages and edits and writes them down; this share of the calls goes wrong, before it acted or after."""

    def __init__(self, file: Path, dice: Random, share: float) -> None:
        self._file, self._dice, self._share = file.open("w", encoding="utf-8"), dice, share
        self.taken = self.faults = self.acted = 0

    @property
    def read_timeout(self) -> float | None:
        return 30.0

    async def initialize(self) -> None:
        """Nothing to open."""

    async def shutdown(self) -> None:
        """Nothing to close, for the next life goes on with it."""

    async def do_request(  # type: ignore[override]  # timeouts mean nothing here
        self, url: str, method: str, request_data: RequestData | None = None, **_: object
    ) -> tuple[int, bytes]:
        """Answer one call."""
        del method
        name = url.rsplit("/", 1)[1]
        if request_data is None or name not in {"sendMessage", "editMessageText"}:
            return 200, json.dumps({"ok": True, "result": _BOT}).encode()
        wrong = self._dice.choice(_FAULTS) if self._dice.random() < self._share else None
        self.faults += wrong is not None
        if wrong in _BEFORE:
            return await _BEFORE[wrong]()
        await asyncio.sleep(self._dice.uniform(0.02, 0.05))
        answer = self._take(request_data.parameters, edit=name == "editMessageText")
        await asyncio.sleep(self._dice.uniform(0.02, 0.05))
        if wrong in _AFTER:
            self.acted += name == "sendMessage"
            return await _AFTER[wrong](answer)
        return 200, answer

    def _take(self, given: dict[str, Any], *, edit: bool) -> bytes:
        self.taken += 1
        number = int(given["message_id"]) if edit else self.taken
        said = {"at": asyncio.get_running_loop().time(), "chat": given["chat_id"], "text": given["text"], "edit": edit}
        self._file.write(json.dumps(said) + "\n")
        message = {"message_id": number, "date": 0, "chat": {"id": given["chat_id"], "type": "private"}}
        return json.dumps({"ok": True, "result": message}).encode()

    def seen(self) -> list[Shown]:
        """Return all that the chats were shown."""
        self._file.flush()
        lines = (json.loads(line) for line in Path(self._file.name).read_text(encoding="utf-8").splitlines())
        return [
            shown(one["chat"], one["text"], START + timedelta(seconds=one["at"]), edit=one["edit"]) for one in lines
        ]  # fmt: skip


async def _not_reached() -> tuple[int, bytes]:
    raise NetworkError("refused") from httpx.ConnectError("refused")


async def _reset(*_: bytes) -> tuple[int, bytes]:
    raise NetworkError("reset") from httpx.ReadError("reset")


async def _hangs(*_: bytes) -> tuple[int, bytes]:
    await asyncio.sleep(30)
    raise TimedOut("no answer")


async def _fails(*_: bytes) -> tuple[int, bytes]:
    return 502, b"<html>Bad Gateway</html>"


async def _flood() -> tuple[int, bytes]:
    refusal = {"ok": False, "error_code": 429, "description": "Too Many Requests", "parameters": {"retry_after": 3}}
    return 429, json.dumps(refusal).encode()


async def _cut(answer: bytes) -> tuple[int, bytes]:
    return 200, answer[: len(answer) // 2]


_BEFORE: dict[str | None, Callable[[], Coroutine[Any, Any, tuple[int, bytes]]]] = {
    "not reached": _not_reached, "reset": _reset, "hangs": _hangs, "fails": _fails, "flood": _flood,
}  # fmt: skip
_AFTER: dict[str | None, Callable[[bytes], Coroutine[Any, Any, tuple[int, bytes]]]] = {
    "reset after": _reset, "hangs after": _hangs, "fails after": _fails, "cut": _cut,
}  # fmt: skip
_FAULTS = [name for name in (*_BEFORE, *_AFTER) if name is not None]


class Fuse(Points):
    """Ends the process a few statements after it was lit."""

    def __init__(self) -> None:
        super().__init__()
        self.left: int | None = None

    def __call__(self, name: str) -> None:
        if self.left is not None:
            self.left -= 1
            self.dead = self.dead or self.left <= 0
        if self.dead:
            raise PowerCut(name)


@asynccontextmanager
async def opened_in_virtual_time(url: str, points: Points) -> AsyncIterator[SqlStore]:
    """Open the store so that time stands still while it works."""
    async with AsyncExitStack() as stack:
        with outside():
            store = await stack.enter_async_context(opened(url, points))
        start = store._database.start

        async def waited_for(transaction: Coroutine[Any, Any, Any]) -> Any:  # noqa: ANN401 - whatever it returns
            with outside():
                return await transaction

        store._database.start = lambda work: start(waited_for(work))  # type: ignore[method-assign]
        try:
            yield store
        finally:
            with outside():
                await stack.aclose()


class Day:
    """What outlives the processes: the file, the story, the feeds, Telegram."""

    def __init__(
        self, folder: Path, dice: Random, *, feeds: int, chats: int, events: int, hours: float, share: float
    ) -> None:
        """`share`: of the polls and of the calls to Telegram that go wrong."""
        self.share = share
        self.file, self.dice, self.chats, self.hours = folder / "day.sqlite3", dice, chats, hours
        self.url = f"sqlite+aiosqlite:///{self.file}"
        self.sources = [Source(id=f"outlet-{n}", name=f"Outlet {n}", url=f"https://outlet/{n}") for n in range(feeds)]
        self.told = story(dice, feeds=feeds, events=events, hours=hours)
        self._meanings = {one.item.title: one.meaning for one in self.told}
        self.telegram = FaultyTelegram(folder / "shown.jsonl", dice, share)
        self.lives = self.kills = 0

    async def begin(self) -> None:
        """Make the database, its chats, and feeds that were read until now."""
        with outside():
            async with SqlStore.open(self.url, "before", migrate=True) as store:
                for number in range(1, self.chats + 1):
                    await store.save_chat(chat(number))
                    await store.add_watch(watch(country_of(number), number=0, chat_id=number))
                for source in self.sources:
                    due = START + timedelta(seconds=self.dice.uniform(0, 300))
                    await store.save_source_state(
                        SourceState(source_id=source.id, last_success_at=START, next_at=due, url=source.url)
                    )

    async def live(self, end: Callable[[], Awaitable[None]], *, kill: bool) -> None:
        """Live as one process until `end` returns, and then be killed within some statements, or stop in peace."""
        self.lives += 1
        fuse, pace = Fuse(), PacedStart(Pacer())
        async with (
            opened_in_virtual_time(self.url, fuse) as store,
            ExtBot(
                "1:virtual", request=self.telegram, get_updates_request=self.telegram, rate_limiter=Paced(pace)
            ) as bot,
        ):
            clock, feeds, wake = LoopClock(), Feeds(self.told, self.dice, self.share), asyncio.Event()
            delivery = Deliver(
                store=store, sender=TelegramSender(bot, clock.now, pace.everyone_held), render=by_town, clock=clock,
                owner=f"life {self.lives}", resting=pace.resting,
            )  # fmt: skip
            intake = Ingest(
                store=store, fetcher=feeds, decoder=feeds, clock=clock, first_poll_window=timedelta(hours=6),
                understander=ToldUnderstander(lambda one: self._meanings[one.title]), on_alerts=wake.set,
            )  # fmt: skip
            await delivery.recover()
            known = await store.source_states()
            work = [asyncio.create_task(_poll(intake, source, known[source.id])) for source in self.sources]
            work.append(asyncio.create_task(_send(delivery, wake)))
            await _until(end, work, failing=False)
            if kill:
                self.kills += 1
                fuse.left = self.dice.randrange(1, 40)
                await _until(asyncio.Event().wait, work, failing=True)
            delivery.stop()
            fuse.dead = kill
            for task in work:
                task.cancel()
            await asyncio.gather(*work, return_exceptions=True)
        assert len(asyncio.all_tasks()) == 1, "something of that life goes on"


async def _until(end: Callable[[], Awaitable[Any]], work: list[asyncio.Task[None]], *, failing: bool) -> None:
    """Let the work go on until the end has come, or until one of it has failed, where that is to happen."""
    ending = asyncio.ensure_future(end())
    await asyncio.wait([ending, *work], return_when=asyncio.FIRST_COMPLETED)
    if not failing:
        for task in work:
            if task.done():
                task.result()
    ending.cancel()
    await asyncio.gather(ending, return_exceptions=True)


async def _poll(intake: Ingest, source: Source, state: SourceState) -> None:
    while True:
        now = LoopClock().now()
        await asyncio.sleep(max(0.0, ((state.next_at or now) - now).total_seconds()))
        _, state = await intake.poll(source, state)


async def _send(delivery: Deliver, wake: asyncio.Event) -> None:
    while True:
        await delivery.sweep()
        try:
            async with asyncio.timeout(_WAKE):
                await wake.wait()
        except TimeoutError:
            pass
        wake.clear()
