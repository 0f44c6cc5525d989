"""One exchange with a chat: who asks, in which language, and how screens are shown. Shared by commands and buttons."""

import logging
from collections.abc import Callable, Sequence
from datetime import datetime

from telegram import (
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    KeyboardButton,
    LinkPreviewOptions,
    Message,
    ReplyKeyboardMarkup,
    Update,
)
from telegram.error import BadRequest
from telegram.ext import Application, CallbackContext, ExtBot

from bot.chat.access import Access
from bot.chat.screens import Screen, title_of
from bot.model.alert import Button, Lane
from bot.model.place import Place
from bot.model.watch import Chat, ChatKind, ChatState
from bot.services.subscriptions import Subscriptions
from bot.wording import Words, words_for

Context = CallbackContext[ExtBot[Lane], dict[str, object], dict[str, object], dict[str, object]]
App = Application[ExtBot[Lane], Context, dict[str, object], dict[str, object], dict[str, object], None]

_log = logging.getLogger(__name__)
_NO_PREVIEW = LinkPreviewOptions(is_disabled=True)


class Exchange:
    """What commands and buttons need to answer: the subscriptions, people's rights, the time."""

    def __init__(self, subscriptions: Subscriptions, access: Access, now: Callable[[], datetime]) -> None:
        self.subscriptions, self.access, self.now = subscriptions, access, now

    async def chat(self, update: Update, *, awake: bool = False) -> Chat:
        """Return the chat as it is kept; one that never started is started now, in the person's own language.

        `awake`: also start one that had stopped, because what it asks for means that it wants to hear.
        """
        if update.effective_chat is None:
            raise ValueError("an update without a chat")
        known = await self.subscriptions.chat(update.effective_chat.id)
        if known and not (awake and known.state is not ChatState.ACTIVE):
            return known
        started = await self.subscriptions.start(
            update.effective_chat.id,
            kind_of(update),
            language=words_for((update.effective_user and update.effective_user.language_code) or "en").language,
            thread_id=topic_of(update.effective_message),
        )
        return started.chat

    def titles(self, words: Words) -> Callable[[Place], str]:
        """Return how places are named in the language."""

        def title(place: Place) -> str:
            region = next((parent for parent in place.parents if parent.startswith("adm:")), None)
            return title_of(
                place,
                self.subscriptions.place(region) if region else None,
                self.subscriptions.name(place, words.language),
                words,
            )

        return title

    async def show(self, update: Update, screen: Screen) -> None:
        """Show the screen as a new message."""
        if update.effective_message is None:
            return
        markup: InlineKeyboardMarkup | ReplyKeyboardMarkup | None = keyboard(screen.rows)
        if screen.ask_location:
            share = KeyboardButton(screen.ask_location, request_location=True)
            markup = ReplyKeyboardMarkup([[share]], resize_keyboard=True, one_time_keyboard=True)
        await update.effective_message.reply_text(
            screen.text,
            reply_markup=markup,
            link_preview_options=_NO_PREVIEW,
            message_thread_id=topic_of(update.effective_message),
            do_quote=False,  # what was asked may be deleted by now
        )

    async def turn(self, update: Update, screen: Screen) -> None:
        """Show the screen in place of the one whose button was pressed; the same screen again is no fault."""
        if update.callback_query is None or update.callback_query.message is None:
            return
        try:
            await update.callback_query.edit_message_text(
                screen.text, reply_markup=keyboard(screen.rows), link_preview_options=_NO_PREVIEW
            )
        except BadRequest as error:
            if "not modified" not in str(error).lower():
                _log.info("a screen could not be turned: %s", error)
                await self.show(update, screen)

    async def may_change(self, update: Update, context: Context) -> bool:
        """Tell whether whoever sent this may change the chat."""
        return await self.access.may_change(update, context.bot)


def keyboard(rows: Sequence[Sequence[Button]]) -> InlineKeyboardMarkup | None:
    """Return rows of buttons as Telegram takes them; None for none."""
    if not rows:
        return None
    return InlineKeyboardMarkup([[_button(one) for one in row] for row in rows])


def kind_of(update: Update) -> ChatKind:
    """Return the kind of chat that the update comes from."""
    return ChatKind(update.effective_chat.type) if update.effective_chat else ChatKind.PRIVATE


def topic_of(message: Message | None) -> int | None:
    """Return the forum topic of the message; General has none, though replies in it carry a number."""
    return message.message_thread_id if message is not None and message.is_topic_message else None


def _button(one: Button) -> InlineKeyboardButton:
    if one.url:
        return InlineKeyboardButton(one.label, url=one.url)
    return InlineKeyboardButton(one.label, callback_data=one.action)
