"""The whole way of an item with many open events: understand, judge, tell, commit, on SQLite in a file, synchronous=FULL.

Run: python -m benchmarks river. The open events lie in towns all over the world, as many in a country as it has people
in news (the United States hold an eighth); items tell of new things, of known ones and of nothing, in equal shares.
"""

import asyncio
import tempfile
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random
from time import perf_counter

from bot.app.books import load_books
from bot.app.folders import config_dir
from bot.gazetteer import Gazetteer
from bot.model.item import Item, content_key, item_id
from bot.model.place import Place, Point
from bot.model.watch import Chat, ChatKind, Watch, WatchKind
from bot.pipeline import Books, Understanding, judge, understand
from bot.services.ingest import Ingest
from bot.services.ports import Decision
from bot.storage.store import SqlStore

OPEN = 10_000
ITEMS = 600
TOGETHER = 50
NOW = datetime(2025, 3, 14, 9, tzinfo=UTC)
CENTRES = (
    ("US", 39.0, -95.0, 1250), ("IN", 22.0, 79.0, 900), ("UA", 49.0, 32.0, 800), ("NG", 9.0, 8.0, 700), ("PK", 30.0, 70.0, 600),
    ("BR", -12.0, -50.0, 600), ("MX", 22.0, -101.0, 600), ("CD", -3.0, 24.0, 500), ("FR", 46.5, 2.5, 400), ("PH", 12.0, 122.0, 400),
    ("ID", -3.0, 115.0, 400), ("SD", 14.0, 30.0, 400), ("IL", 31.5, 34.9, 300), ("TR", 39.0, 35.0, 300), ("CO", 4.5, -73.0, 300),
)  # fmt: skip
NEWS = (
    "Gunmen attack {town}, killing {n}", "Floods in {town} leave {n} dead", "Explosion at factory in {town} kills {n}",
    "Protesters clash with police in {town}, {n} injured", "Earthquake shakes {town}, {n} injured", "Wildfire near {town} forces {n} families out",
)  # fmt: skip
TALK = (
    "Council of {town} votes on new tram line",
    "Festival of {town} draws {n} visitors",
    "Shares rise after {town} summit",
)


class _Here:
    """Understands in this process, as the worker does in its own; counts the time."""

    def __init__(self, books: Books) -> None:
        self.books, self.seconds = books, 0.0

    async def understand(self, items: Sequence[Item]) -> tuple[Understanding, ...]:
        begun = perf_counter()
        understood = tuple(understand(item, self.books) for item in items)
        self.seconds += perf_counter() - begun
        return understood


def rows() -> list[tuple[str, str]]:
    """Return what was measured, one (what, figure) a line."""
    return asyncio.run(_rows())


async def _rows() -> list[tuple[str, str]]:
    books, dice = load_books(config_dir()), Random(3)  # noqa: S311 - the same news at every run
    here, clock = _Here(books), _Clock()
    with tempfile.TemporaryDirectory() as folder:
        async with SqlStore.open(f"sqlite+aiosqlite:///{Path(folder) / 'bench.sqlite3'}", "me", migrate=True) as store:
            towns = await _fill(store, books, dice)
            ingest = Ingest(
                store=store, fetcher=_Never(), decoder=_Never(), understander=here, clock=clock,
                first_poll_window=timedelta(hours=6),
            )  # fmt: skip
            fresh = [
                _item(OPEN + number, dice.choice(towns), dice.choice((NEWS, TALK)), dice) for number in range(ITEMS)
            ]
            taken, changes = [], 0
            for at in range(0, ITEMS, TOGETHER):
                begun = perf_counter()
                changes += (await ingest.take("wire", fresh[at : at + TOGETHER])).changes
                taken.append(perf_counter() - begun)
    rate = ITEMS / sum(taken)
    return [
        (
            f"items through understand, judge, tell, commit; {OPEN:,} open events",
            f"{rate:,.0f} items/s, {changes} changes",
        ),
        ("    of it understanding", f"{here.seconds / sum(taken):.0%}"),
    ]


async def _fill(store: SqlStore, books: Books, dice: Random) -> list[Place]:
    """Open the events straight in the store: judged one by one they would take minutes."""
    towns = _towns(books.gazetteer, dice)
    decisions = []
    for number, town in enumerate(towns):
        understood = understand(_item(number, town, NEWS, dice), books)
        changes = judge(understood, (), NOW - timedelta(hours=dice.randrange(1, 20)))
        decisions.append(Decision(item=understood.item, changes=changes, alerts=(), at=NOW))
    for at in range(0, len(decisions), 500):
        await store.commit(decisions[at : at + 500])
    return towns


def _towns(gazetteer: Gazetteer, dice: Random) -> list[Place]:
    """Return a town for each event, more of them where the news has more."""
    found: list[Place] = []
    weights = [1 / (rank + 3) for rank in range(len(CENTRES))]
    near = [
        [town for town in gazetteer.cities_near(Point(lat, lon), km, 3000) if town.country == code]
        for code, lat, lon, km in CENTRES
    ]
    while len(found) < OPEN:
        found.append(dice.choice(dice.choices(near, weights)[0]))
    return found


def _item(number: int, town: Place, kinds: Sequence[str], dice: Random) -> Item:
    title = dice.choice(kinds).format(town=f"{town.name}, {town.country}", n=dice.randrange(2, 40))
    return Item(
        id=item_id("wire", str(number)), source_id="wire", outlet="Wire", voice=f"voice-{number % 40}", title=title,
        text="", language="en", fetched_at=NOW, published_at=NOW - timedelta(minutes=dice.randrange(600)),
        content_key=content_key(title, str(number)),
    )  # fmt: skip


class _Clock:
    """The bench's one moment."""

    def now(self) -> datetime:
        return NOW


class _Never:
    """Is not asked: the items are handed in."""

    async def fetch(self, *_: object) -> object:
        raise NotImplementedError

    async def decode(self, *_: object) -> object:
        raise NotImplementedError


if __name__ == "__main__":
    for what, figure in rows():
        print(f"{what:70} {figure}")
