"""Two clocks of each source: when it last answered, and when it last brought something new. Pure.

A feed that answers and answers with the same old news is as good as down. How long its silence may last is told by
its own past: the longest silence so far, slowly forgotten.
"""

from dataclasses import replace
from datetime import datetime, timedelta

from bot.model.item import Source, SourceKind
from bot.services.ports import SourceState

KNOWN_AFTER = 10
"""So often a source must have stirred before its rhythm is known."""
TIMES_LONGEST = 3
SHORTEST_ALARM = timedelta(hours=24)
"""A newsroom that was first heard on a busy day is not called silent for its first night."""
FORGOTTEN_BY = 0.98

DOWN_AFTER_FAILURES = 3
DOWN_AFTER = timedelta(minutes=15)
"""A source is down after so many failed polls that last so long together: one lost packet is no loss."""


def stirred(state: SourceState, now: datetime) -> SourceState:
    """Return the state after a poll that brought something new."""
    gap = now - state.stirred_at if state.stirred_at is not None else None
    longest = state.longest_gap
    if gap is not None:
        longest = max(gap, longest * FORGOTTEN_BY) if longest is not None else gap
    return replace(state, stirred_at=now, longest_gap=longest, stirs=state.stirs + 1)


def silent_for(source: Source, state: SourceState) -> timedelta | None:
    """Return for how long a news source has answered with nothing new, where that is longer than it should be.

    An authority may be silent for years: there is no news to be late with.
    """
    if source.kind is not SourceKind.NEWS or state.stirs < KNOWN_AFTER or state.longest_gap is None:
        return None
    if state.stirred_at is None or state.last_success_at is None:
        return None
    silence = state.last_success_at - state.stirred_at
    return silence if silence > max(TIMES_LONGEST * state.longest_gap, SHORTEST_ALARM) else None


def down_since(source: Source, state: SourceState, now: datetime) -> datetime | None:
    """Return since when a source is of no use, None while it works. One not polled yet is not down."""
    if state.disabled or (state.failing_since is not None and _lasts(state, now)):
        return state.failing_since or state.last_success_at or now
    return state.stirred_at if silent_for(source, state) is not None else None


def _lasts(state: SourceState, now: datetime) -> bool:
    since = state.failing_since
    return state.failures >= DOWN_AFTER_FAILURES and since is not None and now - since >= DOWN_AFTER
