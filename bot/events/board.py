"""The board of airports and borders: how each one stands, since when, and who says so.

Worked out from the events, with which official items are merged as reports are. Silence opens nothing: a closure stands
until somebody tells that it is over, and `heard_at` says how long ago it was last told.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from bot.events.touching import LOCAL, covers, touches
from bot.events.ways import AIR, IN_FORCE, LIFTED, RELIEF
from bot.model.assessment import TargetState
from bot.model.event import Event, EventState, Report
from bot.model.hazard import Target
from bot.model.place import Place, PlaceKind
from bot.model.reading import Cue

NEWLY = timedelta(hours=72)
"""How long what opened again is called reopened; then it is simply open."""

ON_BOARD = AIR | {Target.BORDER}


class Standing(StrEnum):
    """How an airport or a border stands."""

    OPEN = "open"
    REOPENED = "reopened"
    DISRUPTED = "disrupted"
    SUSPENDED = "suspended"
    CLOSED = "closed"


_GRAVITY = tuple(Standing)
_STANDING: dict[Cue, Standing] = {
    Cue.CLOSED: Standing.CLOSED,
    Cue.BLOCKED: Standing.CLOSED,
    Cue.TO_RESTORE: Standing.CLOSED,
    Cue.SUSPENDED: Standing.SUSPENDED,
    Cue.CANCELLED: Standing.SUSPENDED,
    Cue.STRIKE: Standing.DISRUPTED,
    Cue.DIVERTED: Standing.DISRUPTED,
    Cue.DISRUPTED: Standing.DISRUPTED,
    Cue.PARTLY_RESTORED: Standing.DISRUPTED,
    Cue.EASED: Standing.DISRUPTED,
    **dict.fromkeys(LIFTED, Standing.REOPENED),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One airport, air space or border.

    `place` is the airport where one is named, else the city or country; `what` is AIRPORT, AIRSPACE or BORDER.
    `since` is when its state was first told, `heard_at` when its event was last reported on. `sources` are those who
    reported since then, authorities first.
    """

    place: Place
    what: Target
    standing: Standing
    since: datetime
    heard_at: datetime
    event_id: str
    sources: tuple[Report, ...]


@dataclass(frozen=True, slots=True)
class _Told:
    """What one event tells of one way."""

    event: Event
    state: TargetState
    place: Place

    @property
    def since(self) -> datetime:
        return self.state.since or self.event.first_seen_at

    @property
    def what(self) -> Target:
        """Flights are an airport's, but those of a whole country."""
        if self.state.target is Target.BORDER:
            return Target.BORDER
        return Target.AIRPORT if self.place.kind in LOCAL else Target.AIRSPACE

    @property
    def standing(self) -> Standing:
        return _STANDING[self.state.cue]

    @property
    def order(self) -> tuple[int, datetime, str]:
        """The gravest first, of equals the one told first."""
        return (-_GRAVITY.index(self.standing), self.since, self.event.id)


def board(events: Iterable[Event], now: datetime) -> tuple[Row, ...]:
    """Return a row for each airport, air space and border of which something is told, the gravest first.

    A closure stands until it, or what holds its place, is told to be open again later. In whatever order the events
    are given the board is the same.
    """
    told = sorted((one for event in events for one in _told(event)), key=lambda one: one.order)
    rows = (_row(group, told, now) for group in _grouped(told))
    return tuple(sorted(rows, key=lambda row: (-_GRAVITY.index(row.standing), row.place.name, row.what, row.place.id)))


def concerns(row: Row, place: Place) -> bool:
    """Tell whether the row is about the place, something in it, or what holds it: a country's air space, its border."""
    inside = row.place.country is not None and row.place.country in place.countries
    return inside or covers(place, row.place) or covers(row.place, place) or touches(place, row.place)


def _told(event: Event) -> tuple[_Told, ...]:
    """Return what the event tells; of one that is over only what is open again, of a withdrawn one nothing."""
    if event.state in {EventState.RETRACTED, EventState.MERGED}:
        return ()
    over = event.state is EventState.ENDED
    return tuple(
        _Told(event, state, state.place)
        for state in event.targets
        if state.target in ON_BOARD and state.place is not None and state.cue in (LIFTED if over else IN_FORCE | RELIEF)
        if state.cue in _STANDING
    )


def _grouped(told: Sequence[_Told]) -> list[list[_Told]]:
    """Return what is told of one way together: an airport's row takes in what was told of its city's airport."""
    named = [one for one in told if one.place.kind is PlaceKind.AIRPORT]
    groups: dict[tuple[Target, str], list[_Told]] = {}
    for one in told:
        local = one.what is Target.AIRPORT
        own = {other.place.id for other in named if covers(one.place, other.place)} if local else ()
        for place_id in sorted(own) or [one.place.id]:
            groups.setdefault((one.what, place_id), []).append(one)
    return list(groups.values())


def _row(group: Sequence[_Told], told: Sequence[_Told], now: datetime) -> Row:
    """Return the row of one way: the gravest that no later reopening undid, else the newest reopening."""
    standing = [one for one in group if one.state.cue not in LIFTED and not any(_undoes(two, one) for two in told)]
    opened = [one for one in told if one in group or any(_undoes(one, two) for two in group)]
    reopened = (one for one in opened if one.state.cue in LIFTED)
    best = standing[0] if standing else max(reopened, key=lambda one: (one.since, one.event.id))
    state = best.standing if standing else _opened(best, now)
    precise = next((one.place for one in group if one.place.kind is PlaceKind.AIRPORT), group[0].place)
    return Row(
        place=precise,
        what=group[0].what,
        standing=state,
        since=best.since,
        heard_at=best.event.last_seen_at,
        event_id=best.event.id,
        sources=_sources(best),
    )


def _undoes(relief: _Told, closure: _Told) -> bool:
    """Tell whether the relief was told later, and its place takes the closure's in."""
    if relief.state.cue not in LIFTED or relief.since <= closure.since:
        return False
    if (relief.what is Target.BORDER) is not (closure.what is Target.BORDER):
        return False
    local = {relief.place.kind, closure.place.kind} <= LOCAL and touches(relief.place, closure.place)
    return local or covers(relief.place, closure.place)


def _opened(relief: _Told, now: datetime) -> Standing:
    return Standing.REOPENED if now - relief.since < NEWLY else Standing.OPEN


def _sources(told: _Told) -> tuple[Report, ...]:
    """Return the newest report of each voice since the state was told, authorities first, then the newest."""
    newest: dict[str, Report] = {}
    for report in sorted(told.event.reports, key=lambda one: (one.published_at, one.item_id)):
        if report.published_at >= told.since or not told.state.since:
            newest[report.voice] = report
    ordered = sorted(newest.values(), key=lambda one: (one.published_at, one.item_id), reverse=True)
    return tuple(sorted(ordered, key=lambda one: not one.official))
