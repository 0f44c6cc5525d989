"""A report joins its event: which value wins, and what it brings that was not known.

Official over press, newer over older, ranges over points. What comes late (published before the newest report) adds
what is missing and overrides nothing.
"""

from dataclasses import dataclass, replace
from datetime import datetime

from bot.events.habit import CONSEQUENCES, HABITS, kinship
from bot.events.lifecycle import corroborated
from bot.events.likeness import headline
from bot.events.opening import PUSHED, reassures, report_of
from bot.events.storms import reaches, same
from bot.events.tolls import counted, dead
from bot.events.touching import LOCAL, any_touch, covers, touches, without_holders
from bot.events.ways import AIR, IN_FORCE, LIFTED, RELIEF, Ways, taken_in
from bot.model.assessment import Assessment, Certainty, MeasureState, Severity, Status, TargetState
from bot.model.event import Event, Report
from bot.model.hazard import Hazard, Target
from bot.model.item import Item
from bot.model.place import Place, PlaceKind
from bot.model.reading import Cue

WIDER_KM = 25.0  # how far off a further place lies at least
FAR_OFF_KM = 500.0  # and at most, in another country: who dines abroad after an attack has not brought it there
ROAMS_KM = 1000.0  # how far from its place a flood or an unrest may spread: else one rain would drown a continent


@dataclass(frozen=True, slots=True, kw_only=True)
class Joined:
    """An event before and with a report: `after` holds all facts, but its state and severity are not yet decided.

    `moved`: it was told to be elsewhere. `lowered`: how severe it is, where it was told to be graver (correction.py).
    """

    before: Event
    after: Event
    item: Item
    assessment: Assessment
    report: Report
    targets: Ways[TargetState]
    measures: Ways[MeasureState]
    late: bool
    wider: tuple[Place, ...] = ()
    cause_known: bool = False
    moved: bool = False
    lowered: Severity | None = None

    @property
    def fresh(self) -> bool:
        """Whether the report can bring news: alertable, and no mere follow-up."""
        return self.assessment.alertable and not self.assessment.follow_up

    @property
    def confirms(self) -> bool:
        """Whether it makes two voices of one, or is the first authority."""
        if not self.fresh or self.assessment.status not in PUSHED | {Status.ENDED}:
            return False
        first_authority = self.after.official and not self.before.official
        return first_authority or (corroborated(self.after) and not corroborated(self.before))

    @property
    def copied(self) -> bool:
        """Whether it only repeats, or leans on, another's report."""
        return self.report.voice != (self.item.voice or self.item.source_id)

    @property
    def dead_before(self) -> float:
        """The count of dead that was known, at least."""
        return dead(self.before.impacts)

    @property
    def dead_now(self) -> float:
        """The count of dead that this report gives, at least."""
        return dead(self.assessment.impacts)


def join(event: Event, item: Item, assessment: Assessment, at: datetime) -> Joined:
    """Return the event with the report's facts."""
    assessment = replace(assessment, measures=tuple(map(_closed_is_over, assessment.measures)))
    late = at < event.last_seen_at
    place = assessment.place or event.place
    counts = assessment.alertable and not assessment.follow_up
    placed = counts and bool(assessment.places)  # what is shut nowhere in particular may be shut anywhere
    targets = taken_in(event.targets, _told_ways(event, assessment) if placed else (), place, late=late, at=at)
    measures = taken_in(event.measures, assessment.measures if placed else (), place, late=late, at=at)
    report = report_of(item, assessment, event, at)
    storm = counts and same(headline(item), assessment.places, event)
    wider = _wider(event, assessment, storm=storm) if counts else ()
    after = replace(
        event,
        first_seen_at=min(event.first_seen_at, at),
        last_seen_at=max(event.last_seen_at, at) if counts else event.last_seen_at,
        reports=(*(one for one in event.reports if one.item_id != item.id), report),
        targets=targets.entries,
        measures=measures.entries,
    )
    if counts:
        after = _with_facts(after, item, assessment, wider, late=late)
    return Joined(
        before=event,
        after=after,
        item=item,
        assessment=assessment,
        report=report,
        targets=targets,
        measures=measures,
        late=late,
        wider=wider,
        cause_known=after.hazard is not event.hazard,
    )


def _closed_is_over(state: MeasureState) -> MeasureState:
    """Return a measure's state: a way that is closed is shut, but a warning or an alert that is closed is over."""
    return replace(state, cue=Cue.LIFTED) if state.cue is Cue.CLOSED else state


def _told_ways(event: Event, assessment: Assessment) -> tuple[TargetState, ...]:
    """Return the ways' states; that the hazard itself is over counts only where the whole item tells of an end.

    Where the hazard is a closure or a strike, its end is that of the ways that it held up.
    """
    ways = (*assessment.targets, *_other_sides(assessment))
    if assessment.status is not Status.ENDED:
        return tuple(way for way in ways if way.target is not Target.HAZARD or way.cue not in RELIEF)
    if not any(way.target is Target.HAZARD and way.cue in LIFTED for way in ways):
        return ways
    told = tuple(way for way in ways if way.cue is not Cue.STRIKE)
    concerned = _WAYS_OF.get(assessment.hazard, frozenset()) - {way.target for way in told}
    held_up = dict.fromkeys(way.target for way in event.targets if way.cue in IN_FORCE and way.target in concerned)
    again = (TargetState(target=way, cue=Cue.RESTORED, place=place) for way in held_up for place in assessment.places)
    return (*told, *again)


def _other_sides(assessment: Assessment) -> tuple[TargetState, ...]:
    """Return an open border as seen from the other countries named: a closure is told of this side or of that one."""
    opened = next((way for way in assessment.targets if way.target is Target.BORDER and way.cue in LIFTED), None)
    shut = any(way.target is Target.BORDER and way.cue in IN_FORCE for way in assessment.targets)
    if opened is None or shut:
        return ()
    countries = (place for place in assessment.places if place.kind is PlaceKind.COUNTRY)
    return tuple(replace(opened, place=place) for place in countries if place != opened.place)


_WAYS_OF: dict[Hazard | None, frozenset[Target]] = {
    Hazard.AIRPORT: AIR,
    Hazard.TRANSPORT: frozenset({Target.RAIL, Target.FERRY, Target.PORT, Target.BORDER, Target.ROAD}),
    Hazard.INFRASTRUCTURE: frozenset({Target.POWER, Target.WATER, Target.INTERNET}),
}


def _with_facts(event: Event, item: Item, assessment: Assessment, wider: tuple[Place, ...], *, late: bool) -> Event:
    status = assessment.status
    newer = status in PUSHED and not late
    hazard, place = _what_and_where(event, assessment)
    # only what goes with its hazard: else each report would make it akin to more, and draw in more
    akin = [one for one in _hazards(assessment) if kinship(one, hazard)]
    hazards = [event.hazard, *event.also, *akin]
    certainty = Certainty.OBSERVED if corroborated(event) else min(assessment.certainty, Certainty.LIKELY)
    return replace(
        event,
        hazard=hazard,
        place=place,
        area=_area(event, place, wider),
        also=tuple(dict.fromkeys(one for one in hazards if one is not hazard)),
        impacts=counted(event.impacts, assessment.impacts, official=item.official, late=late),
        status=_status(event, status) if newer and status else event.status,
        urgency=assessment.urgency if newer else event.urgency,
        certainty=max(event.certainty, certainty),
        headline=_headline(event, item, assessment),
        reassured=event.reassured or reassures(assessment),
        occurred_at=event.occurred_at or assessment.occurred,
        expires_at=item.expires if item.expires and newer else event.expires_at,
    )


def _hazards(assessment: Assessment) -> tuple[Hazard, ...]:
    main = (assessment.hazard,) if assessment.hazard else ()
    return (*main, *assessment.also)


def _what_and_where(event: Event, assessment: Assessment) -> tuple[Hazard, Place]:
    """Return the event's hazard and most precise place, once the report is known.

    A closure takes on the cause that is now reported there; a country's event takes on the city that is now named.
    """
    hazard, place = assessment.hazard, assessment.place
    if hazard is None or place is None or assessment.status not in PUSHED:
        return event.hazard, event.place
    if event.hazard in CONSEQUENCES and hazard not in CONSEQUENCES:
        return hazard, place
    airport_of_other = place.kind is PlaceKind.AIRPORT and event.hazard is not Hazard.AIRPORT
    if place.id != event.place.id and covers(event.place, place) and not airport_of_other:
        return event.hazard, place if event.place.kind not in LOCAL else event.place
    return event.hazard, event.place


def _area(event: Event, place: Place, wider: tuple[Place, ...]) -> tuple[Place, ...]:
    """Return all places, the most precise first; holders of others are dropped, unless they stand for themselves."""
    return tuple({one.id: one for one in (place, *without_holders((place, *event.area, *wider)))}.values())


def _wider(event: Event, assessment: Assessment, *, storm: bool) -> tuple[Place, ...]:
    """Return the report's places that lie outside the event as it was known.

    Only from a report that also names the old area, or whose hazard is the event's own and roams (a storm): else one
    outlet's wrong city would widen the event. A `storm` that is named has come as far as it can.
    """
    if assessment.status not in PUSHED or not assessment.places:
        return ()
    touching = any_touch(assessment.places, event.area)
    if event.hazard in _ONE_BLOW and 0 < dead(assessment.impacts) <= dead(event.impacts):
        return ()  # the dead that are known: the other town is a mistake that is made, or put right
    roams = event.hazard in ROAMING and assessment.hazard is event.hazard
    if not roams and not touching:
        return ()
    return tuple(
        one
        for one in without_holders(assessment.places)
        if outside(one, event)
        and (
            _near_enough(one, event) or (touching and one.country in event.countries) or (storm and reaches(one, event))
        )
        and not _too_far(one, event)
    )


ROAMING = frozenset(
    {
        Hazard.STORM, Hazard.FLOOD, Hazard.WILDFIRE, Hazard.EXTREME_WEATHER, Hazard.INFRASTRUCTURE, Hazard.HEALTH,
        Hazard.UNREST,
    }
)  # fmt: skip
"""Hazards that move or spread: a report that names only where they are now is no report of another one."""

_FELT_AFAR = frozenset({Hazard.EARTHQUAKE, Hazard.TSUNAMI, Hazard.VOLCANO})
"""One blow is felt in many towns: naming another of them widens nothing."""


_ONE_BLOW = frozenset({Hazard.INDUSTRIAL, Hazard.TRANSPORT})
"""A fire, a crash: it has one site, and the next one its own dead."""


def outside(place: Place, event: Event) -> bool:
    """Tell whether it is more than another name, or another end, of where the event is known to be."""
    if any(touches(place, known) for known in event.area):
        return False
    country_known = place.country in event.countries
    if place.kind is PlaceKind.COUNTRY:
        return not country_known
    margin = max(WIDER_KM, HABITS[event.hazard].reach_km) if event.hazard in _FELT_AFAR else WIDER_KM
    return _km_off(place, event) > margin or not country_known


def _near_enough(place: Place, event: Event) -> bool:
    return _km_off(place, event) <= max(FAR_OFF_KM, 3 * HABITS[event.hazard].reach_km)


def _too_far(place: Place, event: Event) -> bool:
    """Tell whether it lies so far from where it began that it is another one; but storms cross whole seas."""
    began = event.place.point.km_to(place.point) - event.place.radius_km - place.radius_km
    return event.hazard in ROAMING and event.hazard is not Hazard.STORM and began > ROAMS_KM


def _km_off(place: Place, event: Event) -> float:
    """Return the distance between the edges of a place and of the nearest of the event's."""
    return min(place.point.km_to(known.point) - known.radius_km - place.radius_km for known in event.area)


def _status(event: Event, now: Status) -> Status:
    """Return the status, newer over older; but what goes on is not merely expected again, unless it moves on."""
    return event.status if now is Status.EXPECTED and event.hazard is not Hazard.STORM else now


def _headline(event: Event, item: Item, assessment: Assessment) -> str:
    """Return the title that tells it best: an authority's, or the gravest report's; the first of equals."""
    if assessment.severity > max((one.severity for one in event.reports if one.item_id != item.id), default=_NONE):
        return headline(item)
    return event.headline


_NONE = Severity.NONE


def absorbed(event: Event, closure: Event) -> Event:
    """Return the event with what was known of a closure that it turned out to have caused."""
    reports = {report.item_id: report for report in (*closure.reports, *event.reports)}
    return replace(
        event,
        targets=taken_in(closure.targets, event.targets, event.place).entries,
        measures=taken_in(closure.measures, event.measures, event.place).entries,
        also=tuple(dict.fromkeys((*event.also, closure.hazard))),
        reports=tuple(sorted(reports.values(), key=lambda report: (report.published_at, report.item_id))),
        last_seen_at=max(event.last_seen_at, closure.last_seen_at),
    )
