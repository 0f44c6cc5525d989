"""What goes into an outbox, in few words."""

from dataclasses import replace
from datetime import datetime, timedelta

from builders import BAMAKO, MALI, at, chat, event, watch

from bot.model.alert import Alert, AlertReason, Delivery
from bot.model.assessment import Severity
from bot.model.event import ChangeKind, Event, EventChange
from bot.model.item import Item
from bot.model.watch import Match
from bot.services.ports import Decision, Settlement, Store

LEASE = timedelta(seconds=30)


def alert(
    what: str = "first", *, chat_id: int = 1, event_id: str = "event-1", hours: float = 0, **fields: object
) -> Alert:
    """Return an alert of that event for that chat; its reason follows from what is told, unless said otherwise."""
    reason = next((reason for reason in AlertReason if what.startswith(reason)), AlertReason.UPDATE)
    made = Alert(
        key=f"{chat_id}:{event_id}:{what}", chat_id=chat_id, event_id=event_id, event_version=1, reason=reason,
        severity=Severity.SEVERE, silent=False, created_at=at(hours), expires_at=at(hours + 24),
        match=Match(watch=watch(MALI, chat_id=chat_id), why="inside the country", place=BAMAKO),
    )  # fmt: skip
    return replace(made, **fields)  # type: ignore[arg-type]


def opened(after: Event, *, cause: str | None = None, hours: float = 0) -> EventChange:
    return EventChange(kind=ChangeKind.OPENED, before=None, after=after, cause=cause, at=at(hours))


def changed(before: Event, kind: ChangeKind = ChangeKind.UPDATED, *, hours: float = 1, **fields: object) -> EventChange:
    after = replace(before, version=before.version + 1, **fields)  # type: ignore[arg-type]
    return EventChange(kind=kind, before=before, after=after, cause=None, at=at(hours))


def decision(
    *changes: EventChange, alerts: tuple[Alert, ...] = (), item: Item | None = None, when: datetime | None = None
) -> Decision:
    return Decision(item=item, changes=changes, alerts=alerts, at=when or at(0))


async def waiting(store: Store, *alerts: Alert) -> None:
    """Keep the chats and events of the alerts and commit them, all at once."""
    for number in sorted({one.chat_id for one in alerts}):
        if await store.chat(number) is None:
            await store.save_chat(chat(number))
    new = [one for one in sorted({one.event_id for one in alerts}) if await store.event(one) is None]
    await store.commit([decision(*(opened(event(id=one)) for one in new), alerts=alerts)])


def sent(message_id: int = 100) -> Settlement:
    return Settlement(state=Delivery.SENT, message_id=message_id)


def ambiguous(when: datetime) -> Settlement:
    return Settlement(state=Delivery.AMBIGUOUS, next_at=when, why="no answer")


async def prune(store: Store, before: datetime, *, deliveries: datetime | None = None) -> int:
    """Drop what is older than that, of every kind; deliveries by a time of their own."""
    return await store.prune(
        items_before=before, statements_before=before, events_before=before, deliveries_before=deliveries or before
    )
