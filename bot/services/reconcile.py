"""What should have been told against what was: recent events x watches x outbox, compared anew.

Alerts are stored in the transaction that stores the change, so nothing is missing here unless something is broken: a
fault of ours, a database put back from a backup, a hand in it. What is missing goes the normal way, with the key that
it would have had, so that it can never be told twice; and the operator hears that it was missing.
"""

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from typing import Protocol

from bot.alerts.plan import is_told
from bot.model.alert import Alert, Delivery, Told
from bot.model.event import ChangeKind, EventChange
from bot.services.ingest import alerts_for
from bot.services.ports import Clock, Decision, Store
from bot.services.record import Record, RecordedChange

LOOKS_BACK = timedelta(hours=2)
SETTLED_AFTER = timedelta(minutes=2)
"""What changed a moment ago may be on its way still."""
_WORSE = frozenset({ChangeKind.OPENED, ChangeKind.WIDENED, ChangeKind.UPDATED})


class Both(Store, Record, Protocol):
    """The store, with its record."""


class Reconcile:
    """Compares, and puts in what is missing."""

    def __init__(self, store: Both, clock: Clock, *, on_alerts: Callable[[], None] = lambda: None) -> None:
        """`on_alerts` wakes the delivery."""
        self._store, self._clock, self._on_alerts = store, clock, on_alerts

    async def look(self) -> tuple[Alert, ...]:
        """Return the alerts that were missing; they are in the outbox now."""
        now = self._clock.now()
        newest = {
            change.event.id: change for change in await self._store.changes_since(now - LOOKS_BACK) if _says(change)
        }
        missing = [
            alert
            for change in newest.values()
            if change.told and change.at <= now - SETTLED_AFTER
            for alert in await self._missing(change, now)
        ]
        if not missing:
            return ()
        added = await self._store.commit([Decision(item=None, changes=(), alerts=tuple(missing), at=now)])
        if not added:
            return ()
        self._on_alerts()
        return tuple(missing)

    async def _missing(self, recorded: RecordedChange, now: datetime) -> list[Alert]:
        change = _again(recorded)
        told = await self._store.told([change.after.id])
        alerts = await alerts_for((change,), self._store, now, told)
        return [alert for alert in alerts if _lacks(alert, change, told) and _watched_then(alert, recorded.at)]


def _says(change: RecordedChange) -> bool:
    return is_told(_again(change))


def _again(recorded: RecordedChange) -> EventChange:
    """Return the change as a chat that missed it would hear it: from the event's present state."""
    opening = recorded.kind in _WORSE
    return EventChange(
        kind=recorded.kind, before=None if opening else recorded.event, after=recorded.event, cause=None,
        at=recorded.at, news=recorded.news,
    )  # fmt: skip


def _lacks(alert: Alert, change: EventChange, told: Mapping[tuple[int, str], Told]) -> bool:
    """Tell whether the chat has nothing in the outbox that says so."""
    known = told.get((alert.chat_id, alert.event_id))
    if known is None:
        return True
    if change.kind in _WORSE or alert.key in known.keys or known.first is not Delivery.SENT:
        return False
    return change.kind is not ChangeKind.ESCALATED or known.severity < change.after.severity


def _watched_then(alert: Alert, at: datetime) -> bool:
    """Tell whether it was watched when the change was told; who began later was not to hear of it."""
    created = alert.match.watch.created_at
    return created is None or created <= at
