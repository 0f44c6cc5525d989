"""A backup of a server's store is whole, and can be put back."""

import subprocess
from pathlib import Path

import pytest
from builders import chat
from support.postgres import TestServer, name_of

from bot.model.errors import BackupRefused
from bot.storage import dump
from bot.storage.store import SqlStore


@pytest.fixture
def programs(postgres_server: TestServer, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("PATH", str(postgres_server.programs))
    return postgres_server.programs


async def test_a_dump_can_be_put_back(
    postgres_url: str, empty_postgres_url: str, postgres_server: TestServer, programs: Path, tmp_path: Path
) -> None:
    async with SqlStore.open(postgres_url, "me") as store:
        await store.save_chat(chat(1))
        made = dump.make(postgres_url, tmp_path / "new" / "one.pgdump")
    plain = postgres_server.plain_url(name_of(empty_postgres_url))
    subprocess.run([programs / "pg_restore", f"--dbname={plain}", made], check=True)  # noqa: ASYNC221 - nothing else runs

    async with SqlStore.open(empty_postgres_url, "me") as store:
        assert await store.chat(1) == chat(1)
    with pytest.raises(BackupRefused, match="is there already"):
        dump.make(postgres_url, made)


@pytest.mark.usefixtures("programs")
def test_a_server_that_is_not_there_is_told_in_one_line_and_leaves_no_file(tmp_path: Path) -> None:
    with pytest.raises(BackupRefused, match=r"^no backup was made: pg_dump: error: connection to server"):
        dump.make("postgresql+asyncpg://me:secret@127.0.0.1:9/none", tmp_path / "one.pgdump")
    assert list(tmp_path.iterdir()) == []


def test_without_pg_dump_it_says_so(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(BackupRefused, match="are not installed here"):
        dump.make("postgresql+asyncpg://me@127.0.0.1/none", tmp_path / "one.pgdump")
