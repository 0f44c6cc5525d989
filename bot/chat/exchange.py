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
from telegram.constants import ParseMode
from telegram.error import BadRequest
from telegram.ext import Application, CallbackContext, ExtBot

from bot.alerts.reader import Reader
from bot.chat.access import Access
from bot.chat.allowance import Allowance
from bot.chat.behalf import Acting, Behalf
from bot.chat.callbacks import Press, Seal, Verb, action_of, encode
from bot.chat.screens.screen import Screen, title_of
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

    def __init__(
        self, subscriptions: Subscriptions, access: Access, now: Callable[[], datetime], seal: Seal
    ) -> None:  # fmt: skip
        self.subscriptions, self.access, self.now, self._seal = subscriptions, access, now, seal
        self._allowance = Allowance()
        self.behalf = Behalf(now)

    def acting(self, update: Update) -> Acting | None:
        """Return for which other chat this is meant: that which the person sees to from private chat, if any.

        A button is meant for the chat that it was sealed for, whatever the person does by now.
        """
        here = update.effective_chat
        acting = self.behalf.of(here.id) if here is not None else None
        if acting is None or update.callback_query is None:
            return acting
        return acting if self._seal.open(acting.chat_id, update.callback_query.data or "") else None

    def meant(self, update: Update) -> int:
        """Return the chat that the update is about: where it was sent, or the one that the person sees to from there.

        Raises:
            ValueError: it was sent nowhere.
        """
        if update.effective_chat is None:
            raise ValueError("an update without a chat")
        acting = self.acting(update)
        return acting.chat_id if acting else update.effective_chat.id

    async def chat(self, update: Update, *, awake: bool = False) -> Chat:
        """Return the chat as it is kept; one that never started is started now, in the person's own language.

        `awake`: also start one that had stopped, because what it asks for means that it wants to hear.
        """
        chat_id = self.meant(update)
        known = await self.subscriptions.chat(chat_id)
        if known and not (awake and known.state is not ChatState.ACTIVE):
            return known
        if known and chat_id != (update.effective_chat and update.effective_chat.id):
            return (await self.subscriptions.start(chat_id, known.kind, thread_id=known.thread_id)).chat
        started = await self.subscriptions.start(
            chat_id,
            kind_of(update),
            language=_language(update),
            thread_id=topic_of(update.effective_message),
        )
        return started.chat

    async def known(self, update: Update) -> Chat:
        """Return the chat as it is kept, or as it would be if it started now: nothing is written."""
        chat_id = self.meant(update)
        kept = await self.subscriptions.chat(chat_id)
        return kept or Chat(id=chat_id, kind=kind_of(update), language=_language(update))

    def reader(self, chat: Chat) -> Reader:
        """Return the reader that the chat is: its language, its zone, how places are named to it."""
        return Reader.of(chat, self.subscriptions.name)

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

    async def show(self, update: Update, screen: Screen, *, reply: bool = False) -> None:
        """Show the screen as a new message; with `reply` as an answer to the message that was pressed."""
        if update.effective_message is None:
            return
        screen = self._headed(update, screen)
        markup: InlineKeyboardMarkup | ReplyKeyboardMarkup | None = self._keyboard(update, screen.rows)
        if screen.keys:
            here, *others = screen.keys
            keys = [[KeyboardButton(here, request_location=True)], [KeyboardButton(key) for key in others]]
            markup = ReplyKeyboardMarkup(keys, resize_keyboard=True, one_time_keyboard=True)
        await update.effective_message.reply_text(
            screen.html or screen.text,
            parse_mode=ParseMode.HTML if screen.html else None,
            reply_markup=markup,
            link_preview_options=_NO_PREVIEW,
            message_thread_id=topic_of(update.effective_message),
            do_quote=reply,  # what was asked may be deleted by now
        )

    async def turn(self, update: Update, screen: Screen) -> None:
        """Show the screen in place of the one whose button was pressed; the same screen again is no fault."""
        if update.callback_query is None or update.callback_query.message is None:
            return
        shown, screen = screen, self._headed(update, screen)
        try:
            await update.callback_query.edit_message_text(
                screen.html or screen.text,
                parse_mode=ParseMode.HTML if screen.html else None,
                reply_markup=self._keyboard(update, screen.rows),
                link_preview_options=_NO_PREVIEW,
            )
        except BadRequest as error:
            if "not modified" not in str(error).lower():
                _log.info("a screen could not be turned: %s", error)
                await self.show(update, shown)

    async def refused(self, update: Update, context: Context) -> str:
        """Return why this person may change nothing in this chat now, in the chat's language; empty where they may.

        What is let through counts as one of the chat's changes of this minute.
        """
        words = words_for((await self.known(update)).language)
        if update.effective_chat is None or not await self._may_change(update, context):
            return refusal(words)
        if not self._allowance.take(self.meant(update), self.now()):
            return words.say("That was a lot in one minute. Please wait a moment, then go on.")
        return ""

    async def _may_change(self, update: Update, context: Context) -> bool:
        acting = self.acting(update)
        if acting is None:
            return await self.access.may_change(update, context.bot)
        user = update.effective_user
        return user is not None and await self.access.is_admin(acting.chat_id, user.id, context.bot)

    async def allowed(self, update: Update, context: Context) -> bool:
        """Tell whether the person may change this chat; say so in the chat if not."""
        why = await self.refused(update, context)
        if why:
            await self.show(update, Screen(why))
        return not why

    def opened(self, update: Update) -> Press | None:
        """Return what was pressed; None for what is none of our buttons for this chat."""
        if update.callback_query is None or update.effective_chat is None:
            return None
        return self._seal.open(self.meant(update), update.callback_query.data or "")

    def _keyboard(self, update: Update, rows: Sequence[Sequence[Button]]) -> InlineKeyboardMarkup | None:
        """Return rows of buttons as Telegram takes them, sealed for the chat; None for none."""
        if not rows or update.effective_chat is None:
            return None
        chat_id = self.meant(update)
        return InlineKeyboardMarkup([[self._button(chat_id, one) for one in row] for row in rows])

    def _headed(self, update: Update, screen: Screen) -> Screen:
        """Return the screen with the name of the other chat that it is about, and the way back to one's own."""
        acting = self.acting(update)
        if acting is None:
            return screen
        words = words_for(_language(update))
        back = Button(label=words.say("Back to my own chat"), action=encode(Press(Verb.OWN)))
        head = words.say("For the chat {chat}:", chat=words.isolated(acting.title))
        return Screen(f"{head}\n{screen.text}", (*screen.rows, (back,)))

    def _button(self, chat_id: int, one: Button) -> InlineKeyboardButton:
        if one.url:
            return InlineKeyboardButton(one.label, url=one.url)
        return InlineKeyboardButton(one.label, callback_data=self._seal.close(chat_id, action_of(one)))


def refusal(words: Words) -> str:
    """Say that only administrators change things in a group."""
    return words.say("Only administrators of this group can change what I do here.")


def _language(update: Update) -> str:
    """Return the language of ours that the person's own application speaks, or English."""
    return words_for((update.effective_user and update.effective_user.language_code) or "en").language


def kind_of(update: Update) -> ChatKind:
    """Return the kind of chat that the update comes from."""
    return ChatKind(update.effective_chat.type) if update.effective_chat else ChatKind.PRIVATE


def topic_of(message: Message | None) -> int | None:
    """Return the forum topic of the message; General has none, though replies in it carry a number."""
    return message.message_thread_id if message is not None and message.is_topic_message else None
