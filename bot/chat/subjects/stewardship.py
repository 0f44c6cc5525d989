"""Seeing to a group or a channel from private chat: its administrators may, and their rights are asked each time."""

from collections.abc import Mapping

from telegram import Chat as TelegramChat
from telegram import ChatFullInfo, ChatMember, MessageOriginChannel, Update
from telegram.error import TelegramError
from telegram.ext import ApplicationHandlerStop

from bot.chat.callbacks import Press, Verb
from bot.chat.exchange import Context, Exchange, refusal
from bot.chat.references import MANAGE, Reference, References
from bot.chat.screens.screen import Screen, button
from bot.chat.subjects.subject import Act, Handler
from bot.model.alert import Button
from bot.model.watch import Chat, ChatKind
from bot.wording import Words, words_for


class Stewardship:
    """The way from a group to its settings in private chat, and from a channel."""

    def __init__(self, exchange: Exchange, references: References) -> None:
        self._exchange, self._references = exchange, references

    @property
    def commands(self) -> Mapping[str, Handler]:
        """In a group the way to private chat; in private chat the way to a channel."""
        return {"manage": self.manage, "channel": self.channel}

    @property
    def presses(self) -> Mapping[Verb, Act]:
        """Back to one's own chat."""
        return {Verb.OWN: self._own}

    def reads(self, press: Press) -> bool:
        """To go back is for everybody."""
        return press.verb is Verb.OWN

    async def manage(self, update: Update, context: Context) -> None:
        """Offer the way to private chat; whoever takes it is asked there whether they may."""
        if not await self._exchange.allowed(update, context) or update.effective_chat is None:
            return
        chat = await self._exchange.chat(update)
        words = words_for(chat.language)
        if update.effective_chat.type == TelegramChat.PRIVATE:
            await self._exchange.show(update, Screen(_how(words)))
            return
        link = self._references.close(MANAGE, Reference(chat.id))
        url = f"https://t.me/{context.bot.username}?start={link}"
        said = words.say("See to this group in private chat: only its administrators can.")
        await self._exchange.show(update, Screen(said, ((Button(label=words.say("Open in private chat"), url=url),),)))

    async def linked(self, update: Update, context: Context) -> None:
        """Begin to see to the group of a link, if the person may."""
        found = self._references.open(MANAGE, context.args[0] if context.args else "")
        here = update.effective_chat
        if found is None or here is None or here.type != TelegramChat.PRIVATE:
            words = words_for((await self._exchange.known(update)).language)
            await self._exchange.show(
                update, Screen(words.say("This button is out of date. /help shows what I can do."))
            )
            return
        await self._begin(update, context, found.chat_id)

    async def channel(self, update: Update, context: Context) -> None:
        """Begin to see to the channel that is named: /channel @name."""
        here = update.effective_chat
        if here is None or here.type != TelegramChat.PRIVATE or not context.args:
            words = words_for((await self._exchange.known(update)).language)
            await self._exchange.show(update, Screen(_how(words)))
            return
        name = context.args[0]
        await self._begin(update, context, name if name.startswith("@") else f"@{name}")

    async def forwarded(self, update: Update, context: Context) -> None:
        """Begin to see to the channel that a forwarded post is from."""
        message = update.effective_message
        origin = message.forward_origin if message else None
        if isinstance(origin, MessageOriginChannel):
            await self._begin(update, context, origin.chat.id)
        else:
            words = words_for((await self._exchange.known(update)).language)
            await self._exchange.show(update, Screen(_how(words)))

    async def watched(self, update: Update, context: Context) -> None:
        """Before all else: who has lost their rights in the other chat acts for nobody but themselves from now on."""
        here, user = update.effective_chat, update.effective_user
        acting = self._exchange.behalf.of(here.id) if here is not None else None
        if here is None or acting is None:
            return
        if user is not None and await self._exchange.access.is_admin(acting.chat_id, user.id, context.bot):
            self._exchange.behalf.go_on(here.id)
            return
        self._exchange.behalf.end(here.id)
        words = words_for((await self._exchange.known(update)).language)
        if update.callback_query is not None:
            await update.callback_query.answer(refusal(words)[:200], show_alert=True)
        else:
            await self._exchange.show(update, Screen(refusal(words)))
        raise ApplicationHandlerStop

    async def _begin(self, update: Update, context: Context, which: int | str) -> None:
        here, user = update.effective_chat, update.effective_user
        words = words_for((await self._exchange.known(update)).language)
        found = await _found(context, which)
        if here is None or user is None or found is None:
            await self._exchange.show(update, Screen(_how(words)))
            return
        if not await self._exchange.access.is_admin(found.id, user.id, context.bot):
            await self._exchange.show(update, Screen(refusal(words)))
            return
        if await self._exchange.subscriptions.chat(found.id) is None:
            await self._exchange.subscriptions.start(found.id, ChatKind(found.type), language=words.language)
        self._exchange.behalf.begin(here.id, found.id, found.effective_name or "")
        said = words.say("What you write and press here is meant for that chat now, until you go back.")
        rows = ((button(words.say("Settings"), Verb.SETTINGS), button(words.say("Places"), Verb.WATCHES)),)
        await self._exchange.show(update, Screen(said, rows))

    async def _own(self, update: Update, chat: Chat, _press: Press) -> str:
        del chat
        if update.effective_chat is None:
            return ""
        self._exchange.behalf.end(update.effective_chat.id)
        words = words_for((await self._exchange.known(update)).language)
        await self._exchange.turn(update, Screen(words.say("You are back in your own chat. /watches /settings /help")))
        return ""


async def _found(context: Context, which: int | str) -> ChatFullInfo | None:
    """Return the group or channel if the bot is in it and may write there; None in doubt."""
    try:
        found = await context.bot.get_chat(which)
        mine = await context.bot.get_chat_member(found.id, context.bot.id)
    except TelegramError:
        return None
    if found.type == TelegramChat.CHANNEL:
        return found if mine.status == ChatMember.ADMINISTRATOR and getattr(mine, "can_post_messages", False) else None
    left = mine.status in {ChatMember.LEFT, ChatMember.BANNED}
    return None if left or found.type == TelegramChat.PRIVATE else found


def _how(words: Words) -> str:
    return words.say(
        "For a group: /manage there. For a channel: make me its administrator with the right to post, then forward me "
        "one of its posts, or write /channel @name"
    )
