"""A stage for tests of what a chat's people do together: the real application, the real sender, a real store."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

from builders import assessment
from fakes import GROUPS, FakeAtlas
from service_fakes import HandClock, ToldUnderstander
from support.telegram_emulator import TOKEN, Shown, TelegramEmulator

from bot.alerts.render import own_name
from bot.chat.application import build_application, close_chat, open_chat
from bot.chat.callbacks import Seal
from bot.chat.exchange import App
from bot.chat.paced_start import PacedStart
from bot.chat.pacer import Pacer
from bot.chat.people import TelegramPeople
from bot.chat.sender import TelegramSender
from bot.chat.transport import make_bot
from bot.services.crew import Crew
from bot.services.inquiries import Inquiries
from bot.services.regions import Regions
from bot.services.subscriptions import Subscriptions
from bot.storage.store import SqlStore

GROUP = -1_001_234_567_890
BOSS = 7


@dataclass
class CrewStage:
    """All that such a test needs."""

    telegram: TelegramEmulator
    store: SqlStore
    subscriptions: Subscriptions
    application: App
    crew: Crew
    clock: HandClock
    sender: TelegramSender

    def press_action(self, chat_id: int, message: Shown, action: str, *, user_id: int | None = None) -> None:
        """Let a client press what we could have shown in this chat: the action with its seal."""
        self.telegram.press_data(chat_id, message, Seal(TOKEN).close(chat_id, action), user_id=user_id)

    async def pressed(self, chat_id: int, message: Shown, label: str, *, user_id: int) -> str:
        """Press, and return what pops up."""
        self.telegram.press(chat_id, message, label, user_id=user_id)
        return str((await self.telegram.next_answer())["text"])

    async def say(self, chat_id: int, text: str, *, user_id: int = BOSS) -> Shown:
        """Write, and return the answer."""
        self.telegram.say(chat_id, text, user_id=user_id)
        return await self.telegram.next_message(chat_id)


@asynccontextmanager
async def crew_on_stage(
    telegram: TelegramEmulator, store: SqlStore, clock: HandClock, *, polls: bool = True
) -> AsyncIterator[CrewStage]:
    """Put the chat together over the store; without `polls` updates are handed in by the test."""
    pace = PacedStart(Pacer(per_second=100_000, private_gap=0, group_gap=0))
    bot = make_bot(TOKEN, base_url=telegram.base_url, pace=pace, on_fatal=lambda _why: None)
    subscriptions = Subscriptions(store, Regions(FakeAtlas(), GROUPS), clock)  # type: ignore[arg-type]
    sender = TelegramSender(bot, clock.now)
    crew = Crew.of(
        store, sender=sender, people=TelegramPeople(bot), clock=clock, names=own_name, secret=TOKEN
    )  # fmt: skip
    understander = ToldUnderstander(lambda _item: assessment())
    inquiries = Inquiries(store, sources=(), understander=understander, now=clock.now)
    application = build_application(bot, subscriptions, clock.now, None, inquiries, crew=crew)
    if polls:
        await open_chat(application, lambda _why: None)
    else:
        await application.initialize()
        await application.start()
    try:
        yield CrewStage(telegram, store, subscriptions, application, crew, clock, sender)
        await crew.roll_calls.settled()
    finally:
        await close_chat(application)
