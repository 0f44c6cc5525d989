"""What people press: each press is checked for rights, acted on, and answered; an old one is told that it is old."""

import contextlib
from typing import TypeVar

from telegram import Update
from telegram.error import BadRequest

from bot.chat.callbacks import Press, Verb, decode
from bot.chat.commands import Commands, kept_screen, refusal
from bot.chat.exchange import Context, Exchange
from bot.chat.screens import (
    QUIET_CHOICES,
    SEVERITY_CHOICES,
    Screen,
    languages_screen,
    settings_screen,
    watches_screen,
    zones_screen,
)
from bot.model.watch import Chat
from bot.wording import LANGUAGES, Words, words_for

_Choice = TypeVar("_Choice")
_READ_ONLY = frozenset({Verb.WATCHES, Verb.SETTINGS, Verb.LANGUAGES, Verb.ZONES})


class Buttons:
    """The handler of presses."""

    def __init__(self, exchange: Exchange, commands: Commands) -> None:
        self._exchange, self._subscriptions, self._commands = exchange, exchange.subscriptions, commands

    async def press(self, update: Update, context: Context) -> None:
        """Check who presses what, act, show what is so now, and answer."""
        query = update.callback_query
        if query is None:
            return
        if update.effective_chat is None:
            await _answer(update)
            return
        press = decode(query.data or "")
        chat = await self._exchange.chat(update)
        words = words_for(chat.language)
        if press is None:
            await _answer(update, words.say("This button is out of date. /help shows what I can do."), alert=True)
            return
        if press.verb not in _READ_ONLY and not await self._exchange.may_change(update, context):
            await _answer(update, refusal(words), alert=True)
            return
        told = await self._act(update, chat, press)
        await _answer(update, told)

    async def _act(self, update: Update, chat: Chat, press: Press) -> str:
        """Do what the press asks, turn the screen, and return what to say in passing."""
        words = words_for(chat.language)
        match press.verb:
            case Verb.START_LANGUAGE:
                await self._start_in(update, chat, press.value)
            case Verb.WATCH:
                return await self._watch(update, chat, press)
            case Verb.UNWATCH:
                return await self._unwatch(update, chat, press)
            case Verb.WATCHES:
                await self._turn_to_watches(update, chat, press.number)
            case Verb.LANGUAGES:
                await self._exchange.turn(update, languages_screen(words))
            case Verb.ZONES:
                await self._exchange.turn(update, zones_screen(press.number, self._exchange.now(), words))
            case Verb.CLOSE:
                await self._exchange.turn(update, Screen(words.say("Closed. /watches /settings /help")))
            case _:
                await self._turn_settings(update, await self._set(chat, press))
        return ""

    async def _start_in(self, update: Update, chat: Chat, language: str) -> None:
        if language in LANGUAGES:
            chat = await self._subscriptions.set_language(chat, language)
        words = words_for(chat.language)
        await self._exchange.turn(update, Screen(words.say("I speak English with you. /settings changes that.")))
        await self._exchange.show(update, await self._commands.welcome(chat))

    async def _watch(self, update: Update, chat: Chat, press: Press) -> str:
        words = words_for(chat.language)
        place = self._subscriptions.place(press.value)
        if place is None:
            return words.say("I no longer know that place. Write its name once more.")
        chat = await self._exchange.chat(update, awake=True)
        kept = await self._subscriptions.watch(chat.id, place, float(press.number) or None)
        await self._exchange.turn(update, kept_screen(kept, (), words, self._exchange))
        return ""

    async def _unwatch(self, update: Update, chat: Chat, press: Press) -> str:
        words = words_for(chat.language)
        gone = await self._subscriptions.unwatch(chat.id, press.number)
        await self._turn_to_watches(update, chat, int(press.value) if press.value.isdigit() else 0)
        return words.say("Done.") if gone else words.say("I had stopped watching that already.")

    async def _turn_to_watches(self, update: Update, chat: Chat, page: int) -> None:
        words = words_for(chat.language)
        watches = await self._subscriptions.watches(chat.id)
        await self._exchange.turn(update, watches_screen(watches, page, words, self._exchange.titles(words)))

    async def _set(self, chat: Chat, press: Press) -> Chat:
        """Change the setting that was pressed to its next value, and return the chat."""
        match press.verb:
            case Verb.LANGUAGE if press.value in LANGUAGES:
                return await self._subscriptions.set_language(chat, press.value)
            case Verb.ZONE:
                return await self._subscriptions.set_timezone(chat, press.value)
            case Verb.QUIET:
                return await self._subscriptions.set_quiet(chat, _next(QUIET_CHOICES, chat.quiet))
            case Verb.SEVERITY:
                least = await self._subscriptions.least_severity(chat.id)
                await self._subscriptions.set_least_severity(chat.id, _next(SEVERITY_CHOICES, least))
            case _:
                pass
        return chat

    async def _turn_settings(self, update: Update, chat: Chat) -> None:
        least = await self._subscriptions.least_severity(chat.id)
        words: Words = words_for(chat.language)
        await self._exchange.turn(update, settings_screen(chat, least, self._exchange.now(), words))


def _next(choices: tuple[_Choice, ...], current: _Choice) -> _Choice:
    """Return the choice after the current one, from the end to the beginning."""
    return choices[(choices.index(current) + 1) % len(choices)] if current in choices else choices[0]


async def _answer(update: Update, text: str = "", *, alert: bool = False) -> None:
    """Answer the press; one that is too old to be answered needs no answer."""
    if update.callback_query is not None:
        with contextlib.suppress(BadRequest):
            await update.callback_query.answer(text[:200] or None, show_alert=alert)
