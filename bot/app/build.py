"""Puts the house together: the only place that chooses real parts."""

import os
import socket
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

from bot.alerts.render import render
from bot.app.config import Tuning
from bot.app.settings import Settings
from bot.gazetteer import Gazetteer
from bot.model.alert import Alert, Message, Outcome
from bot.model.event import Event
from bot.model.item import Source
from bot.model.place import Place
from bot.model.watch import Chat
from bot.net.fetcher import HttpFetcher
from bot.services.deliver import Deliver
from bot.services.housekeeping import Housekeeping
from bot.services.ingest import Ingest
from bot.services.ports import Claimed, Clock, Sender, Store
from bot.services.subscriptions import Subscriptions
from bot.storage.store import SqlStore
from bot.workers.decoder import ProcessDecoder
from bot.workers.understander import ProcessUnderstander


@dataclass(frozen=True, slots=True, kw_only=True)
class House:
    """All that runs, put together. Close it by leaving `open_house`."""

    settings: Settings
    tuning: Tuning
    sources: tuple[Source, ...]
    clock: Clock
    store: Store
    ingest: Ingest
    deliver: Deliver
    housekeeping: Housekeeping
    subscriptions: Subscriptions
    gazetteer: Gazetteer


@dataclass(frozen=True, slots=True, kw_only=True)
class Ears:
    """Who wants to hear what happens inside: for logs, and for waking the delivery."""

    on_alerts: Callable[[], None] = field(default=lambda: None)
    on_outcome: Callable[[Claimed, Outcome], None] = field(default=lambda *_: None)


@asynccontextmanager
async def open_house(
    settings: Settings,
    tuning: Tuning,
    sources: Sequence[Source],
    *,
    sender: Sender,
    clock: Clock,
    ears: Ears,
    host_gap: timedelta = timedelta(seconds=1),
) -> AsyncIterator[House]:
    """Open store, fetcher and worker processes, and close them again. The schema is brought up to date first."""
    owner = f"{socket.gethostname()}-{os.getpid()}"
    gazetteer = Gazetteer.open()
    async with AsyncExitStack() as stack:
        store: Store = await stack.enter_async_context(SqlStore.open(settings.database, owner))
        fetcher = await stack.enter_async_context(
            HttpFetcher(
                contact=settings.contact,
                allow_hosts=frozenset(settings.allow_hosts),
                at_once=tuning.polling.requests_at_once,
                host_gap=host_gap,
            )
        )
        decoder = await stack.enter_async_context(ProcessDecoder())
        understander = await stack.enter_async_context(
            ProcessUnderstander("bot.app.books:load_books", str(settings.config_dir))
        )
        yield House(
            settings=settings,
            tuning=tuning,
            sources=tuple(source for source in sources if source.enabled),
            clock=clock,
            store=store,
            gazetteer=gazetteer,
            subscriptions=Subscriptions(store, gazetteer, clock),
            housekeeping=Housekeeping(
                store=store,
                clock=clock,
                keep_items=timedelta(days=tuning.retention.items_days),
                keep_deliveries=timedelta(days=tuning.retention.deliveries_days),
            ),
            ingest=Ingest(
                store=store,
                fetcher=fetcher,
                decoder=decoder,
                understander=understander,
                clock=clock,
                first_poll_window=timedelta(hours=tuning.polling.first_poll_hours),
                on_alerts=ears.on_alerts,
            ),
            deliver=Deliver(
                store=store,
                sender=sender,
                render=localised(gazetteer),
                clock=clock,
                owner=owner,
                in_flight=tuning.delivery.in_flight,
                on_outcome=ears.on_outcome,
            ),
        )


class localised:  # noqa: N801 - reads as the function that it stands for
    """Renders alerts with the place names of the chat's language."""

    def __init__(self, gazetteer: Gazetteer) -> None:
        self._gazetteer = gazetteer

    def __call__(self, alert: Alert, event: Event, chat: Chat, now: datetime, *, repeat: bool) -> Message:
        """Return the message."""

        def name(place: Place) -> str:
            return self._gazetteer.name_in(place, chat.language)

        return render(alert, event, chat, now, repeat=repeat, names=name)


def make_folders(settings: Settings) -> None:
    """Make the folder for everything that is written."""
    Path(settings.data_dir).mkdir(parents=True, exist_ok=True)
