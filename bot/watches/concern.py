"""What of an event can concern a watch: its places, how grave it is, which hazards, what is declared for a country."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from bot.model.assessment import Severity
from bot.model.event import ChangeKind, Event, EventChange
from bot.model.hazard import Hazard, Measure, Target
from bot.model.place import Place, PlaceKind
from bot.model.reading import Cue

RELIEF_KINDS = frozenset({ChangeKind.EASED, ChangeKind.ENDED, ChangeKind.RETRACTED})
"""Changes that all must hear who heard of the event at its worst.

A correction concerns whom the right place and severity concern; who was told otherwise hears of it because he was.
"""

SETTLING_KINDS = RELIEF_KINDS | {ChangeKind.EXPIRED, ChangeKind.MERGED}

_NATIONAL_MEASURES = frozenset(
    {
        Measure.CURFEW, Measure.EMERGENCY, Measure.MARTIAL_LAW, Measure.LOCKDOWN, Measure.SHELTER, Measure.EVACUATION,
        Measure.TRAVEL_ADVICE,
    }
)  # fmt: skip
_NATIONAL_WAYS = frozenset({Target.AIRSPACE, Target.BORDER})
_OVER = frozenset({Cue.RESTORED, Cue.LIFTED, Cue.ALL_CLEAR, Cue.REASSURANCE, Cue.DENIED})

_HAZARD_OF: dict[Target, Hazard] = {
    **dict.fromkeys((Target.AIRPORT, Target.AIRSPACE, Target.FLIGHTS), Hazard.AIRPORT),
    **dict.fromkeys((Target.BORDER, Target.PORT, Target.ROAD, Target.RAIL, Target.FERRY), Hazard.TRANSPORT),
    **dict.fromkeys((Target.POWER, Target.WATER, Target.INTERNET), Hazard.INFRASTRUCTURE),
}


@dataclass(frozen=True)
class Concern:
    """A change, seen by the watches."""

    change: EventChange

    @cached_property
    def states(self) -> tuple[Event, ...]:
        """The event as it is; for changes that settle it, also as it was."""
        before, after = self.change.before, self.change.after
        return (after, before) if before and self.change.kind in SETTLING_KINDS else (after,)

    @cached_property
    def severity(self) -> Severity:
        """How grave it is; for changes that settle it, how grave it was ever said to be."""
        grave = [event.severity for event in self.states]
        if len(self.states) > 1:
            grave += [report.severity for report in self.change.after.reports]
        return max(grave)

    @cached_property
    def places(self) -> tuple[Place, ...]:
        """The event's own places."""
        return _unique(place for event in self.states for place in (event.place, *event.area))

    @cached_property
    def precise(self) -> tuple[Place, ...]:
        """Places more precise than a country, with airports and areas whose state or measure is told."""
        return tuple(place for place in (*self.places, *self.affected) if place.kind is not PlaceKind.COUNTRY)

    @cached_property
    def affected(self) -> tuple[Place, ...]:
        """Places whose ways or measures are told."""
        ways = [state.place for event in self.states for state in event.targets]
        return _unique((*ways, *(state.place for event in self.states for state in event.measures)))

    @cached_property
    def airports(self) -> frozenset[str]:
        """Ids of the airports that the event happens at, or whose state is told."""
        places = (*self.places, *(state.place for event in self.states for state in event.targets))
        return frozenset(place.id for place in places if place and place.kind is PlaceKind.AIRPORT)

    @cached_property
    def countries(self) -> tuple[str, ...]:
        """Countries of all its places and measures."""
        codes = [code for place in (*self.places, *self.affected) for code in (place.country, *place.countries)]
        return tuple(dict.fromkeys(code for code in codes if code))

    @cached_property
    def hazards(self) -> frozenset[Hazard]:
        """Its hazards, and those of the ways and measures that it touches."""
        found = {hazard for event in self.states for hazard in (event.hazard, *event.also)}
        found |= {_HAZARD_OF[s.target] for event in self.states for s in event.targets if s.target in _HAZARD_OF}
        return frozenset(found | {Hazard.ADVISORY for event in self.states if event.measures})

    @cached_property
    def nationwide(self) -> tuple[Place, ...]:
        """Countries for the whole of which something is declared: a coup, a shut air space, a state of emergency."""
        found: list[Place] = []
        for event in self.states:
            settles = len(self.states) > 1
            ways = [(s.place, s.cue) for s in event.targets if s.target in _NATIONAL_WAYS]
            orders = [(s.place, s.cue) for s in event.measures if s.measure in _NATIONAL_MEASURES]
            found += [place for place, cue in (*ways, *orders) if place and (settles or cue not in _OVER)]
            found += event.area if Hazard.COUP in {event.hazard, *event.also} else ()
        return _unique(place for place in found if place.kind is PlaceKind.COUNTRY)

    @cached_property
    def declared(self) -> tuple[Place, ...]:
        """Regions for the whole of which a measure is declared."""
        states = [s for event in self.states for s in event.measures if s.measure in _NATIONAL_MEASURES]
        return _unique(s.place for s in states if s.place and s.place.kind is PlaceKind.REGION)


def _unique(places: Iterable[Place | None]) -> tuple[Place, ...]:
    return tuple({place.id: place for place in places if place is not None}.values())
