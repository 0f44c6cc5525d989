"""The store on SQLite in a file: WAL, synchronous=FULL. Run: python -m benchmarks.storage."""

import asyncio
import tempfile
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from statistics import median, quantiles
from time import perf_counter

from sqlalchemy import insert

from bot.model.alert import Alert, AlertReason, Delivery
from bot.model.assessment import Certainty, Severity, Status, Urgency
from bot.model.event import ChangeKind, Event, EventChange, EventState, Neighbourhood
from bot.model.hazard import Hazard
from bot.model.item import Item
from bot.model.place import Place, PlaceKind, Point
from bot.model.watch import Chat, ChatKind, Match, Watch, WatchKind
from bot.services.ports import Decision, Settlement
from bot.storage import tables
from bot.storage.store import SqlStore

NOW = datetime(2024, 9, 17, 7, tzinfo=UTC)
LEASE = timedelta(minutes=1)
COMMITS = 300
LINE = 100_000
SENDS = 800


def rows() -> list[tuple[str, str]]:
    """Return what was measured, one (what, figure) a line."""
    return asyncio.run(_rows())


async def _rows() -> list[tuple[str, str]]:
    return [*await _commits(), *await _sends()]


async def _commits() -> list[tuple[str, str]]:
    """Commit items one by one, each with a change of its event and an alert, as the intake does."""
    async with _store() as store:
        await store.save_chat(_chat(1))

        async def commit(number: int) -> None:
            event = _event(f"event-{number}")
            await store.commit([_decision(event, (_alert(1, event),), _item(number))])

        each = await _timed(commit, COMMITS)
        alone = await _timed(_commit_item(store), COMMITS)
        near = Neighbourhood(countries=("ML",), points=(Point(12.6, -8.0),), km=100, since=NOW - timedelta(days=3))
        known = await _timed(lambda _: store.known_events(near), 20)
    return [
        ("commit: item, opened event, one alert", _rate(each)),
        ("commit: item alone", _rate(alone)),
        (f"known events of a country that has {COMMITS}", _spread(known)),
    ]


def _commit_item(store: SqlStore) -> Callable[[int], Awaitable[object]]:
    return lambda number: store.commit(
        [Decision(item=_item(10_000 + number), changes=(), alerts=(), at=NOW)]
    )  # fmt: skip


async def _sends() -> list[tuple[str, str]]:
    """Commit one event for very many chats, then claim and settle as the delivery loop does, eight in flight."""
    async with _store() as store:
        await _fill(store, LINE)
        event = _event("event-1")
        alerts = tuple(_alert(number, event) for number in range(1, LINE + 1))
        start = perf_counter()
        await store.commit([_decision(event, alerts, _item(1))])
        fan_out = perf_counter() - start
        claims: list[float] = []
        start, settled = perf_counter(), 0
        while settled < SENDS:
            begun = perf_counter()
            claimed = await store.claim("me", NOW, 8, LEASE)
            claims.append(perf_counter() - begun)
            sent = (Settlement(state=Delivery.SENT, message_id=one.row) for one in claimed)
            await asyncio.gather(*(store.settle(one, made, NOW) for one, made in zip(claimed, sent, strict=True)))
            settled += len(claimed)
        sending = perf_counter() - start
        told = await _timed(lambda _: store.told(["event-1"]), 3)
        due = await _timed(lambda _: store.next_due(NOW), 20)
    return [
        (f"commit: one event, {LINE:,} alerts", f"{fan_out:.1f} s"),
        (f"claim 8 + settle each, {LINE:,} waiting", f"{settled / sending:,.0f} sends/s"),
        ("claim 8 alone", _spread(claims)),
        ("next due", _spread(due)),
        (f"told of an event, {LINE:,} chats", _spread(told)),
    ]


@asynccontextmanager
async def _store() -> AsyncIterator[SqlStore]:
    with tempfile.TemporaryDirectory() as folder:
        async with SqlStore.open(f"sqlite+aiosqlite:///{Path(folder) / 'bench.sqlite3'}", "me", migrate=True) as store:
            yield store


async def _fill(store: SqlStore, chats: int) -> None:
    """Put chats straight into the table: one by one, as people come, takes minutes."""
    people = [_chat(number) for number in range(1, chats + 1)]
    async with store._database.writing() as connection:  # noqa: SLF001 - see above
        await connection.execute(
            insert(tables.chats), [{"id": one.id, "state": one.state, "chat": one} for one in people]
        )


async def _timed(work: Callable[[int], Awaitable[object]], times: int) -> list[float]:
    taken = []
    for number in range(times):
        start = perf_counter()
        await work(number)
        taken.append(perf_counter() - start)
    return taken


def _rate(taken: list[float]) -> str:
    return f"{len(taken) / sum(taken):,.0f}/s, {_spread(taken)}"


def _spread(taken: list[float]) -> str:
    return f"median {1000 * median(taken):.1f} ms, p95 {1000 * quantiles(taken, n=20)[-1]:.1f} ms"


def _place(number: int, point: Point, country: str) -> Place:
    return Place(
        id=f"gn:{number}", name=f"Town {number}", kind=PlaceKind.CITY, country=country, point=point, radius_km=5
    )  # fmt: skip


BAMAKO = _place(2460596, Point(12.61, -7.98), "ML")


def _chat(number: int) -> Chat:
    return Chat(id=number, kind=ChatKind.PRIVATE)


def _event(event_id: str) -> Event:
    return Event(
        id=event_id, version=1, state=EventState.OPEN, hazard=Hazard.ARMED_ATTACK, place=BAMAKO, area=(BAMAKO,),
        severity=Severity.SEVERE, urgency=Urgency.IMMEDIATE, certainty=Certainty.LIKELY, status=Status.ONGOING,
        headline="Gunfire in Bamako", first_seen_at=NOW, last_seen_at=NOW,
    )  # fmt: skip


def _item(number: int) -> Item:
    return Item(
        id=f"item-{number}", source_id="wire", outlet="Wire", title="Gunfire in Bamako", text="Shots were heard. " * 40,
        fetched_at=NOW, published_at=NOW, content_key=f"words-{number}",
    )  # fmt: skip


def _alert(chat_id: int, event: Event) -> Alert:
    watch = Watch(id=chat_id, chat_id=chat_id, kind=WatchKind.PLACE, area=(BAMAKO,), label="Bamako")
    return Alert(
        key=f"{chat_id}:{event.id}:first", chat_id=chat_id, event_id=event.id, event_version=1,
        reason=AlertReason.FIRST, severity=event.severity, silent=False,
        match=Match(watch=watch, why="near", place=BAMAKO), created_at=NOW, expires_at=NOW + timedelta(days=1),
    )  # fmt: skip


def _decision(event: Event, alerts: tuple[Alert, ...], item: Item) -> Decision:
    change = EventChange(kind=ChangeKind.OPENED, before=None, after=event, cause=item.id, at=NOW)
    return Decision(item=item, changes=(change,), alerts=alerts, at=NOW)


if __name__ == "__main__":
    for what, figure in rows():
        print(f"{what:70} {figure}")
