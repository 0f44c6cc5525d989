"""A backup is whole or it is none, and the drill of putting it back."""

# ruff: noqa: ASYNC240 - nothing else runs meanwhile

import asyncio
import sqlite3
from collections.abc import Sequence
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random

import pytest
from builders import at, chat, item
from contract.outbox_builders import LEASE, alert, decision, sent, waiting

from bot.model.alert import Delivery
from bot.model.errors import BackupRefused, SchemaError, StoreDamaged, StoreLocked
from bot.storage import backup
from bot.storage.migrations.before import copy_before_upgrade
from bot.storage.store import SqlStore
from bot.storage.tables import SCHEMA

NOON = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)


async def told_two_chats(url: str) -> None:
    async with SqlStore.open(url, "the service", migrate=True) as store:
        await waiting(store, alert(), alert(chat_id=2))
        (first,) = await store.claim("the service", at(1), 1, LEASE)
        await store.settle(first, sent(), at(1))


def spoilt(path: Path, seed: int) -> None:
    """Overwrite one page behind the first with noise."""
    chance, content = Random(seed), bytearray(path.read_bytes())
    page = 4096 * chance.randrange(1, len(content) // 4096)
    content[page : page + 4096] = chance.randbytes(4096)
    path.write_bytes(content)


async def test_the_drill_what_was_told_is_known_after_a_restore_and_what_waits_is_sent(
    file: Path, url: str, tmp_path: Path
) -> None:
    await told_two_chats(url)
    made = backup.make(file, tmp_path / "safe" / "copy.sqlite3")
    async with SqlStore.open(url, "the service") as store:
        await store.save_chat(chat(3))  # what comes after the backup is what a restore loses
    for path in (file, *file.parent.glob(f"{file.name}-*")):
        path.write_bytes(b"no database at all, but noise in its place")

    found, kept = backup.restore(made.path, file, NOON)

    assert found.rows == made.rows
    assert kept is not None
    assert kept.read_bytes() == b"no database at all, but noise in its place"
    async with SqlStore.open(url, "the next") as store:
        assert await store.chat(3) is None
        counts = await store.outbox_counts()
        assert (counts[Delivery.SENT], counts[Delivery.NEW]) == (1, 1)
        assert [one.alert.chat_id for one in await store.claim("the next", at(2), 8, LEASE)] == [2]


async def test_the_former_stores_log_is_kept_and_not_played_into_the_new_one(file: Path, url: str) -> None:
    await told_two_chats(url)
    made = backup.make(file, file.with_name("copy.sqlite3"))
    with closing(sqlite3.connect(file)) as raw:  # a log that was never moved into the file, as after a kill
        raw.execute("PRAGMA wal_autocheckpoint=0")
        raw.execute("DELETE FROM outbox")
        raw.commit()
        log = file.with_name(f"{file.name}-wal").read_bytes()
        content = file.read_bytes()
    file.write_bytes(content)
    file.with_name(f"{file.name}-wal").write_bytes(log)

    _, kept = backup.restore(made.path, file, NOON)

    assert backup.examine(file).rows["outbox"] == 2
    assert kept is not None
    with closing(sqlite3.connect(kept)) as raw:
        assert raw.execute("SELECT count(*) FROM outbox").fetchone() == (0,)


async def test_a_backup_during_writes_holds_what_was_committed_when_it_began(
    store: SqlStore, file: Path, tmp_path: Path
) -> None:
    async def write() -> None:
        for number in range(300):
            await store.commit([decision(item=item(f"Road closed at kilometre {number}"))])

    writing = asyncio.create_task(write())
    made: list[backup.Backup] = []
    while not writing.done():
        await asyncio.sleep(0.02)
        made.append(await asyncio.to_thread(backup.make, file, tmp_path / "safe" / f"{len(made)}.sqlite3"))
    await writing
    rows = [one.rows["items"] for one in made]
    assert rows == sorted(rows)
    assert rows[0] < 300
    assert [backup.examine(one.path).rows for one in made] == [one.rows for one in made]


@pytest.mark.parametrize("seed", range(20))
async def test_a_damaged_backup_is_refused_and_nothing_is_changed(file: Path, url: str, seed: int) -> None:
    await told_two_chats(url)
    bad = backup.make(file, file.with_name("copy.sqlite3")).path
    spoilt(bad, seed)
    before, evidence = file.read_bytes(), bad.read_bytes()

    with pytest.raises(StoreDamaged, match="left as it is"):
        backup.restore(bad, file, NOON)

    assert (file.read_bytes(), bad.read_bytes()) == (before, evidence)


async def test_of_a_damaged_store_no_backup_is_made(file: Path, url: str, tmp_path: Path) -> None:
    await told_two_chats(url)
    spoilt(file, 3)
    with pytest.raises(StoreDamaged):
        backup.make(file, tmp_path / "safe" / "copy.sqlite3")
    assert list((tmp_path / "safe").iterdir()) == []


@pytest.mark.parametrize("content", [b"", b"Dear operator", b"SQLite format 3\x00" + bytes(200)])
async def test_what_is_no_store_is_no_backup(file: Path, url: str, tmp_path: Path, content: bytes) -> None:
    await told_two_chats(url)
    (tmp_path / "letter").write_bytes(content)
    with pytest.raises(StoreDamaged):
        backup.restore(tmp_path / "letter", file, NOON)
    with pytest.raises(BackupRefused, match="no file"):
        backup.restore(tmp_path / "nowhere", file, NOON)


async def test_nothing_is_restored_under_a_running_service(store: SqlStore, file: Path, tmp_path: Path) -> None:
    made = backup.make(file, tmp_path / "safe" / "copy.sqlite3")
    with pytest.raises(StoreLocked):
        backup.restore(made.path, file, NOON)
    await store.save_chat(chat())


async def test_a_backup_of_a_newer_program_is_refused(file: Path, url: str) -> None:
    await told_two_chats(url)
    made = backup.make(file, file.with_name("copy.sqlite3"))
    with closing(sqlite3.connect(made.path)) as raw, raw:
        raw.execute("UPDATE alembic_version SET version_num = '9999'")
    before = file.read_bytes()
    with pytest.raises(SchemaError, match="use a newer program"):
        backup.restore(made.path, file, NOON)
    assert file.read_bytes() == before


async def test_a_backup_never_writes_over_a_file_and_never_stands_in_for_itself(file: Path, url: str) -> None:
    await told_two_chats(url)
    with pytest.raises(BackupRefused, match="not written over"):
        backup.make(file, file)
    with pytest.raises(BackupRefused, match="the store itself"):
        backup.restore(file, file, NOON)


async def test_a_migration_of_an_older_store_is_preceded_by_a_backup(file: Path, url: str, tmp_path: Path) -> None:
    folder = tmp_path / "safe"
    assert await copy_before_upgrade(url, folder, NOON) is None
    await told_two_chats(url)
    assert await copy_before_upgrade(url, folder, NOON) is None
    with closing(sqlite3.connect(file)) as raw, raw:
        raw.execute("UPDATE alembic_version SET version_num = '0001'")
    made = await copy_before_upgrade(url, folder, NOON)
    assert made is not None
    assert (made.schema, made.path) == ("0001", backup.newest(folder))
    assert made.schema < SCHEMA


def empty_backups(folder: Path, days: Sequence[float]) -> None:
    for age in days:
        backup.place(folder, NOON - timedelta(days=age)).touch()


def test_the_newest_backups_stay_and_the_last_of_each_of_the_latest_weeks(tmp_path: Path) -> None:
    empty_backups(tmp_path, [number / 4 for number in range(200)])  # four a day, for fifty days
    (tmp_path / "outrider-before-my-holiday.sqlite3").touch()

    backup.prune(tmp_path, newest=7, weekly=4)

    left = sorted(path.name for path in tmp_path.iterdir())
    assert left[-1] == "outrider-before-my-holiday.sqlite3"
    ages = [(NOON - backup.made_at(tmp_path / name)) / timedelta(days=1) for name in left[:-1]]
    assert sorted(ages) == [0, 0.25, 0.5, 0.75, 1, 1.25, 1.5, 6.75, 13.75, 20.75]  # 22 November 2026 is a Sunday


def test_a_backup_is_due_when_the_newest_is_old_enough_or_there_is_none(tmp_path: Path) -> None:
    six = timedelta(hours=6)
    assert backup.due(tmp_path, six, NOON)
    empty_backups(tmp_path, [0.2, 3])
    assert not backup.due(tmp_path, six, NOON)
    assert backup.due(tmp_path, six, NOON + timedelta(hours=2))
