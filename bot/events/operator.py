"""What an operator decides about events. It stands: reports that come in late do not judge such an event anew."""

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import datetime
from hashlib import sha256

from bot.events.difference import difference
from bot.events.lifecycle import IllegalMoveError, moved
from bot.events.together import together, told_together
from bot.model.assessment import Reason, Severity, Status
from bot.model.event import BY_OPERATOR, ChangeKind, Event, EventChange, EventState, Statement

LONGEST_WHY = 300


class NotApartError(ValueError):
    """These reports cannot be made an event of their own: one half of them tells of nothing that happens."""


def retract(event: Event, why: str, now: datetime) -> EventChange:
    """Return the change by which an operator withdraws an event that was reported in error.

    All chats that were told of it are told so. The press does not bring it back; an authority that says that it
    happened after all does, and that is told as an escalation.

    Raises:
        IllegalMoveError: it is withdrawn already, or was merged into another.
    """
    after = replace(
        event,
        version=event.version + 1,
        state=moved(event, ChangeKind.RETRACTED),
        severity=Severity.NONE,
        status=Status.DENIED,
        decided=True,
    )
    return EventChange(
        kind=ChangeKind.RETRACTED, before=event, after=after, cause=None, at=now,
        reasons=(Reason(code=ChangeKind.RETRACTED), _because(why)),
    )  # fmt: skip


def merge(kept: Event, gone: Event, why: str, now: datetime) -> tuple[EventChange, EventChange]:
    """Return the changes by which two events are one: the first goes on with all that was known of the second.

    It is nothing new to those who were told of either at its worst. What comes later is judged about the one event.

    Raises:
        IllegalMoveError: one of them is over, withdrawn or merged already, or they are the same.
    """
    if kept.id == gone.id:
        raise IllegalMoveError(f"{kept.id}: no merging with itself")
    both = together(kept, gone)
    kind = _kind(kept, gone, both)
    after = replace(both, version=kept.version + 1, state=moved(replace(both, state=kept.state), kind), decided=True)
    merged = replace(
        gone, version=gone.version + 1, state=moved(gone, ChangeKind.MERGED), merged_into=kept.id, decided=True
    )
    with_gone, with_kept = (Reason(code="one-event", note=one.id) for one in (gone, kept))
    by = _because(why)
    return (
        EventChange(kind=kind, before=kept, after=after, cause=None, at=now, reasons=(with_gone, by)),
        EventChange(kind=ChangeKind.MERGED, before=gone, after=merged, cause=None, at=now, reasons=(with_kept, by)),
    )


def _kind(kept: Event, gone: Event, both: Event) -> ChangeKind:
    """Return what the merging is to the event that goes on; it raises where that one is over."""
    moved(kept, ChangeKind.UPDATED)
    if not kept.live and not gone.live:
        return ChangeKind.NOTHING_NEW
    goes_on = gone.state in {EventState.OPEN, EventState.UNCONFIRMED}
    reopens = kept.state is EventState.EASING and goes_on
    return ChangeKind.ESCALATED if reopens or both.severity > kept.severity else ChangeKind.UPDATED


def split(
    event: Event, item_ids: Collection[str], said: Sequence[Statement], why: str, now: datetime
) -> tuple[EventChange, EventChange]:
    """Return the changes by which the reports of these items are an event of their own: of the old, then of the new.

    `said` is what all of the event's reports said. Each half is told from its own reports alone.

    Raises:
        IllegalMoveError: the event was withdrawn or merged.
        NotApartError: a half is empty, or tells of nothing that happens.
    """
    if event.state in {EventState.RETRACTED, EventState.MERGED}:
        raise IllegalMoveError(f"{event.id}: no splitting from {event.state}")
    parted = [one for one in said if one.item.id in item_ids]
    left = told_together([one for one in said if one.item.id not in item_ids], now)
    own = told_together(parted, now)
    if left is None or own is None:
        raise NotApartError(event.id)
    change = difference(event, replace(left, decided=True), "", now)
    name = sha256(f"{event.id}\n{event.version}\n{own.id}".encode()).hexdigest()[:16]
    opened = EventChange(
        kind=ChangeKind.OPENED, before=None, after=replace(own, id=name, version=1, decided=True), cause=None, at=now,
        reasons=(Reason(code="split", note=event.id), _because(why)),
    )  # fmt: skip
    return replace(change, cause=None, reasons=(Reason(code="split", note=name), _because(why))), opened


def _because(why: str) -> Reason:
    return Reason(code=BY_OPERATOR, note=why.strip()[:LONGEST_WHY])
