"""A small world that can be stopped at any moment: a wire, chats, and lives of one process after the other.

The store is the real one, in a real file; intake and delivery are the real ones. The wire and Telegram are stand-ins
that go on when the process ends, as the real ones do. Time is turned by hand.
"""

import asyncio
import random
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager, suppress
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from builders import BAMAKO, GAO, MALI, assessment, at, chat, item, watch
from faults.history import Shown, Wanted, faults, in_figures, integrity, rows_of, shown
from service_fakes import HandClock, ListDecoder, ScriptedFetcher, ToldUnderstander
from sqlalchemy import event as sql_event

from bot.model.alert import Message, Outcome, Sent
from bot.model.assessment import Assessment, Severity
from bot.model.hazard import Hazard
from bot.model.item import Item, Source
from bot.model.watch import Chat
from bot.services.deliver import Deliver
from bot.services.ingest import Ingest
from bot.services.ports import Clock, Fetched, SourceState, Store
from bot.storage.store import SqlStore

IN_FLIGHT = 4
CHATS = range(1, 8)
WIRE = Source(id="sahel-wire", name="Sahel Wire", url="https://wire.example/rss")
STEP = timedelta(seconds=20)

STORY: dict[str, tuple[Item, Assessment]] = {
    one.title: (one, meaning)
    for one, meaning in (
        (item("Gunmen attack Bamako", hours=0), assessment(BAMAKO)),
        (item("Streets of Gao under water", hours=0.01), assessment(GAO, Hazard.FLOOD, severity=Severity.MODERATE)),
        (
            item("Many killed in the attack on Bamako", official=True, outlet="Ministry", hours=0.02),
            assessment(BAMAKO, severity=Severity.EXTREME),
        ),
    )
}
WANTED: Wanted = {(number, Hazard.ARMED_ATTACK.value): Severity.EXTREME for number in CHATS} | {
    (number, Hazard.FLOOD.value): Severity.MODERATE for number in CHATS
}
"""Everybody watches Mali, from `moderate` up: each has to be shown both events, the attack as it is at the end."""


class PowerCut(BaseException):
    """The process ends: no handler runs, nothing is written any more."""


class Points:
    """Counts the points at which a process can end, and ends it at the one that is `fatal`."""

    def __init__(self, fatal: int | None = None) -> None:
        self.fatal, self.names, self.dead = fatal, list[str](), False

    def __call__(self, name: str) -> None:
        if self.dead:
            raise PowerCut
        self.names.append(name)
        if len(self.names) == self.fatal:
            self.dead = True
            raise PowerCut(name)


class Telegram:
    """Shows every message that reaches it, whether or not the process that sent it hears the answer."""

    def __init__(self, clock: HandClock) -> None:
        self._clock, self.seen, self._numbers = clock, list[Shown](), iter(range(1, 10**9))

    def take(self, chat: Chat, message: Message) -> Sent:
        self.seen.append(shown(chat.id, message.plain, self._clock.now(), edit=message.edit is not None))
        return Sent(message.edit or next(self._numbers))


class Line:
    """The sender of one life: a call, its way to Telegram, the answer's way back."""

    def __init__(self, telegram: Telegram, points: Points, dice: random.Random) -> None:
        self._telegram, self._points, self._dice = telegram, points, dice

    async def send(self, chat: Chat, message: Message) -> Outcome:
        self._points("before the call")
        for _ in range(self._dice.randrange(4)):
            await asyncio.sleep(0)
        answer = self._telegram.take(chat, message)
        for _ in range(self._dice.randrange(4)):
            await asyncio.sleep(0)
        self._points("after the call")
        return answer


class Wire(ListDecoder):
    """A feed that shows what was published by now."""

    def __init__(self, clock: Clock, points: Points, items: Sequence[Item]) -> None:
        super().__init__()
        self._clock, self._points, self._all = clock, points, items

    async def decode(self, source: Source, fetched: Fetched, now: datetime) -> tuple[Item, ...]:
        self._points("fetched")
        self.items = tuple(one for one in self._all if one.published_at is not None and one.published_at <= now)
        found = await super().decode(source, fetched, now)
        assert isinstance(found, tuple)
        return found


Changed = Callable[[Store], Store]
Made = Callable[..., Any]


class World:
    """A database file, a clock and Telegram, which outlive the processes."""

    def __init__(self, file: Path, seed: int) -> None:
        self.file, self.dice = file, random.Random(seed)
        self.clock = HandClock(at(0))
        self.telegram = Telegram(self.clock)
        self.lives = 0
        self.unconfirmed: list[str] = []
        self.trouble: list[Exception] = []

    @property
    def url(self) -> str:
        return f"sqlite+aiosqlite:///{self.file}"

    async def begin(self) -> None:
        """Make the database, its chats and their watches."""
        async with SqlStore.open(self.url, "before", migrate=True) as store:
            for number in CHATS:
                await store.save_chat(chat(number))
                await store.add_watch(watch(MALI, number=0, chat_id=number, min_severity=Severity.MODERATE))
            await store.save_source_state(SourceState(source_id=WIRE.id, last_success_at=at(-1)))

    async def live(
        self, points: Points | None = None, *, changed: Changed = lambda store: store, sender: Made | None = None,
        rounds: int = 6, **parts: Any,  # noqa: ANN401 - the delivery's own
    ) -> bool:  # fmt: skip
        """Live as one process, from its start to its end; tell whether it came to its end in peace."""
        points = points or Points()
        self.lives += 1
        line = (sender or Line)(self.telegram, points, self.dice)
        try:
            async with opened(self.url, points) as opened_store:
                store = changed(opened_store)
                delivery = Deliver(
                    store=store, sender=line, clock=self.clock, owner=f"life {self.lives}", in_flight=IN_FLIGHT,
                    on_unconfirmed=lambda one: self.unconfirmed.append(one.alert.key),
                    on_trouble=self.trouble.append, **({"render": in_figures} | parts),
                )  # fmt: skip
                await delivery.recover()
                for _ in range(rounds):
                    await self._poll(store, points)
                    await delivery.sweep()
                    self.clock.turn(seconds=STEP.total_seconds())
        except PowerCut:
            return False
        return True

    async def _poll(self, store: Store, points: Points) -> None:
        intake = Ingest(
            store=store, fetcher=ScriptedFetcher(), clock=self.clock, first_poll_window=timedelta(hours=6),
            decoder=Wire(self.clock, points, [one for one, _ in STORY.values()]),
            understander=ToldUnderstander(lambda one: STORY[one.title][1]),
        )  # fmt: skip
        states = await store.source_states()
        await intake.poll(WIRE, states[WIRE.id])

    def faults(self, *, repeats: int, wanted: Wanted = WANTED) -> list[str]:
        """Judge the whole history."""
        found = faults(self.telegram.seen, wanted, rows_of(self.file), repeats=repeats)
        sound = integrity(self.file)
        return found if sound == "ok" else [*found, f"CLEAN: {sound}"]


@asynccontextmanager
async def opened(url: str, points: Points) -> AsyncIterator[SqlStore]:
    """Open the store with a point before and after each statement, before each commit and after it.

    A process that has ended holds no lock: what a life that was cut short left open is closed.
    """
    used: dict[int, Any] = {}
    try:
        async with _with_points(url, points, used) as store:
            yield store
    finally:
        for connection in used.values():
            with suppress(Exception):  # most are closed already
                await connection.driver_connection.close()


@asynccontextmanager
async def _with_points(url: str, points: Points, used: dict[int, Any]) -> AsyncIterator[SqlStore]:
    async with SqlStore.open(url, "life") as store:
        engine = store._database.engine.sync_engine
        sql_event.listen(engine, "checkout", lambda connection, *_: used.setdefault(id(connection), connection))

        def statement(when: str) -> Callable[..., None]:
            return lambda *call: points(f"{when} {' '.join(str(call[2]).split()[:3])}")

        sql_event.listen(engine, "before_cursor_execute", statement("before"))
        sql_event.listen(engine, "after_cursor_execute", statement("after"))
        sql_event.listen(engine, "commit", lambda _: points("before the commit"))
        write = store._database.write

        async def written(work: Callable[..., Awaitable[Any]], *args: Any, **named: Any) -> Any:  # noqa: ANN401
            done = await write(work, *args, **named)
            points(f"after the commit of {work.__name__}")
            return done

        store._database.write = written  # type: ignore[method-assign]
        yield store
