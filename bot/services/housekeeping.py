"""What time alone does: events expire, old rows go."""

from collections.abc import Callable
from datetime import timedelta

from bot.events.judge import judge_time
from bot.model.errors import VersionClash
from bot.services.ingest import alerts_for
from bot.services.ports import Clock, Decision, Store


class Housekeeping:
    """Runs now and then; each step can be repeated without harm."""

    def __init__(
        self,
        *,
        store: Store,
        clock: Clock,
        keep_items: timedelta,
        keep_deliveries: timedelta,
        on_decision: Callable[[Decision], None] = lambda _: None,
    ) -> None:
        self._store, self._clock = store, clock
        self._on_decision = on_decision
        self._keep_items, self._keep_deliveries = keep_items, keep_deliveries

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
            items_before=now - self._keep_items, deliveries_before=now - self._keep_deliveries
        )
