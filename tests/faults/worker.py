"""Workers to be killed: each line of standard input, `[database, telegram, published]`, starts one.

It is a process of its own, forked from this one, which has loaded everything: so a life begins in no time. Told are its
number, and its exit status when it has ended.

Real store, intake, delivery, pacer and bot; only the wire and its understanding are stand-ins: the file `published`
says how many attacks, each on a town of its own, are out by now. SIGTERM ends it as it ends `outrider run`
(bot/app/jobs.py).
"""

import asyncio
import json
import os
import signal
import sys
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path

from builders import MALI, assessment, item
from faults.history import in_figures
from service_fakes import ListDecoder, ScriptedFetcher, ToldUnderstander
from support.telegram_emulator import TOKEN

from bot.app.clock import SystemClock
from bot.app.config import Delivery, Tuning
from bot.app.logs import configure_logs
from bot.app.settings import Settings
from bot.app.telegram_side import TelegramSide
from bot.model.alert import Alert, Message
from bot.model.assessment import Assessment
from bot.model.event import Event
from bot.model.item import Item, Source
from bot.model.place import Place, PlaceKind, Point
from bot.model.watch import Chat
from bot.services.deliver import Deliver
from bot.services.ingest import Ingest
from bot.services.ports import SourceState
from bot.storage.store import SqlStore

WIRE = Source(id="ministry", name="Ministry", url="https://ministry.example/rss")
TOWNS = 200
IN_FLIGHT = 8
GRACE = 15.0
BEGAN = datetime.now(UTC)


def town(number: int) -> Place:
    """Return a town of Mali that lies far from all others, and whose name is like none of theirs."""
    name = "".join(chr(ord("A") + (number // 26**place) % 26) for place in range(3)).title() * 2
    return Place(
        id=f"town:{number}", name=name, kind=PlaceKind.CITY, country="ML", parents=(MALI.id,), radius_km=5,
        point=Point(-60 + (number % 12) * 10, -170 + (number // 12) * 18),
    )  # fmt: skip


def attack(number: int) -> Item:
    return item(town(number).name, outlet="Ministry", official=True, published_at=BEGAN, fetched_at=BEGAN)


def meaning(of: Item) -> Assessment:
    number = next(number for number in range(TOWNS) if town(number).name == of.title)
    return assessment(town(number))


def by_town(alert: Alert, event: Event, chat: Chat, now: datetime, *, repeat: bool) -> Message:
    """Render in figures, the town in place of the hazard, for here each town has its own event."""
    figures = json.loads(in_figures(alert, event, chat, now, repeat=repeat).plain) | {"hazard": event.place.id}
    text = json.dumps(figures)
    return Message(html=text, plain=text)


async def main(url: str, telegram: str, published: Path) -> None:
    stopping = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, stopping.set)
    clock = SystemClock()
    settings = Settings(_env_file=None, telegram_token=TOKEN, telegram_base_url=telegram)  # type: ignore[call-arg]
    tuning = Tuning(delivery=Delivery(sends_per_second=1000))
    side = TelegramSide(settings, tuning, clock, configure_logs(level="error", as_json=False))
    async with side.connected(), SqlStore.open(url, f"worker {os.getpid()}") as store:
        delivery = Deliver(
            store=store, sender=side.sender, render=by_town, clock=clock, owner=f"worker {os.getpid()}",
            in_flight=IN_FLIGHT, resting=side.resting,
        )  # fmt: skip
        decoder = ListDecoder()
        intake = Ingest(
            store=store, fetcher=ScriptedFetcher(), decoder=decoder, clock=clock,
            understander=ToldUnderstander(meaning), first_poll_window=timedelta(hours=6),
        )  # fmt: skip
        await delivery.recover()
        sending = asyncio.create_task(_deliver(delivery, stopping))
        polling = asyncio.create_task(_poll(intake, decoder, published))
        await stopping.wait()
        delivery.stop()
        polling.cancel()
        await asyncio.wait([sending], timeout=GRACE)
        sending.cancel()
        await asyncio.gather(sending, polling, return_exceptions=True)


async def _deliver(delivery: Deliver, stopping: asyncio.Event) -> None:
    while not stopping.is_set():
        await delivery.sweep()
        await asyncio.sleep(0.05)


async def _poll(intake: Ingest, decoder: ListDecoder, published: Path) -> None:
    state = SourceState(source_id=WIRE.id, last_success_at=datetime.now(UTC))
    read = partial(published.read_text, encoding="utf-8")
    while True:
        decoder.items = tuple(attack(number) for number in range(int(await asyncio.to_thread(read))))
        _, state = await intake.poll(WIRE, replace(state, next_at=None))
        await asyncio.sleep(0.1)


def fork_for_each_line() -> None:
    for line in sys.stdin:
        number = os.fork()
        if number == 0:
            url, telegram, published = json.loads(line)
            asyncio.run(main(url, telegram, Path(published)))
            os._exit(0)
        print(number, flush=True)  # noqa: T201
        _, status = os.waitpid(number, 0)
        print(os.waitstatus_to_exitcode(status), flush=True)  # noqa: T201


if __name__ == "__main__":
    fork_for_each_line()
