"""The process ends, or the power does, at the worst moments: nothing that was committed is lost."""

import asyncio
import os
import random
import shutil
import signal
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest
from builders import at, event
from contract.outbox_builders import LEASE, alert, changed, decision, waiting
from support.seeds import drawn

from bot.model.alert import Delivery
from bot.storage.migrations import upgrade
from bot.storage.store import SqlStore

NUMBER = 20  # alerts that storage/crashing.py commits
TESTS = Path(__file__).parents[1]


def run_until_killed(url: str, moment: str) -> None:
    path = os.pathsep.join([str(TESTS), os.environ.get("PYTHONPATH", "")])
    ended = subprocess.run(
        [sys.executable, str(TESTS / "storage" / "crashing.py"), url, moment],
        check=False,
        timeout=60,
        env={**os.environ, "PYTHONPATH": path},
    )
    assert ended.returncode == -signal.SIGKILL


def cut_log(database: Path, log: bytes, length: int) -> sqlite3.Connection:
    """Open a copy of the database whose log ends there."""
    again = database.with_name("again.sqlite3")
    shutil.copy(database, again)
    again.with_name("again.sqlite3-wal").write_bytes(log[:length])
    return sqlite3.connect(again)


@pytest.mark.parametrize(
    ("moment", "alerts", "repeats", "ambiguous"),
    [
        ("before the commit", 0, 0, 0),
        ("after the commit", NUMBER, 0, 0),
        ("while sending", NUMBER - 1, 7, 7),
    ],
)
async def test_after_a_kill_every_alert_is_there_and_every_possible_repeat_is_known(
    url: str, moment: str, alerts: int, repeats: int, ambiguous: int
) -> None:
    await upgrade(url)
    await asyncio.to_thread(run_until_killed, url, moment)

    async with SqlStore.open(url, "the next") as store:
        assert await store.recover("the next", at(1) + LEASE) == ambiguous
        claimed = await store.claim("the next", at(1) + LEASE, 100, LEASE)

        assert len(claimed) == alerts
        assert sum(one.ambiguous for one in claimed) == repeats
        assert await store.event("event-1") == (None if moment == "before the commit" else event())


async def test_after_a_power_cut_the_file_holds_a_prefix_of_what_was_committed(
    url: str, file: Path, tmp_path: Path
) -> None:
    """The log is cut at random offsets, as a disk may leave it. Each opens, whole, at some earlier commit."""
    seed = drawn()
    dice = random.Random(seed)
    async with SqlStore.open(url, "me", migrate=True) as store:
        await waiting(store, alert(chat_id=1))
        present = event()
        for number in range(2, 40):
            change = changed(present)
            await store.commit([decision(change, alerts=(alert(chat_id=number),))])
            present = change.after
        shutil.copy(file, tmp_path / "cut.sqlite3")
        log = await asyncio.to_thread(file.with_name(f"{file.name}-wal").read_bytes)
    assert log

    seen = set()
    for _ in range(60):
        with closing(cut_log(tmp_path / "cut.sqlite3", log, dice.randrange(len(log) + 1))) as raw:
            assert raw.execute("PRAGMA quick_check").fetchall() == [("ok",)], f"seed {seed}"
            if not raw.execute("SELECT 1 FROM sqlite_master WHERE name = 'outbox_sending'").fetchall():
                continue
            versions = [version for (version,) in raw.execute("SELECT version FROM events")]
            alerts = raw.execute("SELECT count(*) FROM outbox").fetchone()[0]
        assert alerts == sum(versions), f"event and alerts came apart, seed {seed}"
        seen.add(alerts)
    assert len(seen) > 5, f"seed {seed}"


@pytest.mark.usefixtures("file")
async def test_a_full_disk_is_an_error_that_loses_nothing_and_passes(store: SqlStore) -> None:
    await waiting(store, *(alert(chat_id=number) for number in range(1, 20)))
    async with store._database.reading() as connection:
        pages = (await connection.exec_driver_sql("PRAGMA page_count")).scalar_one()

    async def limit(most: int) -> None:
        async with store._database.writing() as connection:
            await connection.exec_driver_sql(f"PRAGMA max_page_count={most}")

    await limit(pages + 2)
    with pytest.raises(Exception, match="full"):
        await store.commit([decision(alerts=tuple(alert("update-toll", chat_id=n) for n in range(1, 500)))])
    assert (await store.outbox_counts())[Delivery.NEW] == 19
    assert len(await store.claim("me", at(1), 4, LEASE)) == 4, "what is there is still sent"

    await limit(pages + 10_000)
    assert await store.commit([decision(alerts=tuple(alert("update-toll", chat_id=n) for n in range(1, 500)))]) == 499
