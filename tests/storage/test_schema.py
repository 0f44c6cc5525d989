import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from alembic.config import Config
from alembic.script import ScriptDirectory
from builders import chat
from sqlalchemy import create_engine

from bot.model.errors import SchemaError, StoreLocked
from bot.storage.migrations import current, upgrade
from bot.storage.store import SqlStore
from bot.storage.tables import SCHEMA, metadata


def tables_of(file: Path) -> dict[str, str]:
    """Return what SQLite says of its tables and indexes, white space aside."""
    with closing(sqlite3.connect(file)) as raw:
        rows = raw.execute("SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL AND name != 'alembic_version'")
        return {name: " ".join(sql.split()) for name, sql in rows}


async def test_the_migrations_make_the_tables_that_the_program_works_with(file: Path, url: str, tmp_path: Path) -> None:
    await upgrade(url)
    engine = create_engine(f"sqlite:///{tmp_path / 'made.sqlite3'}")
    metadata.create_all(engine)
    engine.dispose()

    assert tables_of(file) == tables_of(tmp_path / "made.sqlite3")


def test_the_programs_schema_is_the_newest_migration() -> None:
    config = Config()
    config.set_main_option("script_location", "bot.storage:migrations")

    assert ScriptDirectory.from_config(config).get_heads() == [SCHEMA]


async def test_upgrading_makes_the_folder_and_can_be_repeated(tmp_path: Path) -> None:
    url = f"sqlite+aiosqlite:///{tmp_path / 'deep' / 'er' / 'outrider.sqlite3'}"
    assert await current(url) is None

    assert await upgrade(url) == SCHEMA
    assert await upgrade(url) == SCHEMA

    assert await current(url) == SCHEMA


async def test_asking_for_the_schema_makes_no_file(file: Path, url: str) -> None:
    assert await current(url) is None
    with pytest.raises(SchemaError):
        async with SqlStore.look(url):
            pass
    with pytest.raises(SchemaError):
        async with SqlStore.open(url, "me"):
            pass

    assert file not in list(file.parent.iterdir())


@pytest.mark.usefixtures("file")
async def test_an_empty_store_is_refused_in_one_line_that_says_what_to_do(url: str) -> None:
    with pytest.raises(SchemaError, match=r"^the database is empty: run `outrider db upgrade` first$"):
        async with SqlStore.open(url, "me"):
            pass


async def test_a_newer_store_is_refused_and_not_touched(file: Path, url: str) -> None:
    await upgrade(url)
    with closing(sqlite3.connect(file)) as raw, raw:
        raw.execute("UPDATE alembic_version SET version_num = '9999'")

    for migrate in (False, True):
        with pytest.raises(SchemaError, match=f"has schema 9999, this program knows {SCHEMA} at most"):
            async with SqlStore.open(url, "me", migrate=migrate):
                pass
    assert await current(url) == "9999"


async def test_an_older_store_is_refused_unless_it_may_be_brought_up_to_date(file: Path, url: str) -> None:
    await upgrade(url)
    with closing(sqlite3.connect(file)) as raw, raw:
        raw.execute("UPDATE alembic_version SET version_num = '0000'")

    with pytest.raises(SchemaError, match=f"has schema 0000, this program needs {SCHEMA}"):
        async with SqlStore.open(url, "me"):
            pass


async def test_a_migration_that_fails_half_way_leaves_nothing_behind(file: Path, url: str) -> None:
    with closing(sqlite3.connect(file)) as raw, raw:
        raw.execute("CREATE TABLE outbox (in_the_way INTEGER)")  # 0001 makes other tables before it comes to this one

    with pytest.raises(Exception, match="already exists"):
        await upgrade(url)

    assert set(tables_of(file)) == {"outbox"}
    with closing(sqlite3.connect(file)) as raw, raw:
        raw.execute("DROP TABLE outbox")
    assert await upgrade(url) == SCHEMA


@pytest.mark.usefixtures("file")
async def test_a_store_in_use_is_not_migrated(store: SqlStore, url: str) -> None:
    with pytest.raises(StoreLocked):
        await upgrade(url)

    await store.save_chat(chat())
