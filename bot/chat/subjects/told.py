"""What may be asked of an alert: the map, and why it was told."""

from collections.abc import Mapping

from telegram import Update

from bot.alerts.grounds import grounds_lines
from bot.chat.callbacks import Press, Verb
from bot.chat.exchange import Context, Exchange
from bot.chat.screens.screen import Screen, screen_of
from bot.chat.subjects.subject import Act, Handler
from bot.model.watch import Chat
from bot.services.inquiries import Inquiries
from bot.wording import words_for


class Told:
    """Presses under alerts, and /why: they ask, and change nothing."""

    def __init__(self, exchange: Exchange, inquiries: Inquiries) -> None:
        self._exchange, self._inquiries = exchange, inquiries

    @property
    def commands(self) -> Mapping[str, Handler]:
        """Why."""
        return {"why": self.why}

    @property
    def presses(self) -> Mapping[Verb, Act]:
        """The map, and why."""
        return {Verb.EVENT_MAP: self._map, Verb.EVENT_WHY: self._why}

    def reads(self, press: Press) -> bool:
        """Looking is for everybody in the chat."""
        return press.verb in self.presses

    async def why(self, update: Update, context: Context) -> None:
        """Tell why of the alert that is replied to, or whose tag is given, else of the last one."""
        chat = await self._exchange.chat(update)
        replied = update.effective_message and update.effective_message.reply_to_message
        tag = (context.args or [""])[0]
        event_id = await self._inquiries.meant(chat, tag, replied.message_id if replied else None)
        screen = await self._grounds(chat, event_id) if event_id else None
        if screen is None:
            words = words_for(chat.language)
            screen = Screen(words.say("Reply /why to one of my alerts, or write its tag: /why ML-17SEP-K7"))
        await self._exchange.show(update, screen)

    async def _map(self, update: Update, chat: Chat, press: Press) -> str:
        under = update.effective_message.message_id if update.effective_message else None
        shown = await self._inquiries.map(chat.id, press.value, under)
        return "" if shown else words_for(chat.language).say("There is no map of this now.")

    async def _why(self, update: Update, chat: Chat, press: Press) -> str:
        screen = await self._grounds(chat, press.value)
        if screen is None:
            return words_for(chat.language).say("I no longer know of this event.")
        await self._exchange.show(update, screen, reply=True)
        return ""

    async def _grounds(self, chat: Chat, event_id: str) -> Screen | None:
        found = await self._inquiries.grounds(chat.id, event_id)
        if found is None:
            return None
        return screen_of(grounds_lines(found.event, found.match, found.reread, self._exchange.reader(chat)))
