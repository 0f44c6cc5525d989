"""Watches: naming a place, choosing among several, sharing a location, the list, and stopping."""

import re
from collections.abc import Mapping

from telegram import Update

from bot.chat.callbacks import Press, Verb
from bot.chat.exchange import Context, Exchange
from bot.chat.screens.places import choice_screen, unknown_screen
from bot.chat.screens.screen import PAGE, Screen
from bot.chat.screens.watches import kept_screen, watch_title, watches_screen
from bot.chat.subjects.subject import Act, Handler
from bot.model.place import Place
from bot.model.text import fold
from bot.model.watch import Chat, Watch
from bot.services.atlas import Exact, Several, TooLong
from bot.services.subscriptions import Full
from bot.wording import Words, words_for

_RADIUS = re.compile(r"(?P<place>.*?[^\s,])[\s,]++(?P<km>\d{1,4})\s*(?:km|км|كم)?", re.IGNORECASE | re.DOTALL)
_SHOWN_QUERY = 60


def split_radius(text: str) -> tuple[str, float | None]:
    """Return the name and the radius in km of "Bamako 80 km" or "Bamako 80"."""
    found = _RADIUS.fullmatch(text.strip())
    return (found["place"], float(found["km"])) if found else (text.strip(), None)


class Watching:
    """What is watched."""

    def __init__(self, exchange: Exchange) -> None:
        self._exchange, self._subscriptions = exchange, exchange.subscriptions

    @property
    def commands(self) -> Mapping[str, Handler]:
        """Watch, list, and stop watching."""
        return {"watch": self.watch, "watches": self.watches, "unwatch": self.unwatch}

    def reads(self, press: Press) -> bool:
        """Tell whether the press changes nothing."""
        return press.verb in {Verb.WATCHES, Verb.DROPS}

    @property
    def presses(self) -> Mapping[Verb, Act]:
        """A place that was chosen, the pages of the list, and what is dropped from it."""
        lists = dict.fromkeys((Verb.WATCHES, Verb.DROPS), self._turn)
        return {Verb.WATCH: self._watch, Verb.UNWATCH: self._unwatch, **lists}

    async def watch(self, update: Update, context: Context) -> None:
        """Watch the place named after the command."""
        named = " ".join(context.args or ())
        if not await self._exchange.allowed(update, context):
            return
        if named:
            await self._watch_named(update, named)
            return
        words = words_for((await self._exchange.chat(update)).language)
        await self._exchange.show(update, Screen(words.say("Which place? Write it like this: /watch Bamako 80 km")))

    async def text(self, update: Update, _context: Context) -> None:
        """Take what is written in private as the name of a place."""
        if update.effective_message is not None and update.effective_message.text:
            await self._watch_named(update, update.effective_message.text)

    async def watches(self, update: Update, _context: Context) -> None:
        """List what is watched."""
        await self._exchange.show(update, await self._list(await self._exchange.chat(update), 0, drop=False))

    async def unwatch(self, update: Update, context: Context) -> None:
        """Stop watching what is named, or show the list to choose from."""
        named = " ".join(context.args or ())
        if not named:
            await self._exchange.show(update, await self._list(await self._exchange.chat(update), 0, drop=True))
            return
        if not await self._exchange.allowed(update, context):
            return
        chat = await self._exchange.chat(update)
        words = words_for(chat.language)
        watches = await self._subscriptions.watches(chat.id)
        meant = [watch for watch in watches if self._is_named(watch, named, words)]
        if not meant:
            titles = self._exchange.titles(words)
            none = words.say("I watch no “{query}” for you.", query=named[:_SHOWN_QUERY])
            listed = watches_screen(watches, 0, words, titles, drop=True)
            await self._exchange.show(update, Screen(f"{none}\n\n{listed.text}", listed.rows))
            return
        for watch in meant:
            await self._subscriptions.unwatch(chat.id, watch.id)
        gone = ", ".join(watch_title(watch, words, self._exchange.titles(words)) for watch in meant)
        await self._exchange.show(update, Screen(words.say("I no longer watch {place}.", place=gone)))

    async def _watch_named(self, update: Update, text: str) -> None:
        chat = await self._exchange.chat(update, awake=True)
        words = words_for(chat.language)
        titles = self._exchange.titles(words)
        name, radius = split_radius(text)
        shown = " ".join(name.split())[:_SHOWN_QUERY]
        match await self._subscriptions.finding.find(name):
            case Exact(place, others):
                await self._kept(update, chat, await self._subscriptions.watch(chat.id, place, radius), others)
            case Several(places):
                await self._exchange.show(update, choice_screen(shown, places, radius, words, titles))
            case TooLong():
                await self._exchange.show(update, Screen(words.say("That is too long for the name of a place.")))
            case unknown:
                await self._exchange.show(update, unknown_screen(shown, unknown.nearest, radius, words, titles))

    async def _kept(self, update: Update, chat: Chat, kept: Watch | Full, others: tuple[Place, ...]) -> None:
        words = words_for(chat.language)
        await self._exchange.show(update, kept_screen(kept, others, words, self._exchange.titles(words)))

    def _is_named(self, watch: Watch, named: str, words: Words) -> bool:
        place = watch.area[0]
        names = {watch.label, place.name, self._subscriptions.name(place, words.language), place.iata or ""}
        return fold(named).strip() in {fold(name) for name in names if name}

    async def _watch(self, update: Update, chat: Chat, press: Press) -> str:
        words = words_for(chat.language)
        place = self._subscriptions.place(press.value)
        if place is None:
            return words.say("I no longer know that place. Write its name once more.")
        chat = await self._exchange.chat(update, awake=True)
        kept = await self._subscriptions.watch(chat.id, place, float(press.number) or None)
        await self._exchange.turn(update, kept_screen(kept, (), words, self._exchange.titles(words)))
        return ""

    async def _unwatch(self, update: Update, chat: Chat, press: Press) -> str:
        words = words_for(chat.language)
        gone = await self._subscriptions.unwatch(chat.id, press.number)
        page = sum(one.id < press.number for one in await self._subscriptions.watches(chat.id)) // PAGE
        await self._turn(update, chat, Press(Verb.DROPS, page))
        return words.say("Done.") if gone else words.say("I had stopped watching that already.")

    async def _turn(self, update: Update, chat: Chat, press: Press) -> str:
        await self._exchange.turn(update, await self._list(chat, press.number, drop=press.verb is Verb.DROPS))
        return ""

    async def _list(self, chat: Chat, page: int, *, drop: bool) -> Screen:
        words = words_for(chat.language)
        watches = await self._subscriptions.watches(chat.id)
        return watches_screen(watches, page, words, self._exchange.titles(words), drop=drop)
