"""A stage for chat tests: the real application, the emulator, and fakes of the store and the book of places."""

from dataclasses import dataclass

from fakes import FakeStore
from service_fakes import HandClock
from support.telegram_emulator import TOKEN, Shown, TelegramEmulator
from telegram.ext import ExtBot

from bot.chat.callbacks import Seal
from bot.chat.exchange import App
from bot.model.alert import Lane
from bot.services.subscriptions import Subscriptions


@dataclass
class Stage:
    """All that a chat test needs."""

    telegram: TelegramEmulator
    store: FakeStore
    subscriptions: Subscriptions
    bot: ExtBot[Lane]
    application: App
    fatal: list[str]
    clock: HandClock

    def press_action(self, chat_id: int, message: Shown, action: str, *, user_id: int | None = None) -> None:
        """Let a client press what we could have shown in this chat: the action with its seal."""
        self.telegram.press_data(chat_id, message, Seal(TOKEN).close(chat_id, action), user_id=user_id)


async def ask(stage: Stage, chat_id: int, text: str, *, user_id: int | None = None, language: str = "en") -> Shown:
    """Write, and return the answer."""
    stage.telegram.say(chat_id, text, user_id=user_id, language=language)
    return await stage.telegram.next_message(chat_id)


async def press(stage: Stage, chat_id: int, message: Shown, label: str) -> Shown:
    """Press the button, and return the message that turned."""
    stage.telegram.press(chat_id, message, label)
    turned = await stage.telegram.next_message(chat_id)
    await stage.telegram.next_answer()
    return turned
