"""What people ask: about a place, an airport, the latest where they watch, what was held back, what can be seen."""

from collections.abc import Mapping

from telegram import Update

from bot.chat.callbacks import Press, Verb
from bot.chat.exchange import Context, Exchange
from bot.chat.screens.asking import choice_rows, event_screen, latest_screen, missed_screen, status_screen
from bot.chat.screens.outlook import airport_lines, risk_lines
from bot.chat.screens.screen import Screen, button, screen_of
from bot.chat.subjects.subject import Act, Handler
from bot.model.place import Place, PlaceKind
from bot.model.watch import Chat
from bot.services.atlas import Exact, Several, TooLong
from bot.services.inquiries import Inquiries
from bot.wording import words_for

_SHOWN_QUERY = 60


class Asking:
    """Asks, and changes nothing: for everybody in the chat."""

    def __init__(self, exchange: Exchange, inquiries: Inquiries) -> None:
        self._exchange, self._inquiries = exchange, inquiries
        self._subscriptions = exchange.subscriptions

    @property
    def commands(self) -> Mapping[str, Handler]:
        """The questions."""
        return {
            "risk": self.risk, "airport": self.airport, "latest": self.latest, "missed": self.missed,
            "status": self.status,
        }  # fmt: skip

    def reads(self, press: Press) -> bool:
        """Tell whether the press changes nothing: here all of them."""
        return press.verb in self.presses

    @property
    def presses(self) -> Mapping[Verb, Act]:
        """A place that was chosen, the pages of the latest, one event."""
        return {Verb.RISK: self._place, Verb.AIRPORT: self._place, Verb.LATEST: self._turn, Verb.EVENT: self._event}

    async def risk(self, update: Update, context: Context) -> None:
        """Tell what is known of the place that is named."""
        await self._about(update, " ".join(context.args or ()), Verb.RISK)

    async def airport(self, update: Update, context: Context) -> None:
        """Tell how the airport that is named stands, or that of the city."""
        await self._about(update, " ".join(context.args or ()), Verb.AIRPORT)

    async def latest(self, update: Update, _context: Context) -> None:
        """List the newest events where the chat watches."""
        await self._exchange.show(update, await self._list(await self._exchange.chat(update), 0))

    async def missed(self, update: Update, _context: Context) -> None:
        """List what the chat was not told, and why."""
        chat = await self._exchange.chat(update)
        titles = self._exchange.titles(words_for(chat.language))
        screen = missed_screen(await self._inquiries.missed(chat), self._exchange.reader(chat), titles)
        await self._exchange.show(update, screen)

    async def status(self, update: Update, _context: Context) -> None:
        """Tell what the bot can see now, and what not."""
        chat = await self._exchange.chat(update)
        seen = await self._inquiries.condition(chat)
        await self._exchange.show(update, status_screen(self._exchange.now(), seen, self._exchange.reader(chat)))

    async def _about(self, update: Update, named: str, verb: Verb) -> None:
        chat = await self._exchange.chat(update)
        words = words_for(chat.language)
        if not named:
            asked = words.say("Which place? Write it like this: /risk Bamako")
            airport = words.say("Which airport? Write it like this: /airport BKO")
            await self._exchange.show(update, Screen(airport if verb is Verb.AIRPORT else asked))
            return
        found = await self._subscriptions.finding.find(named)
        shown, titles = " ".join(named.split())[:_SHOWN_QUERY], self._exchange.titles(words)
        match found:
            case Exact(place):
                await self._exchange.show(update, await self._screen(chat, place, verb))
            case Several(places):
                text = words.say("I do not know which “{query}” you mean. Choose:", query=shown)
                await self._exchange.show(update, Screen(text, choice_rows(list(places), verb, titles)))
            case TooLong():
                await self._exchange.show(update, Screen(words.say("That is too long for the name of a place.")))
            case unknown:
                text = words.say("I do not know a place “{query}”.", query=shown)
                if unknown.nearest:
                    text += " " + words.say("The nearest names that I know:")
                await self._exchange.show(update, Screen(text, choice_rows(list(unknown.nearest), verb, titles)))

    async def _screen(self, chat: Chat, place: Place, verb: Verb) -> Screen:
        """Return the answer about a place; about a city's airport where one is asked for."""
        words, reader = words_for(chat.language), self._exchange.reader(chat)
        titles = self._exchange.titles(words)
        if verb is Verb.AIRPORT and place.kind is not PlaceKind.AIRPORT:
            airports = self._subscriptions.airports(place)
            if not airports:
                return Screen(words.say("I know of no airport of {place}.", place=titles(place)))
            if len(airports) > 1:
                rows = choice_rows(list(airports), verb, titles)
                return Screen(words.say("Which one do you mean?"), rows)
            place = airports[0]
        seen = await self._inquiries.outlook(place)
        lines = airport_lines(seen, reader) if verb is Verb.AIRPORT else risk_lines(seen, reader)
        watch = button(words.say("Watch {place}", place=titles(place)), Verb.WATCH, value=place.id)
        return screen_of(lines, ((watch,),))

    async def _place(self, update: Update, chat: Chat, press: Press) -> str:
        place = self._subscriptions.place(press.value)
        if place is None:
            return words_for(chat.language).say("I no longer know that place. Write its name once more.")
        await self._exchange.turn(update, await self._screen(chat, place, press.verb))
        return ""

    async def _turn(self, update: Update, chat: Chat, press: Press) -> str:
        await self._exchange.turn(update, await self._list(chat, press.number))
        return ""

    async def _event(self, update: Update, chat: Chat, press: Press) -> str:
        event = await self._inquiries.event(press.value)
        if event is None:
            return words_for(chat.language).say("I no longer know of this event.")
        await self._exchange.turn(update, event_screen(event, press.number, self._exchange.reader(chat)))
        return ""

    async def _list(self, chat: Chat, page: int) -> Screen:
        watches = bool(await self._subscriptions.watches(chat.id))
        found = await self._inquiries.latest(chat)
        return latest_screen(found, page, self._exchange.reader(chat), watches=watches)
