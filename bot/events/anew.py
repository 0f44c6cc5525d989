"""An older item comes in late: what came after it is judged anew, each in its turn, as if it had come in time.

So the events that a set of items makes do not depend on the order in which they came in. Only what lies near the late
item and after it is judged again: events that know of nothing newer stand as they are, the others are taken back to
what was known when it was published.

An event keeps its name, for chats were told of it: what comes of the re-judging goes on as the event with which it
shares most reports. Of two events that turn out to be one, the other is merged into it.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from hashlib import sha256

from bot.events.difference import difference
from bot.events.turn import judge_in_turn, judge_time
from bot.model.assessment import Reason
from bot.model.event import ChangeKind, Event, EventChange, EventState, Statement

World = dict[str, Event]


def judge_anew(
    late: Statement, known: Sequence[Event], heard: Sequence[Statement], now: datetime
) -> tuple[EventChange, ...]:
    """Return what the late item changes, the change of the event that it belongs to first.

    `heard` are all statements of the known events' reports, and those near that belong to no event.
    """
    said: dict[str, list[Statement]] = defaultdict(list)
    for one in sorted(heard, key=lambda one: one.order):
        said[one.item.id].append(one)
    torn = [event for event in known if _is_torn(event, late, said)]
    whole = {event.id: event for event in known if event not in torn}
    world = whole | {
        _another_id(name, late) if name in whole else name: event for name, event in _as_of(late, torn, said).items()
    }
    world = {name: event if event.id == name else replace(event, id=name) for name, event in world.items()}
    if not _turn(late, world):
        return ()
    taken = {report.item_id for event in whole.values() for report in event.reports}
    for one in sorted(heard, key=lambda one: one.order):
        if one.order > late.order and one.item.id not in taken:
            _turn(one, world)
    return _changes(late, whole, torn, world, now)


def _is_torn(event: Event, late: Statement, said: Mapping[str, Sequence[Statement]]) -> bool:
    """Tell whether it knows of something newer, and all that its reports said is there to be judged again.

    What an operator decided is not judged again.
    """
    if event.decided:
        return False
    there = all(report.item_id in said for report in event.reports)
    return there and any(one.order > late.order for report in event.reports for one in said[report.item_id])


def _as_of(late: Statement, torn: Sequence[Event], said: Mapping[str, Sequence[Statement]]) -> World:
    """Return what was known of the torn events when the late item was published; of some, nothing was.

    What is one event by now may have been two then. What else lies near is left out: it has grown since.
    """
    world: World = {}
    own = (one for event in torn for report in event.reports for one in said[report.item_id])
    for one in sorted(own, key=lambda one: one.order):
        if one.order < late.order:
            _turn(one, world)
    return world


def _turn(said: Statement, world: World) -> bool:
    """Judge what was said, in its turn; tell whether it concerns an event."""
    for event in tuple(world.values()):
        aged = judge_time(event, said.at)
        if aged:
            world[event.id] = aged.after
    changes = judge_in_turn(said.item, said.assessments, tuple(world.values()), said.at)
    for change in changes:
        after = change.after
        if change.before is None and after.id in world:  # an event may outlive the item by which it was named
            after = replace(after, id=_another_id(after.id, said))
        world[after.id] = after
    return bool(changes)


def _changes(
    late: Statement, whole: World, torn: Sequence[Event], world: World, now: datetime
) -> tuple[EventChange, ...]:
    """Return the changes from the events that were known to those that there are now."""
    known = {**whole, **{event.id: event for event in torn}}
    names = _names(late, torn, whole, world)
    made = []
    for event_id, name in names.items():
        before, after = known.get(name), _settled(world[event_id], known.get(name), now)
        if before is None:
            made.append(_opened(replace(after, id=name, version=1), late, now))
        elif before is not after and _facts(before) != _facts(after):
            made.append(difference(before, after, late.item.id, now))
    made.sort(key=lambda change: (not _holds(change.after, late), change.after.id))
    gone = [event for event in known.values() if event.id not in names.values()]
    return (*made, *(_merged(event, _heir(event, names, world), late, now) for event in gone))


def _names(late: Statement, torn: Sequence[Event], whole: World, world: World) -> dict[str, str]:
    """Return, for each event that there is now, as which event it goes on."""
    left = {event_id: event for event_id, event in world.items() if event.state is not EventState.MERGED}
    names = {event_id: event_id for event_id in left if event_id in whole}
    shares = sorted(
        (-_shared(event, old), event_id != old.id, old.first_seen_at, old.id, event_id)
        for event_id, event in left.items()
        for old in torn
        if event_id not in whole and _shared(event, old)
    )
    for *_, old_id, event_id in shares:
        if event_id not in names and old_id not in names.values():
            names[event_id] = old_id
    for event_id in left.keys() - names.keys():
        fresh = left[event_id].reports[0].item_id == late.item.id and event_id not in {old.id for old in torn}
        names[event_id] = event_id if fresh else _another_id(event_id, late)
    return names


def _another_id(event_id: str, said: Statement) -> str:
    """Return another id for an event whose first item may have named one before."""
    return sha256(f"{event_id}\n{said.item.id}".encode()).hexdigest()[:16]


def _shared(one: Event, other: Event) -> int:
    return len({report.item_id for report in one.reports} & {report.item_id for report in other.reports})


def _heir(gone: Event, names: Mapping[str, str], world: World) -> str:
    """Return the id of the event that has most of its reports."""
    best = max(names, key=lambda event_id: (_shared(world[event_id], gone), event_id))
    return names[best]


def _settled(event: Event, before: Event | None, now: datetime) -> Event:
    """Return the event as it has grown old by now, where it is known to have."""
    aged = judge_time(event, now) if before is not None and before.state is EventState.EXPIRED else None
    return aged.after if aged else event


def _facts(event: Event) -> Event:
    return replace(event, id="", version=0)


def _holds(event: Event, late: Statement) -> bool:
    return any(report.item_id == late.item.id for report in event.reports)


def _opened(event: Event, late: Statement, now: datetime) -> EventChange:
    reason = Reason(code="late" if _holds(event, late) else "split")
    return EventChange(
        kind=ChangeKind.OPENED, before=None, after=event, cause=late.item.id, at=now, reasons=(reason,)
    )  # fmt: skip


def _merged(event: Event, into: str, late: Statement, now: datetime) -> EventChange:
    after = replace(event, version=event.version + 1, state=EventState.MERGED, merged_into=into)
    return EventChange(
        kind=ChangeKind.MERGED, before=event, after=after, cause=late.item.id, at=now,
        reasons=(Reason(code="one-event"), Reason(code="late")),
    )  # fmt: skip
