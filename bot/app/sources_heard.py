"""Whether news come in at all."""

from datetime import datetime, timedelta

from bot.app.build import House
from bot.app.jobs import Jobs

INTERVALS = 3


def sources_heard(house: House, jobs: Jobs, now: datetime) -> str:
    """Find whether a source was heard within three of its intervals."""
    if not house.sources:
        return "ok"
    states = jobs.states()
    for source in house.sources:
        state = states.get(source.id)
        if state is None or state.last_success_at is None:
            continue
        every = max(source.every, state.wish or timedelta(0), timedelta(minutes=1))
        if now - state.last_success_at <= INTERVALS * every:
            return "ok"
    failing = sum(1 for state in states.values() if state.failing)
    if failing:
        return f"none has answered within {INTERVALS} of its intervals; {failing} fail"
    return "none has answered yet"
