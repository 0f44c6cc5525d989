"""The way to the database: how it is opened, and what a transaction is.

SQLite: write-ahead log with synchronous=FULL (a commit that returned survives a power cut), foreign keys enforced,
deleted rows overwritten. Readers see a snapshot and wait for nobody. Writers take SQLite's write lock at once, with
BEGIN IMMEDIATE: a transaction that begins by reading and then writes fails at once where another wrote meanwhile,
and busy_timeout does not help it (notes on reliability, T-D4).

PostgreSQL: see server.py. Many processes, and many writers in each.
"""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Coroutine
from contextlib import AbstractAsyncContextManager, asynccontextmanager, nullcontext
from itertools import count
from pathlib import Path
from typing import Any, Concatenate, ParamSpec, TypeVar

from sqlalchemy import Connection, Table, event, make_url
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine
from sqlalchemy.pool import ConnectionPoolEntry

from bot.storage.server import may_pass, server_engine

_PRAGMAS = {
    "busy_timeout": "10000",  # milliseconds; first, because the change to WAL may have to wait too
    "journal_mode": "WAL",
    "synchronous": "FULL",
    "foreign_keys": "ON",
    "secure_delete": "ON",
}
_WRITES = "outrider_writes"
_ONE_STATE = {"isolation_level": "REPEATABLE READ", "postgresql_readonly": True}
_TRIES = 8  # of a transaction that others push out

P = ParamSpec("P")
T = TypeVar("T")


class Database:
    """An engine with two kinds of transaction: `read` and `write`. In SQLite, one write at a time in this process.

    A transaction that was begun is finished, whatever becomes of the task that asked for it: to cancel a call of the
    driver half way can leave a connection that answers no more (seen with SQLAlchemy 2.1 and aiosqlite 0.22).
    """

    def __init__(self, url: str, *, read_only: bool = False) -> None:
        self.url, self.path = url, file_of(url)
        self.engine = _engine(url, read_only=read_only)
        self._under_way: set[asyncio.Task[Any]] = set()
        self.one_process = make_url(url).get_backend_name() == "sqlite"  # bot/storage/lock.py sees to it
        self._write_lock: AbstractAsyncContextManager[None] = asyncio.Lock() if self.one_process else nullcontext()
        self.in_memory = self.one_process and self.path is None
        # In memory there is one connection for all, and so one transaction at a time.
        self._read_lock: AbstractAsyncContextManager[None] = self._write_lock if self.in_memory else nullcontext()

    async def read(
        self, work: Callable[Concatenate[AsyncConnection, P], Awaitable[T]], *args: P.args, **kwargs: P.kwargs
    ) -> T:
        """Do the work in a reading transaction."""
        return await asyncio.shield(self.start(self._done(self.reading, lambda one: work(one, *args, **kwargs))))

    async def write(
        self, work: Callable[Concatenate[AsyncConnection, P], Awaitable[T]], *args: P.args, **kwargs: P.kwargs
    ) -> T:
        """Do the work in a writing transaction; it is committed when this returns.

        Where others push it out (PostgreSQL's deadlocks), or its connection is lost before the commit, it is done
        again: `work` changes nothing but the database. A connection lost in the commit is an error: it may be done.
        """
        return await asyncio.shield(self.start(self._done(self.writing, lambda one: work(one, *args, **kwargs))))

    async def _done(
        self,
        begin: Callable[[], AbstractAsyncContextManager[AsyncConnection]],
        work: Callable[[AsyncConnection], Awaitable[T]],
    ) -> T:
        for tried in count(1):
            worked = False
            try:
                async with begin() as connection:
                    found = await _in_time(work, connection)
                    worked = True
            except DBAPIError as error:
                lost = error.connection_invalidated and not worked
                if tried == _TRIES or not (lost or may_pass(error)):
                    raise
            else:
                return found
            await asyncio.sleep(0.01 * tried)
        raise AssertionError  # it counts for ever

    def start(self, work: Coroutine[Any, Any, T]) -> asyncio.Task[T]:
        """Do the work whatever becomes of who asked for it: `close` waits for it."""
        task = asyncio.create_task(work)
        self._under_way.add(task)
        task.add_done_callback(self._under_way.discard)
        return task

    @asynccontextmanager
    async def reading(self) -> AsyncIterator[AsyncConnection]:
        """Open a transaction that sees one state of the database and writes nothing."""
        async with self._read_lock, self.engine.connect() as connection:
            if not self.one_process:
                await connection.execution_options(**_ONE_STATE)
            yield connection

    @asynccontextmanager
    async def writing(self) -> AsyncIterator[AsyncConnection]:
        """Open a transaction that is committed at the end, or rolled back on an error."""
        async with self.writer() as connection, connection.begin():
            yield connection

    @asynccontextmanager
    async def writer(self) -> AsyncIterator[AsyncConnection]:
        """Open a connection that writes, for one who begins its transactions itself."""
        async with self._write_lock, self.engine.connect() as connection:
            await connection.execution_options(**{_WRITES: True})
            yield connection

    async def flush(self) -> None:
        """Move SQLite's log into the file and empty it: what was deleted is nowhere any more (`secure_delete`).

        Readers hold the log back; it is tried again while they go on. A server has no such file.
        """
        if self.path is None:
            return
        for tried in range(1, _TRIES + 1):
            async with self._write_lock, self.engine.connect() as connection:
                busy = (await connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")).one()[0]
            if not busy:
                return
            await asyncio.sleep(0.1 * tried)

    async def close(self) -> None:
        """Let what is under way end, and close all connections. SQLite moves its log into the file with the last."""
        while self._under_way:
            await asyncio.wait(self._under_way)
        await self.engine.dispose()


async def _in_time(work: Callable[[AsyncConnection], Awaitable[T]], connection: AsyncConnection) -> T:
    """Do the work; a connection that gave no answer in time is given up, for its ROLLBACK would have none either."""
    try:
        return await work(connection)
    except TimeoutError:
        await connection.invalidate()
        raise


def file_of(url: str) -> Path | None:
    """Return the SQLite file that the URL names; None for one in memory, and for servers."""
    parsed = make_url(url)
    if parsed.get_backend_name() != "sqlite" or parsed.database in {None, "", ":memory:"}:
        return None
    return Path(str(parsed.database))


def shown(url: str) -> str:
    """Return the URL as people may see it: without its password."""
    return make_url(url).render_as_string()


def insert(connection: AsyncConnection, table: Table) -> sqlite.Insert | postgresql.Insert:
    """Return an INSERT that can say ON CONFLICT, in the database's own dialect."""
    return postgresql.insert(table) if connection.dialect.name == "postgresql" else sqlite.insert(table)


def _engine(url: str, *, read_only: bool) -> AsyncEngine:
    # Errors go to the log: they must not carry chat ids and texts.
    if make_url(url).get_backend_name() != "sqlite":
        return server_engine(url, read_only=read_only)
    engine = create_async_engine(url, hide_parameters=True)

    @event.listens_for(engine.sync_engine, "connect")
    def prepare(raw: DBAPIConnection, _: ConnectionPoolEntry) -> None:
        # None: the driver begins no transaction of its own, so that `begin` below is the only one who does.
        raw.isolation_level = None
        cursor = raw.cursor()
        for name, value in (_PRAGMAS | ({"query_only": "ON"} if read_only else {})).items():
            cursor.execute(f"PRAGMA {name}={value}")
        cursor.close()

    @event.listens_for(engine.sync_engine, "begin")
    def begin(connection: Connection) -> None:
        writes = connection.get_execution_options().get(_WRITES, False)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")

    return engine
