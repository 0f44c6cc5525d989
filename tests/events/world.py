"""A world that hears reports and remembers the events, and what was said, as the service does."""

from dataclasses import dataclass, field
from datetime import datetime

from bot.events.judge import judge_item, overtaken, statement
from bot.model.assessment import Assessment
from bot.model.event import Event, EventChange, EventState, Statement
from bot.model.item import Item

Outcome = frozenset[tuple[frozenset[str], EventState, str]]


@dataclass
class World:
    known: dict[str, Event] = field(default_factory=dict)
    said: list[Statement] = field(default_factory=list)
    now: datetime | None = None
    last: EventChange | None = None
    changes: tuple[EventChange, ...] = ()

    def hear(self, told: Item, judged: Assessment) -> EventChange | None:
        """Hear of an item when it is published, or now if that is later; return the change that it makes."""
        assert told.published_at is not None
        self.now = max(self.now or told.published_at, told.published_at)
        known = tuple(event for event in self.known.values() if event.merged_into is None)
        own = statement(told, (judged,), self.now)
        self.changes = judge_item(told, (judged,), known, self.now, self._heard(known, own.at))
        self.said.append(own)
        for change in self.changes:
            before = self.known.get(change.after.id)
            assert before == change.before, "a change begins with the event as it is known"
            self.known[change.after.id] = change.after
        self.last = self.changes[0] if self.changes else None
        return self.last

    def _heard(self, known: tuple[Event, ...], since: datetime) -> tuple[Statement, ...]:
        ids = {report.item_id for event in overtaken(known, since) for report in event.reports}
        taken = {report.item_id for event in self.known.values() for report in event.reports}
        return tuple(
            one for one in self.said if one.item.id in ids or (one.item.id not in taken and one.at >= since)
        )  # fmt: skip

    @property
    def outcome(self) -> Outcome:
        """Return the events that there are: whose reports, which state, how severe."""
        return frozenset(
            (frozenset(report.item_id for report in event.reports), event.state, str(event.severity))
            for event in self.known.values()
            if event.merged_into is None
        )

    @property
    def only(self) -> Event:
        (event,) = self.known.values()
        return event
