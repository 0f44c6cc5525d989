"""The operator's moves: judged in the core, and committed with what chats are told of them."""

from collections.abc import Callable

from bot.events.lifecycle import IllegalMoveError
from bot.events.operator import retract
from bot.model.errors import VersionClash
from bot.services.ingest import MOST_CLASHES, alerts_for
from bot.services.ports import Clock, Decision, Store


class Operate:
    """What an operator may do about events."""

    def __init__(self, store: Store, clock: Clock, *, on_alerts: Callable[[], None] = lambda: None) -> None:
        self._store, self._clock, self._on_alerts = store, clock, on_alerts

    async def retract(self, event_id: str, why: str = "") -> int | None:
        """Withdraw an event; return how many alerts go out, or None where there is nothing to withdraw.

        Exactly the chats that were told of it are told that it was reported in error; what still waited is not sent.
        """
        for _ in range(MOST_CLASHES):
            event, now = await self._store.event(event_id), self._clock.now()
            if event is None:
                return None
            try:
                changes = (retract(event, why, now),)
            except IllegalMoveError:
                return None
            alerts = await alerts_for(changes, self._store, now)
            try:
                told = await self._store.commit([Decision(item=None, changes=changes, alerts=alerts, at=now)])
            except VersionClash:
                continue
            self._on_alerts()
            return told
        raise VersionClash(f"event {event_id} changed {MOST_CLASHES} times while it was withdrawn")
