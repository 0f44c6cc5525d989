"""The whole chat, with every subject and the operator's commands, over a real store that can be put back as it was."""

from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from builders import BAMAKO, GAO, MALI, assessment, chat, event
from contract.outbox_builders import decision, opened
from fakes import GROUPS, FakeAtlas
from service_fakes import HandClock, ToldUnderstander
from sqlalchemy import delete, insert, select, text
from support.telegram_emulator import TOKEN, Shown, TelegramEmulator
from telegram import Update
from telegram.ext import CallbackQueryHandler, CommandHandler

from bot.alerts.render import own_name, render
from bot.chat.allowance import Allowance
from bot.chat.application import build_application
from bot.chat.callbacks import Press, Seal, encode
from bot.chat.exchange import App, Exchange
from bot.chat.offer import Offer
from bot.chat.operator import Operator
from bot.chat.paced_start import PacedStart
from bot.chat.pacer import Pacer
from bot.chat.people import TelegramPeople
from bot.chat.sender import TelegramSender
from bot.chat.transport import make_bot
from bot.model.assessment import Severity
from bot.model.contact import SecondContact
from bot.model.watch import ChatKind
from bot.services.broadcast import Broadcast
from bot.services.crew import Crew
from bot.services.deliver import Deliver
from bot.services.ingest import alerts_for
from bot.services.inquiries import Inquiries
from bot.services.invitations import Admission, Door
from bot.services.operate import Operate
from bot.services.privacy import Privacy
from bot.services.reactions import Reactions
from bot.services.regions import Regions
from bot.services.subscriptions import Subscriptions
from bot.services.trips import Stop, Trip, Trips
from bot.storage.store import SqlStore
from bot.storage.tables import metadata
from bot.wording.typed_dates import Span

Rows = Mapping[str, list[tuple[Any, ...]]]
EVENT, CONTACT, ASKING, INVITATION, DRAFT = "event-1", 4_242, 4_343, 77, "draft-1"
"""An event that all chats were told of; their second contact; a chat that invites them with that number; a notice."""


@dataclass
class WholeChat:
    """The application, what it keeps, and what its chats see. Updates are handed in one by one."""

    telegram: TelegramEmulator
    store: SqlStore
    application: App
    subscriptions: Subscriptions
    crew: Crew
    deliver: Deliver
    clock: HandClock

    @property
    def commands(self) -> set[str]:
        """Every command that the application hears."""
        handlers = [one for group in self.application.handlers.values() for one in group]
        return {name for one in handlers if isinstance(one, CommandHandler) for name in one.commands}

    @property
    def exchange(self) -> Exchange:
        """What the application keeps in memory of rights and of who acts for whom."""
        handlers = [one for group in self.application.handlers.values() for one in group]
        (buttons,) = (one for one in handlers if isinstance(one, CallbackQueryHandler))
        found = buttons.callback.__self__._exchange  # type: ignore[attr-defined]
        assert isinstance(found, Exchange)
        return found

    def forgetful(self) -> None:
        """Let nothing that was done before count: nobody's rights are remembered, nobody has changed anything."""
        self.exchange._allowance = Allowance()
        self.exchange.access._known.clear()
        self.exchange.behalf._acting.clear()

    async def says(self, chat_id: int, typed: str, user_id: int, **more: Any) -> list[Shown]:  # noqa: ANN401 - as the emulator has it
        """Hand in what a person writes; return what was shown for it, anywhere."""
        self.telegram.say(chat_id, typed, user_id=user_id, **more)
        return await self._handed()

    async def presses(self, message: Shown, press: Press | str, user_id: int, *, sealed_for: int = 0) -> list[str]:
        """Hand in a press under the message, sealed by us unless it is raw data; return the answers to it."""
        data = press
        if isinstance(press, Press):
            data = Seal(TOKEN).close(sealed_for or message.chat_id, encode(press))
        before = len(self.telegram.answers)
        self.telegram.press_data(message.chat_id, message, str(data), user_id=user_id)
        await self._handed()
        return [str(one["text"]) for one in self.telegram.answers[before:]]

    async def _handed(self) -> list[Shown]:
        floor = max((one.number for one in self.telegram.messages), default=0)
        update = Update.de_json(self.telegram.taken(), self.application.bot)
        await self.application.process_update(update)
        await self.crew.roll_calls.settled()
        return [one for one in self.telegram.messages if one.number > floor]

    async def writes(self) -> int:
        """Return how many rows were ever written: where it has not grown, nothing was changed."""
        async with self.store._database.reading() as connection:
            return int((await connection.execute(text("SELECT total_changes()"))).scalar_one())

    async def rows(self) -> Rows:
        """Return all that is kept, by table."""
        async with self.store._database.reading() as connection:
            return {
                table.name: sorted((tuple(row) for row in await connection.execute(select(table))), key=repr)
                for table in metadata.sorted_tables
            }

    async def put_back(self, rows: Rows) -> None:
        """Keep these rows, and no others."""
        async with self.store._database.writing() as connection:
            for table in reversed(metadata.sorted_tables):
                await connection.execute(delete(table))
            for table in metadata.sorted_tables:
                keyed = [dict(zip(table.columns.keys(), row, strict=True)) for row in rows[table.name]]
                if keyed:
                    await connection.execute(insert(table), keyed)

    async def lived_in(self, chat_id: int, kind: ChatKind, asked_by: int, thread_id: int | None) -> Trip:
        """Let the chat have two watches, a trip, a contact, one whose contact it is, and settings; return the trip."""
        until = self.clock.now() + timedelta(hours=1)
        kept = chat(chat_id, kind=kind, snoozed_until=until, thread_id=thread_id)
        await self.store.save_chat(kept)
        await self.subscriptions.watch(chat_id, MALI)
        await self.subscriptions.watch(chat_id, BAMAKO)
        day = self.clock.now().date()
        stop = Stop(place=GAO, span=Span(day + timedelta(days=9), day + timedelta(days=12)))
        trip = await Trips(self.subscriptions, self.clock.now).plan(kept, [stop])
        assert isinstance(trip, Trip)
        for asking, contact in ((chat_id, CONTACT), (asked_by, chat_id)):
            await self.store.contacts.keep(
                SecondContact(chat_id=asking, after_minutes=5, contact_id=contact, agreed_at=self.clock.now())
            )
        return trip

    async def told(self) -> None:
        """Let an attack in Bamako open, and all chats be told of it; the operator has written a notice."""
        now = self.clock.now()
        await self.store.broadcasts.draft(DRAFT, "We move house on Sunday.", now, now)
        await self.store.contacts.keep(SecondContact(chat_id=ASKING, after_minutes=5, invitation=INVITATION))
        change = opened(event(id=EVENT, severity=Severity.EXTREME))
        alerts = await alerts_for((change,), self.store, change.at)
        await self.store.commit([decision(change, alerts=alerts, when=change.at)])
        await self.deliver.sweep()


@asynccontextmanager
async def whole_chat(telegram: TelegramEmulator, operator_chat: int) -> AsyncIterator[WholeChat]:
    """Put everything together over a store in memory."""
    clock = HandClock()
    pace = PacedStart(Pacer(per_second=100_000, private_gap=0, group_gap=0))
    bot = make_bot(TOKEN, base_url=telegram.base_url, pace=pace, on_fatal=lambda _why: None)
    async with SqlStore.open("sqlite+aiosqlite://", "this test") as store:
        subscriptions = Subscriptions(store, Regions(FakeAtlas(), GROUPS), clock)  # type: ignore[arg-type]
        sender = TelegramSender(bot, clock.now)
        crew = Crew.of(store, sender=sender, people=TelegramPeople(bot), clock=clock, names=own_name, secret=TOKEN)
        understander = ToldUnderstander(lambda _item: assessment())
        inquiries = Inquiries(store, sources=(), understander=understander, now=clock.now)
        offer = Offer(
            privacy=Privacy(store, deliveries_days=30, backups_days=28),
            reactions=Reactions(store, clock, own_name),
            admission=Admission(store, clock, Door.OPEN, {operator_chat}),
        )
        broadcast = Broadcast(
            box=store.broadcasts, store=store, sender=sender, clock=clock, operator_chat=operator_chat
        )
        operator = Operator(operator_chat, Operate(store, clock), broadcast)
        application = build_application(bot, subscriptions, clock.now, operator, inquiries, offer=offer, crew=crew)
        deliver = Deliver(store=store, sender=sender, render=render, clock=clock, owner="this")
        await application.initialize()
        try:
            yield WholeChat(telegram, store, application, subscriptions, crew, deliver, clock)
        finally:
            await application.shutdown()
