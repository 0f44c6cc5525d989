"""The settings of a chat, turned by pressing."""

from collections.abc import Mapping
from dataclasses import replace
from typing import TypeVar

from telegram import Update

from bot.chat.callbacks import Press, Verb
from bot.chat.exchange import Context, Exchange
from bot.chat.screens.entrance import languages_screen
from bot.chat.screens.screen import Screen
from bot.chat.screens.settings import BRIEF_CHOICES, QUIET_CHOICES, SEVERITY_CHOICES, settings_screen, zones_screen
from bot.chat.subjects.subject import Act, Handler
from bot.model.watch import Chat
from bot.wording import LANGUAGES, words_for

_Choice = TypeVar("_Choice")


class Settings:
    """Language, time zone, quiet hours and briefs, least severity, how alerts look."""

    def __init__(self, exchange: Exchange) -> None:
        self._exchange, self._subscriptions = exchange, exchange.subscriptions

    @property
    def commands(self) -> Mapping[str, Handler]:
        """The one command."""
        return {"settings": self.settings}

    def reads(self, press: Press) -> bool:
        """Tell whether the press changes nothing."""
        return press.verb in {Verb.SETTINGS, Verb.LANGUAGES, Verb.ZONES}

    @property
    def presses(self) -> Mapping[Verb, Act]:
        """Each setting's next value, and the lists of languages and zones."""
        setting = (
            Verb.LANGUAGE, Verb.ZONE, Verb.QUIET, Verb.SEVERITY, Verb.WAKE, Verb.BRIEF, Verb.DISCREET, Verb.PICTURES,
            Verb.SETTINGS,
        )  # fmt: skip
        lists: dict[Verb, Act] = {Verb.LANGUAGES: self._languages, Verb.ZONES: self._zones}
        return lists | dict.fromkeys(setting, self._turn)

    async def settings(self, update: Update, _context: Context) -> None:
        """Show the settings."""
        await self._exchange.show(update, await self._screen(await self._exchange.chat(update)))

    async def _languages(self, update: Update, chat: Chat, _press: Press) -> str:
        await self._exchange.turn(update, languages_screen(words_for(chat.language)))
        return ""

    async def _zones(self, update: Update, chat: Chat, press: Press) -> str:
        words = words_for(chat.language)
        await self._exchange.turn(update, zones_screen(press.number, self._exchange.now(), words))
        return ""

    async def _turn(self, update: Update, chat: Chat, press: Press) -> str:
        await self._exchange.turn(update, await self._screen(await self._set(chat, press)))
        return ""

    async def _screen(self, chat: Chat) -> Screen:
        least = await self._subscriptions.least_severity(chat.id)
        return settings_screen(chat, least, self._exchange.now(), words_for(chat.language))

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
                return await self._set_calm(chat, press)
        return chat

    async def _set_calm(self, chat: Chat, press: Press) -> Chat:
        """Change when the chat is told what, and how that looks."""
        match press.verb:
            case Verb.WAKE:
                return await self._subscriptions.set_calm(replace(chat, snoozed_until=None))
            case Verb.BRIEF:
                return await self._subscriptions.set_calm(replace(chat, brief=_next(BRIEF_CHOICES, chat.brief)))
            case Verb.DISCREET:
                return await self._subscriptions.set_looks(chat, discreet=not chat.discreet, pictures=chat.pictures)
            case Verb.PICTURES:
                return await self._subscriptions.set_looks(chat, discreet=chat.discreet, pictures=not chat.pictures)
            case _:
                pass
        return chat


def _next(choices: tuple[_Choice, ...], current: _Choice) -> _Choice:
    """Return the choice after the current one, from the end to the beginning."""
    return choices[(choices.index(current) + 1) % len(choices)] if current in choices else choices[0]
