"""A world that hears one report after the other and remembers the events."""

from dataclasses import dataclass, field

from bot.events.judge import judge_item
from bot.model.assessment import Assessment
from bot.model.event import Event, EventChange
from bot.model.item import Item


@dataclass
class World:
    known: dict[str, Event] = field(default_factory=dict)
    last: EventChange | None = None

    def hear(self, told: Item, judged: Assessment) -> EventChange | None:
        assert told.published_at is not None
        changes = judge_item(told, (judged,), tuple(self.known.values()), told.published_at)
        for change in changes:
            self.known[change.after.id] = change.after
        self.last = changes[0] if changes else None
        return self.last

    @property
    def only(self) -> Event:
        (event,) = self.known.values()
        return event
