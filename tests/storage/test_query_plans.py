"""What runs at every send or every item must not read the whole table."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from builders import BAMAKO, at, chat, watch
from contract.outbox_builders import LEASE, alert, sent, waiting
from sqlalchemy import event as sql_event

from bot.model.assessment import Severity
from bot.model.event import Neighbourhood
from bot.model.place import Point
from bot.model.watch import Disc, Ears
from bot.storage.store import SqlStore

pytestmark = pytest.mark.usefixtures("file")  # PostgreSQL chooses its plans by what is in the tables


@contextmanager
def recorded(store: SqlStore) -> Iterator[list[tuple[str, object]]]:
    calls: list[tuple[str, object]] = []

    def note(*call: object) -> None:
        calls.append((str(call[2]), call[3]))

    sql_event.listen(store._database.engine.sync_engine, "before_cursor_execute", note)
    yield calls
    sql_event.remove(store._database.engine.sync_engine, "before_cursor_execute", note)


async def plans(store: SqlStore, calls: list[tuple[str, object]]) -> list[str]:
    """Return SQLite's plan of each statement, one line a step."""
    found = []
    async with store._database.reading() as connection:
        for statement, values in calls:
            if statement.startswith(("SELECT", "UPDATE")):
                rows = await connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", values)  # type: ignore[arg-type]
                found.append("\n".join(str(row[3]) for row in rows))
    return found


async def test_a_claim_walks_along_the_line_and_settling_finds_its_row(store: SqlStore) -> None:
    await waiting(store, alert())
    with recorded(store) as calls:
        (claimed,) = await store.claim("me", at(1), 8, LEASE)
        await store.settle(claimed, sent(), at(1))
    expiry, candidates, *others = await plans(store, calls)

    assert "USING INDEX outbox_expiry" in expiry
    assert "USING INDEX outbox_line" in candidates
    assert "TEMP B-TREE" not in candidates
    assert all("SEARCH" in plan for plan in others)
    assert not [plan for plan in others if "SCAN outbox" in plan]


async def test_the_next_due_row_is_the_first_of_an_index(store: SqlStore) -> None:
    with recorded(store) as calls:
        await store.next_due(at(1))
    plan, of_parcels = await plans(store, calls)

    assert "USING INDEX outbox_due" in plan
    assert "parcels" in of_parcels, "some hundred rows at most"
    assert "TEMP B-TREE" not in plan


@pytest.mark.parametrize("km", [10, 2000])
async def test_watches_are_found_by_indexes(store: SqlStore, km: float) -> None:
    await store.save_chat(chat())
    await store.add_watch(watch(BAMAKO))
    place = Disc(point=BAMAKO.point, km=km)
    with recorded(store) as calls:
        (found,) = await store.watched(Ears(severity=Severity.SEVERE, keys=("all ML",), places=(place,)))
    by_key, *by_place, read = await plans(store, calls)

    assert found.watch.label == "Bamako"
    assert "SEARCH watch_keys USING PRIMARY KEY (key=? AND least<?)" in by_key
    assert by_place
    assert all("SEARCH watch_discs USING PRIMARY KEY (cell" in plan for plan in by_place)
    assert "SEARCH watches USING INTEGER PRIMARY KEY" in read


@pytest.mark.parametrize("of_town", [{}, {"signs": ("@mopti",), "at": at(-1)}])
async def test_known_events_are_found_by_time_and_country(store: SqlStore, of_town: dict[str, Any]) -> None:
    near = Neighbourhood(countries=("ML",), points=(Point(12.6, -8),), km=100, since=at(-72), **of_town)
    with recorded(store) as calls:
        await store.known_events(near)
    (plan,) = await plans(store, calls)

    assert "SCAN events" not in plan
