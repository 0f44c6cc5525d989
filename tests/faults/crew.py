"""Workers and senders over one PostgreSQL, to be killed and frozen: each line of standard input, a `Task`, starts one.

Each is a process of its own, forked from this one, which has loaded everything. Real store, intake, lead and delivery;
only the wire, its understanding and Telegram (a socket that takes one line for each message) are stand-ins.
"""

import asyncio
import json
import os
import signal
import sys
import time
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path

from faults.worker import WIRE, attack, by_town, meaning
from service_fakes import ListDecoder, ScriptedFetcher, ToldUnderstander

from bot.app.clock import SystemClock
from bot.app.sharing import LedSender
from bot.model.alert import Message, Outcome, Sent
from bot.model.watch import Chat
from bot.services import deliver, leading
from bot.services.deliver import Deliver
from bot.services.ingest import Ingest
from bot.services.leading import Lead
from bot.services.ports import Claimed, Settlement, SourceState
from bot.storage import server
from bot.storage.store import SqlStore

IN_FLIGHT = 8
REAL: Mapping[str, float] = {}
SHORT: Mapping[str, float] = {
    "row": 4, "lead": 1.8, "trust": 1.4, "ask": 0.4, "statement": 3, "ping": 0.6, "connect": 1,
    "idle": 3,
}  # fmt: skip
"""Terms in seconds, about a fifth of the real ones: what must be longer than what stays so."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """What a process is to do."""

    name: str
    role: str
    url: str
    telegram: str
    published: str
    settled: str
    terms: Mapping[str, float]


class Wire:
    """Brings each message to the stand-in for Telegram, over a connection of its own."""

    def __init__(self, task: Task) -> None:
        self._task = task

    async def send(self, chat: Chat, message: Message) -> Outcome:
        reader, writer = await asyncio.open_unix_connection(self._task.telegram)
        said = {"by": self._task.name, "chat": chat.id, "text": message.plain}
        writer.write(json.dumps(said).encode() + b"\n")
        number = int(await reader.readline())
        writer.close()
        return Sent(number)


class NotingStore(SqlStore):
    """Notes of each outcome when it was told, and whether it was still the attempt's to write."""

    notes: Path

    async def settle(self, claimed: Claimed, settlement: Settlement, now: datetime) -> bool:
        found = await super().settle(claimed, settlement, now)
        with self.notes.open("a", encoding="utf-8") as file:
            file.write(f"{time.monotonic()} {claimed.row} {claimed.attempt} {found}\n")
        return found


async def main(task: Task) -> None:
    _set(task.terms)
    NotingStore.notes = Path(task.settled)
    while True:
        try:
            async with NotingStore.open(task.url, task.name) as store:
                await (_take_in(store, task) if task.role == "worker" else _send(store, task))
        except Exception as error:  # noqa: BLE001 - who looks after the service starts it again
            print(f"{task.name}: {type(error).__name__} ended it", file=sys.stderr)  # noqa: T201
        await asyncio.sleep(0.5)


def _set(terms: Mapping[str, float]) -> None:
    if terms:
        deliver.LEASE, leading.LEASE = timedelta(seconds=terms["row"]), timedelta(seconds=terms["lead"])
        leading.TRUST, leading.ASK_EVERY = terms["trust"], terms["ask"]
        server.LONGEST_STATEMENT, server.LONGEST_PING = terms["statement"], terms["ping"]
        server.LONGEST_CONNECT = terms["connect"]
        server._SETTINGS["idle_in_transaction_session_timeout"] = f"{terms['idle']}s"


async def _take_in(store: SqlStore, task: Task) -> None:
    """Poll the one wire that all workers poll: so that all judge the same at the same moment."""
    decoder = ListDecoder()
    intake = Ingest(
        store=store, fetcher=ScriptedFetcher(), decoder=decoder, clock=SystemClock(),
        understander=ToldUnderstander(meaning), first_poll_window=timedelta(hours=6),
    )  # fmt: skip
    state = SourceState(source_id=WIRE.id, last_success_at=datetime.now(UTC))
    read = partial(Path(task.published).read_text, encoding="utf-8")
    while True:
        decoder.items = tuple(attack(number) for number in range(int(await asyncio.to_thread(read))))
        try:
            _, state = await intake.poll(WIRE, replace(state, next_at=None))
        except Exception as error:  # noqa: BLE001 - the job that polls goes on too
            print(f"{task.name}: {type(error).__name__} while polling", file=sys.stderr)  # noqa: T201
        await asyncio.sleep(0.1)


async def _send(store: SqlStore, task: Task) -> None:
    wake, clock = asyncio.Event(), SystemClock()
    lead = Lead(store, ["send:crew"])
    delivery = Deliver(
        store=store, sender=LedSender(Wire(task), clock, lead.held), render=by_town, clock=clock, owner=task.name,
        in_flight=IN_FLIGHT, resting=lambda: frozenset() if lead.held() else None,
    )  # fmt: skip
    beside = asyncio.gather(lead.keep(), store.hear_of_alerts(wake.set))
    while not beside.done():
        try:
            await delivery.sweep()
        except Exception as error:  # noqa: BLE001 - the job that delivers goes on too
            print(f"{task.name}: {type(error).__name__} while delivering", file=sys.stderr)  # noqa: T201
        await asyncio.wait([asyncio.ensure_future(wake.wait())], timeout=0.5)
        wake.clear()


def fork_for_each_line() -> None:
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # the kernel buries them
    for line in sys.stdin:
        number = os.fork()
        if number == 0:
            asyncio.run(main(Task(**json.loads(line))))
            os._exit(0)
        print(number, flush=True)  # noqa: T201


if __name__ == "__main__":
    fork_for_each_line()
