"""`outrider sources`: the sources and their state, as a table."""

import asyncio
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from bot.app.check import load_checked
from bot.app.clock import SystemClock
from bot.app.config import Tuning
from bot.app.probe import HEAD as PROBE_HEAD
from bot.app.probe import cells
from bot.app.probe import probe as probe_all
from bot.app.settings import Settings
from bot.app.table import columns
from bot.model.errors import SchemaError
from bot.model.item import Source
from bot.services.coverage import blind
from bot.services.freshness import silent_for
from bot.services.ports import SourceState
from bot.storage.store import SqlStore

_HOURS_FROM = 120
_HEAD = ("source", "group", "kind", "languages", "regions", "every", "state")


def print_sources(*, only: str | None, probe: bool) -> int:
    """Print a line for each source; with `probe`, fetch each now. Return 1 when a probed source fails."""
    settings, tuning, sources = load_checked()
    chosen = [source for source in sources if only is None or _fits(source, only)]
    if not chosen:
        print(f"No source fits {only!r}.")
        return 1
    if probe:
        return _print_probe(settings, tuning, chosen)
    states = asyncio.run(_known(settings, chosen))
    print("\n".join(columns([_HEAD, *(_row(source, states[source.id]) for source in chosen)])))
    return 0


def _print_probe(settings: Settings, tuning: Tuning, sources: Sequence[Source]) -> int:
    probed = asyncio.run(probe_all(settings, tuning, sources))
    print("\n".join(columns([PROBE_HEAD, *(cells(source, probed[source.id]) for source in sources)])))
    return 1 if any(one.failed for one in probed.values()) else 0


def _fits(source: Source, word: str) -> bool:
    lowered = word.lower()
    known = (source.group, *source.languages)
    return lowered in source.id or lowered in known or word.upper() in source.regions


def _row(source: Source, state: str) -> tuple[str, ...]:
    every = "pushed" if source.pushed else f"{int(source.every.total_seconds())} s"
    return (
        source.id,
        source.group or "-",
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
    for country, since in sorted(blind([one for one in sources if one.enabled], states, now).items()):
        print(f"No working source for {country} since {since:%Y-%m-%d %H:%M} UTC.")
    return {source.id: _words(source, states.get(source.id), now) for source in sources}


def _words(source: Source, state: SourceState | None, now: datetime) -> str:
    """Return the two clocks of a source in words: when it answered, and when it last brought something new."""
    if state is None:
        return "not polled yet"
    if state.disabled:
        return f"switched off: {state.failing}"
    heard = _ago(state.last_success_at, now)
    if state.failing:
        return f"fails: {state.failing} (last heard {heard})"
    moved = f"; moved to {state.moved.to}" if state.moved is not None and state.moved.kept else ""
    if silent_for(source, state) is not None:
        longest, silence = _span(state.longest_gap or timedelta(0)), _span(now - (state.stirred_at or now))
        return f"silent: heard {heard}, nothing new for {silence}; at most {longest} before{moved}"
    news = f", news {_ago(state.stirred_at, now)}" if state.stirred_at is not None else ""
    return f"heard {heard}{news}{moved}"


def _ago(moment: datetime | None, now: datetime) -> str:
    return "never" if moment is None else f"{_span(now - moment)} ago"


def _span(span: timedelta) -> str:
    minutes = int(span.total_seconds() // 60)
    return f"{minutes} min" if minutes < _HOURS_FROM else f"{minutes // 60} h"
