"""T-D7: a store of any schema that ever was comes to the newest one, wherever the upgrade is killed on its way."""

import asyncio
import os
import shutil
import signal
import sqlite3
from contextlib import closing
from pathlib import Path
from random import Random

import pytest
from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory
from builders import MALI, at, chat, watch
from contract.outbox_builders import LEASE, alert, waiting
from sqlalchemy import create_engine
from sqlalchemy import event as sql_event
from sqlalchemy.engine import Engine
from support.seeds import drawn

from bot.model.errors import SchemaError
from bot.storage import schema
from bot.storage.migrations import upgrade
from bot.storage.store import SqlStore
from bot.storage.tables import SCHEMA

UNSENT = 1_000
KEPT = ("chats", "watches", "events", "outbox")
Rows = dict[str, list[tuple[object, ...]]]


def alembic() -> Config:
    config = Config()
    config.set_main_option("script_location", "bot.storage:migrations")
    return config


VERSIONS = sorted(script.revision for script in ScriptDirectory.from_config(alembic()).walk_revisions())


def url_of(file: Path) -> str:
    return f"sqlite+aiosqlite:///{file}"


def brought_to(file: Path, version: str) -> None:
    """Run the migrations up to that one, and no further."""
    engine = create_engine(f"sqlite:///{file}")
    with engine.connect() as connection:
        config = alembic()
        config.attributes["connection"] = connection
        command.upgrade(config, version)
        connection.commit()
    engine.dispose()


async def _write(file: Path) -> None:
    async with SqlStore.open(url_of(file), "me", migrate=True) as store:
        await waiting(store, *(alert(chat_id=number) for number in range(1, UNSENT + 1)))
        for number in range(1, 20):
            await store.save_chat(chat(number, language="fr"))
            await store.add_watch(watch(MALI, number=0, chat_id=number))


@pytest.fixture(scope="module")
def first(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store of the first schema, with all that it had room for of what today's program writes."""
    folder = tmp_path_factory.mktemp("schemas")
    today, old = folder / "today.sqlite3", folder / "first.sqlite3"
    asyncio.run(_write(today))
    brought_to(old, VERSIONS[0])
    with closing(sqlite3.connect(old)) as raw:
        raw.execute("ATTACH ? AS today", (str(today),))
        for table in KEPT:
            had = [name for _, name, *_ in raw.execute(f"PRAGMA main.table_info({table})")]
            columns = ", ".join(had)
            raw.execute(f"INSERT INTO main.{table} ({columns}) SELECT {columns} FROM today.{table}")  # noqa: S608
        raw.commit()
    return old


def rows(file: Path, like: Path) -> Rows:
    """Return the rows of what is kept, in the columns that the file `like` has."""
    with closing(sqlite3.connect(file)) as raw, closing(sqlite3.connect(like)) as former:
        found: Rows = {}
        for table in KEPT:
            names = ", ".join(name for _, name, *_ in former.execute(f"PRAGMA table_info({table})"))
            found[table] = raw.execute(f"SELECT {names} FROM {table} ORDER BY 1").fetchall()  # noqa: S608
        return found


def ended_by_kill(file: Path, point: int) -> bool:
    """Upgrade in a process of its own that is killed at its n-th statement or commit; tell whether it came so far."""
    child = os.fork()
    if child == 0:
        met = 0

        def count(*_: object) -> None:
            nonlocal met
            met += 1
            if met == point:
                os.kill(os.getpid(), signal.SIGKILL)

        sql_event.listen(Engine, "before_cursor_execute", count)
        sql_event.listen(Engine, "commit", count)
        status = 1
        try:
            asyncio.run(upgrade(url_of(file)))
            status = 0
        finally:
            os._exit(status)
    _, status = os.waitpid(child, 0)
    if os.WIFSIGNALED(status):
        assert os.WTERMSIG(status) == signal.SIGKILL
        return True
    assert os.WEXITSTATUS(status) == 0
    return False


async def proved(file: Path, former: Rows, like: Path) -> None:
    """Upgrade the file to its end: nothing is missing, and all that waited is sent by the service that opens it."""
    assert await upgrade(url_of(file)) == SCHEMA
    assert rows(file, like) == former
    async with SqlStore.open(url_of(file), "the next") as store:
        assert len(await store.claim("the next", at(1), UNSENT + 1, LEASE)) == UNSENT
        assert len(await store.watches_of(1)) == 1
    with closing(sqlite3.connect(file)) as raw:
        assert raw.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        assert raw.execute("PRAGMA foreign_key_check").fetchall() == []


@pytest.mark.parametrize("version", VERSIONS)
def test_a_store_of_any_schema_comes_to_the_newest_with_a_thousand_unsent_alerts(
    first: Path, tmp_path: Path, version: str
) -> None:
    file = tmp_path / "outrider.sqlite3"
    shutil.copy(first, file)
    brought_to(file, version)
    asyncio.run(proved(file, rows(first, first), first))


def killed_and_finished(first: Path, folder: Path, version: str, point: int) -> bool:
    """Kill the upgrade of a store of that schema there, and let the next one finish it."""
    file = folder / "outrider.sqlite3"
    for old in folder.glob("outrider.sqlite3*"):
        old.unlink()
    shutil.copy(first, file)
    brought_to(file, version)
    if not ended_by_kill(file, point):
        return False
    asyncio.run(proved(file, rows(first, first), first))
    return True


def test_an_upgrade_that_is_killed_is_finished_by_the_next(first: Path, tmp_path: Path) -> None:
    seed = drawn()
    for point in Random(seed).sample(range(1, 60), 5):
        assert killed_and_finished(first, tmp_path, VERSIONS[0], point), f"point {point}, seed {seed}"


@pytest.mark.heavy
@pytest.mark.parametrize("version", VERSIONS[:-1])
def test_an_upgrade_that_is_killed_at_any_of_its_statements_is_finished_by_the_next(
    first: Path, tmp_path: Path, version: str
) -> None:
    point = 1
    while killed_and_finished(first, tmp_path, version, point):
        point += 1
    print(f"from {version}: {point - 1} kills")  # noqa: T201 - a proof prints its number
    assert point > 1


@pytest.mark.parametrize("version", VERSIONS[:-1])
async def test_each_older_program_refuses_the_newest_store_and_does_not_touch_it(
    tmp_path: Path, version: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "outrider.sqlite3"
    await upgrade(url_of(file))
    before = file.read_bytes()
    monkeypatch.setattr(schema, "SCHEMA", version)
    for migrate in (False, True):
        with pytest.raises(SchemaError, match=f"has schema {SCHEMA}, this program knows {version} at most"):
            async with SqlStore.open(url_of(file), "an older program", migrate=migrate):
                pass
    assert file.read_bytes() == before
