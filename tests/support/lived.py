"""A stage on which people live a day: the whole service over a real store, feeds told what to say, a hand clock."""

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

from builders import MORNING, item
from service_fakes import HandClock
from support.feed_server import FeedServer
from support.service import service
from support.telegram_emulator import Shown, TelegramEmulator

from bot.app.build import House
from bot.model.item import Source, SourceKind
from bot.services.ports import SourceState

OUTLETS = ("Sahel Wire", "Niger Courier", "Ministry of Transport")
OFFICIAL = frozenset({"Ministry of Transport"})


@dataclass
class Lived:
    """The service, its feeds, its chats and the time."""

    telegram: TelegramEmulator
    feeds: FeedServer
    clock: HandClock
    house: House
    states: dict[str, SourceState] = field(default_factory=dict)

    async def news(self, outlet: str, title: str, text: str = "", *, language: str = "en") -> None:
        """Let an outlet publish, the service read it, and all that is due be sent."""
        told = item(title, text, outlet=outlet, language=language, published_at=self.clock.now())
        self.feeds.publish(f"/{_id(outlet)}.rss", [told])
        self.clock.turn(seconds=30)
        await self.poll()
        await self.house.deliver.sweep()

    async def poll(self) -> None:
        """Ask every source once."""
        for source in self.house.sources:
            state = self.states.get(source.id, SourceState(source_id=source.id))
            _, self.states[source.id] = await self.house.ingest.poll(source, state)

    async def until(self, moment: datetime) -> None:
        """Let time pass, and what is due then be sent."""
        self.clock.turn(seconds=(moment - self.clock.now()).total_seconds())
        await self.house.deliver.sweep()

    async def ask(self, chat_id: int, text: str, *, user_id: int | None = None, language: str = "en") -> Shown:
        """Write, and return the answer."""
        self.telegram.say(chat_id, text, user_id=user_id, language=language)
        return await self.telegram.next_message(chat_id)

    async def press(self, chat_id: int, message: Shown, label: str, *, user_id: int | None = None) -> Shown:
        """Press the button, and return the message that turned or came."""
        self.telegram.press(chat_id, message, label, user_id=user_id)
        turned = await self.telegram.next_message(chat_id)
        await self.telegram.next_answer()
        return turned

    async def alert(self, chat_id: int) -> Shown:
        """Return the chat's next message that it did not ask for."""
        return await self.telegram.next_message(chat_id)


@asynccontextmanager
async def lived(folder: Path, *, outlets: Sequence[str] = OUTLETS, start: datetime = MORNING) -> AsyncIterator[Lived]:
    """Open the stage an hour before what happens on it; all outlets are about Mali."""
    clock = HandClock(start - timedelta(hours=1))
    async with TelegramEmulator() as telegram, FeedServer() as feeds:
        sources = [
            Source(
                id=_id(outlet), name=outlet, url=feeds.url(f"/{_id(outlet)}.rss"), regions=("ML",),
                kind=SourceKind.OFFICIAL if outlet in OFFICIAL else SourceKind.NEWS, owner_group=_id(outlet),
            )
            for outlet in outlets
        ]  # fmt: skip
        for source in sources:
            feeds.publish(f"/{source.id}.rss", [])
        async with service(folder, telegram, sources, clock) as house:
            stage = Lived(telegram, feeds, clock, house)
            await stage.poll()
            yield stage


def _id(outlet: str) -> str:
    return outlet.lower().replace(" ", "-")
