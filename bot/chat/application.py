"""The chat's edge put together: python-telegram-bot's application over our bot, handlers, and its life.

No JobQueue (the worker keeps the time), no AIORateLimiter (it loses sends), no persistence (our tables keep all).
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from contextlib import suppress
from datetime import datetime
from typing import Any
from weakref import WeakValueDictionary

from telegram import (
    BotCommand,
    BotCommandScope,
    BotCommandScopeAllChatAdministrators,
    BotCommandScopeAllGroupChats,
    BotCommandScopeAllPrivateChats,
    BotCommandScopeDefault,
    Update,
)
from telegram.error import Conflict, InvalidToken, TelegramError
from telegram.ext import (
    Application,
    BaseUpdateProcessor,
    CallbackQueryHandler,
    ChatMemberHandler,
    CommandHandler,
    ExtBot,
    InlineQueryHandler,
    MessageHandler,
    TypeHandler,
    Updater,
    filters,
)

from bot.chat.access import Access
from bot.chat.buttons import Buttons
from bot.chat.callbacks import Seal
from bot.chat.door import DoorKeeper
from bot.chat.exchange import App, Context, Exchange
from bot.chat.offer import Offer
from bot.chat.operator import Operator, OperatorCommands
from bot.chat.people import TelegramPeople
from bot.chat.references import INVITATION, MANAGE, References
from bot.chat.screens.entrance import COMMANDS, KEYS, READING_COMMANDS, key_texts
from bot.chat.screens.screen import Screen
from bot.chat.subjects.asking import Asking
from bot.chat.subjects.contacts import ContactTalk
from bot.chat.subjects.duty_log import DutyLogTalk
from bot.chat.subjects.entrance import Entrance
from bot.chat.subjects.inline import Inline
from bot.chat.subjects.life import Life
from bot.chat.subjects.locations import Locations
from bot.chat.subjects.notice import NoticeTalk
from bot.chat.subjects.options import Options
from bot.chat.subjects.peace import Peace
from bot.chat.subjects.privacy import PrivacyTalk
from bot.chat.subjects.reactions import ReactionTalk
from bot.chat.subjects.roll_calls import RollCallTalk
from bot.chat.subjects.routes import Routes
from bot.chat.subjects.settings import Settings
from bot.chat.subjects.stewardship import Stewardship
from bot.chat.subjects.subject import Handler, Subject
from bot.chat.subjects.told import Told
from bot.chat.subjects.trips import TripTalk
from bot.chat.subjects.watching import Watching
from bot.chat.transport import POLL_TIMEOUT, OnFatal
from bot.model.alert import Lane
from bot.services.crew import Crew
from bot.services.inquiries import Inquiries
from bot.services.subscriptions import Subscriptions
from bot.services.trips import Trips
from bot.wording import LANGUAGES, words_for
from bot.wording.catalogue import SOURCE_LANGUAGE

ALLOWED_UPDATES = (
    Update.MESSAGE, Update.EDITED_MESSAGE, Update.CALLBACK_QUERY, Update.MY_CHAT_MEMBER, Update.INLINE_QUERY,
    Update.CHAT_MEMBER,
)  # fmt: skip

_log = logging.getLogger(__name__)
# Those that wait for an earlier update of their own chat count too: one eager chat must not take all places.
_AT_ONCE = 256
_FIRST_PAUSE, _LONGEST_PAUSE = 1.0, 60.0
_SCOPES: tuple[tuple[BotCommandScope, frozenset[str]], ...] = (
    (BotCommandScopeDefault(), frozenset(COMMANDS)),
    (BotCommandScopeAllPrivateChats(), frozenset(COMMANDS)),
    (BotCommandScopeAllGroupChats(), READING_COMMANDS),
    (BotCommandScopeAllChatAdministrators(), frozenset(COMMANDS)),
)
"""Who is offered which commands: in a group, members who are no administrators those that change nothing."""


class InOrder(BaseUpdateProcessor):
    """Handles many chats at once, and each chat's updates one after the other."""

    def __init__(self, at_once: int = _AT_ONCE) -> None:
        super().__init__(at_once)
        self._locks: WeakValueDictionary[int, asyncio.Lock] = WeakValueDictionary()

    async def do_process_update(self, update: object, coroutine: Awaitable[Any]) -> None:
        """Handle the update after the earlier ones of its chat."""
        # An inline query comes from no chat: a person's own are in order.
        asker = (update.effective_chat or update.effective_user) if isinstance(update, Update) else None
        lock = self._locks.setdefault(asker.id if asker else 0, asyncio.Lock())
        async with lock:
            await coroutine

    async def initialize(self) -> None:
        """Nothing to open."""

    async def shutdown(self) -> None:
        """Nothing to close."""


def build_application(
    bot: ExtBot[Lane],
    subscriptions: Subscriptions,
    now: Callable[[], datetime],
    operator: Operator | None = None,
    inquiries: Inquiries | None = None,
    *,
    offer: Offer | None = None,
    crew: Crew | None = None,
) -> App:
    """Return the application with all handlers; `open_chat` brings it to life."""
    builder = Application.builder().bot(bot).job_queue(None).concurrent_updates(InOrder())
    application: App = builder.build()  # type: ignore[assignment]  # the builder's types do not know job_queue(None)
    exchange, references = Exchange(subscriptions, Access(), now, Seal(bot.token)), References(bot.token)
    stewardship = Stewardship(exchange, references)
    links: dict[str, Handler] = {MANAGE: stewardship.linked}
    together: tuple[Subject, ...] = (stewardship,)
    if crew is not None:
        contacts = ContactTalk(exchange, crew.acknowledge, TelegramPeople(bot), references)
        links[INVITATION] = contacts.linked
        duty_log = DutyLogTalk(exchange, crew.duty_log)
        together = (stewardship, RollCallTalk(exchange, crew.roll_calls), contacts, duty_log)
    entrance, watching, locations = Entrance(exchange, links), Watching(exchange), Locations(exchange)
    trips = TripTalk(exchange, Trips(subscriptions, now))
    subjects: tuple[Subject, ...] = (
        entrance, watching, Routes(exchange), Options(exchange), trips, Settings(exchange), Peace(exchange),
        *together,
    )  # fmt: skip
    if inquiries is not None:
        subjects = (*subjects, Asking(exchange, inquiries), Told(exchange, inquiries))
        application.add_handler(InlineQueryHandler(Inline(exchange, inquiries).asked))
    subjects = (*subjects, *_offered(exchange, offer or Offer()))
    subjects = (*subjects, *_for_operator(application, exchange, operator, offer or Offer()))
    admission = offer.admission if offer else None
    if admission is not None:
        # A group of its own: of one group the library asks only the first handler that takes the update.
        application.add_handler(TypeHandler(Update, DoorKeeper(exchange, admission).look), group=-2)
    life = Life(subscriptions)
    fresh = filters.UpdateType.MESSAGE
    private = fresh & filters.ChatType.PRIVATE
    application.add_handler(TypeHandler(Update, stewardship.watched), group=-1)
    for subject in subjects:
        for name, handler in subject.commands.items():
            application.add_handler(CommandHandler(name, handler, filters=fresh))
    application.add_handler(CallbackQueryHandler(Buttons(exchange, subjects).press))
    application.add_handler(ChatMemberHandler(life.membership, ChatMemberHandler.MY_CHAT_MEMBER))
    application.add_handler(ChatMemberHandler(exchange.access.heard, ChatMemberHandler.CHAT_MEMBER))
    application.add_handler(MessageHandler(filters.StatusUpdate.MIGRATE, life.migrated))
    application.add_handler(MessageHandler(fresh & filters.LOCATION, locations.shared))
    application.add_handler(MessageHandler(filters.UpdateType.EDITED_MESSAGE & filters.LOCATION, locations.moved))
    calendar = filters.Document.FileExtension("ics") | filters.Document.MimeType("text/calendar")
    application.add_handler(MessageHandler(private & calendar, trips.calendar))
    application.add_handler(MessageHandler(private & filters.FORWARDED, stewardship.forwarded))
    keys = filters.Text(sorted(text for key in KEYS for text in key_texts(key)))
    application.add_handler(MessageHandler(private & keys, entrance.asked))
    application.add_handler(MessageHandler(private & filters.TEXT & ~filters.COMMAND, watching.text))
    application.add_handler(MessageHandler(private & ~filters.StatusUpdate.ALL, entrance.other))
    application.add_error_handler(_Apology(exchange))
    return application


def _offered(exchange: Exchange, offer: Offer) -> tuple[Subject, ...]:
    """Return the subjects whose services there are."""
    subjects: list[Subject] = []
    if offer.privacy:
        subjects.append(PrivacyTalk(exchange, offer.privacy))
    if offer.reactions:
        subjects.append(ReactionTalk(exchange, offer.reactions))
    return tuple(subjects)


def _for_operator(application: App, exchange: Exchange, operator: Operator | None, offer: Offer) -> tuple[Subject, ...]:
    """Hear the operator's commands in the operator's chat alone; return the subjects whose buttons they show."""
    if operator is None:
        return ()
    moves = OperatorCommands(exchange, operator)
    heard: dict[str, Handler] = {"retract": moves.retract, "merge": moves.merge, "split": moves.split}
    subjects: tuple[Subject, ...] = ()
    if operator.broadcast is not None:
        talk = NoticeTalk(exchange, operator.chat_id, operator.broadcast)
        subjects, heard["notice"] = (talk,), talk.notice
    if offer.admission is not None:
        heard["invite"] = DoorKeeper(exchange, offer.admission).invite
    for name, handler in heard.items():
        own = filters.UpdateType.MESSAGE & filters.Chat(operator.chat_id)
        application.add_handler(CommandHandler(name, handler, filters=own))
    return subjects


class _Apology:
    """Says in the chat that something went wrong, rather than nothing; the fault goes to the log."""

    def __init__(self, exchange: Exchange) -> None:
        self._exchange = exchange

    async def __call__(self, update: object, context: Context) -> None:
        """Log the fault, and answer if there is somebody to answer."""
        _log.error("a chat's wish failed", exc_info=context.error)
        if isinstance(update, Update) and update.effective_chat and update.effective_message:
            code = (update.effective_user and update.effective_user.language_code) or "en"
            sorry = words_for(code).say("Something went wrong here. Please try once more in a minute.")
            with suppress(TelegramError):
                if update.callback_query is not None:
                    await update.callback_query.answer(sorry[:200], show_alert=True)
                else:
                    await self._exchange.show(update, Screen(sorry))


async def open_chat(application: App, on_fatal: OnFatal) -> None:
    """Start to listen; without a network it tries again until there is one, so the worker need not wait for it.

    What ends everything (a refused token, a second poller) is told to `on_fatal` by the bot's own transport.
    """
    pause = _FIRST_PAUSE
    while True:
        try:
            await application.initialize()
            break
        except InvalidToken:
            return  # the transport has told
        except TelegramError as error:
            _log.warning("Telegram cannot be reached, trying again: %s", error)
            await asyncio.sleep(pause)
            pause = min(2 * pause, _LONGEST_PAUSE)
    updater = application.updater
    if updater is None:
        on_fatal("the chat was built without an updater")
        return
    await application.start()
    await updater.start_polling(
        timeout=POLL_TIMEOUT,
        bootstrap_retries=-1,
        allowed_updates=ALLOWED_UPDATES,
        drop_pending_updates=False,
        error_callback=_Polling(updater),
    )
    await _tell_commands(application.bot)


async def close_chat(application: App) -> None:
    """Stop listening, finish what is being answered, and close the connections."""
    if application.updater and application.updater.running:
        with suppress(TelegramError):  # what ended the polling comes out here once more
            await application.updater.stop()
    if application.running:
        await application.stop()
    await application.shutdown()


class _Polling:
    """Hears of failed polls. Where another process polls, ours ends: else each would push the other out for ever."""

    def __init__(self, updater: Updater) -> None:
        self._updater = updater
        self._stopping: asyncio.Task[None] | None = None

    def __call__(self, error: TelegramError) -> None:
        """Log the fault, or stop; the library tries again by itself."""
        if not isinstance(error, Conflict):
            _log.warning("polling Telegram failed, trying again: %s", error)
        elif self._stopping is None:
            self._stopping = asyncio.create_task(self._stop(), name="stop polling")

    async def _stop(self) -> None:
        with suppress(TelegramError, RuntimeError):  # it may be stopping already
            await self._updater.stop()


async def _tell_commands(bot: ExtBot[Lane]) -> None:
    """Give Telegram the list of commands for each kind of chat, in each language; that it fails harms nobody."""
    with suppress(TelegramError):
        for scope, names in _SCOPES:
            for code in LANGUAGES:
                words = words_for(code)
                listed = [BotCommand(name, words.say(phrase)) for name, phrase in COMMANDS.items() if name in names]
                language = None if code == SOURCE_LANGUAGE else code
                await bot.set_my_commands(listed, scope=scope, language_code=language)
