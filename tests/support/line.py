"""The outbox as a line in memory, for very many sends in virtual time: the order and the rests of the real store."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from heapq import heappop, heappush

from bot.model.alert import Alert, Delivery
from bot.model.assessment import Severity
from bot.model.event import Event
from bot.model.watch import Chat, ChatKind
from bot.services.ports import Claimed, Settlement


@dataclass(slots=True)
class Row:
    """One alert that waits, and what came of it."""

    number: int
    alert: Alert
    attempt: int = 0
    ambiguous: int = 0
    settled_at: datetime | None = None
    state: Delivery = Delivery.NEW


class MemoryLine:
    """Claims and settles as bot/storage does; chats are as they were put in, events are one and the same."""

    def __init__(self, event: Event) -> None:
        self._event = event
        self.rows: list[Row] = []
        self._due: dict[Severity, list[tuple[datetime, int]]] = {one: [] for one in sorted(Severity, reverse=True)}
        self._later: list[tuple[datetime, int]] = []
        self._busy: set[int] = set()

    def add(self, alerts: Iterable[Alert]) -> None:
        """Put alerts into the line."""
        for alert in alerts:
            self.rows.append(Row(len(self.rows), alert))
            heappush(self._later, (alert.not_before or alert.created_at, self.rows[-1].number))

    async def claim(
        self, owner: str, now: datetime, limit: int, lease: timedelta, *,
        most: Severity = Severity.EXTREME, resting: Collection[int] = (),
    ) -> tuple[Claimed, ...]:  # fmt: skip
        """Take what is due, most severe and oldest first, at most one of each chat."""
        del owner, lease
        while self._later and self._later[0][0] <= now:
            self._wait(self.rows[heappop(self._later)[1]])
        taken: list[Row] = []
        for severity, due in self._due.items():
            passed: list[tuple[datetime, int]] = []
            while due and len(taken) < limit and severity <= most:
                row = self.rows[due[0][1]]
                if row.alert.chat_id in self._busy or row.alert.chat_id in resting:
                    passed.append(heappop(due))
                    continue
                heappop(due)
                self._busy.add(row.alert.chat_id)
                row.attempt, row.state = row.attempt + 1, Delivery.SENDING
                taken.append(row)
            for one in passed:
                heappush(due, one)
        return tuple(self._claimed(row) for row in taken)

    async def settle(self, claimed: Claimed, settlement: Settlement, now: datetime) -> bool:
        """Write what came of it."""
        row = self.rows[claimed.row]
        self._busy.discard(row.alert.chat_id)
        row.state = settlement.state
        if settlement.state in {Delivery.NEW, Delivery.AMBIGUOUS}:
            row.ambiguous += settlement.state is Delivery.AMBIGUOUS
            heappush(self._later, (settlement.next_at or now, row.number))
        else:
            row.settled_at = now
        return True

    async def recover(self, owner: str, now: datetime, in_flight: Collection[int] = ()) -> int:
        """Nothing is ever left behind here."""
        del owner, now, in_flight
        return 0

    async def save_chat(self, chat: Chat) -> None:
        """Nothing is kept of chats here."""

    @property
    def unsent(self) -> int:
        """How many alerts are not in their chat."""
        return sum(row.state is not Delivery.SENT for row in self.rows)

    def _wait(self, row: Row) -> None:
        heappush(self._due[row.alert.severity], (row.alert.created_at, row.number))

    def _claimed(self, row: Row) -> Claimed:
        kind = ChatKind.PRIVATE if row.alert.chat_id > 0 else ChatKind.SUPERGROUP
        return Claimed(
            alert=row.alert, chat=Chat(id=row.alert.chat_id, kind=kind),
            event=replace(self._event, id=row.alert.event_id) if row.alert.event_id != self._event.id else self._event,
            attempt=row.attempt, ambiguous=row.ambiguous, row=row.number,
        )  # fmt: skip
