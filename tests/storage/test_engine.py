"""What a transaction is: promises of the SQLite file, kept under contention and cancellation."""

import asyncio
import random
import sqlite3
import threading
import time
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest
from builders import BAMAKO, MALI, at, chat, event, item, watch
from contract.outbox_builders import LEASE, alert, changed, decision, opened, prune, sent, waiting
from sqlalchemy import event as sql_event
from sqlalchemy import text
from support.seeds import drawn

from bot.model.alert import Delivery
from bot.model.assessment import Severity
from bot.model.watch import Ears
from bot.services.ports import SourceState
from bot.storage.engine import Database
from bot.storage.store import SqlStore


@pytest.mark.usefixtures("file")
@pytest.mark.parametrize(
    ("pragma", "value"),
    [("journal_mode", "wal"), ("synchronous", 2), ("foreign_keys", 1), ("secure_delete", 1), ("busy_timeout", 10000)],
)
async def test_every_connection_keeps_the_promises(store: SqlStore, pragma: str, value: object) -> None:
    async with store._database.reading() as one, store._database.reading() as other, store._database.writing() as third:
        for connection in (one, other, third):
            assert await connection.scalar(text(f"PRAGMA {pragma}")) == value


@pytest.mark.usefixtures("file")
async def test_whatever_writes_takes_the_write_lock_before_it_reads(store: SqlStore) -> None:
    statements: list[str] = []
    sql_event.listen(
        store._database.engine.sync_engine,
        "before_cursor_execute",
        lambda *call: statements.append(call[2].split("\n")[0]),
    )

    await waiting(store, alert(), alert("edit-1"))
    await store.add_watch(watch(MALI))
    await store.save_source_state(SourceState(source_id="sahel-wire"))
    (claimed,) = await store.claim("me", at(1), 8, LEASE)
    await store.settle(claimed, sent(), at(1))
    await store.recover("me", at(2))
    await store.commit([decision(changed(event()), item=item("Gunfire in Bamako"))])
    await store.move_chat(1, 2)
    await store.remove_watch(2, 1)
    await prune(store, at(9))
    for read in (store.live_events(), store.next_due(at(1)), store.outbox_counts(), store.watched(
        Ears(severity=Severity.SEVERE, keys=("in ML",))
    )):  # fmt: skip
        await read

    begun, writes = "", 0
    for statement in statements:
        if statement.startswith("BEGIN"):
            begun = statement
        elif not statement.startswith("SELECT"):
            writes += 1
            assert begun == "BEGIN IMMEDIATE", statement
    assert writes > 25
    assert "BEGIN" in statements[-4:], "what only reads takes no write lock"


@pytest.mark.usefixtures("file")
async def test_two_engines_that_read_and_then_write_never_fail_and_lose_nothing(store: SqlStore, url: str) -> None:
    """With a deferred BEGIN this fails at once: the snapshot of the reader is out of date when it comes to write."""
    await store.save_chat(chat(1, language="0"))
    other = Database(url)

    async def count(database: Database) -> None:
        for _ in range(40):
            async with database.writing() as connection:
                number = int(await connection.scalar(text("SELECT state FROM chats")) or 0)
                await asyncio.sleep(0)
                await connection.execute(text("UPDATE chats SET state = :next"), {"next": str(number + 1)})

    async with store._database.writing() as connection:
        await connection.execute(text("UPDATE chats SET state = '0'"))
    await asyncio.gather(count(store._database), count(other))
    async with other.reading() as connection:
        assert await connection.scalar(text("SELECT state FROM chats")) == "80"
    await other.close()


async def test_a_writer_waits_for_one_outside_and_then_writes(store: SqlStore, file: Path) -> None:
    locked = threading.Event()

    def hold() -> None:
        with closing(sqlite3.connect(file)) as raw:
            raw.execute("BEGIN IMMEDIATE")
            locked.set()
            time.sleep(0.4)
            raw.rollback()

    holder = threading.Thread(target=hold)
    holder.start()
    await asyncio.to_thread(locked.wait)
    assert await store.chat(1) is None, "readers wait for nobody"
    await store.save_chat(chat(1))
    holder.join()

    assert await store.chat(1) == chat(1)


async def test_readers_see_one_state_while_others_write(store: SqlStore) -> None:
    await store.save_chat(chat(1))
    async with store._database.reading() as connection:
        before = await connection.scalar(text("SELECT count(*) FROM chats"))
        await store.save_chat(chat(2))
        assert await connection.scalar(text("SELECT count(*) FROM chats")) == before


async def test_a_looker_reads_beside_the_service_and_cannot_write(store: SqlStore, url: str) -> None:
    async with SqlStore.look(url) as looker:
        await store.save_chat(chat(1))
        assert await looker.chat(1) == chat(1)
        with pytest.raises(Exception, match=r"readonly|read-only"):
            await looker.save_chat(chat(2))


async def test_a_thousand_cancelled_calls_leave_the_store_whole(store: SqlStore) -> None:
    seed = drawn()
    dice = random.Random(seed)
    await waiting(store, *(alert(chat_id=number) for number in range(1, 30)))

    async def one_turn(number: int) -> None:
        await store.save_chat(chat(1000 + number))
        await store.add_watch(watch(BAMAKO, chat_id=1000 + number))
        for claimed in await store.claim("me", at(1), 2, LEASE):
            await store.settle(claimed, sent(number), at(1))

    for start in range(0, 200, 5):
        turns = [asyncio.create_task(one_turn(number)) for number in range(start, start + 5)]
        await asyncio.sleep(dice.random() * 0.02)
        for turn in turns:
            turn.cancel()
        results = await asyncio.gather(*turns, return_exceptions=True)
        others = [one for one in results if one is not None and not isinstance(one, asyncio.CancelledError)]
        assert others == [], f"seed {seed}"

    await asyncio.wait_for(store.save_chat(chat(5000)), 5)
    assert await store.chat(5000) == chat(5000)
    # What was claimed and then cut off is not lost: it comes back as ambiguous.
    await store.recover("next", at(2))
    while claimed := await store.claim("next", at(2), 8, timedelta(hours=1)):
        for one in claimed:
            assert await store.settle(one, sent(), at(2))
    counts = await store.outbox_counts()
    assert counts[Delivery.SENT] == 29, f"seed {seed}"


async def test_what_is_deleted_is_overwritten_in_the_file(url: str, file: Path) -> None:
    private = "Aunt Fatoumata's house behind the station"
    async with SqlStore.open(url, "me", migrate=True) as store:
        await store.save_chat(chat(1))
        kept = await store.add_watch(watch(BAMAKO, label=private))
        assert await store.remove_watch(1, kept.id)

    left = [path for path in file.parent.iterdir() if private.encode() in path.read_bytes()]
    assert left == []


async def test_an_error_of_the_database_tells_no_chat_and_no_text(store: SqlStore) -> None:
    with pytest.raises(Exception, match=r"(?i)foreign key") as raised:
        await store.add_watch(watch(BAMAKO, chat_id=748392611, label="Aunt Fatoumata's house"))

    assert "748392611" not in str(raised.value)
    assert "Fatoumata" not in str(raised.value)


async def test_an_event_that_is_known_by_deliveries_cannot_be_dropped(store: SqlStore) -> None:
    await store.commit([decision(opened(event()), alerts=(alert(),))])
    with pytest.raises(Exception, match=r"(?i)foreign key"):
        async with store._database.writing() as connection:
            await connection.execute(text("DELETE FROM events"))
