"""The way to a PostgreSQL server: its connections, how a dead one is found, and which refusals are tried again.

Transactions that write are READ COMMITTED: each statement sees what was committed before it, and what must not change
meanwhile is locked or checked by its version. Transactions that read are REPEATABLE READ: they see one state.
"""

import asyncio
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from enum import IntEnum
from time import monotonic

from sqlalchemy import event, text
from sqlalchemy.engine.interfaces import AdaptedConnection, DBAPIConnection, ExceptionContext
from sqlalchemy.exc import DBAPIError, DisconnectionError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine
from sqlalchemy.pool import ConnectionPoolEntry

LONGEST_STATEMENT = 20.0
"""Seconds after which an answer is no longer waited for. A connection that went black (a machine or a router that
vanished, a proxy that holds the line open) is so found, though the network says nothing."""
LONGEST_PING, LONGEST_CONNECT, LONGEST_WAIT_FOR_ONE = 3.0, 5.0, 10.0  # seconds
TRUSTED_FOR = 1.0
"""Seconds that a connection is used again without being tried first: what is lost meanwhile is found in its use."""
AT_ONCE, MORE = 8, 8  # connections that are kept, and that come when these are all in use
OLDEST = 1800  # seconds: what pools and routers in between forget

_SETTINGS = {
    "application_name": "outrider",
    "statement_timeout": "30s",
    "jit": "off",  # our statements are short: to compile one takes longer than to do it
    "synchronous_commit": "on",  # a commit that returned survives, whatever the server's default is
    "lock_timeout": "10s",
    "idle_in_transaction_session_timeout": "15s",  # a frozen process gives its locks back
    "tcp_keepalives_idle": "10",
    "tcp_keepalives_interval": "5",
    "tcp_keepalives_count": "3",
    "tcp_user_timeout": "20s",
}
_KEEPALIVE = (("TCP_KEEPIDLE", 10), ("TCP_KEEPINTVL", 5), ("TCP_KEEPCNT", 3), ("TCP_USER_TIMEOUT", 20_000))
_SERIALISATION_FAILURE, _DEADLOCK = "40001", "40P01"


class Lock(IntEnum):
    """The numbers of our advisory locks, so that no two mean the same."""

    MIGRATION = 0x0D71DE01
    OPENING = 0x0D71DE02


def server_engine(url: str, *, read_only: bool) -> AsyncEngine:
    """Return an engine that tries a connection before it gives it out, unless it was in use just now."""
    settings = _SETTINGS | ({"default_transaction_read_only": "on"} if read_only else {})
    engine = create_async_engine(
        url,
        hide_parameters=True,
        pool_size=AT_ONCE,
        max_overflow=MORE,
        pool_timeout=LONGEST_WAIT_FOR_ONE,
        pool_recycle=OLDEST,
        pool_use_lifo=True,
        connect_args={
            "timeout": LONGEST_CONNECT,
            "command_timeout": LONGEST_STATEMENT,
            "server_settings": settings,
        },
    )

    @event.listens_for(engine.sync_engine, "connect")
    def prepare(raw: DBAPIConnection, entry: ConnectionPoolEntry) -> None:
        entry.info["used_at"] = monotonic()
        line = raw.driver_connection._transport.get_extra_info("socket")  # noqa: SLF001 - asyncpg hands out no socket
        if line is not None and line.family in {socket.AF_INET, socket.AF_INET6}:
            line.setsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE, 1)
            for name, value in _KEEPALIVE:
                if hasattr(socket, name):
                    line.setsockopt(socket.IPPROTO_TCP, getattr(socket, name), value)

    _try_what_rested(engine)
    return engine


def _try_what_rested(engine: AsyncEngine) -> None:
    """Have a connection tried before its next use, unless it was used just now and nothing failed."""

    @event.listens_for(engine.sync_engine, "checkin")
    def rests(_: DBAPIConnection, entry: ConnectionPoolEntry) -> None:
        entry.info["used_at"] = monotonic()

    @event.listens_for(engine.sync_engine, "handle_error")
    def failed(context: ExceptionContext) -> None:
        # The driver may have lost count of what it asked: such a connection fails for ever, though it is not lost.
        if context.connection is not None and not context.connection.invalidated:
            context.connection.info["failed"] = True

    @event.listens_for(engine.sync_engine, "checkout")
    def tried(raw: AdaptedConnection, entry: ConnectionPoolEntry, _: object) -> None:
        if not entry.info.pop("failed", False) and monotonic() - entry.info["used_at"] < TRUSTED_FOR:
            return
        # Not SQLAlchemy's own pre-ping: of a line that went black it waits for ever, or ends with an error.
        try:
            raw.run_async(lambda line: line.fetchrow("SELECT 1", timeout=LONGEST_PING))
        except Exception:  # noqa: BLE001 - whatever it is, the pool makes another one
            raise DisconnectionError from None


def may_pass(error: DBAPIError) -> bool:
    """Tell whether the transaction was refused only because of others, so that it may be done again from its start."""
    return getattr(error.orig, "sqlstate", None) in {_SERIALISATION_FAILURE, _DEADLOCK}


async def lock(connection: AsyncConnection, which: Lock) -> None:
    """Wait for the lock; the end of the transaction frees it."""
    await connection.execute(text("SELECT pg_advisory_xact_lock(:number)"), {"number": int(which)})


@asynccontextmanager
async def migrating(connection: AsyncConnection) -> AsyncIterator[None]:
    """Hold the migrations' lock over several transactions: processes that start together migrate one by one."""
    await connection.execute(text("SET lock_timeout = 0"))
    await connection.execute(text("SET statement_timeout = 0"))
    while not await connection.scalar(text("SELECT pg_try_advisory_lock(:number)"), {"number": int(Lock.MIGRATION)}):
        await connection.commit()
        await asyncio.sleep(0.2)
    await connection.commit()
    try:
        yield
    finally:
        await connection.execute(text("SELECT pg_advisory_unlock(:number)"), {"number": int(Lock.MIGRATION)})
        await connection.execute(text("RESET lock_timeout"))
        await connection.execute(text("RESET statement_timeout"))
        await connection.commit()
