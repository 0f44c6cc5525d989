"""When a source is polled next: a polite rhythm, the server's wishes, and backing off. Pure.

The rules are those of the polling contract (docs/sources.md): a server's Retry-After always wins, up to a day; its
max-age is heeded up to an hour; failures back off by powers of two up to an hour; 410 Gone ends polling.
"""

from dataclasses import replace
from datetime import datetime, timedelta
from hashlib import sha256

from bot.model.item import Source
from bot.services.ports import Fetched, FetchFailed, NotModified, SourceState, Unreadable

LONGEST_HINT = timedelta(hours=1)
LONGEST_WAIT = timedelta(hours=24)
FIRST_BACKOFF = timedelta(minutes=1)
LONGEST_BACKOFF = timedelta(hours=1)


def _share(source_id: str, turn: int) -> float:
    """Return a number in [0, 1) that differs by source and turn and is the same on every machine."""
    return int.from_bytes(sha256(f"{source_id} {turn}".encode()).digest()[:4]) / 2**32


def first_poll(source: Source, now: datetime, spread: timedelta) -> SourceState:
    """Return the state of a source that was never polled: its first poll lies within the spread."""
    return SourceState(source_id=source.id, next_at=now + min(spread, source.every) * _share(source.id, 0))


def after_success(
    source: Source, state: SourceState, answer: Fetched | NotModified, *, newest: datetime | None, now: datetime
) -> SourceState:
    """Return the state after a poll that was answered; `newest` is the date of the newest new item, if any."""
    hint = min(answer.max_age or timedelta(0), LONGEST_HINT)
    wait = max(source.every, hint) * (1 + 0.1 * _share(source.id, int(now.timestamp())))
    return replace(
        state,
        validators=answer.validators,
        next_at=now + wait,
        last_success_at=now,
        last_item_at=max(filter(None, (newest, state.last_item_at)), default=None),
        failures=0,
        empty_polls=0 if newest else state.empty_polls + 1,
        failing=None,
    )


def after_failure(
    source: Source, state: SourceState, failure: FetchFailed | Unreadable, *, now: datetime
) -> SourceState:
    """Return the state after a poll that failed. A failure says nothing about the world: only the rhythm changes."""
    failures = state.failures + 1
    backoff = min(FIRST_BACKOFF * 2 ** min(failures - 1, 10), LONGEST_BACKOFF)
    wait = max(source.every, backoff) * (1 + 0.1 * _share(source.id, failures))
    gone = isinstance(failure, FetchFailed) and failure.gone
    if isinstance(failure, FetchFailed) and failure.retry_after is not None:
        wait = min(failure.retry_after, LONGEST_WAIT)
    return replace(state, next_at=now + wait, failures=failures, failing=failure.why, disabled=state.disabled or gone)
