"""What the operator may do in the one chat that the settings name; everywhere else these commands are unknown."""

from dataclasses import dataclass

from telegram import Update

from bot.chat.exchange import Context, Exchange
from bot.chat.screens.screen import Screen
from bot.services.operate import Operate
from bot.wording import words_for


@dataclass(frozen=True, slots=True)
class Operator:
    """The operator's chat, and the moves that are made from there."""

    chat_id: int
    operate: Operate


class OperatorCommands:
    """The handlers of the operator's commands. In a group only its administrators are heard."""

    def __init__(self, exchange: Exchange, operator: Operator) -> None:
        self._exchange, self._operate = exchange, operator.operate

    async def retract(self, update: Update, context: Context) -> None:
        """Withdraw the event that is named after the command; the words after it are the reason, for its history."""
        words = words_for((await self._exchange.chat(update)).language)
        if not await self._exchange.allowed(update, context):
            return
        if not context.args:
            said = words.say("Which event? Write it like this: /retract 1a2b3c4d5e6f7a8b reported in error")
            await self._exchange.show(update, Screen(said))
            return
        event_id, *why = context.args
        told = await self._operate.retract(event_id, " ".join(why))
        if told is None:
            said = words.say("No event {event} can be withdrawn.", event=event_id[:64])
        else:
            said = words.plural(
                "Withdrawn. {count} chat is told.", "Withdrawn. {count} chats are told.", told, count=told
            )
        await self._exchange.show(update, Screen(said))
