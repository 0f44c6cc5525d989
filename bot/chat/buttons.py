"""What people press: each press is checked for its seal and for rights, acted on, and answered."""

import contextlib
from collections.abc import Sequence

from telegram import Update
from telegram.error import BadRequest

from bot.chat.exchange import Context, Exchange
from bot.chat.subjects.subject import Subject
from bot.wording import words_for


class Buttons:
    """The handler of presses: it finds the subject that a button belongs to."""

    def __init__(self, exchange: Exchange, subjects: Sequence[Subject]) -> None:
        self._exchange = exchange
        self._subjects = {verb: subject for subject in subjects for verb in subject.presses}

    async def press(self, update: Update, context: Context) -> None:
        """Check who presses what, act, show what is so now, and answer."""
        if update.effective_chat is None:
            await _answer(update)
            return
        press = self._exchange.opened(update)
        if press is None or press.verb not in self._subjects:
            words = words_for((await self._exchange.known(update)).language)
            await _answer(update, words.say("This button is out of date. /help shows what I can do."), alert=True)
            return
        subject = self._subjects[press.verb]
        refused = "" if subject.reads(press) else await self._exchange.refused(update, context)
        if refused:
            await _answer(update, refused, alert=True)
            return
        await _answer(update, await subject.presses[press.verb](update, await self._exchange.chat(update), press))


async def _answer(update: Update, text: str = "", *, alert: bool = False) -> None:
    """Answer the press; one that is too old to be answered needs no answer."""
    if update.callback_query is not None:
        with contextlib.suppress(BadRequest):
            await update.callback_query.answer(text[:200] or None, show_alert=alert)
