"""What an event's present state says, in no language yet: the facts that an alert's lines are made of."""

from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256

from bot.model.assessment import MeasureState, Severity, TargetState, Toll
from bot.model.event import Event, EventState, Report
from bot.model.hazard import Target
from bot.model.place import PlaceKind
from bot.model.reading import Cue
from bot.wording.local import tag_date
from bot.wording.nouns import AIRPORT_STATES, DISRUPTED, RESTORED, SHUT, WAYS

NO_COUNTRY = "SEA"
"""What stands in a tag for the country of an event that is in none."""

_LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"
_UNTOLD = frozenset({Cue.DENIED, Cue.REASSURANCE})


@dataclass(frozen=True, slots=True)
class Voices:
    """How many independent voices report an event, and how many of them are official."""

    all: int
    official: int

    @property
    def unconfirmed(self) -> bool:
        """Whether it rests on one unofficial voice."""
        return self.official == 0 and self.all <= 1


def voices(event: Event) -> Voices:
    """Return the count of independent voices."""
    official = {report.voice for report in event.reports if report.official}
    return Voices(len(event.voices), len(official))


def shown_severity(event: Event) -> Severity:
    """Return the severity as it is shown: what is unconfirmed is never shown above severe."""
    if event.state is EventState.UNCONFIRMED or voices(event).unconfirmed:
        return min(event.severity, Severity.SEVERE)
    return event.severity


def ways(event: Event) -> tuple[TargetState, ...]:
    """Return the states of ways and services that people are told, what is shut first, each once.

    Of an event that is over, only what is open again: nobody keeps the rest up to date.
    """
    told = [
        state
        for state in event.targets
        if state.cue not in _UNTOLD and state.target in WAYS and _sayable(state)
    ]  # fmt: skip
    once: dict[tuple[object, ...], TargetState] = {}
    for state in sorted(told, key=_gravity):
        named = state.place if names_airport(state) else None
        once.setdefault((named.id, _gravity(state)) if named else (state.target, _gravity(state)), state)
    return tuple(state for state in once.values() if event.live or state.cue in RESTORED)


def shut_ways(event: Event) -> tuple[TargetState, ...]:
    """Return the ways that are shut now."""
    return tuple(state for state in ways(event) if state.cue in SHUT)


def restored_ways(event: Event) -> tuple[TargetState, ...]:
    """Return the ways that are open again."""
    return tuple(state for state in ways(event) if state.cue in RESTORED or state.cue is Cue.PARTLY_RESTORED)


def measures(event: Event, *, in_force: bool) -> tuple[MeasureState, ...]:
    """Return the official measures that are in force, or those that were lifted, each kind once."""
    told = {
        state.measure: state
        for state in event.measures
        if state.cue not in _UNTOLD and (state.cue not in RESTORED) is in_force and (event.live or not in_force)
    }
    return tuple(told.values())


def tolls(event: Event) -> tuple[Toll, ...]:
    """Return the tolls in the order of their kinds, at most two of a kind: who says what is kept apart."""
    told: list[Toll] = []
    for toll in dict.fromkeys(event.impacts):
        if sum(other.kind is toll.kind for other in told) < 2:  # noqa: PLR2004 - two voices
            told.append(toll)
    order = list(type(event.impacts[0].kind)) if event.impacts else []
    return tuple(sorted(told, key=lambda toll: order.index(toll.kind)))


def sources(event: Event, limit: int) -> tuple[Report, ...]:
    """Return the newest report of each voice, officials first, then the newest."""
    newest: dict[str, Report] = {}
    for report in sorted(event.reports, key=lambda report: report.published_at):
        newest[report.voice] = report
    ordered = sorted(newest.values(), key=lambda report: report.published_at, reverse=True)
    return tuple(sorted(ordered, key=lambda report: not report.official)[:limit])


def tag(event: Event) -> str:
    """Return a short name of the event for people, the same in all its messages: "ML-17SEP-K7".

    Country, day of the first report in UTC, and two signs from the event's id. It shows that two copies are one.
    """
    digest = sha256(event.id.encode()).digest()
    signs = _LETTERS[digest[0] % len(_LETTERS)] + _LETTERS[digest[1] % len(_LETTERS)]
    return f"{(event.countries or (NO_COUNTRY,))[0]}-{tag_date(event.first_seen_at)}-{signs}"


def _sayable(state: TargetState) -> bool:
    if names_airport(state):
        return state.cue in AIRPORT_STATES or state.cue in RESTORED
    return state.cue in SHUT | DISRUPTED | RESTORED


def names_airport(state: TargetState) -> bool:
    """Whether the state is that of one airport, named."""
    return (
        state.target in {Target.AIRPORT, Target.FLIGHTS}
        and state.place is not None
        and state.place.kind is PlaceKind.AIRPORT
    )


def _gravity(state: TargetState) -> int:
    groups: Sequence[frozenset[Cue]] = (SHUT, DISRUPTED, RESTORED)
    return next((step for step, group in enumerate(groups) if state.cue in group), len(groups))
