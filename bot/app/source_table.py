"""`outrider sources`: the sources and their state, as a table."""

import asyncio
from collections.abc import Mapping, Sequence
from contextlib import AsyncExitStack
from datetime import datetime

from bot.app.build import make_fetcher
from bot.app.check import load_checked
from bot.app.clock import SystemClock
from bot.app.config import Tuning
from bot.app.settings import Settings
from bot.model.errors import SchemaError
from bot.model.item import Item, Source
from bot.services.ports import Fetched, FetchFailed, SourceState, Unreadable, Validators
from bot.storage.store import SqlStore
from bot.workers.decoder import WorkerDecoder

_HEAD = ("source", "kind", "languages", "regions", "every", "state")


def print_sources(*, only: str | None, probe: bool) -> int:
    """Print a line for each source; with `probe`, fetch each now. Return 1 when a probed source fails."""
    settings, tuning, sources = load_checked()
    chosen = [source for source in sources if only is None or _fits(source, only)]
    if not chosen:
        print(f"No source fits {only!r}.")
        return 1
    states = asyncio.run(_probe(settings, tuning, chosen)) if probe else asyncio.run(_known(settings, chosen))
    rows = [_HEAD, *(_row(source, states[source.id]) for source in chosen)]
    widths = [max(len(row[column]) for row in rows) for column in range(len(_HEAD))]
    for row in rows:
        print("  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip())
    return 1 if probe and any(state.startswith("fails") for state in states.values()) else 0


def _fits(source: Source, word: str) -> bool:
    lowered = word.lower()
    known = (source.group, *source.languages)
    return lowered in source.id or lowered in known or word.upper() in source.regions


def _row(source: Source, state: str) -> tuple[str, ...]:
    every = f"{int(source.every.total_seconds())} s"
    return (
        source.id,
        source.kind,
        ",".join(source.languages) or "?",
        ",".join(source.regions) or "world",
        every,
        state if source.enabled else "off",
    )


async def _known(settings: Settings, sources: Sequence[Source]) -> dict[str, str]:
    states: Mapping[str, SourceState]
    try:
        async with SqlStore.look(settings.database) as store:
            states = await store.source_states()
    except SchemaError:  # the service has not run here yet
        states = {}
    now = SystemClock().now()
    return {source.id: _words(states.get(source.id), now) for source in sources}


def _words(state: SourceState | None, now: datetime) -> str:
    if state is None:
        return "not polled yet"
    if state.disabled:
        return f"switched off: {state.failing}"
    heard = (
        "never"
        if state.last_success_at is None
        else f"{int((now - state.last_success_at).total_seconds() // 60)} min ago"
    )
    return f"fails: {state.failing} (last heard {heard})" if state.failing else f"heard {heard}"


async def _probe(settings: Settings, tuning: Tuning, sources: Sequence[Source]) -> dict[str, str]:
    async with AsyncExitStack() as stack:
        fetcher, decoder = make_fetcher(settings, tuning, SystemClock()), WorkerDecoder()
        stack.push_async_callback(fetcher.close)
        stack.push_async_callback(decoder.close)

        async def one(source: Source) -> tuple[str, str]:
            answer = await fetcher.fetch(source.url, Validators())
            if isinstance(answer, FetchFailed):
                return source.id, f"fails: {answer.why}"
            assert isinstance(answer, Fetched), "a request without validators is never answered by 304"
            items = await decoder.decode(source, answer, SystemClock().now())
            return source.id, f"fails: {items.why}" if isinstance(items, Unreadable) else _yield_of(items)

        return dict(await asyncio.gather(*map(one, sources)))


def _yield_of(items: Sequence[Item]) -> str:
    newest = max((item.published_at for item in items if item.published_at), default=None)
    return f"{len(items)} items, newest {newest:%Y-%m-%d %H:%M}" if newest else f"{len(items)} items, without dates"
