"""What the operator may do in the one chat that the settings name; everywhere else these commands are unknown."""

from dataclasses import dataclass

from telegram import Update

from bot.chat.exchange import Context, Exchange
from bot.chat.screens.screen import Screen
from bot.model.event import Report
from bot.services.broadcast import Broadcast
from bot.services.operate import Because, Operate, Refused
from bot.wording import Words, marked, words_for

_SHORT_ID = 8
_LONGEST_NAME = 64
_MOST_REPORTS = 30
_TWO = 2
_LONGEST_TITLE = 80

_REFUSALS = {
    Because.UNKNOWN: marked("Nothing is called {name}."),
    Because.SEVERAL: marked("{name} may be several: {ids}"),
    Because.OVER: marked("That cannot be done with {name}: it is over, withdrawn or merged."),
    Because.FORGOTTEN: marked("What the reports of {name} said is no longer kept, so it cannot be split."),
    Because.NOTHING_LEFT: marked("Neither part of {name} may be empty, and each must tell of something that happens."),
}


@dataclass(frozen=True, slots=True)
class Operator:
    """The operator's chat, and the moves that are made from there."""

    chat_id: int
    operate: Operate
    broadcast: Broadcast | None = None


class OperatorCommands:
    """The handlers of the operator's commands. In a group only its administrators are heard."""

    def __init__(self, exchange: Exchange, operator: Operator) -> None:
        self._exchange, self._operate = exchange, operator.operate

    async def retract(self, update: Update, context: Context) -> None:
        """Withdraw the event that is named after the command; the words after it are the reason, for its history."""
        words = await self._heard(update, context)
        if words is None:
            return
        if not context.args:
            said = words.say("Which event? Write it like this: /retract 1a2b3c4d5e6f7a8b reported in error")
        else:
            name, *why = context.args
            done = await self._operate.retract(name, " ".join(why))
            said = refused(done, words) if isinstance(done, Refused) else words.plural(
                "Withdrawn. {count} chat is told.", "Withdrawn. {count} chats are told.", done.told, count=done.told
            )  # fmt: skip
        await self._exchange.show(update, Screen(said))

    async def merge(self, update: Update, context: Context) -> None:
        """Make one event of the two that are named; the first goes on, the words after them are the reason."""
        words = await self._heard(update, context)
        if words is None:
            return
        args = context.args or []
        if len(args) < _TWO:
            said = words.say("Which two events are one? Write it like this: /merge ML-17SEP-K7 ML-17SEP-Q2")
        else:
            kept, gone, *why = args
            done = await self._operate.merge(kept, gone, " ".join(why))
            said = refused(done, words) if isinstance(done, Refused) else words.say(
                "They are one event now: {event}.", event=done.ids[0]
            )  # fmt: skip
        await self._exchange.show(update, Screen(said))

    async def split(self, update: Update, context: Context) -> None:
        """Make the named reports of an event one of their own; without any, show its reports."""
        words = await self._heard(update, context)
        if words is None:
            return
        name, *items = context.args or ("",)
        if not name:
            said = words.say("Which event? Write it like this: /split ML-17SEP-K7, and I show its reports.")
        elif not items:
            reports = await self._operate.reports(name)
            said = refused(reports, words) if isinstance(reports, Refused) else _listed(reports, name, words)
        else:
            done = await self._operate.split(name, items)
            said = refused(done, words) if isinstance(done, Refused) else words.say(
                "They are two events now: {events}.", events=words.joined(done.ids)
            )  # fmt: skip
        await self._exchange.show(update, Screen(said))

    async def _heard(self, update: Update, context: Context) -> Words | None:
        """Return the words in which to answer, or None where whoever asks may not, and was told so."""
        words = words_for((await self._exchange.chat(update)).language)
        return words if await self._exchange.allowed(update, context) else None


def refused(answer: Refused, words: Words) -> str:
    """Return why a move was not made."""
    phrase = _REFUSALS[answer.because]
    name = words.isolated(answer.name[:_LONGEST_NAME])
    return words.say(phrase, name=name, ids=", ".join(answer.ids)) if answer.ids else words.say(phrase, name=name)


def _listed(reports: tuple[Report, ...], name: str, words: Words) -> str:
    """Return the reports, each with how its id begins, and how to name them."""
    lines = [
        f"{report.item_id[:_SHORT_ID]}  {words.isolated(f'{report.outlet}: {report.title[:_LONGEST_TITLE]}')}"
        for report in reports[-_MOST_REPORTS:]
    ]
    how = words.say("Which of these are another event? Write it like this: /split {event} {reports}",
                    event=name[:_LONGEST_NAME], reports=reports[-1].item_id[:_SHORT_ID])  # fmt: skip
    return "\n".join([*lines, how])
