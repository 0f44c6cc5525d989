"""Roll calls and drills: opened by administrators, answered by everybody in the chat."""

import csv
import io
from collections.abc import Mapping, Sequence

from telegram import Update

from bot.alerts.roll_call import LABELS
from bot.chat.callbacks import Press, Verb
from bot.chat.exchange import Context, Exchange
from bot.chat.files import send_file
from bot.chat.screens.screen import Screen, button
from bot.chat.subjects.subject import Act, Handler
from bot.model.roll_call import Answer, Tally
from bot.model.watch import Chat, ChatKind
from bot.services.rollcall import RollCalls, Running
from bot.wording import Words, words_for

_ANSWERS = {Verb.CALL_SAFE: Answer.SAFE, Verb.CALL_HELP: Answer.HELP, Verb.CALL_AWAY: Answer.AWAY}
_EXPORT = "export"
_HEADER = ("roll_call", "kind", "opened_at", "closed_at", "asked", "person", "answer", "first_answer_at", "answered_at")


class RollCallTalk:
    """Roll calls."""

    def __init__(self, exchange: Exchange, roll_calls: RollCalls) -> None:
        self._exchange, self._roll_calls = exchange, roll_calls

    @property
    def commands(self) -> Mapping[str, Handler]:
        """A roll call, and an exercise of one."""
        return {"rollcall": self.rollcall, "drill": self.drill}

    @property
    def presses(self) -> Mapping[Verb, Act]:
        """Opening one under an alert, the answers, and closing."""
        opening: dict[Verb, Act] = {Verb.CALL: self._under_alert, Verb.CALL_CLOSE: self._close}
        return opening | dict.fromkeys(_ANSWERS, self._answer)

    def reads(self, press: Press) -> bool:
        """How one is, everybody says for themselves."""
        return press.verb in _ANSWERS

    async def rollcall(self, update: Update, context: Context) -> None:
        """Ask everybody how they are, with the words after the command; or export the answers so far."""
        chat = await self._heard(update, context)
        if chat is None:
            return
        if context.args == [_EXPORT]:
            await self._export(update, chat)
        else:
            await self._open(update, chat, " ".join(context.args or ()))

    async def drill(self, update: Update, context: Context) -> None:
        """Practise: the same, marked as an exercise."""
        if await self._exchange.allowed(update, context):
            await self._open(update, await self._exchange.chat(update), " ".join(context.args or ()), drill=True)

    async def _heard(self, update: Update, context: Context) -> Chat | None:
        """Return the chat if whoever asks may, and the chat has people to ask; say so if not."""
        if not await self._exchange.allowed(update, context):
            return None
        chat = await self._exchange.chat(update)
        if chat.kind is not ChatKind.PRIVATE:
            return chat
        said = words_for(chat.language).say(
            "A roll call asks the people of a group: add me to one, then /rollcall there."
        )
        await self._exchange.show(update, Screen(said))
        return None

    async def _open(
        self, update: Update, chat: Chat, said: str = "", *, event_id: str | None = None, drill: bool = False
    ) -> None:
        words = words_for(chat.language)
        opened = await self._roll_calls.open(chat, words=said, event_id=event_id, drill=drill)
        if isinstance(opened, Running):
            await self._exchange.show(update, _running_screen(opened, words))
        elif opened is None:
            await self._exchange.show(update, Screen(words.say("The roll call could not be sent to the chat.")))

    async def _export(self, update: Update, chat: Chat) -> None:
        words = words_for(chat.language)
        tallies = await self._roll_calls.tallies(chat.id)
        if not tallies:
            await self._exchange.show(update, Screen(words.say("There was no roll call here in the last 30 days.")))
            return
        about = words.say("People are numbers here: I keep no names, and the answers for 30 days.")
        await send_file(update, "roll-calls.csv", as_csv(tallies), about)

    async def _under_alert(self, update: Update, chat: Chat, press: Press) -> str:
        if chat.kind is ChatKind.PRIVATE:
            return ""
        await self._open(update, chat, event_id=press.value)
        return ""

    async def _answer(self, update: Update, chat: Chat, press: Press) -> str:
        words, user = words_for(chat.language), update.effective_user
        if user is None or not press.value.isascii() or not press.value.isdigit():
            return ""
        answer = _ANSWERS[press.verb]
        former = await self._roll_calls.answer(chat.id, int(press.value), (user.id, user.full_name), answer)
        if former is None:
            return words.say("This roll call is closed.")
        return words.say("Noted: {answer}", answer=words.say(LABELS[answer]))

    async def _close(self, update: Update, chat: Chat, press: Press) -> str:
        del update
        known = press.value.isascii() and press.value.isdigit()
        closed = known and await self._roll_calls.close(chat.id, int(press.value))
        words = words_for(chat.language)
        return words.say("Closed.") if closed else words.say("This roll call is closed.")


def as_csv(tallies: Sequence[Tally]) -> bytes:
    """Return the answers, one a line; people are numbered within a roll call in the order of their first answers."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(_HEADER)
    for tally in tallies:
        call = tally.call
        of_it = (
            call.id,
            "drill" if call.drill else "roll call",
            _time(call.opened_at),
            _time(call.closed_at),
            call.members,
        )
        for number, one in enumerate(tally.given, start=1):
            writer.writerow((*of_it, number, one.answer, _time(one.first_at), _time(one.at)))
        if not tally.given:
            writer.writerow((*of_it, "", "", "", ""))
    return out.getvalue().encode("utf-8-sig")


def _time(moment: object) -> str:
    return f"{moment:%Y-%m-%dT%H:%M:%SZ}" if moment is not None else ""


def _running_screen(running: Running, words: Words) -> Screen:
    said = words.say("A roll call is open here already. Close it before you open another.")
    return Screen(said, ((button(words.say("Close the roll call"), Verb.CALL_CLOSE, value=str(running.call.id)),),))
