"""A store that moves to another database is the same store there."""

from pathlib import Path

import pytest
from builders import BAMAKO, MALI, at, chat, event, item, watch
from contract.outbox_builders import LEASE, alert, changed, decision, sent, waiting
from sqlalchemy import text

from bot.model.alert import Delivery
from bot.model.errors import BackupRefused, StoreLocked
from bot.services.ports import SourceState
from bot.storage.copy import Copied, copy
from bot.storage.engine import Database
from bot.storage.store import SqlStore


async def lived_in(url: str) -> None:
    async with SqlStore.open(url, "before", migrate=True) as store:
        await waiting(store, *(alert(chat_id=number) for number in range(1, 40)))
        await store.add_watch(watch(MALI))
        await store.add_watch(watch(BAMAKO, chat_id=2, label="دار فاطمة"))
        await store.save_source_state(SourceState(source_id="sahel-wire", failures=2))
        await store.commit([decision(changed(event()), item=item("Gunfire in Bamako"))])
        for one in await store.claim("before", at(1), 8, LEASE):
            await store.settle(one, sent(one.chat.id), at(1))


async def copied(source: str, target: str) -> list[Copied]:
    tables: list[Copied] = []
    await copy(source, target, tables.append)
    return tables


async def test_there_and_back_again_nothing_is_lost_or_told_twice(tmp_path: Path, empty_postgres_url: str) -> None:
    first, last = (f"sqlite+aiosqlite:///{tmp_path / name}.sqlite3" for name in ("first", "last"))
    await lived_in(first)
    there = await copied(first, empty_postgres_url)
    back = await copied(empty_postgres_url, last)

    assert [(one.table, one.rows) for one in there] == [(one.table, one.rows) for one in back]
    assert {one.table: one.rows for one in there}["outbox"] == 39
    for url in (empty_postgres_url, last):
        async with SqlStore.open(url, "after") as store:
            assert (await store.watches_of(2))[0].label == "دار فاطمة"
            assert await store.commit([decision(alerts=(alert(chat_id=1),))]) == 0, "it was told already"
            counts = await store.outbox_counts()
            assert (counts[Delivery.SENT], counts[Delivery.NEW]) == (8, 31)
            assert (await store.add_watch(watch(MALI, chat_id=3))).id == 3, "new rows are numbered on"
            assert await store.unseen([item("Gunfire in Bamako")]) == ()


async def test_a_copy_that_was_broken_off_goes_on_where_it_ended(tmp_path: Path, empty_postgres_url: str) -> None:
    first = f"sqlite+aiosqlite:///{tmp_path / 'first.sqlite3'}"
    await lived_in(first)
    await copied(first, empty_postgres_url)
    target = Database(empty_postgres_url)
    async with target.writing() as connection:
        await connection.execute(text("DELETE FROM outbox WHERE id > 10"))
    await target.close()

    again = {one.table: (one.rows, one.new) for one in await copied(first, empty_postgres_url)}

    assert again["outbox"] == (39, 29)
    assert again["events"] == (1, 0)


async def test_a_database_that_holds_another_store_is_refused(tmp_path: Path, postgres_url: str) -> None:
    first = f"sqlite+aiosqlite:///{tmp_path / 'first.sqlite3'}"
    await lived_in(first)
    async with SqlStore.open(postgres_url, "me") as store:
        for number in range(1000, 1050):
            await store.save_chat(chat(number))

    with pytest.raises(BackupRefused, match=r"^chats: the target has \d+ rows, the source 39: it is another store$"):
        await copied(first, postgres_url)


async def test_nothing_is_copied_under_a_running_service(tmp_path: Path, postgres_url: str) -> None:
    first = f"sqlite+aiosqlite:///{tmp_path / 'first.sqlite3'}"
    async with SqlStore.open(first, "a service", migrate=True):
        with pytest.raises(StoreLocked, match="in use by a service"):
            await copied(first, postgres_url)
    async with SqlStore.open(postgres_url, "another") as store:
        await store.take_sources(["feed"], LEASE, 1)
        with pytest.raises(StoreLocked, match="stop all of its processes first"):
            await copied(first, postgres_url)
