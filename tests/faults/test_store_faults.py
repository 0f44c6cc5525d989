"""The disk is full, the database locked or damaged, the clock jumps: nothing is lost, and it says so and goes on."""

import asyncio
import random
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo, available_timezones

import pytest
from builders import at, chat
from contract.outbox_builders import alert, decision, waiting
from faults.history import in_figures
from faults.world import IN_FLIGHT, Line, World
from service_fakes import HandClock, ListeningChats
from sqlalchemy import event as sql_event
from support.seeds import drawn

from bot.model.alert import Delivery, Message, Outcome
from bot.model.errors import OutriderError
from bot.model.watch import Chat, QuietHours
from bot.services.deliver import Deliver
from bot.storage import engine
from bot.storage.store import SqlStore
from bot.watches.quiet import quiet_until


@pytest.fixture
async def world(tmp_path: Path) -> World:
    made = World(tmp_path / "outrider.sqlite3", drawn())
    await made.begin()
    return made


class Full:
    """A disk that takes no more pages, while it is `full`."""

    def __init__(self, store: SqlStore) -> None:
        self.full = False

        def begin(connection: object) -> None:
            pages = connection.exec_driver_sql("PRAGMA page_count").scalar_one()  # type: ignore[attr-defined]
            most = pages if self.full else pages + 10_000
            connection.exec_driver_sql(f"PRAGMA max_page_count={most}")  # type: ignore[attr-defined]

        sql_event.listen(store._database.engine.sync_engine, "begin", begin)


async def test_a_disk_that_fills_up_while_sending_stops_the_sending_and_loses_nothing(tmp_path: Path) -> None:
    trouble: list[Exception] = []
    async with SqlStore.open(f"sqlite+aiosqlite:///{tmp_path / 'o.sqlite3'}", "me", migrate=True) as store:
        await waiting(store, *(alert(chat_id=number) for number in range(1, 200)))
        clock, chats = HandClock(at(1)), ListeningChats()
        delivery = Deliver(
            store=store, sender=chats, render=in_figures, clock=clock, owner="me", on_trouble=trouble.append
        )  # fmt: skip
        disk = Full(store)
        disk.full = True
        more = [alert("update-toll", chat_id=number) for number in range(1, 199)]
        with pytest.raises(Exception, match="full"):
            await store.commit([decision(alerts=tuple(more))])
        disk.full = False
        while await delivery.sweep():
            clock.turn(seconds=1)
        assert sorted(number for number, _ in chats.sent) == list(range(1, 200))
        assert (await store.outbox_counts())[Delivery.SENT] == 199


async def test_a_settlement_that_the_store_refuses_is_written_when_it_takes_it_again(world: World) -> None:
    class Refusing:
        """Takes no outcome for the first twenty tries."""

        def __init__(self, store: SqlStore) -> None:
            self.store, self.refused = store, 0

        def __getattr__(self, name: str) -> object:
            return getattr(self.store, name)

        async def settle(self, *given: object) -> bool:
            self.refused += 1
            if self.refused <= 20:
                raise sqlite3.OperationalError("database is locked")
            return await self.store.settle(*given)  # type: ignore[arg-type]

    assert await world.live(changed=Refusing)  # type: ignore[arg-type]
    assert len(world.trouble) == 20
    assert world.faults(repeats=0) == []


@contextmanager
def locked(file: Path) -> Iterator[None]:
    """Hold the write lock; where the store itself holds it just now, do nothing."""
    with closing(sqlite3.connect(file, isolation_level=None, timeout=0)) as other:
        try:
            other.execute("BEGIN IMMEDIATE")
        except sqlite3.OperationalError:
            yield
            return
        yield
        other.execute("ROLLBACK")


async def test_a_lock_that_another_program_holds_for_a_while_is_waited_for(world: World) -> None:
    class Locking(Line):
        async def send(self, chat: Chat, message: Message) -> Outcome:
            answer = await super().send(chat, message)
            if self._dice.random() < 0.2:
                with locked(world.file):
                    await asyncio.sleep(0.05)
            return answer

    assert await world.live(sender=Locking)
    assert world.faults(repeats=0) == []
    assert world.trouble == []


async def test_a_lock_that_outlasts_the_patience_of_the_database_costs_no_outcome(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(engine._PRAGMAS, "busy_timeout", "20")
    held: list[asyncio.Task[None]] = []

    async def hold() -> None:
        with locked(world.file):
            await asyncio.sleep(0.3)

    class Locking(Line):
        async def send(self, chat: Chat, message: Message) -> Outcome:
            answer = await super().send(chat, message)
            if not held:
                held.append(asyncio.create_task(hold()))
                await asyncio.sleep(0.01)
            return answer

    assert await world.live(sender=Locking)
    assert world.trouble
    assert all("locked" in str(one) for one in world.trouble)
    assert world.faults(repeats=0) == []


@pytest.mark.parametrize("harm", ["the head zeroed", "cut short", "pages overwritten"])
async def test_a_damaged_file_is_refused_with_one_sentence_and_left_as_it_is(world: World, harm: str) -> None:
    assert await world.live()
    content = bytearray(world.file.read_bytes())
    if harm == "the head zeroed":
        content[:100] = bytes(100)
    elif harm == "cut short":
        del content[len(content) // 2 :]
    else:
        for page in range(1, len(content) // 4096):
            content[page * 4096 : page * 4096 + 64] = b"\xff" * 64
    world.file.write_bytes(content)

    with pytest.raises(OutriderError, match="damaged"):
        async with SqlStore.open(world.url, "me", migrate=True):
            pass

    assert world.file.read_bytes() == bytes(content)


@pytest.mark.parametrize("jump", [262.0, -262.0, 86_400.0, -86_400.0])
async def test_a_clock_that_jumps_while_it_sends_loses_and_repeats_nothing(world: World, jump: float) -> None:
    class Jumping(Line):
        jumped = False

        async def send(self, chat: Chat, message: Message) -> Outcome:
            answer = await super().send(chat, message)
            if not Jumping.jumped and len(self._telegram.seen) > 5:
                Jumping.jumped = True
                world.clock.turn(seconds=jump)
            return answer

    await world.live(sender=Jumping, rounds=1)
    world.clock.turn(seconds=max(0.0, -jump))  # until the story goes on
    assert await world.live(rounds=8)
    found = world.faults(repeats=0)
    if jump >= 86_400:  # by the clock all that waited is a day old: it expires, openly, but for what was on its way
        assert len([one for one in found if one.startswith("STALE")]) <= IN_FLIGHT
        found = [one for one in found if not one.startswith(("LOST", "STALE"))]
    assert found == []


async def test_a_clock_that_was_set_back_a_day_delays_no_alert(tmp_path: Path) -> None:
    async with SqlStore.open(f"sqlite+aiosqlite:///{tmp_path / 'o.sqlite3'}", "me", migrate=True) as store:
        await waiting(store, *(alert(chat_id=number, hours=24) for number in range(1, 5)))
        clock, chats = HandClock(at(24)), ListeningChats()
        delivery = Deliver(store=store, sender=chats, render=in_figures, clock=clock, owner="me")
        delivery.stop()
        await delivery.sweep()
        delivery._stopping = False
        clock.turn(hours=-24)
        assert await delivery.sweep() == 4


@pytest.mark.parametrize("year", [2026, 2027])
def test_quiet_hours_end_where_the_zones_own_clock_says_over_both_changes_of_the_year(year: int) -> None:
    dice = random.Random(year)
    zones = ["Australia/Lord_Howe", "Africa/Casablanca", "America/New_York", "Europe/Paris", "Asia/Tehran"]
    zones += dice.sample(sorted(zone for zone in available_timezones() if "/" in zone and "Etc" not in zone), 35)
    quiet = QuietHours(start=time(22, 0), end=time(7, 0))
    for name in zones:
        zone = ZoneInfo(name)
        moment, nights = datetime(year, 1, 1, 12, tzinfo=UTC), 0
        while moment.year == year:
            until = quiet_until(chat(timezone=name, quiet=quiet), moment)
            here = moment.astimezone(zone)
            assert (until is not None) == (here.time() >= quiet.start or here.time() < quiet.end), (name, moment)
            if until is not None:
                nights += 1
                assert until.astimezone(zone).time() == quiet.end, (name, moment)
                assert timedelta(0) < until - moment <= timedelta(hours=11)
            moment += timedelta(hours=3, minutes=30)
        assert nights
