"""The operator's notice to all chats: shown first, and sent when that is confirmed. In the operator's chat alone."""

from collections.abc import Mapping

from telegram import Update

from bot.chat.callbacks import Press, Verb
from bot.chat.exchange import Context, Exchange
from bot.chat.screens.screen import Screen, button
from bot.chat.subjects.subject import Act, Handler
from bot.model.watch import Chat
from bot.services.broadcast import LONGEST, Broadcast
from bot.wording import Words, words_for


class NoticeTalk:
    """/notice, and its button. The command is not among `commands`, for elsewhere it is unknown."""

    def __init__(self, exchange: Exchange, chat_id: int, broadcast: Broadcast) -> None:
        self._exchange, self._chat_id, self._broadcast = exchange, chat_id, broadcast

    @property
    def commands(self) -> Mapping[str, Handler]:
        """None that every chat knows."""
        return {}

    @property
    def presses(self) -> Mapping[Verb, Act]:
        """The confirmation."""
        return {Verb.NOTICE: self._confirm}

    def reads(self, press: Press) -> bool:  # noqa: ARG002 - it has one button
        """To tell everybody is no reading."""
        return False

    async def notice(self, update: Update, context: Context) -> None:
        """Show the words, to how many chats they go, and ask."""
        words = words_for((await self._exchange.chat(update)).language)
        if await self._exchange.allowed(update, context):
            await self._exchange.show(update, await self._asked(_written(update), words))

    async def _asked(self, text: str, words: Words) -> Screen:
        if not text:
            return Screen(words.say("What shall I tell all chats? Write it like this: /notice On Sunday from 2:00 to "
                                    "3:00 UTC no alerts can be sent."))  # fmt: skip
        try:
            name, count = await self._broadcast.draft(text)
        except ValueError:
            return Screen(words.say("That is too long: a notice may have {most} characters.", most=LONGEST))
        asked = words.plural(
            "This goes to {count} chat, silently and in these words:", "This goes to {count} chats, silently and in "
            "these words:", count, count=count,
        )  # fmt: skip
        rows = ((button(words.say("Send it"), Verb.NOTICE, value=name),), (button(words.say("Do not"), Verb.CLOSE),))
        return Screen(f"{asked}\n\n{text}", rows)

    async def _confirm(self, update: Update, chat: Chat, press: Press) -> str:
        words = words_for(chat.language)
        here = update.effective_chat
        count = await self._broadcast.confirm(press.value) if here and here.id == self._chat_id else None
        if count is None:
            return words.say("This notice was confirmed before, or is older than a day.")
        said = words.plural(
            "It is on its way to {count} chat. I report when it is done.",
            "It is on its way to {count} chats. I report when it is done.", count, count=count,
        )  # fmt: skip
        await self._exchange.turn(update, Screen(said))
        return ""


def _written(update: Update) -> str:
    """Return what stands after the command, its lines as they are."""
    message = update.effective_message
    _, *rest = ((message and message.text) or "/notice").split(maxsplit=1)
    return rest[0].strip() if rest else ""
