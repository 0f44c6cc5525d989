"""The entrance: beginning, leaving, help, and what was not understood."""

from collections.abc import Mapping

from telegram import Update

from bot.chat.callbacks import Press, Verb
from bot.chat.exchange import Context, Exchange, kind_of, topic_of
from bot.chat.screens.entrance import (
    KEYS,
    help_screen,
    key_texts,
    languages_screen,
    place_prompt,
    trip_prompt,
    welcome_screen,
)
from bot.chat.screens.screen import Screen
from bot.chat.screens.watches import proposal_screen
from bot.chat.subjects.subject import Act, Handler
from bot.model.place import Place
from bot.model.watch import Chat, ChatKind
from bot.wording import LANGUAGES, words_for


class Entrance:
    """Begin, go, help."""

    def __init__(self, exchange: Exchange, links: Mapping[str, Handler] | None = None) -> None:
        """`links` answer t.me/<bot>?start=PAYLOAD by the payload's first letter."""
        self._exchange, self._subscriptions = exchange, exchange.subscriptions
        self._links = links or {}

    @property
    def commands(self) -> Mapping[str, Handler]:
        """What begins, ends and explains."""
        return {"start": self.start, "stop": self.stop, "help": self.help}

    def reads(self, press: Press) -> bool:
        """Tell whether the press changes nothing."""
        return press.verb is Verb.CLOSE

    @property
    def presses(self) -> Mapping[Verb, Act]:
        """The choice of a language at the start, and closing a screen."""
        return {Verb.START_LANGUAGE: self._start_in, Verb.CLOSE: self._close}

    async def start(self, update: Update, context: Context) -> None:
        """Begin, or begin again: a new chat chooses its language first. A link only proposes a watch."""
        link = self._links.get(context.args[0].partition("_")[0]) if context.args else None
        if link is not None:
            await link(update, context)
            return
        linked = self._linked(context)
        if linked is not None:
            words = words_for((await self._exchange.known(update)).language)
            await self._exchange.show(update, proposal_screen(linked, words, self._exchange.titles(words)))
            return
        if update.effective_chat is None or not await self._exchange.allowed(update, context):
            return
        known = await self._subscriptions.chat(self._exchange.meant(update))
        chat = await self._exchange.chat(update, awake=True)
        if known is None:
            await self._exchange.show(update, languages_screen())
            return
        if self._exchange.acting(update) is not None:
            await self._exchange.show(update, await self._welcome(chat))
            return
        topic = topic_of(update.effective_message)
        await self._subscriptions.start(chat.id, kind_of(update), thread_id=topic)
        await self._exchange.show(update, await self._welcome(chat))

    async def asked(self, update: Update, _context: Context) -> None:
        """Answer one of the keys under the welcome, in whichever language it stood."""
        words = words_for((await self._exchange.chat(update)).language)
        message = update.effective_message
        trip = message is not None and message.text in key_texts(KEYS[2])
        await self._exchange.show(update, trip_prompt(words) if trip else place_prompt(words))

    def _linked(self, context: Context) -> Place | None:
        """Return the place of t.me/<bot>?start=w_ML, or None."""
        payload = context.args[0] if context.args and len(context.args) == 1 else ""
        return self._subscriptions.finding.linked(payload.removeprefix("w_")) if payload.startswith("w_") else None

    async def _welcome(self, chat: Chat) -> Screen:
        """Return the welcome in the chat's language."""
        watches = len(await self._subscriptions.watches(chat.id))
        return welcome_screen(words_for(chat.language), private=chat.kind is ChatKind.PRIVATE, watches=watches)

    async def stop(self, update: Update, context: Context) -> None:
        """Tell the chat nothing more."""
        if not await self._exchange.allowed(update, context):
            return
        chat = await self._exchange.chat(update)
        await self._subscriptions.stop(chat.id)
        words = words_for(chat.language)
        await self._exchange.show(
            update, Screen(words.say("I tell you nothing more. Your places are kept: /start brings me back."))
        )

    async def help(self, update: Update, _context: Context) -> None:
        """List the commands."""
        chat = await self._exchange.chat(update)
        await self._exchange.show(update, help_screen(words_for(chat.language)))

    async def other(self, update: Update, _context: Context) -> None:
        """Answer what is neither a command that is known nor a place."""
        words = words_for((await self._exchange.chat(update)).language)
        known = help_screen(words)
        hint = words.say("I did not understand that. Write the name of a place, share a location, or use a command:")
        await self._exchange.show(update, Screen(f"{hint}\n\n{known.text}"))

    async def _start_in(self, update: Update, chat: Chat, press: Press) -> str:
        if press.value in LANGUAGES:
            chat = await self._subscriptions.set_language(chat, press.value)
        words = words_for(chat.language)
        await self._exchange.turn(update, Screen(words.say("I speak English with you. /settings changes that.")))
        await self._exchange.show(update, await self._welcome(chat))
        return ""

    async def _close(self, update: Update, chat: Chat, _press: Press) -> str:
        await self._exchange.turn(
            update, Screen(words_for(chat.language).say("Closed. /watches /settings /help"))
        )  # fmt: skip
        return ""
