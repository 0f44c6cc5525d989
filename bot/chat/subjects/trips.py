"""Trips: told in words or by a calendar file, listed, cancelled."""

import asyncio
from collections.abc import Mapping
from datetime import date, timedelta

from telegram import Update

from bot.chat.calendar_file import MOST_BYTES, Entry, NoCalendar, read_calendar
from bot.chat.callbacks import Press, Verb
from bot.chat.exchange import Context, Exchange
from bot.chat.screens.entrance import trip_prompt
from bot.chat.screens.places import unknown_screen
from bot.chat.screens.screen import Screen
from bot.chat.screens.trips import trip_choice_screen, trip_screen, trips_screen
from bot.chat.subjects.subject import Act, Handler
from bot.model.place import Place
from bot.model.watch import Chat
from bot.services.atlas import Exact, Several, TooLong
from bot.services.finding import LONGEST_QUERY
from bot.services.itinerary import itinerary
from bot.services.subscriptions import Full
from bot.services.trips import Over, Stop, Trip, Trips
from bot.wording import Words, words_for
from bot.wording.typed_dates import Span

MOST_PLACES = 10
_SHOWN = 60
_DAYS = 1000  # a button carries the first day (since year 1) and the number of days after it in one figure


class TripTalk:
    """The handlers of trips."""

    def __init__(self, exchange: Exchange, trips: Trips) -> None:
        self._exchange, self._subscriptions, self._trips = exchange, exchange.subscriptions, trips

    @property
    def commands(self) -> Mapping[str, Handler]:
        """Tell of a trip, list them."""
        return {"trip": self.trip, "trips": self.trips}

    def reads(self, press: Press) -> bool:
        """Tell whether the press changes nothing."""
        return press.verb is Verb.TRIPS

    @property
    def presses(self) -> Mapping[Verb, Act]:
        """A chosen place, the pages of the list, and cancelling."""
        return {Verb.TRIP: self._chosen, Verb.TRIPS: self._turn, Verb.TRIP_DROP: self._cancel}

    async def trip(self, update: Update, context: Context) -> None:
        """Watch the places of the trip that is told after the command."""
        if not await self._exchange.allowed(update, context):
            return
        chat = await self._exchange.chat(update, awake=True)
        words, told = words_for(chat.language), " ".join(context.args or ())
        written = itinerary(told, self._trips.today(chat)) if len(told) <= LONGEST_QUERY else None
        if written is None:
            await self._exchange.show(update, trip_prompt(words))
            return
        titles = self._exchange.titles(words)
        places: list[tuple[Place, ...]] = []
        for name in written.names:
            match await self._subscriptions.finding.find(name):
                case Exact(place, _):
                    places.append((place,))
                case Several(several):
                    places.append(several)
                case TooLong():
                    await self._exchange.show(update, trip_prompt(words))
                    return
                case unknown:
                    await self._exchange.show(
                        update, unknown_screen(name[:_SHOWN], unknown.nearest, None, words, titles)
                    )  # fmt: skip
                    return
        await self._exchange.show(update, await self._next(chat, places, written.span))

    async def calendar(self, update: Update, context: Context) -> None:
        """Watch the places of a calendar file that somebody sent."""
        message = update.effective_message
        if message is None or message.document is None or not await self._exchange.allowed(update, context):
            return
        chat = await self._exchange.chat(update, awake=True)
        words = words_for(chat.language)
        if (message.document.file_size or 0) > MOST_BYTES:
            said = words.say("That file is too large. Send me the calendar file (.ics) of one booking.")
            await self._exchange.show(update, Screen(said))
            return
        data = bytes(await (await message.document.get_file()).download_as_bytearray())
        entries = await asyncio.to_thread(read_calendar, data)
        if isinstance(entries, NoCalendar):
            said = words.say(
                "I cannot read that as a calendar file. Nothing was changed. /trip tells of a trip in words."
            )
            await self._exchange.show(update, Screen(said))
            return
        stops = await asyncio.to_thread(self._stops, entries)
        await self._exchange.show(update, self._planned(await self._plan(chat, stops), words))

    async def trips(self, update: Update, _context: Context) -> None:
        """List the trips."""
        await self._exchange.show(update, await self._list(await self._exchange.chat(update), 0))

    def _stops(self, entries: tuple[Entry, ...]) -> tuple[Stop, ...]:
        """Return the airports and towns of a calendar, each with all its days."""
        spans: dict[str, list[Span]] = {}
        places: dict[str, Place] = {}
        for entry in entries:
            for place in self._subscriptions.finding.booked(entry.codes, entry.places):
                places[place.id] = place
                spans.setdefault(place.id, []).append(entry.span)
        return tuple(
            Stop(
                place=places[key],
                span=Span(min(span.first for span in found), max(span.last for span in found)),
            )
            for key, found in spans.items()
        )

    async def _next(self, chat: Chat, places: list[tuple[Place, ...]], span: Span) -> Screen:
        """Ask for the first place that may be several, or keep the trip. Of a later one the best known is taken."""
        words = words_for(chat.language)
        at = next((index for index, several in enumerate(places) if len(several) > 1), None)
        if at is None:
            stops = [Stop(place=several[0], span=span) for several in places]
            return self._planned(await self._plan(chat, stops), words)
        options = [
            (place, "+".join((place if index == at else several[0]).id for index, several in enumerate(places)))
            for place in places[at]
        ]
        days = span.first.toordinal() * _DAYS + (span.last - span.first).days
        return trip_choice_screen(options, days, words, self._exchange.titles(words))

    async def _plan(self, chat: Chat, stops: tuple[Stop, ...] | list[Stop]) -> Trip | Full | Over | None:
        """Keep the trip; None where it names no place, or more than a trip has."""
        if not 0 < len(stops) <= MOST_PLACES:
            return None
        return await self._trips.plan(chat, stops)

    def _planned(self, planned: Trip | Full | Over | None, words: Words) -> Screen:
        match planned:
            case Trip():
                return trip_screen(planned, words, self._exchange.titles(words))
            case Full(most):
                return Screen(words.say("I watch {count} places for you already, and no more. /watches", count=most))
            case Over():
                return Screen(words.say("That trip is over already. Nothing was changed."))
            case _:
                return Screen(
                    words.say(
                        "I found no airport and no town of a trip in it, or too many. /trip tells of one in words."
                    )
                )

    async def _chosen(self, update: Update, chat: Chat, press: Press) -> str:
        words = words_for(chat.language)
        first, days = divmod(press.number, _DAYS)
        places = [self._subscriptions.place(one) for one in press.value.split("+")]
        known = [place for place in places if place is not None]
        if len(known) != len(places) or not 0 < first < date.max.toordinal() - 2 * _DAYS:
            return words.say("I no longer know that place. Write its name once more.")
        chat = await self._exchange.chat(update, awake=True)
        begin = date.fromordinal(first)
        span = Span(begin, begin + timedelta(days=days))
        stops = [Stop(place=place, span=span) for place in known]
        await self._exchange.turn(update, self._planned(await self._plan(chat, stops), words))
        return ""

    async def _turn(self, update: Update, chat: Chat, press: Press) -> str:
        await self._exchange.turn(update, await self._list(chat, press.number))
        return ""

    async def _cancel(self, update: Update, chat: Chat, press: Press) -> str:
        words = words_for(chat.language)
        gone = await self._trips.cancel(chat.id, press.value)
        await self._exchange.turn(update, await self._list(chat, press.number))
        return words.say("Done.") if gone else words.say("I had stopped watching that already.")

    async def _list(self, chat: Chat, page: int) -> Screen:
        words = words_for(chat.language)
        return trips_screen(await self._trips.of(chat.id), page, words, self._exchange.titles(words))
