"""Puts the house together: the only place that chooses real parts."""

import asyncio
import os
import socket
from collections.abc import AsyncIterator, Callable, Collection, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from functools import partial
from pathlib import Path
from secrets import token_hex

from bot.alerts.render import render
from bot.app.config import Retention, Tuning
from bot.app.full_text import reading_pages
from bot.app.regions_file import load_regions
from bot.app.settings import Settings
from bot.chat.offer import Offer
from bot.gazetteer import Gazetteer
from bot.model.alert import Outcome
from bot.model.item import Item, Source
from bot.net.addresses import AddressGuard
from bot.net.fetcher import HttpFetcher
from bot.net.headers import user_agent
from bot.net.manners import Manners
from bot.net.stream import SocketStream
from bot.services.briefs import Briefs
from bot.services.broadcast import Broadcast
from bot.services.canary import RESERVED, Aviary, Canary
from bot.services.coverage import Coverage
from bot.services.crew import Crew, Nobody
from bot.services.deliver import Deliver
from bot.services.housekeeping import Housekeeping, Keeping
from bot.services.ingest import Ingest
from bot.services.inquiries import Records
from bot.services.invitations import Admission, Door
from bot.services.listen import Listen
from bot.services.operate import Operate
from bot.services.ports import Claimed, Clock, Decision, Sender, Store
from bot.services.privacy import Privacy
from bot.services.reactions import Reactions
from bot.services.reconcile import Reconcile
from bot.services.record import Record
from bot.services.regions import Regions
from bot.services.rollcall import People
from bot.services.sharing import Sharing
from bot.services.subscriptions import Subscriptions
from bot.services.tend import Tend
from bot.storage.migrations.before import copy_before_upgrade
from bot.storage.store import SqlStore
from bot.workers.decoder import WorkerDecoder
from bot.workers.understander import WorkerUnderstander

HOST_GAP = timedelta(seconds=1)


@dataclass(slots=True, kw_only=True)
class House:
    """All that runs, put together. Close it by leaving `open_house`.

    `tuning`, `sources` and `housekeeping` are replaced when the configuration is read again (reload.py).
    """

    settings: Settings
    tuning: Tuning
    sources: tuple[Source, ...]
    clock: Clock
    store: Store
    records: Records
    sharing: Sharing
    logbook: Record
    understander: WorkerUnderstander
    ingest: Ingest
    listen: Listen
    deliver: Deliver
    housekeeping: Housekeeping
    coverage: Coverage
    tend: Tend
    briefs: Briefs
    broadcast: Broadcast
    offer: Offer
    subscriptions: Subscriptions
    operate: Operate
    crew: Crew
    gazetteer: Gazetteer
    canary: Canary
    reconcile: Reconcile


@dataclass(frozen=True, slots=True, kw_only=True)
class Ears:
    """Who wants to hear what happens inside: for logs and metrics, and for waking the delivery."""

    on_alerts: Callable[[], None] = field(default=lambda: None)
    on_decision: Callable[[Decision], None] = field(default=lambda _: None)
    on_outcome: Callable[[Claimed, Outcome], None] = field(default=lambda *_: None)
    on_unconfirmed: Callable[[Claimed], None] = field(default=lambda _: None)
    on_trouble: Callable[[Exception], None] = field(default=lambda _: None)
    on_unread: Callable[[Item, str], None] = field(default=lambda *_: None)


@asynccontextmanager
async def open_house(
    settings: Settings,
    tuning: Tuning,
    sources: Sequence[Source],
    *,
    sender: Sender,
    clock: Clock,
    ears: Ears,
    resting: Callable[[], Collection[int] | None] = frozenset,
    host_gap: timedelta = HOST_GAP,
    takes_in: bool = True,
    people: People | None = None,
) -> AsyncIterator[House]:
    """Open store, fetcher and, for one who takes in news, worker processes; and close them again.

    The schema is brought up to date first, after a backup.
    """
    owner = f"{socket.gethostname()}-{os.getpid()}-{token_hex(4)}"  # containers number their processes alike
    gazetteer = Gazetteer.open()
    atlas = Regions(gazetteer, load_regions(settings.config_dir))
    await copy_before_upgrade(settings.database, settings.backups, clock.now())
    async with AsyncExitStack() as stack:
        store = await stack.enter_async_context(SqlStore.open(settings.database, owner, migrate=True))
        fetcher = make_fetcher(settings, tuning, clock, host_gap=host_gap)
        stack.push_async_callback(fetcher.close)
        decoder = WorkerDecoder()
        stack.push_async_callback(decoder.close)
        understander = WorkerUnderstander("bot.app.books:load_books", str(settings.config_dir))
        stack.push_async_callback(understander.close)
        if takes_in:
            await asyncio.gather(decoder.start(), understander.start())
        window = timedelta(hours=tuning.polling.first_poll_hours)
        ingest = Ingest(
            store=store,
            fetcher=fetcher,
            decoder=decoder,
            understander=understander,
            clock=clock,
            first_poll_window=window,
            on_alerts=ears.on_alerts,
            on_decision=ears.on_decision,
            on_read=lambda understood: want_page(understood),  # noqa: PLW0108 - made below
        )
        want_page = await stack.enter_async_context(
            reading_pages(sources, fetcher=fetcher, clock=clock, take=ingest.take, on_unread=ears.on_unread)
        )
        yield House(
            settings=settings,
            tuning=tuning,
            sources=tuple(source for source in sources if source.enabled),
            clock=clock,
            store=store,
            records=store,
            sharing=store,
            logbook=store,
            understander=understander,
            canary=Canary(
                store=store,
                decoder=decoder,
                understander=understander,
                clock=clock,
                turn=ingest.turn,
                island=gazetteer.search(RESERVED, limit=1)[0],
                on_alerts=ears.on_alerts,
            ),
            reconcile=Reconcile(store, clock, on_alerts=ears.on_alerts),
            gazetteer=gazetteer,
            subscriptions=Subscriptions(store, atlas, clock),
            crew=Crew.of(
                store,
                sender=sender,
                people=people or Nobody(),
                clock=clock,
                names=atlas.name_in,
                secret=settings.telegram_token.get_secret_value() if settings.telegram_token else owner,
            ),
            operate=Operate(store, clock, on_alerts=ears.on_alerts),
            coverage=Coverage(store=store, sender=sender, clock=clock),
            tend=Tend(store=store, sender=sender, clock=clock, names=atlas.name_in),
            briefs=Briefs(store=store, sender=sender, clock=clock, names=atlas.name_in),
            broadcast=Broadcast(
                box=store.broadcasts, store=store, sender=sender, clock=clock, operator_chat=settings.operator_chat
            ),
            offer=Offer(
                privacy=_privacy(store, tuning),
                reactions=Reactions(store, clock, atlas.name_in),
                admission=_admission(store, clock, settings),
            ),
            housekeeping=Housekeeping(
                store=store, clock=clock, keep=keeping(tuning.retention), on_decision=ears.on_decision
            ),
            ingest=ingest,
            listen=Listen(
                store=store, stream=make_stream(settings), decoder=decoder, ingest=ingest, clock=clock, window=window
            ),
            deliver=Deliver(
                store=store,
                sender=Aviary(sender),
                render=partial(render, names=atlas.name_in),
                clock=clock,
                owner=owner,
                in_flight=tuning.delivery.in_flight,
                resting=resting,
                on_outcome=ears.on_outcome,
                on_unconfirmed=ears.on_unconfirmed,
                on_trouble=ears.on_trouble,
            ),
        )


def keeping(retention: Retention) -> Keeping:
    """Return how long what is kept."""
    return Keeping(
        items=timedelta(days=retention.items_days),
        statements=timedelta(days=retention.statements_days),
        events=timedelta(days=retention.events_days),
        deliveries=timedelta(days=retention.deliveries_days),
    )


def _admission(store: SqlStore, clock: Clock, settings: Settings) -> Admission:
    return Admission(store, clock, Door(settings.access), {*settings.allowed_chats, settings.operator_chat} - {0})


def _privacy(store: SqlStore, tuning: Tuning) -> Privacy:
    weeks = timedelta(weeks=tuning.backups.keep_weekly)
    newest = timedelta(hours=tuning.backups.every_hours * tuning.backups.keep_newest)
    return Privacy(
        store, deliveries_days=tuning.retention.deliveries_days, backups_days=max(weeks, newest) / timedelta(days=1)
    )


def make_fetcher(settings: Settings, tuning: Tuning, clock: Clock, *, host_gap: timedelta = HOST_GAP) -> HttpFetcher:
    """Return the fetcher that the settings ask for; close it when done."""
    return HttpFetcher(
        user_agent=user_agent("", settings.contact),
        clock=clock,
        guard=AddressGuard(allow_hosts=settings.allow_hosts),
        manners=Manners(gap_s=host_gap.total_seconds(), at_once=tuning.polling.requests_at_once),
    )


def make_stream(settings: Settings) -> SocketStream:
    """Return the ear for streams that the settings ask for."""
    return SocketStream(
        user_agent=user_agent("", settings.contact), guard=AddressGuard(allow_hosts=settings.allow_hosts)
    )


def make_folders(settings: Settings) -> None:
    """Make the folder for everything that is written."""
    Path(settings.data_dir).mkdir(parents=True, exist_ok=True)
