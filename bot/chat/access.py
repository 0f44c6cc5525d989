"""Who may change what a chat watches: anybody in private, administrators elsewhere. Fails closed."""

from collections.abc import Callable
from time import monotonic

from telegram import Chat, Message, Update
from telegram.error import TelegramError
from telegram.ext import ExtBot

from bot.model.alert import Lane

_ADMINS = frozenset({"creator", "administrator"})
_REMEMBER_SECONDS = 60.0
_MOST_REMEMBERED = 10_000


class Access:
    """Asks Telegram for a member's rights, and remembers the answer for a minute, or until they change."""

    def __init__(self, clock: Callable[[], float] = monotonic) -> None:
        self._clock = clock
        self._known: dict[tuple[int, int], tuple[float, bool]] = {}

    async def may_change(self, update: Update, bot: ExtBot[Lane]) -> bool:
        """Tell whether whoever sent this may change the watches and settings of the chat that it was sent in."""
        chat, user = update.effective_chat, update.effective_user
        if chat is None:
            return False
        if chat.type == Chat.PRIVATE:
            return True
        if _speaks_as_the_group(update.message, chat):
            return True
        return user is not None and await self.is_admin(chat.id, user.id, bot)

    async def is_admin(self, chat_id: int, user_id: int, bot: ExtBot[Lane]) -> bool:
        """Tell whether the person is an administrator of the group or channel."""
        key, now = (chat_id, user_id), self._clock()
        asked_at, admin = self._known.get(key, (float("-inf"), False))
        if now - asked_at <= _REMEMBER_SECONDS:
            return admin
        try:
            member = await bot.get_chat_member(chat_id, user_id)
        except TelegramError:
            return False
        if len(self._known) >= _MOST_REMEMBERED:
            self._known.clear()
        self._known[key] = (now, member.status in _ADMINS)
        return member.status in _ADMINS

    async def heard(self, update: Update, _context: object) -> None:
        """Forget what was known of a member whose standing changed just now."""
        change = update.chat_member
        if change is not None:
            self._known.pop((change.chat.id, change.new_chat_member.user.id), None)


def _speaks_as_the_group(message: Message | None, chat: Chat) -> bool:
    """Tell whether the message is an anonymous administrator's: sent in the group's own name."""
    return message is not None and message.sender_chat is not None and message.sender_chat.id == chat.id
