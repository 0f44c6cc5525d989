"""The door: who is not let in is told so, and reaches nothing; and the operator's /invite."""

from telegram import Chat, Update
from telegram.ext import ApplicationHandlerStop

from bot.chat.exchange import Context, Exchange
from bot.chat.screens.screen import Screen
from bot.services.invitations import PREFIX, Admission
from bot.wording import words_for
from bot.wording.local import day_and_time, zone_of

_MOST_USES, _MOST_DAYS = 10_000, 365


class DoorKeeper:
    """Looks at each update before anybody else."""

    def __init__(self, exchange: Exchange, admission: Admission) -> None:
        self._exchange, self._admission = exchange, admission

    async def look(self, update: Update, _context: Context) -> None:
        """Let it pass, or end it here. That the bot was added or removed, and where a group went, always passes."""
        message = update.effective_message
        moved = message is not None and (message.migrate_to_chat_id or message.migrate_from_chat_id)
        asker = update.effective_chat or update.effective_user
        if update.my_chat_member is not None or moved or asker is None:
            return
        if await self._admission.admits(asker.id, _payload(update)):
            return
        if update.callback_query is not None:
            await update.callback_query.answer()
        elif message is not None and message.chat.type == Chat.PRIVATE:
            words = words_for((update.effective_user and update.effective_user.language_code) or "en")
            said = words.say("I am here by invitation alone. Ask whoever runs me for a link.")
            await self._exchange.show(update, Screen(said))
        raise ApplicationHandlerStop

    async def invite(self, update: Update, context: Context) -> None:
        """Make a link: /invite USES DAYS. In the operator's chat alone."""
        if not await self._exchange.allowed(update, context):
            return
        chat = await self._exchange.chat(update)
        words = words_for(chat.language)
        numbers = [int(word) for word in context.args or () if word.isdecimal()]
        if len(numbers) != 2 or not 0 < numbers[0] <= _MOST_USES or not 0 < numbers[1] <= _MOST_DAYS:  # noqa: PLR2004
            said = words.say("For how many chats, and how many days? Write it like this: /invite 10 7")
        else:
            made = await self._admission.invite(*numbers)
            until = day_and_time(made.until, zone_of(chat.timezone), words)
            link = f"https://t.me/{context.bot.username}?start={PREFIX}{made.code}"
            count = words.plural("For {count} chat, until {time}.", "For {count} chats, until {time}.", made.uses,
                                 count=made.uses, time=until)  # fmt: skip
            said = f"{link}\n{count}"
        await self._exchange.show(update, Screen(said))


def _payload(update: Update) -> str:
    """Return the word after /start."""
    parts = (update.message.text or "").split() if update.message else []
    return parts[1] if len(parts) > 1 and parts[0].startswith("/start") else ""
