"""Brings messages to Telegram chats, and says what came of each try.

"Certainly not sent" is a closed list (notes on reliability, section 2); all else, exceptions that nobody foresaw
included, is `Unknown`: the message may stand in the chat.
"""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from telegram import InlineKeyboardButton, InlineKeyboardMarkup, LinkPreviewOptions, ReplyParameters
from telegram.constants import ParseMode
from telegram.error import BadRequest, ChatMigrated, Conflict, Forbidden, InvalidToken, NetworkError, RetryAfter
from telegram.ext import ExtBot

from bot.chat.callbacks import Seal, action_of
from bot.chat.transport import seconds_of
from bot.model.alert import Button, Lane, Message, Never, Outcome, Sent, TryLater, Unknown
from bot.model.watch import Chat
from bot.wording import words_for

_NOT_CONNECTED = {"ConnectError", "ConnectTimeout", "PoolTimeout"}
"""The causes, by name, of a NetworkError that is sure to have come before anything was sent."""
_LONGEST = 4096
"""UTF-16 units of a message."""
_AGAIN_AFTER = timedelta(seconds=2)
_TOKEN_AGAIN_AFTER = timedelta(minutes=5)

# Words of a 400 answer, in lower case (the library capitalises them).
_UNCHANGED = ("message is not modified",)
_BAD_TEXT = ("can't parse entities", "message is too long", "text is too long")
_BAD_BUTTON = ("button_", "inline keyboard button", "reply markup", "reply_markup")
_NO_TOPIC = ("message thread not found", "topic_closed", "topic_deleted")
_CHAT_GONE = (
    "chat not found", "need administrator rights", "not enough rights", "have no rights", "chat_write_forbidden",
    "peer_id_invalid", "bot is not a member", "group chat was deactivated", "user not found",
)  # fmt: skip


class TelegramSender:
    """The `Sender` port over a bot."""

    def __init__(
        self,
        bot: ExtBot[Lane],
        now: Callable[[], datetime],
        everyone_held: Callable[[], bool] = lambda: False,
        *,
        paid: bool = False,
    ) -> None:
        """`everyone_held` tells whether the pacer holds all chats back after a refusal.

        `paid`: each message may cost 0.1 Star of the bot's balance, and goes out beyond the free 30 a second.
        """
        self._bot, self._now, self._everyone_held, self._paid = bot, now, everyone_held, paid
        self._seal = Seal(bot.token)

    async def send(self, chat: Chat, message: Message) -> Outcome:
        """Send, reply or edit as the message says; a fault in text, buttons or topic costs only that part."""
        as_html, topic = True, message.thread_id
        for _ in range(4):  # whole, then without topic, without buttons, without marks
            try:
                number = await self._call(chat.id, message, as_html=as_html)
                topic_gone = message.thread_id != topic
                if topic_gone:
                    await self._tell_of_topic(chat)
                return Sent(number, topic_gone=topic_gone)
            except BadRequest as error:
                words = str(error).lower()
                if message.edit is not None and _holds(words, _UNCHANGED):
                    return Sent(message.edit)
                if as_html and _holds(words, _BAD_TEXT):
                    as_html = False
                elif message.buttons and _holds(words, _BAD_BUTTON):
                    message = replace(message, buttons=())
                elif message.thread_id is not None and _holds(words, _NO_TOPIC):
                    message = replace(message, thread_id=None)
                else:
                    return Never(str(error), chat_gone=_holds(words, _CHAT_GONE))
            except Exception as error:  # noqa: BLE001 - a faulty answer raises anything, and may have been sent
                return self._outcome(error)
        return Never("refused whole and in parts")

    async def _call(self, chat_id: int, message: Message, *, as_html: bool) -> int:
        shared: dict[str, Any] = {
            "chat_id": chat_id,
            "text": message.html if as_html else _cut(message.plain),
            "parse_mode": ParseMode.HTML if as_html else None,
            "reply_markup": self._keyboard(chat_id, message.buttons),
            "link_preview_options": LinkPreviewOptions(is_disabled=True),
            "rate_limit_args": message.lane,
        }
        if message.edit is not None:
            await self._bot.edit_message_text(message_id=message.edit, **shared)
            return message.edit
        reply = ReplyParameters(message.reply_to, allow_sending_without_reply=True) if message.reply_to else None
        sent = await self._bot.send_message(
            disable_notification=message.silent,
            reply_parameters=reply,
            message_thread_id=message.thread_id,
            allow_paid_broadcast=self._paid or None,
            **shared,
        )
        return sent.message_id

    def _keyboard(self, chat_id: int, rows: tuple[tuple[Button, ...], ...]) -> InlineKeyboardMarkup | None:
        if not rows:
            return None
        return InlineKeyboardMarkup([
            [
                InlineKeyboardButton(button.label, url=button.url)
                if button.url
                else InlineKeyboardButton(button.label, callback_data=self._seal.close(chat_id, action_of(button)))
                for button in row
            ]
            for row in rows
        ])  # fmt: skip

    async def _tell_of_topic(self, chat: Chat) -> None:
        """Say under the alert why it stands here; whatever comes of that, the alert was sent."""
        words = words_for(chat.language)
        note = words.say(
            "The topic for alerts is closed or deleted: they come here now. To move them, send /start in another topic."
        )
        with suppress(Exception):
            await self._bot.send_message(chat.id, note, disable_notification=True, rate_limit_args=Lane.QUIET)

    def _outcome(self, error: Exception) -> Outcome:
        now, why = self._now(), f"{type(error).__name__}: {error}"
        match error:
            case RetryAfter():
                at = now + timedelta(seconds=seconds_of(error))
                return TryLater(at, why, everyone=self._everyone_held(), told=True)
            case Forbidden():
                return Never(why, chat_gone=True)
            case ChatMigrated():
                return Never(why, moved_to=error.new_chat_id)
            case InvalidToken() | Conflict():
                return TryLater(now + _TOKEN_AGAIN_AFTER, why, everyone=True)
            case NetworkError() if type(error.__cause__).__name__ in _NOT_CONNECTED:
                return TryLater(now + _AGAIN_AFTER, why)
            case _:
                return Unknown(why)


def _cut(text: str) -> str:
    """Return as much of the text as one message holds, counted as Telegram does."""
    return text.encode("utf-16-le")[: 2 * _LONGEST].decode("utf-16-le", errors="ignore")


def _holds(words: str, phrases: tuple[str, ...]) -> bool:
    return any(phrase in words for phrase in phrases)
