"""A store in a file and one on a server, and its URL. A test that asks for the file is a test of the file alone."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.storage.store import SqlStore


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "outrider.sqlite3"


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    if "url" in metafunc.fixturenames:
        metafunc.parametrize(
            "url", ["file"] if "file" in metafunc.fixturenames else ["file", "postgres"], indirect=True
        )


@pytest.fixture
def url(request: pytest.FixtureRequest) -> str:
    """A store's address; on a server its tables are there already."""
    if request.param == "postgres":
        return str(request.getfixturevalue("postgres_url"))
    return f"sqlite+aiosqlite:///{request.getfixturevalue('file')}"


@pytest.fixture
async def store(url: str) -> AsyncIterator[SqlStore]:
    async with SqlStore.open(url, "this process", migrate=True) as opened:
        yield opened
