"""One watch, turned by pressing: least severity, hazards, radius, dates, mute."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import timedelta

from telegram import Update

from bot.chat.callbacks import Press, Verb
from bot.chat.exchange import Exchange
from bot.chat.screens.options import (
    DAYS,
    HAZARD_GROUPS,
    MUTE_HOURS,
    RADII_KM,
    WITH_RADIUS,
    dates_screen,
    hazards_screen,
    mute_screen,
    radius_screen,
    toggled,
    watch_screen,
)
from bot.chat.screens.screen import PAGE, Screen
from bot.chat.screens.settings import SEVERITY_CHOICES
from bot.chat.subjects.subject import Act, Handler
from bot.model.watch import Chat, Watch
from bot.services.due import end_of
from bot.watches.quiet import zone
from bot.wording import Words, words_for

_NUMBERS = {
    Verb.RADIUS: frozenset(map(str, (0, *RADII_KM))),
    Verb.DATES: frozenset(map(str, (0, *DAYS))),
    Verb.MUTE: frozenset(map(str, (0, *MUTE_HOURS))),
}
_CHOICES: dict[Verb, Callable[[Watch, Words], Screen]] = {
    Verb.HAZARDS: hazards_screen, Verb.RADIUS: radius_screen, Verb.DATES: dates_screen, Verb.MUTE: mute_screen,
}  # fmt: skip


class Options:
    """What a press changes of one watch. Without a value it shows the choice."""

    commands: Mapping[str, Handler] = {}

    def __init__(self, exchange: Exchange) -> None:
        self._exchange, self._subscriptions = exchange, exchange.subscriptions

    def reads(self, press: Press) -> bool:
        """Opening a watch changes nothing, nor does looking at what can be chosen."""
        return press.verb is Verb.OPEN or (press.verb in _CHOICES and not press.value)

    @property
    def presses(self) -> Mapping[Verb, Act]:
        """Opening a watch, and each of its wishes."""
        return dict.fromkeys((Verb.OPEN, Verb.LEAST, *_CHOICES), self._press)

    async def _press(self, update: Update, chat: Chat, press: Press) -> str:
        words = words_for(chat.language)
        watch = await self._subscriptions.one(chat.id, press.number)
        if watch is None:
            return words.say("I had stopped watching that already.")
        if press.verb in _CHOICES and not press.value:
            await self._exchange.turn(update, _CHOICES[press.verb](watch, words))
            return ""
        changed = self._changed(watch, chat, press)
        if changed != watch:
            watch = await self._subscriptions.change(changed)
        if press.verb is Verb.HAZARDS:
            await self._exchange.turn(update, hazards_screen(watch, words))
        else:
            await self._show(update, chat, watch, words)
        return ""

    async def _show(self, update: Update, chat: Chat, watch: Watch, words: Words) -> None:
        ids = [one.id for one in await self._subscriptions.watches(chat.id)]
        page = ids.index(watch.id) // PAGE if watch.id in ids else 0
        screen = watch_screen(watch, chat, page, self._exchange.now(), self._exchange.titles(words))
        await self._exchange.turn(update, screen)

    def _changed(self, watch: Watch, chat: Chat, press: Press) -> Watch:
        """Return the watch with the wish that was pressed; as it was where the press makes no sense."""
        now = self._exchange.now()
        known = press.value in _NUMBERS.get(press.verb, frozenset())
        value = int(press.value) if known else 0
        match press.verb:
            case Verb.LEAST:
                at = SEVERITY_CHOICES.index(watch.min_severity) if watch.min_severity in SEVERITY_CHOICES else -1
                return replace(watch, min_severity=SEVERITY_CHOICES[(at + 1) % len(SEVERITY_CHOICES)])
            case Verb.HAZARDS if press.value in HAZARD_GROUPS:
                return replace(watch, hazards=toggled(watch, press.value))
            case Verb.RADIUS if known and watch.kind in WITH_RADIUS:
                return replace(watch, radius_km=float(value) or None)
            case Verb.DATES if known and watch.trip_id is None and watch.ends_at is None:
                last = now.astimezone(zone(chat.timezone)).date() + timedelta(days=value) if value else None
                due = end_of(last, chat) if last else None
                return replace(watch, active_from=None, active_until=last, due_at=due)
            case Verb.MUTE if known:
                return replace(watch, muted_until=now + timedelta(hours=value) if value else None)
            case _:
                return watch
