"""The chat's coming and going: blocked, removed, let in again, moved."""

from telegram import ChatMember, Update

from bot.chat.exchange import Context
from bot.services.subscriptions import Subscriptions


class Life:
    """The handlers of what happens to the chat itself."""

    def __init__(self, subscriptions: Subscriptions) -> None:
        self._subscriptions = subscriptions

    async def membership(self, update: Update, _context: Context) -> None:
        """Heed that the bot was blocked, removed, or let in again."""
        change = update.my_chat_member
        if change is None:
            return
        if change.new_chat_member.status in {ChatMember.BANNED, ChatMember.LEFT}:
            await self._subscriptions.lost(change.chat.id)
        else:
            await self._subscriptions.found_again(change.chat.id)

    async def migrated(self, update: Update, _context: Context) -> None:
        """Follow a group that became a supergroup; both of the chats tell so, in any order."""
        message = update.effective_message
        if message is None:
            return
        if message.migrate_to_chat_id is not None:
            await self._subscriptions.moved(message.chat.id, message.migrate_to_chat_id)
        elif message.migrate_from_chat_id is not None:
            await self._subscriptions.moved(message.migrate_from_chat_id, message.chat.id)
