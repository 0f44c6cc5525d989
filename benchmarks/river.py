"""The whole way of an item with many open events: understand, judge, tell, commit; SQLite in a file, synchronous=FULL.

Run: python -m benchmarks river; with another number of open events: python -m benchmarks.river 50000. The events lie in
fifteen countries, and more of them where the news has more (the United States hold a sixth). Each part of items is of
one poll: the clock goes on between polls, and an item was published up to half an hour before.

Two mixes. As the news is (counted over 25,000 headlines of 2023-2025): 17 of 100 items concern an event, 42 name no
place, and six in ten events are known by their country alone. The harsh one: half of the items tell of what happens,
most of it new, each in a town, and all events are of towns.
"""

import asyncio
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random
from resource import RUSAGE_SELF, getrusage
from time import perf_counter, process_time

from bot.app.books import load_books
from bot.app.folders import config_dir
from bot.events.judge import judge_item, statement
from bot.gazetteer import Gazetteer
from bot.model.item import Item, content_key, item_id
from bot.model.place import Place, Point
from bot.pipeline import Books, Understanding, understand
from bot.services.ingest import Ingest
from bot.services.ports import Decision, Fetched
from bot.storage.store import SqlStore

OPEN = 10_000
ITEMS = 300
TOGETHER = 25
EVERY = timedelta(minutes=1)
LATE = 30  # minutes
NOW = datetime(2025, 3, 14, 9, tzinfo=UTC)
CENTRES = (
    ("United States", "US", 39.0, -95.0, 1250), ("India", "IN", 22.0, 79.0, 900), ("Ukraine", "UA", 49.0, 32.0, 800),
    ("Nigeria", "NG", 9.0, 8.0, 700), ("Pakistan", "PK", 30.0, 70.0, 600), ("Brazil", "BR", -12.0, -50.0, 600),
    ("Mexico", "MX", 22.0, -101.0, 600), ("Congo", "CD", -3.0, 24.0, 500), ("France", "FR", 46.5, 2.5, 400),
    ("Philippines", "PH", 12.0, 122.0, 400), ("Indonesia", "ID", -3.0, 115.0, 400), ("Sudan", "SD", 14.0, 30.0, 400),
    ("Israel", "IL", 31.5, 34.9, 300), ("Turkey", "TR", 39.0, 35.0, 300), ("Colombia", "CO", 4.5, -73.0, 300),
)  # fmt: skip
COUNTRIES = {code: name for name, code, *_ in CENTRES}
NEWS = (
    "Gunmen attack {town}, killing {n}",
    "Floods in {town} leave {n} dead",
    "Explosion at factory in {town} kills {n}",
    "Protesters clash with police in {town}, {n} injured",
    "Earthquake shakes {town}, {n} injured",
    "Wildfire near {town} forces {n} families out",
)
TALK = (
    "Council of {town} votes on new tram line",
    "Festival of {town} draws {n} visitors",
    "Shares rise after {town} summit",
)
ABROAD = (
    "{country} names new ambassador to the trade body",
    "Elections in {country}: what to expect from the {n} parties",
    "{country} beats its rivals in the final of the cup",
)
PLACELESS = (
    "Shares of chip makers rise for a {n}th week",
    "Ten films to see this weekend, and {n} to leave alone",
    "New phone has a brighter screen and {n} hours of battery",
    "What doctors say about {n} minutes of walking a day",
)
OF_COUNTRY = ("Storm in {country} leaves {n} dead", "Clashes across {country} kill {n}", "Floods in {country} kill {n}")


@dataclass(frozen=True)
class Mix:
    """What the news is about: each sort of titles with its share; and which share of open events are of a country."""

    name: str
    titles: tuple[tuple[tuple[str, ...], float], ...]
    wide: float


AS_IT_IS = Mix("as the news is", ((NEWS, 9), (OF_COUNTRY, 8), (PLACELESS, 42), (ABROAD, 31), (TALK, 10)), 0.6)
HARSH = Mix("harsh: half of it new events in towns", ((NEWS, 50), (TALK, 50)), 0.0)


class _Here:
    """Understands in this process, as the worker does in its own; counts the time."""

    def __init__(self, books: Books) -> None:
        self.books, self.seconds = books, 0.0

    async def understand(self, items: Sequence[Item]) -> tuple[Understanding, ...]:
        begun = perf_counter()
        understood = tuple(understand(item, self.books) for item in items)
        self.seconds += perf_counter() - begun
        return understood


def rows(count: int = OPEN) -> list[tuple[str, str]]:
    """Return what was measured with so many open events, one (what, figure) a line."""
    return [row for mix in (AS_IT_IS, HARSH) for row in asyncio.run(_rows(mix, count))]


async def _rows(mix: Mix, count: int) -> list[tuple[str, str]]:
    books, dice = load_books(config_dir()), Random(3)  # noqa: S311 - the same news at every run
    here, clock = _Here(books), _Clock()
    with tempfile.TemporaryDirectory() as folder:
        async with SqlStore.open(f"sqlite+aiosqlite:///{Path(folder) / 'bench.sqlite3'}", "me", migrate=True) as store:
            towns = await _fill(store, books, dice, mix, count)
            ingest = Ingest(
                store=store, fetcher=_Never(), decoder=_Never(), understander=here, clock=clock,
                first_poll_window=timedelta(hours=6),
            )  # fmt: skip
            polls, spent, changes = [], 0.0, 0
            for at in range(count, count + ITEMS, TOGETHER):
                clock.moment += EVERY
                sorts, shares = zip(*mix.titles, strict=True)
                fresh = [
                    _item(number, dice.choice(towns), dice.choices(sorts, shares)[0], dice, clock.now())
                    for number in range(at, at + TOGETHER)
                ]
                begun, cpu = perf_counter(), process_time()
                changes += (await ingest.take("wire", fresh)).changes
                polls.append(perf_counter() - begun)
                spent += process_time() - cpu
    taken = sum(polls)
    return [
        (
            f"items through understand, judge, tell, commit; {count:,} open events; {mix.name}",
            f"{ITEMS / taken:,.0f} items/s, {ITEMS / spent:,.0f} a second of processor, {changes} changes",
        ),
        (
            f"    of it understanding; the slowest poll of {TOGETHER}; memory at most",
            f"{here.seconds / taken:.0%}; {max(polls):.2f} s; {getrusage(RUSAGE_SELF).ru_maxrss / 1024:,.0f} MB",
        ),
    ]


async def _fill(store: SqlStore, books: Books, dice: Random, mix: Mix, count: int) -> list[Place]:
    """Open the events straight in the store, all of a kind as one was read: to read each takes minutes."""
    towns = _towns(books.gazetteer, dice, count)
    decisions = []
    read = {kind: understand(_item(0, towns[0], (kind,), dice, NOW), books) for kind in (*NEWS, *OF_COUNTRY)}
    for number, town in enumerate(towns):
        then, wide = NOW - timedelta(minutes=dice.randrange(60, 1200)), dice.random() < mix.wide
        kind = dice.choice(OF_COUNTRY if wide else NEWS)
        item = _item(number, town, (kind,), dice, then)
        place = books.gazetteer.country(town.country or "") if wide else town
        assert place is not None
        found = (replace(read[kind].assessments[0], item_id=item.id, place=place, places=(place,)),)
        changes = judge_item(item, found, (), then)
        said = statement(item, found, then)
        decisions.append(Decision(item=item, changes=changes, alerts=(), at=then, said=said))
    for at in range(0, len(decisions), 500):
        await store.commit(decisions[at : at + 500])
    return towns


def _towns(gazetteer: Gazetteer, dice: Random, count: int) -> list[Place]:
    """Return a town for each event, more of them where the news has more."""
    found: list[Place] = []
    weights = [1 / (rank + 3) for rank in range(len(CENTRES))]
    near = [
        [town for town in gazetteer.cities_near(Point(lat, lon), km, 3000) if town.country == code]
        for _, code, lat, lon, km in CENTRES
    ]
    while len(found) < count:
        found.append(dice.choice(dice.choices(near, weights)[0]))
    return found


def _item(number: int, town: Place, kinds: Sequence[str], dice: Random, now: datetime) -> Item:
    country = COUNTRIES[town.country or ""]
    title = dice.choice(kinds).format(town=town.name, country=country, n=dice.randrange(2, 40))
    text = f"So it is told from {town.name} in {country}." if any("{town}" in kind for kind in kinds) else ""
    return Item(
        id=item_id("wire", str(number)), source_id="wire", outlet="Wire", voice=f"voice-{number % 40}", title=title,
        text=text, language="en", fetched_at=now,
        published_at=now - timedelta(minutes=dice.randrange(LATE)),
        content_key=content_key(title, str(number)),
    )  # fmt: skip


class _Clock:
    """A clock that is turned by hand."""

    def __init__(self) -> None:
        self.moment = NOW

    def now(self) -> datetime:
        return self.moment

    async def sleep(self, seconds: float) -> None:
        raise NotImplementedError


class _Never:
    """Is not asked: the items are handed in."""

    async def fetch(self, *_: object) -> Fetched:
        raise NotImplementedError

    async def decode(self, *_: object) -> tuple[Item, ...]:
        raise NotImplementedError


if __name__ == "__main__":
    for what, figure in rows(*map(int, sys.argv[1:])):
        print(f"{what:105} {figure}")
