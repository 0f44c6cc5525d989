"""Word between processes that alerts wait: LISTEN and NOTIFY, so that a sender need not wait for its next look.

What is announced is lost where nobody listens: the senders look for themselves every second, come what may.
"""

import asyncio
from collections.abc import Callable

import asyncpg
from sqlalchemy import make_url, text
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.storage.server import LONGEST_CONNECT, LONGEST_PING

_CHANNEL = "outrider_outbox"
_LOOK_EVERY, _PAUSE = 10.0, 1.0  # seconds
_LOST = (OSError, TimeoutError, asyncpg.PostgresError, asyncpg.InterfaceError, asyncpg.InternalClientError)
"""What a lost connection is told by; the last one where the server ended it while it was being made."""


async def announce(connection: AsyncConnection) -> None:
    """Tell who listens that alerts wait, once this transaction is committed."""
    await connection.execute(text(f"NOTIFY {_CHANNEL}"))


async def listen(url: str, wake: Callable[[], None]) -> None:
    """Call `wake` whenever alerts were announced, until cancelled; a lost connection is made again."""
    plain = make_url(url).set(drivername="postgresql").render_as_string(hide_password=False)
    while True:
        try:
            await _listen(plain, wake)
        except _LOST:
            wake()  # what was announced meanwhile nobody heard
            await asyncio.sleep(_PAUSE)


async def _listen(url: str, wake: Callable[[], None]) -> None:
    line = await asyncpg.connect(url, timeout=LONGEST_CONNECT, command_timeout=LONGEST_PING)
    try:
        await line.add_listener(_CHANNEL, lambda *_: wake())
        while True:
            await asyncio.sleep(_LOOK_EVERY)
            await line.execute("SELECT 1")
    finally:
        line.terminate()
