"""What the buttons under an alert do."""

from collections.abc import Mapping

from telegram import Update

from bot.chat.callbacks import Press, Verb
from bot.chat.subjects.subject import Act, Handler
from bot.model.watch import Chat
from bot.services.inquiries import Inquiries
from bot.wording import words_for


class Told:
    """Presses under alerts: they ask, and change nothing."""

    commands: Mapping[str, Handler] = {}

    def __init__(self, inquiries: Inquiries) -> None:
        self._inquiries = inquiries

    @property
    def presses(self) -> Mapping[Verb, Act]:
        """The map."""
        return {Verb.EVENT_MAP: self._map}

    def reads(self, press: Press) -> bool:
        """Looking is for everybody in the chat."""
        return press.verb is Verb.EVENT_MAP

    async def _map(self, update: Update, chat: Chat, press: Press) -> str:
        under = update.effective_message.message_id if update.effective_message else None
        shown = await self._inquiries.map(chat.id, press.value, under)
        return "" if shown else words_for(chat.language).say("There is no map of this now.")
