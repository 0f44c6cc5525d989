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
    turn: int = 0
    settled_at: datetime | None = None
    state: Delivery = Delivery.NEW


class MemoryLine:
    """Claims and settles as bot/storage does; chats are as they were put in, events are one and the same."""

    def __init__(self, event: Event) -> None:
        self._event = event
        self.rows: list[Row] = []
        self._sending: dict[int, Row] = {}
        self._due: dict[Severity, list[tuple[int, datetime, int]]] = {
            one: [] for one in sorted(Severity, reverse=True)
        }  # fmt: skip
        self._later: list[tuple[datetime, int]] = []
        self._busy: set[int] = set()

    def add(self, alerts: Iterable[Alert]) -> None:
        """Put alerts into the line; those of one event take turns with those of the others of its severity."""
        given = tuple(alerts)
        now = max(alert.created_at for alert in given)
        self._wake(now)
        following: dict[tuple[str, Severity], int] = {}
        for alert in given:
            line = alert.event_id, alert.severity
            if line not in following:
                following[line] = max(self._served(alert.severity), self._behind(*line))
            self.rows.append(Row(len(self.rows), alert, turn=following[line]))
            following[line] += 1
        for row in self.rows[-len(given) :]:
            heappush(self._later, (row.alert.not_before or row.alert.created_at, row.number))

    async def unpack(self) -> bool:
        """All alerts are in the line at once."""
        return False

    async def claim(
        self, owner: str, now: datetime, limit: int, lease: timedelta, *,
        most: Severity = Severity.EXTREME, resting: Collection[int] = (),
    ) -> tuple[Claimed, ...]:  # fmt: skip
        """Take what is due, most severe and oldest first, at most one of each chat."""
        del owner, lease
        self._wake(now)
        taken: list[Row] = []
        for severity, due in self._due.items():
            passed: list[tuple[int, datetime, int]] = []
            while due and len(taken) < limit and severity <= most:
                row = self.rows[due[0][2]]
                if row.alert.chat_id in self._busy or row.alert.chat_id in resting:
                    passed.append(heappop(due))
                    continue
                heappop(due)
                self._busy.add(row.alert.chat_id)
                self._sending[row.number] = row
                row.attempt, row.state = row.attempt + 1, Delivery.SENDING
                taken.append(row)
            for one in passed:
                heappush(due, one)
        return tuple(self._claimed(row) for row in taken)

    async def settle(self, claimed: Claimed, settlement: Settlement, now: datetime) -> bool:
        """Write what came of it."""
        row = self.rows[claimed.row]
        self._busy.discard(row.alert.chat_id)
        self._sending.pop(row.number, None)
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

    def _wake(self, now: datetime) -> None:
        """Let what is due by now wait in the line."""
        while self._later and self._later[0][0] <= now:
            row = self.rows[heappop(self._later)[1]]
            heappush(self._due[row.alert.severity], (row.turn, row.alert.created_at, row.number))

    def _served(self, severity: Severity) -> int:
        sending = [row.turn for row in self._sending.values() if row.alert.severity is severity]
        first = self._due[severity][0][0] if self._due[severity] else 0
        return max(sending, default=first)

    def _behind(self, event_id: str, severity: Severity) -> int:
        waiting = (row for row in self.rows if row.state in {Delivery.NEW, Delivery.AMBIGUOUS})
        own = (row.turn for row in waiting if (row.alert.event_id, row.alert.severity) == (event_id, severity))
        return max(own, default=-1) + 1

    def _claimed(self, row: Row) -> Claimed:
        kind = ChatKind.PRIVATE if row.alert.chat_id > 0 else ChatKind.SUPERGROUP
        return Claimed(
            alert=row.alert, chat=Chat(id=row.alert.chat_id, kind=kind),
            event=replace(self._event, id=row.alert.event_id) if row.alert.event_id != self._event.id else self._event,
            attempt=row.attempt, ambiguous=row.ambiguous, row=row.number,
        )  # fmt: skip
