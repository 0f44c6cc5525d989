"""Listen to a stream for ever: each message is taken in like the answer to a poll, and what breaks is built anew.

A stream replays nothing. So at every connection the lists that tell the same are asked as soon as they may be
(`timetable.backfill`), and what a message says of things long past is learnt in silence.
"""

from collections.abc import AsyncGenerator, Callable
from contextlib import aclosing
from dataclasses import replace
from datetime import timedelta
from typing import Protocol

from bot.model.item import Source
from bot.services.freshness import stirred
from bot.services.ingest import Ingest, Polled
from bot.services.ports import (
    Clock,
    Decoder,
    Fetched,
    FetchFailed,
    SourceState,
    Store,
    Unreadable,
    Validators,
)
from bot.services.timetable import after_break, after_sign

PROVEN_AFTER = timedelta(minutes=1)
"""A connection that held for so long was no accident: its end is waited for as the first break."""

WRITTEN_EVERY = timedelta(minutes=1)
SILENT_AFTER = timedelta(minutes=30)
"""A server that answers pings and says nothing for so long may have forgotten us."""

MOST_GARBAGE = 10
"""Messages in a row that are not of this format: then something else speaks there."""


class StreamBroken(Exception):  # noqa: N818 - a fact of the network, no fault of ours
    """A stream is over, in plain words; `status` is the HTTP status where the connection was refused with one."""

    def __init__(self, why: str, status: int | None = None) -> None:
        super().__init__(why)
        self.why, self.status = why, status


class Stream(Protocol):
    """Hears what a server pushes, within limits."""

    def listen(self, url: str) -> AsyncGenerator[bytes | None, None]:
        """Connect once and yield each message, None as a sign of life in between; raises StreamBroken at its end."""
        ...


class Listen:
    """Listens to streams, one call of `listen` for each."""

    def __init__(
        self, *, store: Store, stream: Stream, decoder: Decoder, ingest: Ingest, clock: Clock, window: timedelta
    ) -> None:
        """`window`: how long ago something may have happened that is told."""
        self._store, self._stream, self._decoder, self._ingest = store, stream, decoder, ingest
        self._clock, self._window = clock, window

    async def listen(
        self,
        source: Source,
        state: SourceState,
        *,
        on_state: Callable[[SourceState], None],
        on_connected: Callable[[], None],
        on_taken: Callable[[Polled], None],
    ) -> None:
        """Listen until cancelled.

        Args:
            source: whose address is a web socket's.
            state: what is known of it.
            on_state: hears each new state.
            on_connected: is called at the first sign of life of each connection.
            on_taken: hears what came of each message.
        """
        breaks, written = 0, None
        while True:
            await self._clock.sleep(self._wait_s(state))
            began, connected = self._clock.now(), False
            try:
                async with aclosing(self._one(source, state, on_taken)) as states:
                    async for state in states:  # noqa: PLR1704 - what is known goes on over the connections
                        on_state(state)
                        now = self._clock.now()
                        if not connected or written is None or now - written >= WRITTEN_EVERY:
                            await self._store.save_source_state(state)
                            written = now
                        if not connected:
                            connected = True
                            on_connected()
            except StreamBroken as error:
                now = self._clock.now()
                breaks = 1 if now - began >= PROVEN_AFTER else breaks + 1
                failure = FetchFailed(why=error.why, status=error.status)
                state = after_break(source, state, failure, breaks=breaks, now=now)
                await self._store.save_source_state(state)
                on_state(state)

    async def _one(
        self, source: Source, state: SourceState, on_taken: Callable[[Polled], None]
    ) -> AsyncGenerator[SourceState, None]:
        """Listen to one connection; yield the state after each sign of life, and raise StreamBroken at its end."""
        spoke, garbage = self._clock.now(), 0
        async with aclosing(self._stream.listen(source.url)) as messages:
            async for message in messages:
                now = self._clock.now()
                if message is None:
                    if now - spoke >= SILENT_AFTER:
                        raise StreamBroken(f"nothing came for {SILENT_AFTER.total_seconds() / 60:.0f} minutes")
                    state = after_sign(source, state, now)
                    yield state
                    continue
                polled = await self._take(source, message)
                on_taken(polled)
                garbage = garbage + 1 if polled.failing else 0
                if garbage >= MOST_GARBAGE:
                    raise StreamBroken(f"not what was expected: {polled.failing}")
                if not polled.failing:
                    spoke, state = now, after_sign(source, state, now)
                    state = stirred(state, now) if polled.new_items else state
                    yield state
        raise StreamBroken("the connection is over")

    async def _take(self, source: Source, message: bytes) -> Polled:
        """Take in one message; one that is not of the source's format is `failing` and costs nothing else."""
        now = self._clock.now()
        fetched = Fetched(body=message, content_type="application/json", validators=Validators(), url=source.url)
        items = await self._decoder.decode(source, fetched, now)
        if isinstance(items, Unreadable):
            return Polled(source_id=source.id, failing=items.why)
        polled = await self._ingest.take(source.id, items, tell_since=now - self._window)
        return replace(polled, items=len(items))

    def _wait_s(self, state: SourceState) -> float:
        return max(0.0, (state.next_at - self._clock.now()).total_seconds()) if state.next_at is not None else 0.0
