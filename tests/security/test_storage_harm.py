"""T-D3 to T-D6: a disk that is full, a file that others lock or harm, and backups while it is written to."""

# ruff: noqa: ASYNC240 - nothing else runs meanwhile

import asyncio
import os
import sqlite3
import subprocess
from collections.abc import Iterator
from contextlib import closing, suppress
from pathlib import Path
from random import Random
from time import monotonic, sleep

import pytest
from builders import at, chat, item
from contract.outbox_builders import LEASE, alert, decision, waiting
from sqlalchemy import text
from support.seeds import drawn

from bot.model.alert import Delivery
from bot.model.errors import StoreDamaged
from bot.storage import backup
from bot.storage.engine import Database
from bot.storage.store import SqlStore

PAGE = 4096


def url_of(file: Path) -> str:
    return f"sqlite+aiosqlite:///{file}"


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """The bytes of a store in use: events, items, chats, two hundred alerts."""
    file = tmp_path_factory.mktemp("whole") / "outrider.sqlite3"

    async def write() -> None:
        async with SqlStore.open(url_of(file), "me", migrate=True) as store:
            await waiting(store, *(alert(chat_id=number) for number in range(1, 201)))
            for number in range(200):
                await store.commit([decision(item=item(f"Road closed at kilometre {number}"))])

    asyncio.run(write())
    return file.read_bytes()


def used_pages(content: bytes, folder: Path) -> list[int]:
    """Return the pages that hold something: what lies on a free page is nobody's."""
    file = folder / "pages.sqlite3"
    file.write_bytes(content)
    with closing(sqlite3.connect(file)) as raw:
        free = raw.execute("PRAGMA freelist_count").fetchone()[0]
    assert free == 0, "the test chooses among all pages"
    return list(range(1, len(content) // PAGE))


async def refused(file: Path) -> str:
    """Start on the file; return the sentence with which it is refused."""
    before = file.read_bytes()
    with pytest.raises(StoreDamaged) as found:
        async with SqlStore.open(url_of(file), "me", migrate=True):
            pass
    assert file.read_bytes() == before, "the evidence was touched"
    return str(found.value)


async def test_forty_files_with_a_page_overwritten_are_refused_kept_and_a_backup_puts_them_right(
    whole: bytes, tmp_path: Path
) -> None:
    seed = drawn()
    chance = Random(seed)
    file, safe = tmp_path / "outrider.sqlite3", tmp_path / "safe" / "copy.sqlite3"
    file.write_bytes(whole)
    backup.make(file, safe)
    for page in chance.choices(used_pages(whole, tmp_path), k=40):
        content = bytearray(whole)
        content[page * PAGE : (page + 1) * PAGE] = chance.randbytes(PAGE)
        file.write_bytes(content)
        sentence = await refused(file)
        assert "`outrider db restore BACKUP`" in sentence, f"page {page}, seed {seed}"
        _, kept = backup.restore(safe, file, at(0))
        assert kept is not None
        assert kept.read_bytes() == bytes(content), f"page {page}, seed {seed}"
        async with SqlStore.open(url_of(file), "me") as store:
            assert (await store.outbox_counts())[Delivery.NEW] == 200
        kept.unlink()


@pytest.mark.parametrize("length", [100, PAGE, PAGE + 700, -PAGE, -1000, "head"])
async def test_a_file_without_its_head_or_its_end_is_refused_and_kept(
    whole: bytes, tmp_path: Path, length: int | str
) -> None:
    file = tmp_path / "outrider.sqlite3"
    file.write_bytes(bytes(100) + whole[100:] if isinstance(length, str) else whole[:length])
    assert "damaged" in await refused(file)


async def backed_up_while_written_to(folder: Path, times: int) -> float:
    """Make backups beside a writer; restore each, and tell how many commits a second the writer made meanwhile."""
    file, written, running = folder / "outrider.sqlite3", 0, True
    restored = folder / "restored.sqlite3"

    async def write(store: SqlStore) -> None:
        nonlocal written
        while running:
            await store.commit([decision(item=item(f"Road closed at kilometre {written}"))])
            written += 1

    async with SqlStore.open(url_of(file), "me", migrate=True) as store:
        begun = monotonic()
        writing = asyncio.create_task(write(store))
        for number in range(times):
            await asyncio.sleep(0.05)
            before = written
            made = await asyncio.to_thread(backup.make, file, folder / "safe" / f"{number}.sqlite3")
            assert before <= made.rows["items"] <= written + 1, "a backup holds what was committed, and no half of it"
            await asyncio.to_thread(backup.restore, made.path, restored, at(0))
            last = item(f"Road closed at kilometre {before - 1}")
            async with SqlStore.look(url_of(restored)) as looked:
                assert await looked.items([last.id]), "what was committed before the backup began is in it"
        running = False
        await writing
        return written / (monotonic() - begun)


async def test_three_backups_under_writes_are_whole_and_restore(tmp_path: Path) -> None:
    assert await backed_up_while_written_to(tmp_path, 3) > 0


@pytest.mark.heavy
async def test_twenty_backups_under_writes_are_whole_and_restore(tmp_path: Path) -> None:
    print(f"{await backed_up_while_written_to(tmp_path, 20):.0f} commits a second meanwhile")  # noqa: T201


async def counted(file: Path, transactions: int, held_s: list[float]) -> None:
    """Let two engines read a number and write the next one, while a third program takes the lock now and then."""
    one, other = Database(url_of(file)), Database(url_of(file))

    async def count(database: Database) -> None:
        for _ in range(transactions // 2):
            async with database.writing() as connection:
                number = int(await connection.scalar(text("SELECT state FROM chats")) or 0)
                await connection.execute(text("UPDATE chats SET state = :next"), {"next": str(number + 1)})
            await asyncio.sleep(0)

    def hold() -> None:
        for seconds in held_s:
            with closing(sqlite3.connect(file, isolation_level=None, timeout=30)) as raw:
                raw.execute("BEGIN IMMEDIATE")
                sleep(seconds)
                raw.execute("ROLLBACK")
            sleep(0.5)  # SQLite looks again every tenth of a second: who waits gets its turn

    async with one.writing() as connection:
        await connection.execute(text("UPDATE chats SET state = '0'"))
    await asyncio.gather(count(one), count(other), asyncio.to_thread(hold))
    async with one.reading() as connection:
        assert await connection.scalar(text("SELECT state FROM chats")) == str(transactions)
    await one.close()
    await other.close()


@pytest.fixture
async def numbered(tmp_path: Path) -> Path:
    """A store with one chat, whose state the tests count up."""
    file = tmp_path / "outrider.sqlite3"
    async with SqlStore.open(url_of(file), "me", migrate=True) as store:
        await store.save_chat(chat(1))
    return file


async def test_sixty_read_then_write_transactions_of_two_engines_wait_out_a_lock(numbered: Path) -> None:
    await counted(numbered, 60, [0.3, 0.2])


@pytest.mark.heavy
async def test_five_hundred_read_then_write_transactions_wait_out_locks_of_up_to_eight_seconds(numbered: Path) -> None:
    """SQLite waits ten seconds; what outlasts that is tried again by the delivery (faults/test_store_faults.py)."""
    chance = Random(seed := drawn())
    print(f"seed {seed}")  # noqa: T201
    await counted(numbered, 500, [8.0, *(chance.uniform(0, 2) for _ in range(10))])


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of two megabytes, for real."""
    disk = tmp_path / "disk"
    disk.mkdir()
    if os.geteuid() != 0:
        pytest.skip("only root can mount a disk that fills up")
    mounted = subprocess.run(
        ["/usr/bin/mount", "-t", "tmpfs", "-o", "size=2m", "small", str(disk)], check=False, capture_output=True
    )
    if mounted.returncode:
        pytest.skip("this machine mounts no disk for a test")
    yield disk
    subprocess.run(["/usr/bin/umount", str(disk)], check=True)


def fill(filler: Path) -> None:
    """Write until the disk takes no more."""
    with filler.open("wb", buffering=0) as other, suppress(OSError):
        while True:
            other.write(bytes(PAGE))


async def test_a_disk_that_is_full_for_real_is_said_to_be_and_the_same_store_goes_on_when_there_is_room(
    small_disk: Path,
) -> None:
    file, filler = small_disk / "outrider.sqlite3", small_disk / "somebody-elses"
    async with SqlStore.open(url_of(file), "me", migrate=True) as store:
        await waiting(store, *(alert(chat_id=number) for number in range(1, 50)))
        fill(filler)
        with pytest.raises(Exception, match="full"):
            await store.commit([decision(alerts=tuple(alert("update-toll", chat_id=n) for n in range(1, 49)))])
        with pytest.raises(Exception, match="full"):
            await store.touch()  # what /readyz asks
        assert (await store.outbox_counts())[Delivery.NEW] == 49, "what was committed can be read meanwhile"

        filler.unlink()
        assert await store.touch()
        assert await store.commit([decision(alerts=tuple(alert("update-toll", chat_id=n) for n in range(1, 49)))]) == 48
        assert len(await store.claim("me", at(1), 200, LEASE)) >= 49
    assert backup.examine(file).rows["outbox"] == 97
