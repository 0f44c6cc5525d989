"""What a transaction is on a PostgreSQL server, where many processes write: and what of a lost connection."""

import asyncio

import pytest
from builders import at, chat, event
from contract.outbox_builders import LEASE, alert, changed, decision, opened, waiting
from sqlalchemy import event as sql_event
from sqlalchemy import inspect, text
from sqlalchemy.ext.asyncio import AsyncConnection, create_async_engine
from support.postgres import TestServer, name_of

from bot.model.errors import SchemaError, VersionClash
from bot.model.event import ChangeKind
from bot.storage.engine import Database
from bot.storage.migrations import current, upgrade
from bot.storage.store import SqlStore
from bot.storage.tables import SCHEMA, metadata


async def shape(url: str) -> dict[str, object]:
    """Return what the server says of its tables, columns, keys and indexes."""
    engine = create_async_engine(url)
    async with engine.connect() as connection:
        columns = await connection.execute(text(
            "SELECT table_name, column_name, data_type, character_maximum_length, is_nullable, column_default "
            "FROM information_schema.columns WHERE table_schema = 'public' AND table_name <> 'alembic_version' "
            "ORDER BY table_name, column_name"
        ))  # fmt: skip
        indexes = await connection.execute(text(
            "SELECT indexname, indexdef FROM pg_indexes "
            "WHERE schemaname = 'public' AND tablename <> 'alembic_version' ORDER BY indexname"
        ))  # fmt: skip
        keys = await connection.run_sync(
            lambda sync: {
                name: sorted(map(str, inspect(sync).get_foreign_keys(name)))
                for name in inspect(sync).get_table_names()
                if name != "alembic_version"
            }
        )
        found = {"columns": list(map(tuple, columns)), "indexes": list(map(tuple, indexes)), "keys": keys}
    await engine.dispose()
    return found


async def test_the_migrations_make_the_tables_that_the_program_works_with(
    postgres_url: str, empty_postgres_url: str
) -> None:
    engine = create_async_engine(empty_postgres_url)
    async with engine.begin() as connection:
        await connection.run_sync(metadata.create_all)
    await engine.dispose()

    assert await shape(postgres_url) == await shape(empty_postgres_url)


async def test_an_empty_server_is_refused_until_it_is_upgraded(empty_postgres_url: str) -> None:
    with pytest.raises(SchemaError, match="the database is empty"):
        async with SqlStore.open(empty_postgres_url, "me"):
            pass

    assert await upgrade(empty_postgres_url) == SCHEMA
    async with SqlStore.open(empty_postgres_url, "me") as store:
        await store.save_chat(chat(1))


async def test_processes_that_start_together_migrate_once(empty_postgres_url: str) -> None:
    assert await asyncio.gather(*(upgrade(empty_postgres_url) for _ in range(4))) == [SCHEMA] * 4
    assert await current(empty_postgres_url) == SCHEMA


async def test_many_processes_write_at_once_and_one_event_is_changed_by_one_of_them(postgres_url: str) -> None:
    async with SqlStore.open(postgres_url, "one") as one, SqlStore.open(postgres_url, "other") as other:
        await one.commit([decision(opened(event()))])
        results = await asyncio.gather(
            *(store.commit([decision(changed(event()), alerts=(alert(f"update-{n}", chat_id=n),))])
              for n, store in enumerate([one, other] * 5)),
            return_exceptions=True,
        )  # fmt: skip

        assert results.count(1) == 1
        assert sum(isinstance(result, VersionClash) for result in results) == 9
        assert sum((await one.outbox_counts()).values()) == 1, "a clash writes nothing"


async def test_decisions_that_push_each_other_out_are_done_again(postgres_url: str) -> None:
    """Two transactions change two events in opposite order: the server ends one of them, and it is done again."""
    async with SqlStore.open(postgres_url, "one") as one, SqlStore.open(postgres_url, "other") as other:
        first, second = event(id="event-1"), event(id="event-2")
        await one.commit([decision(opened(first), opened(second))])

        async def both(store: SqlStore, *ids: str) -> None:
            for _ in range(10):
                while True:
                    present = [await store.event(each) for each in ids]
                    try:
                        await store.commit(
                            [decision(*(changed(each, ChangeKind.UPDATED) for each in present if each is not None))]
                        )
                        break
                    except VersionClash:
                        continue

        await asyncio.gather(both(one, "event-1", "event-2"), both(other, "event-2", "event-1"))

        versions = [found.version for each in ("event-1", "event-2") if (found := await one.event(each)) is not None]
        assert versions == [21, 21]


async def test_a_reader_sees_one_state_and_writes_nothing(postgres_url: str) -> None:
    async with SqlStore.open(postgres_url, "me") as store, store._database.reading() as connection:
        assert await connection.scalar(text("SELECT count(*) FROM chats")) == 0
        await store.save_chat(chat(1))
        assert await connection.scalar(text("SELECT count(*) FROM chats")) == 0
        with pytest.raises(Exception, match="read-only"):
            await connection.execute(text("DELETE FROM chats"))


async def test_a_server_that_ended_every_connection_is_used_again_at_once(
    postgres_url: str, postgres_server: TestServer
) -> None:
    async with SqlStore.open(postgres_url, "me") as store:
        await waiting(store, alert())
        postgres_server.cut_off(postgres_url)
        await store.save_chat(chat(2))
        postgres_server.restart()
        await store.save_chat(chat(3))

        assert await store.chat(2) == chat(2), "committed before the server was ended without a goodbye"


@pytest.mark.parametrize("trusted_for", [0.0, 60.0], ids=["tried before its use", "in use just now"])
async def test_a_connection_that_went_black_is_found_and_replaced(
    postgres_url: str, postgres_server: TestServer, monkeypatch: pytest.MonkeyPatch, trusted_for: float
) -> None:
    """A line between that takes all and gives nothing, as a router does that forgot the connection."""
    monkeypatch.setattr("bot.storage.server.TRUSTED_FOR", trusted_for)
    monkeypatch.setattr("bot.storage.server.LONGEST_PING", 0.5)
    monkeypatch.setattr("bot.storage.server.LONGEST_STATEMENT", 1)
    black: list[asyncio.Event] = []

    async def carry(source: asyncio.StreamReader, to: asyncio.StreamWriter, dark: asyncio.Event) -> None:
        while part := await source.read(65536):
            if not dark.is_set():
                to.write(part)

    async def between(source: asyncio.StreamReader, to: asyncio.StreamWriter) -> None:
        there, back = await asyncio.open_unix_connection(str(postgres_server.folder / ".s.PGSQL.5432"))
        black.append(dark := asyncio.Event())
        await asyncio.gather(carry(source, back, dark), carry(there, to, dark), return_exceptions=True)
        to.close()

    async with await asyncio.start_server(between, "127.0.0.1", 0) as line:
        port = line.sockets[0].getsockname()[1]
        database = Database(f"postgresql+asyncpg://postgres@127.0.0.1:{port}/{name_of(postgres_url)}")

        async def ask(connection: AsyncConnection) -> object:
            return await connection.scalar(text("SELECT 2"))

        assert await database.read(ask) == 2
        for each in black:
            each.set()
        async with asyncio.timeout(8):
            if trusted_for:
                with pytest.raises(TimeoutError):
                    await database.read(ask)
            assert await database.read(ask) == 2
        assert len(black) > 1
        await database.close()
        line.close()
        for task in asyncio.all_tasks() - {asyncio.current_task()}:
            task.cancel()


async def test_a_burst_is_claimed_by_the_index_though_the_server_has_not_counted_it_yet(postgres_url: str) -> None:
    """Else each claim fetches and sorts all that waits, until the server looks by itself: a minute, or many."""
    async with SqlStore.open(postgres_url, "me") as store:
        await waiting(store, *(alert(chat_id=number) for number in range(1, 400)))
        async with store._database.engine.connect() as beside:
            asked: list[tuple[str, object]] = []
            sql_event.listen(
                store._database.engine.sync_engine,
                "before_cursor_execute",
                lambda *call: asked.append((call[2], call[3])),
            )
            await store.claim("me", at(1), 8, LEASE)
            (statement, given), *_ = [one for one in asked if "FOR UPDATE OF outbox" in one[0]]
            settings = [statement for statement, _ in asked if "enable_sort" in statement]
            await beside.execute(text("SET LOCAL enable_sort = off"))
            plans = [row[0] for row in await beside.exec_driver_sql(f"EXPLAIN {statement}", given)]  # type: ignore[arg-type]

    assert settings == ["SET LOCAL enable_sort = off", "SET LOCAL enable_sort = on"]
    assert any("outbox_line" in line for line in plans), plans
    assert not any("Sort" in line for line in plans), plans
