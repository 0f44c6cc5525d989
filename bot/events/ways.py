"""The states of ways, services and measures over an event's life: what is newly shut, what is lifted, what remains.

An entry keeps its place: a reopening lifts what lies inside the place that it is about, and never more.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Generic, TypeVar

from bot.events.touching import LOCAL, covers, touches
from bot.model.assessment import Assessment, MeasureState, TargetState
from bot.model.event import Event
from bot.model.hazard import Measure, Target
from bot.model.place import Place
from bot.model.reading import Cue

SHUT = frozenset({Cue.SUSPENDED, Cue.CLOSED, Cue.CANCELLED, Cue.BLOCKED})
IN_FORCE = SHUT | {Cue.IMPOSED, Cue.ADVISED, Cue.STRIKE, Cue.DIVERTED, Cue.DISRUPTED, Cue.TO_RESTORE}
"""What is only to be restored is still shut."""

REMAINS = SHUT | {Cue.IMPOSED, Cue.STRIKE, Cue.TO_RESTORE, Cue.PARTLY_RESTORED, Cue.EASED}
"""What keeps an event from ending: orders and closures; not advice, delays or what is known to be over."""

_FIRM = SHUT | {Cue.IMPOSED, Cue.TO_RESTORE}
"""More than delays and advice: once this is told, saying it again in other words is no news."""

LIFTED = frozenset({Cue.RESTORED, Cue.LIFTED, Cue.ALL_CLEAR})
RELIEF = LIFTED | {Cue.PARTLY_RESTORED, Cue.EASED}

AIR = frozenset({Target.AIRPORT, Target.AIRSPACE, Target.FLIGHTS})

ROUTES = frozenset(
    {
        Target.AIRPORT, Target.AIRSPACE, Target.FLIGHTS, Target.BORDER, Target.PORT, Target.ROAD, Target.RAIL,
        Target.FERRY,
    }
)  # fmt: skip
"""Ways on which people come and go."""

State = TypeVar("State", bound=TargetState | MeasureState)


@dataclass(frozen=True, slots=True)
class Ways(Generic[State]):
    """The entries after an item; those that it newly tells to be in force; those that it tells to be lifted."""

    entries: tuple[State, ...]
    imposed: tuple[State, ...] = ()
    lifted: tuple[State, ...] = ()


def states(about: Event | Assessment) -> tuple[TargetState | MeasureState, ...]:
    """Return the states of ways and of measures together."""
    return (*about.targets, *about.measures)


def subject(state: TargetState | MeasureState) -> Target | Measure:
    """Return what the state is of."""
    return state.target if isinstance(state, TargetState) else state.measure


LOCAL_WAYS = frozenset({Target.ROAD, Target.SCHOOLS})
"""What is shut in many a street by itself, and of whose reopening nobody writes."""

ADVICE = frozenset({Measure.SHELTER, Measure.WARNING})
"""What people are told for as long as a danger lasts."""


def remaining(states: Iterable[TargetState | MeasureState]) -> tuple[TargetState | MeasureState, ...]:
    """Return those that keep an event from ending."""
    return tuple(state for state in states if state.cue in REMAINS and subject(state) is not Target.HAZARD)


def taken_in(
    old: Sequence[State], new: Sequence[State], place: Place, *, late: bool = False, at: datetime | None = None
) -> Ways[State]:
    """Return the event's entries with those of an item about that place; a late item overrides nothing newer.

    `at` is since when what the item tells is so: an entry that is only told again keeps its own time.
    """
    ways: Ways[State] = Ways(tuple(old))
    for state in new:
        state = replace(state, place=state.place or place, since=state.since or at)  # noqa: PLW2901 - the same entry
        if state.cue in RELIEF:
            ways = ways if late else _lift(ways, state)
        elif state.cue in IN_FORCE:
            ways = _impose(ways, state, late=late)
    return ways


def _lift(ways: Ways[State], relief: State) -> Ways[State]:
    """Turn what the relief concerns; a relief of what was never told to be shut is kept, so that it is told once."""
    concerned = [one for one in ways.entries if _akin(one, relief) and _lifts(relief, one)]
    open_again = [one for one in concerned if one.cue in IN_FORCE or (one.cue in RELIEF - LIFTED < {relief.cue})]
    if any(one.cue in RELIEF for one in concerned) and not open_again and not _completes(concerned, relief):
        return ways  # told before
    if not open_again and any(_akin(one, relief) and one.cue in LIFTED and _lifts(one, relief) for one in ways.entries):
        return ways  # told before, of all around it
    turned = tuple(_turned(one, relief) if one in concerned else one for one in ways.entries)
    entries = turned if concerned else (*turned, relief)
    return replace(ways, entries=entries, lifted=(*ways.lifted, relief))


def _turned(entry: State, relief: State) -> State:
    """Return the entry as the relief has it, since then; what was open already is so since it was first told."""
    same = entry.cue is relief.cue or {entry.cue, relief.cue} <= LIFTED
    return replace(entry, cue=relief.cue, since=entry.since if same else relief.since)


def _completes(concerned: Sequence[State], relief: State) -> bool:
    """Tell whether what was partly lifted is now lifted wholly."""
    return relief.cue in LIFTED and any(one.cue in RELIEF - LIFTED for one in concerned)


def _impose(ways: Ways[State], state: State, *, late: bool) -> Ways[State]:
    known = [one for one in ways.entries if _akin(one, state) and _same_way(one, state)]
    shut = [one for one in known if one.cue in _FIRM]
    if shut and state.cue is Cue.TO_RESTORE and not late:  # it says more of the same closure
        turned = [one for one in shut if _lifts(state, one)]
        return replace(
            ways, entries=tuple(replace(one, cue=state.cue) if one in turned else one for one in ways.entries)
        )
    in_force = any(one.cue in IN_FORCE for one in known)
    if shut or (late and known) or (in_force and state.cue not in _FIRM):
        return _closed_still(ways, shut, state, late=late)
    kept = (one for one in ways.entries if one not in known or not _lifts(state, one))  # of wider areas it says nothing
    entries = (*kept, state)
    return replace(ways, entries=entries, imposed=(*ways.imposed, state))


def _closed_still(ways: Ways[State], shut: Sequence[State], state: State, *, late: bool) -> Ways[State]:
    """Return the entries when the state is no news: it takes back that a closure was to end, or tells it sooner."""
    back = [one for one in shut if one.cue is Cue.TO_RESTORE and state.cue in SHUT and not late]
    entries = (replace(one, cue=state.cue) if one in back else one for one in ways.entries)
    return replace(ways, entries=tuple(_since_sooner(one, state) if one.cue in SHUT else one for one in entries))


def _since_sooner(entry: State, state: State) -> State:
    """Return the closure as shut since the earlier of two times, where both tell of the same place and thing."""
    same = entry.place == state.place and subject(entry) is subject(state)
    sooner = same and entry.since is not None and state.since is not None and state.since < entry.since
    return replace(entry, since=state.since) if sooner else entry


def _akin(one: State, other: State) -> bool:
    """Tell whether two entries are of one thing: an airport's flights are the airport's state."""
    if subject(one) is Measure.SHELTER and subject(other) is Measure.CURFEW and other.cue in LIFTED:
        return True  # who may go out at any hour need no longer stay in
    return subject(one) is subject(other) or {subject(one), subject(other)} <= AIR


def _lifts(relief: State, entry: State) -> bool:
    """Tell whether the relief's place takes the entry's in."""
    assert relief.place is not None
    assert entry.place is not None
    if covers(relief.place, entry.place):
        return True
    return {relief.place.kind, entry.place.kind} <= LOCAL and touches(relief.place, entry.place)


def _same_way(known: State, state: State) -> bool:
    """Tell whether the state says of that place nothing that the known entry does not say."""
    assert known.place is not None
    assert state.place is not None
    if covers(known.place, state.place):
        return True
    return {known.place.kind, state.place.kind} <= LOCAL and touches(known.place, state.place)
