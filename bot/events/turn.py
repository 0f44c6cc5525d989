"""One item in its turn: nothing published after it was judged before it. And what time alone changes."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from bot.events.change import named
from bot.events.cluster import Candidate, candidates, placed
from bot.events.correction import put_right
from bot.events.habit import ANNOUNCED, CONSEQUENCES, HABITS
from bot.events.lifecycle import moved
from bot.events.merge import absorbed, join
from bot.events.once import once_each
from bot.events.opening import may_open, opened
from bot.events.touching import any_touch
from bot.events.ways import remaining, states
from bot.model.assessment import Assessment, Reason, Status
from bot.model.event import ChangeKind, Event, EventChange
from bot.model.item import Item

SAME_CAUSE = timedelta(hours=24)
"""How long after a closure of unknown cause what happens there may still be its cause, and the other way round."""


STANDING = timedelta(hours=120)
"""How long an order or a closure is taken to stand of which nobody writes any more."""


def judge_in_turn(
    item: Item, assessments: Sequence[Assessment], known: Sequence[Event], now: datetime
) -> tuple[EventChange, ...]:
    """Return what the item changes about the known events near it, or the event that it opens.

    At most one change carries the item's news; a closure that turns out to be caused by the same event follows it as
    `merged`. The first assessment that concerns an event decides; `nothing_new` still holds the report.
    """
    at = min(item.published_at or now, now)
    known = _its_own(item, known)
    for assessment in assessments:
        found = candidates(item, assessment, known, at)
        if found:
            change = _joined(item, assessment, found[0], at, now)
            return _with_closures(change, found[1:], now)
        if may_open(assessment):
            return (opened(item, assessment, at, now),)
    return ()


def _its_own(item: Item, known: Sequence[Event]) -> Sequence[Event]:
    """Return the events that an earlier issue of this very item told of; all where there is none.

    What an official source calls by one id is one thing: its next issue is about the events that it made, whatever
    lies nearer, and its cancellation ends no event but them. And what an operator decided about holds for the item in
    other words too.
    """
    own = [event for event in known if any(report.item_id == item.id for report in event.reports)]
    if item.native is None:
        return [event for event in own if event.decided] or known
    return own if own or item.native.ended else known


def judge_time(event: Event, now: datetime) -> EventChange | None:
    """Return `expired` when its time is over, else None. Silence never ends an event, it only grows old."""
    due = expiry(event)
    if not event.live or now < due:
        return None
    after = replace(event, version=event.version + 1, state=moved(event, ChangeKind.EXPIRED))
    code = "past-its-term" if due == event.expires_at else "no-new-reports"
    return EventChange(
        kind=ChangeKind.EXPIRED, before=event, after=after, cause=None, at=now, reasons=(Reason(code=code),)
    )  # fmt: skip


@once_each
def expiry(event: Event) -> datetime:
    """Return when an event expires if nothing more is reported."""
    life = HABITS[event.hazard].life
    if remaining(states(event)):
        life = max(life, STANDING)
    silent = event.last_seen_at + (max(life, ANNOUNCED) if event.status is Status.EXPECTED else life)
    return min(silent, event.expires_at) if event.expires_at else silent


def _joined(item: Item, assessment: Assessment, found: Candidate, at: datetime, now: datetime) -> EventChange:
    return named(put_right(join(found.event, item, assessment, at)), now, found.reasons)


def _with_closures(change: EventChange, others: Sequence[Candidate], now: datetime) -> tuple[EventChange, ...]:
    """Return the change, and `merged` for closures of unknown cause that belong to the event as it is now known."""
    cause = change.after
    if change.kind is ChangeKind.NOTHING_NEW or not cause.live or cause.hazard in CONSEQUENCES:
        return (change,)
    closures = [other.event for other in others if _caused(cause, other.event)]
    for closure in closures:
        cause = absorbed(cause, closure)
    return (replace(change, after=cause), *(_into(cause, closure, change.cause, now) for closure in closures))


def _caused(cause: Event, closure: Event) -> bool:
    together = abs(closure.first_seen_at - cause.first_seen_at) <= SAME_CAUSE
    free = closure.live and not closure.decided  # what an operator put apart is not joined again
    return free and closure.hazard in CONSEQUENCES and together and any_touch(placed(cause), closure.area)


def _into(cause: Event, closure: Event, item_id: str | None, now: datetime) -> EventChange:
    after = replace(
        closure, version=closure.version + 1, state=moved(closure, ChangeKind.MERGED), merged_into=cause.id
    )  # fmt: skip
    return EventChange(
        kind=ChangeKind.MERGED, before=closure, after=after, cause=item_id, at=now,
        reasons=(Reason(code="cause-known"),),
    )  # fmt: skip
