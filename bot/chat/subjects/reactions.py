"""What the buttons under an alert do about it: show it, mute its event, say what is wrong."""

from collections.abc import Mapping

from telegram import Update

from bot.chat.callbacks import Press, Verb
from bot.chat.exchange import Exchange
from bot.chat.screens.screen import Screen, button
from bot.chat.subjects.subject import Act, Handler
from bot.model.watch import Chat
from bot.services.reactions import Reactions, Said
from bot.wording import Words, marked, words_for

_SAID: tuple[tuple[Said, str], ...] = (
    (Said.WRONG_PLACE, marked("Wrong place")),
    (Said.NO_INCIDENT, marked("Not an incident")),
    (Said.DUPLICATE, marked("I had this already")),
)


class ReactionTalk:
    """Presses under alerts. Muting is for those who may change the chat, the rest for everybody."""

    commands: Mapping[str, Handler] = {}

    def __init__(self, exchange: Exchange, reactions: Reactions) -> None:
        self._exchange, self._reactions = exchange, reactions

    @property
    def presses(self) -> Mapping[Verb, Act]:
        """Show, mute, hear again, what is wrong and which of it."""
        mute = dict.fromkeys((Verb.EVENT_MUTE, Verb.EVENT_HEAR), self._mute)
        return {Verb.EVENT_SHOW: self._show, Verb.EVENT_WRONG: self._wrong, Verb.EVENT_SAID: self._said, **mute}

    def reads(self, press: Press) -> bool:
        """Tell whether it is for everybody."""
        return press.verb in {Verb.EVENT_SHOW, Verb.EVENT_WRONG, Verb.EVENT_SAID}

    async def _show(self, update: Update, chat: Chat, press: Press) -> str:
        message = await self._reactions.shown(chat.id, press.value)
        if message is None:
            return _unknown(words_for(chat.language))
        await self._exchange.turn(update, Screen(message.plain, message.buttons, html=message.html))
        return ""

    async def _mute(self, update: Update, chat: Chat, press: Press) -> str:  # noqa: ARG002 - the alert stays as it is
        words, muted = words_for(chat.language), press.verb is Verb.EVENT_MUTE
        if not await self._reactions.mute(chat.id, press.value, muted=muted):
            return _unknown(words)
        if muted:
            return words.say("Muted. I keep this message up to date, and ask once if it becomes EXTREME.")
        return words.say("You hear of this again.")

    async def _wrong(self, update: Update, chat: Chat, press: Press) -> str:
        words = words_for(chat.language)
        rows = tuple(
            (button(words.say(label), Verb.EVENT_SAID, number, press.value),)
            for number, (_, label) in enumerate(_SAID)
        )  # fmt: skip
        await self._exchange.show(update, Screen(words.say("What is wrong with this alert?"), rows), reply=True)
        return ""

    async def _said(self, update: Update, chat: Chat, press: Press) -> str:
        words = words_for(chat.language)
        if press.number >= len(_SAID) or not await self._reactions.say(chat.id, press.value, _SAID[press.number][0]):
            return _unknown(words)
        await self._exchange.turn(update, Screen(words.say("Thank you. The operator will see it.")))
        return ""


def _unknown(words: Words) -> str:
    return words.say("I no longer know of this event.")
