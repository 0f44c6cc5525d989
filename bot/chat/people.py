"""What Telegram says of a chat's people: how many they are, and how the chat is called. Asked, and never stored."""

from telegram.error import TelegramError
from telegram.ext import ExtBot

from bot.chat.paced_start import ClosedError, HeldBackError
from bot.model.alert import Lane


class TelegramPeople:
    """The `People` port over a bot."""

    def __init__(self, bot: ExtBot[Lane]) -> None:
        self._bot = bot

    async def count(self, chat_id: int) -> int | None:
        """Return how many people are in the chat, without the bot; None where Telegram does not say."""
        try:
            return max(0, await self._bot.get_chat_member_count(chat_id) - 1)
        except (TelegramError, HeldBackError, ClosedError):
            return None

    async def title(self, chat_id: int) -> str:
        """Return how the chat is called; empty where Telegram does not say."""
        try:
            return (await self._bot.get_chat(chat_id)).effective_name or ""
        except (TelegramError, HeldBackError, ClosedError):
            return ""
