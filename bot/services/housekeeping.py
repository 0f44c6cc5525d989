"""What time alone does: events expire, old rows go."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from bot.events.judge import judge_time
from bot.model.errors import VersionClash
from bot.services.ingest import alerts_for
from bot.services.ports import Clock, Decision, Store


@dataclass(frozen=True, slots=True, kw_only=True)
class Keeping:
    """How long what is kept: items since a feed last showed them, statements while they belong to no event.

    Events that are over count from when they were last heard of, deliveries that are settled likewise.
    """

    items: timedelta
    statements: timedelta
    events: timedelta
    deliveries: timedelta


class Housekeeping:
    """Runs now and then; each step can be repeated without harm."""

    def __init__(
        self,
        *,
        store: Store,
        clock: Clock,
        keep: Keeping,
        on_decision: Callable[[Decision], None] = lambda _: None,
    ) -> None:
        self._store, self._clock = store, clock
        self._on_decision = on_decision
        self.keep = keep

    async def expire_events(self) -> int:
        """Let events expire of which nothing was heard for long; return how many. Expired is not ended."""
        expired = 0
        for event in await self._store.live_events():
            now = self._clock.now()
            change = judge_time(event, now)
            if change is None:
                continue
            alerts = await alerts_for((change,), self._store, now)
            try:
                decision = Decision(item=None, changes=(change,), alerts=alerts, at=now)
                await self._store.commit([decision])
            except VersionClash:  # an item changed it just now: it is looked at again next time
                continue
            self._on_decision(decision)
            expired += 1
        return expired

    async def prune(self) -> int:
        """Drop what is older than its time of keeping; return how many rows."""
        now = self._clock.now()
        return await self._store.prune(
            items_before=now - self.keep.items,
            statements_before=now - self.keep.statements,
            events_before=now - self.keep.events,
            deliveries_before=now - self.keep.deliveries,
        )
