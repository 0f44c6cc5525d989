"""When a chat wants to be left alone, and when it wants a brief: hours of its own, in words."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, time, timedelta

from telegram import Update

from bot.chat.callbacks import Press, Verb
from bot.chat.exchange import Context, Exchange
from bot.chat.screens.screen import Screen
from bot.chat.screens.settings import WEEKDAYS, brief_words, hours
from bot.chat.subjects.subject import Act, Handler
from bot.model.watch import Brief, Chat, QuietHours
from bot.wording import LANGUAGES, Words, marked, words_for
from bot.wording.local import day_and_time, zone_of
from bot.wording.typed_hours import typed_clock, typed_length, typed_span

LONGEST_SNOOZE = timedelta(days=14)
_MORNING = time(8)
_DAILY, _WEEKLY, _NEWS = marked("daily"), marked("weekly"), marked("news")
_OFF = frozenset(
    {"off", "none", "no", "non", "aucune", "aucun", "ninguna", "ninguno", "nenhuma", "nenhum", "нет", "لا"}
)


class Peace:
    """Quiet hours, snooze, briefs."""

    presses: Mapping[Verb, Act] = {}

    def __init__(self, exchange: Exchange) -> None:
        self._exchange, self._subscriptions = exchange, exchange.subscriptions

    @property
    def commands(self) -> Mapping[str, Handler]:
        """Each takes its hours as words after the command."""
        return {"quiet": self.quiet, "snooze": self.snooze, "brief": self.brief}

    def reads(self, press: Press) -> bool:  # noqa: ARG002 - it has no buttons
        """Its commands change the chat."""
        return False

    async def quiet(self, update: Update, context: Context) -> None:
        """Set quiet hours, or show them."""
        chat, words = await self._asked(update)
        typed = " ".join(context.args or ())
        span = typed_span(typed)
        if not _is_off(typed) and span is None:
            now = words.say("Quiet hours: {value}", value=hours(chat.quiet, words))
            how = words.say("Write them like this: /quiet 22:30-6:45, or /quiet off")
            await self._exchange.show(update, Screen(f"{now}\n{how}"))
        elif await self._exchange.allowed(update, context):
            chat = await self._subscriptions.set_quiet(chat, QuietHours(*span) if span else None)
            now = words.say("Quiet hours: {value}", value=hours(chat.quiet, words))
            hint = words.say("In quiet hours only EXTREME alerts come through; the rest waits for the morning.")
            await self._exchange.show(update, Screen(f"{now}\n{hint}" if span and span[0] != span[1] else now))

    async def snooze(self, update: Update, context: Context) -> None:
        """Hear extreme alerts alone for a while, or end that."""
        chat, words = await self._asked(update)
        typed = " ".join(context.args or ())
        length = typed_length(typed)
        if not _is_off(typed) and (length is None or not timedelta(0) < length <= LONGEST_SNOOZE):
            how = words.say("For how long, two weeks at most? Write it like this: /snooze 2h, /snooze 3d, /snooze off")
            await self._exchange.show(update, Screen(how))
        elif await self._exchange.allowed(update, context):
            until = self._exchange.now() + length if length else None
            await self._subscriptions.set_calm(replace(chat, snoozed_until=until))
            await self._exchange.show(update, Screen(_snoozed(chat, until, words)))

    async def brief(self, update: Update, context: Context) -> None:
        """Set when a brief comes, or show it."""
        chat, words = await self._asked(update)
        typed = tuple(word.casefold() for word in context.args or ())
        brief = _brief(typed)
        off = _is_off(" ".join(typed))
        if brief is None and not off:
            now = words.say("Brief: {value}", value=brief_words(chat.brief, words))
            how = words.say(
                "Write it like this: /brief daily 08:00, /brief monday 07:30, /brief off. With the word news it comes "
                "only when there is news: /brief daily 08:00 news"
            )
            await self._exchange.show(update, Screen(f"{now}\n{how}"))
        elif await self._exchange.allowed(update, context):
            await self._subscriptions.set_calm(replace(chat, brief=brief))
            await self._exchange.show(update, Screen(words.say("Brief: {value}", value=brief_words(brief, words))))

    async def _asked(self, update: Update) -> tuple[Chat, Words]:
        chat = await self._exchange.chat(update)
        return chat, words_for(chat.language)


def _snoozed(chat: Chat, until: datetime | None, words: Words) -> str:
    if until is None:
        return words.say("The snooze is over: I tell you of everything again.")
    moment = day_and_time(until, zone_of(chat.timezone), words)
    return words.say("Until {time} only EXTREME alerts come through; the rest waits. /snooze off ends it.", time=moment)


def _is_off(typed: str) -> bool:
    return typed.casefold() in _OFF


def _said(word: str) -> frozenset[str]:
    """Return a word as it may be typed: in English, or in any of our languages."""
    return frozenset({word.casefold(), *(words_for(code).say(word).casefold() for code in LANGUAGES)})


def _brief(typed: tuple[str, ...]) -> Brief | None:
    """Return the brief that the words ask for: how often (daily if nothing is said), at what time, only with news."""
    clocks = [clock for clock in map(typed_clock, typed) if clock is not None]
    weekday = next((number for number, day in enumerate(WEEKDAYS) for word in typed if word in _said(day)), None)
    weekly = weekday is not None or any(word in _said(_WEEKLY) for word in typed)
    if not clocks and not weekly and not any(word in _said(_DAILY) for word in typed):
        return None
    only_news = any(word in _said(_NEWS) for word in typed)
    return Brief(clocks[0] if clocks else _MORNING, (weekday or 0) if weekly else None, only_news)
