"""How well the bot sees a country: which of its own sources work, which are late, which fail and since when. Pure."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.model.item import Source
from bot.services.freshness import down_since, silent_for
from bot.services.ports import SourceState

LATE_AFTER = 3
"""So many of its own intervals without an answer, and a source is late."""
LEAST_LATE = timedelta(minutes=30)


@dataclass(frozen=True, slots=True, kw_only=True)
class Sight:
    """What is seen of a country (ISO 3166) through sources of its own; a source is counted once, as the worst it is.

    `fresh` answer and bring news as they use to, `late` have not answered lately or bring nothing new, `failing` fail
    since `failing_since` (the longest of them), `waiting` were not asked yet. `blind_since` is since when none works.
    `last_item_at` is the newest date of anything that they told.
    """

    country: str
    fresh: int = 0
    late: int = 0
    failing: int = 0
    waiting: int = 0
    failing_since: datetime | None = None
    blind_since: datetime | None = None
    last_item_at: datetime | None = None

    @property
    def sources(self) -> int:
        """How many sources there are about it."""
        return self.fresh + self.late + self.failing + self.waiting


def sights(
    countries: Iterable[str], sources: Sequence[Source], states: Mapping[str, SourceState], now: datetime
) -> tuple[Sight, ...]:
    """Return how well each of the countries is seen, in their order."""
    return tuple(_sight(country, sources, states, now) for country in dict.fromkeys(countries))


def _sight(
    country: str, sources: Sequence[Source], states: Mapping[str, SourceState], now: datetime
) -> Sight:  # fmt: skip
    own = [(source, states.get(source.id)) for source in sources if country in source.regions]
    asked = [(source, state) for source, state in own if state is not None]
    failing = [state for source, state in asked if is_failing(source, state, now)]
    late = [state for source, state in asked if state not in failing and is_late(source, state, now)]
    down = [since for source, state in asked if (since := down_since(source, state, now))]
    return Sight(
        country=country,
        fresh=len(asked) - len(failing) - len(late),
        late=len(late),
        failing=len(failing),
        waiting=len(own) - len(asked),
        failing_since=min((state.failing_since for state in failing if state.failing_since), default=None),
        blind_since=max(down) if own and len(down) == len(own) else None,
        last_item_at=max((state.last_item_at for _, state in asked if state.last_item_at), default=None),
    )


def is_failing(source: Source, state: SourceState, now: datetime) -> bool:
    """Tell whether the source's last polls failed, so often and long that it is no lost packet."""
    return state.failing is not None and down_since(source, state, now) is not None


def is_late(source: Source, state: SourceState, now: datetime) -> bool:
    """Tell whether it has not answered for several of its intervals, or answers with nothing new for too long."""
    heard = state.last_success_at
    overdue = heard is None or now - heard > max(LATE_AFTER * (state.wish or source.every), LEAST_LATE)
    return (overdue and not source.pushed) or silent_for(source, state) is not None
