"""The way between two places: each end is found, or asked for with buttons."""

from collections.abc import Mapping

from telegram import Update

from bot.chat.callbacks import Press, Verb
from bot.chat.exchange import Context, Exchange
from bot.chat.screens.places import end_screen, unknown_screen
from bot.chat.screens.screen import Screen
from bot.chat.screens.watches import kept_screen
from bot.chat.subjects.subject import Act, Handler
from bot.model.place import Place
from bot.model.watch import Chat
from bot.services.atlas import Exact, Found, Several, Unknown
from bot.wording import words_for

_SHOWN = 60


class Routes:
    """Ways to watch. A press carries the id of the start, and those that the end may still be."""

    def __init__(self, exchange: Exchange) -> None:
        self._exchange, self._subscriptions = exchange, exchange.subscriptions

    @property
    def commands(self) -> Mapping[str, Handler]:
        """The one command."""
        return {"route": self.route}

    def reads(self, press: Press) -> bool:
        """Tell whether the press changes nothing."""
        return press.verb is not Verb.ROUTE

    @property
    def presses(self) -> Mapping[Verb, Act]:
        """A chosen end."""
        return {Verb.ROUTE: self._chosen}

    async def route(self, update: Update, context: Context) -> None:
        """Watch the way between the two places that are named."""
        if not await self._exchange.allowed(update, context):
            return
        chat = await self._exchange.chat(update, awake=True)
        words = words_for(chat.language)
        ends = await self._subscriptions.finding.ends(" ".join(context.args or ()))
        if ends is None:
            said = words.say("Which two places? Write it like this: /route Bamako Ségou, or /route New York - Boston")
            await self._exchange.show(update, Screen(said))
            return
        titles = self._exchange.titles(words)
        for name, found in zip(ends.names, ends.found, strict=True):
            if isinstance(found, Unknown):
                screen = unknown_screen(name[:_SHOWN], (), None, words, titles)
                near = words.joined(titles(place) for place in found.nearest)
                hint = "\n" + words.say("The nearest names that I know:") + " " + near if near else ""
                await self._exchange.show(update, Screen(screen.text + hint))
                return
        await self._exchange.show(update, await self._next(chat, _choices(ends.found[0]), _choices(ends.found[1])))

    async def _next(self, chat: Chat, starts: tuple[Place, ...], ends: tuple[Place, ...]) -> Screen:
        """Ask for the end that is open, or keep the watch when both are known."""
        words = words_for(chat.language)
        titles = self._exchange.titles(words)
        if len(starts) > 1:
            return end_screen([(place, f"{place.id}+{_ids(ends)}") for place in starts], words, titles)
        if len(ends) > 1:
            return end_screen([(place, f"{starts[0].id}+{place.id}") for place in ends], words, titles)
        if starts[0].id == ends[0].id:
            return Screen(words.say("Both ends are the same place. Name two different ones."))
        kept = await self._subscriptions.route(chat.id, starts[0], ends[0])
        return kept_screen(kept, (), words, titles)

    async def _chosen(self, update: Update, chat: Chat, press: Press) -> str:
        words = words_for(chat.language)
        start, _, others = press.value.partition("+")
        starts = [self._subscriptions.place(start)]
        ends = [self._subscriptions.place(one) for one in others.split("+")]
        known = [tuple(place for place in side if place) for side in (starts, ends)]
        if not all(known):
            return words.say("I no longer know that place. Write its name once more.")
        chat = await self._exchange.chat(update, awake=True)
        await self._exchange.turn(update, await self._next(chat, *known))
        return ""


def _choices(found: Found) -> tuple[Place, ...]:
    match found:
        case Exact(place, _):
            return (place,)
        case Several(places):
            return places
        case _:
            return ()


def _ids(places: tuple[Place, ...]) -> str:
    """Return the ids of the choices that are left, as many as a button holds: three."""
    return "+".join(place.id for place in places[:3])
