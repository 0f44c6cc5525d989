"""A service starts for the first time, is away for two days and comes back: who is told of what came meanwhile."""

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from dataclasses import dataclass
from pathlib import Path

import pytest
from builders import MALI, at, chat, item, watch
from service_fakes import HandClock
from support.feed_server import FeedServer
from support.service import service
from support.telegram_emulator import TelegramEmulator

from bot.app.build import House
from bot.model.item import Source
from bot.services.ports import SourceState

ANNE = 1
WIRE = "/sahel-wire.rss"


@dataclass
class Life:
    """One feed, one chat that watches Mali, and a service that can be ended and started again."""

    folder: Path
    telegram: TelegramEmulator
    feeds: FeedServer
    clock: HandClock
    running: AsyncExitStack
    house: House | None = None

    async def start(self) -> None:
        source = Source(id="sahel-wire", name="Sahel Wire", url=self.feeds.url(WIRE), languages=("en",))
        self.house = await self.running.enter_async_context(service(self.folder, self.telegram, [source], self.clock))
        await self.house.store.save_chat(chat(ANNE))
        await self.house.store.add_watch(watch(MALI, chat_id=ANNE))

    async def end(self) -> None:
        await self.running.aclose()

    async def poll(self, *titles_and_hours: tuple[str, float]) -> list[str]:
        """Publish these beside what was published, poll, and return the heads of what Anne is told now."""
        assert self.house is not None
        before = len(self.telegram.in_chat(ANNE))
        self.feeds.publish(WIRE, [item(title, hours=hours) for title, hours in titles_and_hours])
        (source,) = self.house.sources
        states = await self.house.store.source_states()
        polled, _ = await self.house.ingest.poll(source, states.get(source.id, SourceState(source_id=source.id)))
        assert polled.failing is None
        await self.house.deliver.sweep()
        return [shown.text.splitlines()[0] for shown in self.telegram.in_chat(ANNE)[before:]]


@pytest.fixture
async def life(tmp_path: Path) -> AsyncIterator[Life]:
    async with TelegramEmulator() as telegram, FeedServer() as feeds, AsyncExitStack() as running:
        yield Life(tmp_path, telegram, feeds, HandClock(at(0)), running)


async def test_the_first_poll_ever_learns_and_a_restart_tells_what_came_since_the_service_ended(life: Life) -> None:
    old, fresh = ("Gunmen kill nine in Timbuktu market", -20.0), ("Gunmen attack a bus near Gao, six dead", -1.0)
    await life.start()
    told = await life.poll(old, fresh)
    assert len(told) == 1
    assert "Gao" in told[0]
    await life.end()

    life.clock.turn(hours=40)
    late, meanwhile = ("Suicide bomber kills six in Kayes", -10.0), ("Armed attack kills eleven in Sikasso", 20.0)
    await life.start()
    told = await life.poll(old, fresh, late, meanwhile)
    assert len(told) == 1, "what is older than the end of the service, less an overlap, is learnt"
    assert "Sikasso" in told[0]

    await life.end()
    life.clock.turn(hours=1)
    await life.start()
    assert await life.poll(old, fresh, late, meanwhile) == [], "nothing is told twice"


async def test_what_an_outlet_dated_shortly_before_the_end_of_the_service_is_told_by_the_overlap(life: Life) -> None:
    await life.start()
    await life.poll(("The cabinet met in Bamako", -2))
    await life.end()
    life.clock.turn(hours=30)
    await life.start()
    told = await life.poll(("Gunmen kill nine in Timbuktu market", -5.0))
    assert len(told) == 1
    assert "Timbuktu" in told[0]
