"""A store in a file, and its URL."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.storage.store import SqlStore


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "outrider.sqlite3"


@pytest.fixture
def url(file: Path) -> str:
    return f"sqlite+aiosqlite:///{file}"


@pytest.fixture
async def store(url: str) -> AsyncIterator[SqlStore]:
    async with SqlStore.open(url, "this process", migrate=True) as opened:
        yield opened
