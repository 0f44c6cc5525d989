"""What is kept of the chat: said, handed out as a file, forgotten."""

from collections.abc import Mapping

from telegram import InputFile, Update

from bot.chat.callbacks import Press, Verb
from bot.chat.exchange import Context, Exchange, topic_of
from bot.chat.screens.privacy import forget_screen, privacy_screen
from bot.chat.screens.screen import Screen
from bot.chat.subjects.subject import Act, Handler
from bot.model.watch import Chat
from bot.services.privacy import Privacy
from bot.wording import words_for


class PrivacyTalk:
    """/privacy, /export, /forget."""

    def __init__(self, exchange: Exchange, privacy: Privacy) -> None:
        self._exchange, self._privacy = exchange, privacy

    @property
    def commands(self) -> Mapping[str, Handler]:
        """One shows, two are for those who may change the chat."""
        return {"privacy": self.privacy, "export": self.export, "forget": self.forget}

    @property
    def presses(self) -> Mapping[Verb, Act]:
        """The confirmation."""
        return {Verb.FORGET: self._forget}

    def reads(self, press: Press) -> bool:  # noqa: ARG002 - it has one button
        """To forget changes everything."""
        return False

    async def privacy(self, update: Update, _context: Context) -> None:
        """Say what is kept, and how long. Nothing is written for it."""
        words = words_for((await self._exchange.known(update)).language)
        await self._exchange.show(
            update, privacy_screen(self._privacy.deliveries_days, self._privacy.backups_days, words)
        )  # fmt: skip

    async def export(self, update: Update, context: Context) -> None:
        """Hand out all that is kept of the chat."""
        message = update.effective_message
        if message is None or not await self._exchange.allowed(update, context):
            return
        words = words_for((await self._exchange.known(update)).language)
        kept = await self._privacy.export(message.chat.id)
        await message.reply_document(
            InputFile(kept, filename="outrider-export.json"),
            caption=words.say("All that I keep of this chat."),
            message_thread_id=topic_of(message),
            do_quote=False,
        )

    async def forget(self, update: Update, context: Context) -> None:
        """Ask once whether all shall be forgotten."""
        if await self._exchange.allowed(update, context):
            words = words_for((await self._exchange.known(update)).language)
            await self._exchange.show(update, forget_screen(self._privacy.backups_days, words))

    async def _forget(self, update: Update, chat: Chat, _press: Press) -> str:
        words = words_for(chat.language)
        await self._privacy.forget(chat.id)
        said = words.say("Forgotten. You will hear nothing more from me. /start begins anew.")
        await self._exchange.turn(update, Screen(said))
        return ""
