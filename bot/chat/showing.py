"""Brings pictures to Telegram chats: silently, as a reply, when no message waits for its turn."""

import logging

from telegram import ReplyParameters
from telegram.error import TelegramError
from telegram.ext import ExtBot

from bot.chat.paced_start import ClosedError, HeldBackError
from bot.model.alert import Lane
from bot.model.watch import Chat

_log = logging.getLogger(__name__)
_FILE_NAME = "map.png"


class TelegramPictures:
    """The `PictureSender` port over a bot. A picture that cannot be sent is let go: its alert has been told."""

    def __init__(self, bot: ExtBot[Lane]) -> None:
        self._bot = bot

    async def show(self, chat: Chat, picture: bytes | str, caption: str, reply_to: int | None) -> str | None:
        """Send the picture, or the one uploaded before by its id; return its id, None where it was not sent."""
        reply = ReplyParameters(reply_to, allow_sending_without_reply=True) if reply_to else None
        try:
            sent = await self._bot.send_photo(
                chat.id, picture, caption=caption, filename=_FILE_NAME, disable_notification=True,
                reply_parameters=reply, message_thread_id=chat.thread_id, rate_limit_args=Lane.QUIET,
            )  # fmt: skip
        except (TelegramError, HeldBackError, ClosedError) as error:
            _log.info("a map was not sent: %s", type(error).__name__)
            return None
        return sent.photo[-1].file_id if sent.photo else None
