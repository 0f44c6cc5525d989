"""How long it takes to find the watchers of an event, among very many. Run: python -m benchmarks watchers.

The watches lie in two thousand towns of fifty countries, the more the larger the town: the largest has a hundredth of
them. A million take some minutes to write, which is measured too; OUTRIDER_BENCH_WATCHES=1000,100000 asks for less.
"""

import asyncio
import os
import resource
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from operator import itemgetter
from pathlib import Path
from random import Random
from statistics import median, quantiles
from time import perf_counter, process_time, thread_time

from sqlalchemy import Table
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.model.assessment import Certainty, Severity, Status, Urgency
from bot.model.event import ChangeKind, Event, EventChange, EventState
from bot.model.hazard import Hazard
from bot.model.place import Place, PlaceKind, Point
from bot.model.watch import Chat, ChatKind, Watch, WatchKind
from bot.storage import tables
from bot.storage.hearing import filters, meant, rows_of
from bot.storage.store import SqlStore
from bot.watches.index import ears

NOW = datetime(2025, 3, 14, 9, tzinfo=UTC)
SIZES = "1000,100000,1000000"
COUNTRIES = 50
TOWNS = 2000
LARGE = 50
CHOOSY = 0.1  # of the watches are for some hazards alone
PER_CHAT = 3
SKEW = 1.65  # the largest of two thousand towns has 1 % of the watches, the last thousand together a third
ASKED = 200
PART = 30_000
KINDS = (WatchKind.PLACE, WatchKind.COUNTRY, WatchKind.AIRPORT, WatchKind.PIN, WatchKind.REGION, WatchKind.ROUTE)
WEIGHTS = (50, 20, 12, 10, 5, 3)
LEAST = (Severity.MINOR, Severity.MODERATE, Severity.SEVERE, Severity.EXTREME)


def rows() -> Iterator[tuple[str, str]]:
    """Give what was measured, one (what, figure) a line, each size as soon as it is done."""
    for size in os.environ.get("OUTRIDER_BENCH_WATCHES", SIZES).split(","):
        yield from asyncio.run(_rows(int(size)))


async def _rows(size: int) -> list[tuple[str, str]]:
    dice = Random(5)  # noqa: S311 - the same world at every run
    towns = _towns(dice)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "bench.sqlite3"
        async with SqlStore.open(f"sqlite+aiosqlite:///{path}", "me", migrate=True) as store:
            begun = perf_counter()
            await _fill(store, towns, size, dice)
            built, before = perf_counter() - begun, _memory_mb()
            await _asked(store, [changes[0] for _, changes in _events(towns, Random(7))])  # noqa: S311 - to be warm
            found = [(f"    {name}", await _asked(store, changes)) for name, changes in _events(towns, dice)]
            added = await _added_meanwhile(store, towns, size, dice)
            grown, file = _memory_mb() - before, path.stat().st_size / 1e6
    return [
        (f"{size:,} watches: written", f"{built:.0f} s, {file:,.0f} MB"),
        *found,
        ("    a watch added while events are asked for", added),
        ("    memory that it took to ask", f"{grown:.0f} MB"),
    ]


def _events(towns: Sequence[Place], dice: Random) -> list[tuple[str, list[EventChange]]]:
    """Return the kinds of event that are asked for, each with its changes."""
    village = [_beside(dice.choice(towns[200:]), dice) for _ in range(ASKED)]
    countries = [_country(number) for number in range(COUNTRIES)]
    return [
        ("moderate, in the country", [_change(place, Severity.MODERATE) for place in village]),
        ("severe, in the country", [_change(place, Severity.SEVERE) for place in village]),
        ("severe, in a town", [_change(dice.choice(towns[LARGE:]), Severity.SEVERE) for _ in range(ASKED)]),
        ("severe, in one of the five largest cities", [_change(place, Severity.SEVERE) for place in towns[:5]]),
        ("extreme, in a town (350 km)", [_change(dice.choice(towns), Severity.EXTREME) for _ in range(10)]),
        ("a coup: the whole country", [_change(one, Severity.SEVERE, Hazard.COUP) for one in countries[:5]]),
    ]


async def _asked(store: SqlStore, changes: Sequence[EventChange]) -> str:
    """Ask whom each change concerns; say how long it took, and how long the event loop was held at most.

    The processor's time is given beside the clock's, for that does not depend on who else uses the machine.
    """
    sought, worked, taken, found = [], [], [], []
    held = asyncio.create_task(_longest_hold())
    for change in changes:
        begun, used, asked = perf_counter(), process_time(), ears(change, NOW)
        await store._database.read(meant, asked)  # noqa: SLF001 - the half of it
        sought.append(1000 * (perf_counter() - begun))
        worked.append(1000 * (process_time() - used))
        begun = perf_counter()
        found.append(len(await store.watched(asked)))
        taken.append(1000 * (perf_counter() - begun))
    held.cancel()
    return (
        f"{_spread(sought)} (processor {_spread(worked)}); with {median(found):,.0f} read and decoded "
        f"({max(found):,} at most) {_spread(taken)}, {1000 * sum(taken) / max(1, sum(found)):.0f} us each; "
        f"loop held {await held:.0f} ms"
    )


def _spread(taken: Sequence[float]) -> str:
    return f"median {median(taken):.1f} ms, p99 {quantiles(taken, n=100, method='inclusive')[-1]:.1f} ms"


async def _longest_hold() -> float:
    """Return the longest time of the processor, in ms, that others took between two turns of this task."""
    longest = 0.0
    try:
        while True:
            begun = thread_time()
            await asyncio.sleep(0.001)
            longest = max(longest, 1000 * (thread_time() - begun))
    except asyncio.CancelledError:
        return longest


async def _added_meanwhile(store: SqlStore, towns: Sequence[Place], size: int, dice: Random) -> str:
    asking = asyncio.create_task(_ask_on(store, towns, dice))
    taken = []
    for number in range(100):
        begun = perf_counter()
        await store.add_watch(_watch(size + number, 1, towns, dice))
        taken.append(1000 * (perf_counter() - begun))
    asking.cancel()
    return _spread(taken)


async def _ask_on(store: SqlStore, towns: Sequence[Place], dice: Random) -> None:
    while True:
        await store.watched(ears(_change(dice.choice(towns[LARGE:]), Severity.SEVERE), NOW))


async def _fill(store: SqlStore, towns: Sequence[Place], size: int, dice: Random) -> None:
    """Put the rows straight into the tables, as the store writes them: one by one, as people do it, takes hours.

    In large parts, each in the order of the tables' keys: else a million rows are a million pages sought.
    """
    for start in range(1, size + 1, PART):
        numbers = range(start, min(start + PART, size + 1))
        people = [Chat(id=one, kind=ChatKind.PRIVATE) for one in numbers if one % PER_CHAT == 1 or one == start]
        made = [_watch(number, people[(number - start) // PER_CHAT].id, towns, dice) for number in numbers]
        written = {tables.chats: [{"id": one.id, "state": one.state, "chat": one} for one in people]}
        written |= {tables.watches: [_row(one) for one in made], **rows_of(made)}
        async with store._database.writing() as connection:  # noqa: SLF001 - see above
            for table, values in written.items():
                await _insert(connection, table, values)


async def _insert(connection: AsyncConnection, table: Table, values: Sequence[Mapping[str, object]]) -> None:
    """Insert the rows past SQLAlchemy's own reckoning for each, which takes most of the time."""
    names = list(values[0])
    dialect = connection.dialect
    binders = [table.c[name].type.bind_processor(dialect) or _as_it_is for name in names]
    rows = sorted(
        (tuple(bind(row[name]) for name, bind in zip(names, binders, strict=True)) for row in values),
        key=itemgetter(*(names.index(one.name) for one in table.primary_key)),
    )
    marks = (f"${number}" if dialect.name == "postgresql" else "?" for number in range(1, len(names) + 1))
    places = ", ".join(marks)
    statement = f"INSERT INTO {table.name} ({', '.join(names)}) VALUES ({places})"  # noqa: S608 - our own names
    await connection.exec_driver_sql(statement, rows)


def _as_it_is(value: object) -> object:
    return value


def _row(watch: Watch) -> dict[str, object]:
    return {
        "id": watch.id, "chat_id": watch.chat_id, "kind": watch.kind, "area_key": f"{watch.area[0].id}/{watch.id}",
        "watch": watch, "listens": True, **filters(watch),
    }  # fmt: skip


def _towns(dice: Random) -> list[Place]:
    """Return towns, the largest first; those of a country lie within some hundred km of its centre."""
    centres = [Point(dice.uniform(-40, 60), dice.uniform(-180, 180)) for _ in range(COUNTRIES)]
    towns = []
    for number in range(TOWNS):
        country = number % COUNTRIES
        point = _off(centres[country], dice, 4.0)
        towns.append(
            Place(
                id=f"gn:{number}",
                name=f"Town {number}",
                kind=PlaceKind.CITY,
                country=_code(country),
                point=point,
                parents=(f"adm:{_code(country)}.{number % 10:02}", f"gn:9{country}"),
                radius_km=10 if number < LARGE else 4,
            )
        )
    return towns


def _watch(number: int, chat_id: int, towns: Sequence[Place], dice: Random) -> Watch:
    town, kind = towns[int(TOWNS * dice.random() ** SKEW)], dice.choices(KINDS, WEIGHTS)[0]
    area: tuple[Place, ...] = (town,)
    if kind is WatchKind.COUNTRY:
        area = (_country(int(town.country[1:], 16) if town.country else 0),)
    elif kind is WatchKind.REGION:
        area = (_region(town),)
    elif kind is WatchKind.ROUTE:
        area = (town, towns[(int(town.id[3:]) + COUNTRIES) % TOWNS])  # of the same country
    elif kind is not WatchKind.PLACE:
        area = (_beside(town, dice, f"{kind}:{number}"),)
    return Watch(
        id=number, chat_id=chat_id, kind=kind, area=area, label=town.name,
        radius_km=dice.choice((5.0, 20.0, 100.0)) if kind is WatchKind.PIN else None,
        min_severity=dice.choices(LEAST, (15, 60, 20, 5))[0],
        hazards=frozenset({Hazard.FLOOD, Hazard.STORM}) if dice.random() < CHOOSY else None,
    )  # fmt: skip


def _code(country: int) -> str:
    return f"C{country:X}"


def _country(number: int) -> Place:
    return Place(
        id=f"gn:9{number}", name=f"Country {number}", kind=PlaceKind.COUNTRY, country=_code(number), point=Point(0, 0),
        radius_km=500,
    )  # fmt: skip


def _region(town: Place) -> Place:
    return replace(town, id=town.parents[0], kind=PlaceKind.REGION, radius_km=150, parents=town.parents[1:])


def _beside(town: Place, dice: Random, place_id: str = "gn:0") -> Place:
    return replace(town, id=place_id, point=_off(town.point, dice, 0.3), radius_km=2)


def _off(point: Point, dice: Random, degrees: float) -> Point:
    return Point(point.lat + dice.gauss(0, degrees), (point.lon + dice.gauss(0, degrees) + 180) % 360 - 180)


def _change(place: Place, severity: Severity, hazard: Hazard = Hazard.ARMED_ATTACK) -> EventChange:
    event = Event(
        id="event-1", version=1, state=EventState.OPEN, hazard=hazard, place=place, area=(place,), severity=severity,
        urgency=Urgency.IMMEDIATE, certainty=Certainty.LIKELY, status=Status.ONGOING, headline="Gunfire",
        first_seen_at=NOW, last_seen_at=NOW,
    )  # fmt: skip
    return EventChange(kind=ChangeKind.OPENED, before=None, after=event, cause="item", at=NOW)


def _memory_mb() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


if __name__ == "__main__":
    for what, figure in rows():
        print(f"{what:60} {figure}", flush=True)
