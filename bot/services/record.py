"""What the store remembers of its own work, for those who look after the service: changes in their order, deliveries.

The port of the operator's page, of the webhook and of the reconciliation.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from bot.model.alert import AlertReason, Delivery
from bot.model.assessment import Severity
from bot.model.event import ChangeKind, Event, EventState, News


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivered:
    """One row of the outbox without its chat. `settled_at` is None while it may still be sent."""

    event_id: str
    reason: AlertReason
    severity: Severity
    state: Delivery
    why: str
    attempt: int
    created_at: datetime
    settled_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordedChange:
    """One line of the history of events, by its number, with the event's present state.

    `state` and `severity` are those after the change; `told` is false for what nobody was to be told.
    """

    number: int
    at: datetime
    kind: ChangeKind
    version: int
    state: EventState
    severity: Severity
    news: tuple[News, ...]
    told: bool
    event: Event


class Record(Protocol):
    """What is asked of the store."""

    async def recent_deliveries(self, limit: int) -> tuple[Delivered, ...]:
        """Return the rows that were last settled, newest first."""
        ...

    async def changes_after(self, number: int, limit: int) -> tuple[RecordedChange, ...]:
        """Return the changes after that number, oldest first."""
        ...

    async def changes_since(self, at: datetime) -> tuple[RecordedChange, ...]:
        """Return the changes since then, oldest first."""
        ...

    async def last_change(self) -> int:
        """Return the number of the newest change, 0 where there is none."""
        ...

    async def mark(self, name: str) -> str:
        """Return how far the work of that name has come, empty where it never began."""
        ...

    async def keep_mark(self, name: str, mark: str) -> None:
        """Keep how far it has come."""
        ...
