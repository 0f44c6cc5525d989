"""Locations that are shared: a point becomes a pin, a live location a watch that follows it and ends with it.

No coordinates are logged here or elsewhere, and those of a live location are forgotten at its end.
"""

from datetime import datetime, timedelta

from telegram import Location, Message, Update

from bot.chat.exchange import Context, Exchange
from bot.chat.screens.screen import Screen
from bot.chat.screens.watches import kept_screen
from bot.model.place import Point
from bot.wording import words_for

LONGEST_UNHEARD = timedelta(days=1)
"""A location that is shared without an end is forgotten when it has not moved for so long."""
_WITHOUT_END = 0x7FFFFFFF  # Bot API, Location.live_period


class Locations:
    """The handlers of shared locations."""

    def __init__(self, exchange: Exchange) -> None:
        self._exchange, self._subscriptions = exchange, exchange.subscriptions

    async def shared(self, update: Update, context: Context) -> None:
        """Watch the point that was shared, or follow it while it is shared."""
        message = update.effective_message
        if message is None or message.location is None or not await self._exchange.allowed(update, context):
            return
        chat = await self._exchange.chat(update, awake=True)
        words, ends_at = words_for(chat.language), self._ends_at(message, message.location)
        point = _point(message.location)
        if ends_at is None:
            kept = await self._subscriptions.pin(chat.id, point)
        else:
            kept = await self._subscriptions.live(chat.id, message.message_id, point, ends_at)
        await self._exchange.show(update, kept_screen(kept, (), words, self._exchange.titles(words)))

    async def moved(self, update: Update, _context: Context) -> None:
        """Follow a live location without a word; at its end forget it, and say so. Only its sender can move it."""
        message = update.edited_message
        if message is None or message.location is None:
            return
        watch = await self._subscriptions.live_watch(message.chat.id, message.message_id)
        if watch is None:
            return
        ends_at = self._ends_at(message, message.location)
        if ends_at is not None and ends_at > self._exchange.now():
            await self._subscriptions.follow(watch, _point(message.location), ends_at)
            return
        await self._subscriptions.unwatch(watch.chat_id, watch.id)
        words = words_for((await self._exchange.chat(update)).language)
        said = words.say("Your live location has ended. I watch it no more and have forgotten where you were.")
        await self._exchange.show(update, Screen(said))

    def _ends_at(self, message: Message, location: Location) -> datetime | None:
        """Return when the sharing ends; None for a point that is not live, or no longer."""
        seconds = location.to_dict().get("live_period")
        if not seconds:
            return None
        if seconds == _WITHOUT_END:
            return self._exchange.now() + LONGEST_UNHEARD
        return message.date + timedelta(seconds=seconds)


def _point(location: Location) -> Point:
    return Point(location.latitude, location.longitude)
