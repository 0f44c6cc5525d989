"""What people write: commands, names of places, shared locations; and the chat's coming and going."""

import re

from telegram import ChatMember, Update

from bot.chat.exchange import Context, Exchange, kind_of, topic_of
from bot.chat.screens import (
    Screen,
    choice_screen,
    help_screen,
    languages_screen,
    settings_screen,
    unknown_screen,
    watch_title,
    watches_screen,
    watching_screen,
    welcome_screen,
)
from bot.model.place import Place, Point
from bot.model.text import fold
from bot.model.watch import Chat, ChatKind, Watch
from bot.services.subscriptions import Exact, Full, Several, TooLong
from bot.wording import Words, words_for

_RADIUS = re.compile(r"(?P<place>.*?\S)[\s,]+(?P<km>\d{1,4})\s*(?:km|км|كم)?", re.IGNORECASE | re.DOTALL)
_SHOWN_QUERY = 60


def split_radius(text: str) -> tuple[str, float | None]:
    """Return the name and the radius in km of "Bamako 80 km" or "Bamako 80"."""
    found = _RADIUS.fullmatch(text.strip())
    return (found["place"], float(found["km"])) if found else (text.strip(), None)


class Commands:
    """The handlers of messages. Each answers; none ends in silence."""

    def __init__(self, exchange: Exchange) -> None:
        self._exchange, self._subscriptions = exchange, exchange.subscriptions

    async def start(self, update: Update, context: Context) -> None:
        """Begin, or begin again: a new chat chooses its language first."""
        if update.effective_chat is None or not await self._allowed(update, context):
            return
        known = await self._subscriptions.chat(update.effective_chat.id)
        chat = await self._exchange.chat(update)
        if known is None:
            await self._exchange.show(update, languages_screen())
            return
        topic = topic_of(update.effective_message)
        await self._subscriptions.start(chat.id, kind_of(update), thread_id=topic)
        await self._exchange.show(update, await self.welcome(chat))

    async def welcome(self, chat: Chat) -> Screen:
        """Return the welcome in the chat's language."""
        watches = len(await self._subscriptions.watches(chat.id))
        return welcome_screen(words_for(chat.language), private=chat.kind is ChatKind.PRIVATE, watches=watches)

    async def stop(self, update: Update, context: Context) -> None:
        """Tell the chat nothing more."""
        if not await self._allowed(update, context):
            return
        chat = await self._exchange.chat(update)
        await self._subscriptions.stop(chat.id)
        words = words_for(chat.language)
        await self._exchange.show(
            update, Screen(words.say("I tell you nothing more. Your places are kept: /start brings me back."))
        )

    async def help(self, update: Update, _context: Context) -> None:
        """List the commands."""
        chat = await self._exchange.chat(update)
        await self._exchange.show(update, help_screen(words_for(chat.language)))

    async def watch(self, update: Update, context: Context) -> None:
        """Watch the place named after the command."""
        named = " ".join(context.args or ())
        if not await self._allowed(update, context):
            return
        if named:
            await self._watch_named(update, named)
            return
        words = words_for((await self._exchange.chat(update)).language)
        await self._exchange.show(update, Screen(words.say("Which place? Write it like this: /watch Bamako 80 km")))

    async def text(self, update: Update, _context: Context) -> None:
        """Take what is written in private as the name of a place."""
        if update.effective_message is not None and update.effective_message.text:
            await self._watch_named(update, update.effective_message.text)

    async def location(self, update: Update, context: Context) -> None:
        """Watch the point that was shared."""
        message = update.effective_message
        if message is None or message.location is None or not await self._allowed(update, context):
            return
        chat = await self._exchange.chat(update, awake=True)
        point = Point(message.location.latitude, message.location.longitude)
        await self._kept(update, chat, await self._subscriptions.pin(chat.id, point), ())

    async def watches(self, update: Update, _context: Context) -> None:
        """List what is watched."""
        chat = await self._exchange.chat(update)
        words = words_for(chat.language)
        watches = await self._subscriptions.watches(chat.id)
        await self._exchange.show(update, watches_screen(watches, 0, words, self._exchange.titles(words)))

    async def unwatch(self, update: Update, context: Context) -> None:
        """Stop watching what is named, or show the list to choose from."""
        named = " ".join(context.args or ())
        if not named:
            await self.watches(update, context)
            return
        if not await self._allowed(update, context):
            return
        chat = await self._exchange.chat(update)
        words = words_for(chat.language)
        watches = await self._subscriptions.watches(chat.id)
        meant = [watch for watch in watches if self._is_named(watch, named, words)]
        if not meant:
            titles = self._exchange.titles(words)
            none = words.say("I watch no “{query}” for you.", query=named[:_SHOWN_QUERY])
            listed = watches_screen(watches, 0, words, titles)
            await self._exchange.show(update, Screen(f"{none}\n\n{listed.text}", listed.rows))
            return
        for watch in meant:
            await self._subscriptions.unwatch(chat.id, watch.id)
        gone = ", ".join(watch_title(watch, words, self._exchange.titles(words)) for watch in meant)
        await self._exchange.show(update, Screen(words.say("I no longer watch {place}.", place=gone)))

    async def settings(self, update: Update, _context: Context) -> None:
        """Show the settings."""
        chat = await self._exchange.chat(update)
        least = await self._subscriptions.least_severity(chat.id)
        await self._exchange.show(
            update, settings_screen(chat, least, self._exchange.now(), words_for(chat.language))
        )  # fmt: skip

    async def other(self, update: Update, _context: Context) -> None:
        """Answer what is neither a command that is known nor a place."""
        words = words_for((await self._exchange.chat(update)).language)
        known = help_screen(words)
        hint = words.say("I did not understand that. Write the name of a place, share a location, or use a command:")
        await self._exchange.show(update, Screen(f"{hint}\n\n{known.text}"))

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

    async def _watch_named(self, update: Update, text: str) -> None:
        chat = await self._exchange.chat(update, awake=True)
        words = words_for(chat.language)
        titles = self._exchange.titles(words)
        name, radius = split_radius(text)
        shown = " ".join(name.split())[:_SHOWN_QUERY]
        match await self._subscriptions.find(name):
            case Exact(place, others):
                await self._kept(update, chat, await self._subscriptions.watch(chat.id, place, radius), others)
            case Several(places):
                await self._exchange.show(update, choice_screen(shown, places, radius, words, titles))
            case TooLong():
                await self._exchange.show(update, Screen(words.say("That is too long for the name of a place.")))
            case unknown:
                await self._exchange.show(update, unknown_screen(shown, unknown.nearest, radius, words, titles))

    async def _kept(self, update: Update, chat: Chat, kept: Watch | Full, others: tuple[Place, ...]) -> None:
        words = words_for(chat.language)
        await self._exchange.show(update, kept_screen(kept, others, words, self._exchange))

    def _is_named(self, watch: Watch, named: str, words: Words) -> bool:
        place = watch.area[0]
        names = {watch.label, place.name, self._subscriptions.name(place, words.language), place.iata or ""}
        return fold(named).strip() in {fold(name) for name in names if name}

    async def _allowed(self, update: Update, context: Context) -> bool:
        """Tell whether the person may change this chat; say so if not."""
        if await self._exchange.may_change(update, context):
            return True
        words = words_for((await self._exchange.chat(update)).language)
        await self._exchange.show(update, Screen(refusal(words)))
        return False


def kept_screen(kept: Watch | Full, others: tuple[Place, ...], words: Words, exchange: Exchange) -> Screen:
    """Return the screen for a watch that was kept, or for one too many."""
    if isinstance(kept, Full):
        return Screen(words.say("I watch {count} places for you already, and no more. /watches", count=kept.most))
    return watching_screen(kept, others, words, exchange.titles(words))


def refusal(words: Words) -> str:
    """Say that only administrators change things in a group."""
    return words.say("Only administrators of this group can change what I do here.")
