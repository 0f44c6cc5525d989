"""Which known event a report is about.

1. Place, hazard and time decide: of 45 pairs of headlines about one attack in five languages, words alone join none.
2. A city is named for its event by all; a country's name is shared by all that happens there. So a report that is
   known by country alone joins only what its words or its count of dead also fit, or what is alone there that day.
3. A follow-up (court, funeral, analysis) joins on the same terms, but never tells. What names no place at all joins
   the event whose names it says, and ends or denies nothing.
4. The next blow in a war, and the next attack after a pause, is another event.
   What has no hazard in common with an event (a closure, an order) is its consequence while it is young.
5. A storm goes by its name, however far it travels; another name is another storm.
6. A retraction, a reopening, an all-clear concern what happened *there*: they never reach beyond the place itself.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.events.habit import ANNOUNCED, CONSEQUENCES, HABITS, SPELL, STRIKES, kin
from bot.events.lifecycle import GRACE
from bot.events.likeness import headline, latest_titles, likeness, stems
from bot.events.naming import Called, called, common, says, spoken
from bot.events.once import once_each
from bot.events.opening import PUSHED, reassures
from bot.events.storms import differs, named, same
from bot.events.tolls import dead, same_toll
from bot.events.touching import LOCAL, SMALL_COUNTRY_KM, any_touch, nearest
from bot.events.ways import AIR, RELIEF, REMAINS, SHUT, states, subject
from bot.model.assessment import Assessment, Reason, Status
from bot.model.event import Event, EventState
from bot.model.hazard import Hazard, Target
from bot.model.item import Item
from bot.model.place import Place, PlaceKind

STRONG = 0.8  # nearness from which the place speaks for itself
LIKE = 0.2  # share of stems from which words speak for one event
VERY_LIKE = 0.34
ALONE = timedelta(hours=24)
ALONE_NEAR = 0.55  # nearness from which being alone there speaks; a vast country is never that empty
ALONE_FAR = 0.4  # the same for what is rare (a quake, a storm), or told of the very same day
AKIN = 0.7  # kinship from which two hazards are of one family; less is cause and consequence
YOUNG = timedelta(hours=36)
FAR_KM = 100.0
MANY_DEAD = 8  # so many of a day and country are hardly counted twice by chance
ANOTHER_DAY = timedelta(hours=20)
ONE_NIGHT = timedelta(hours=12)  # a blow before midnight is dated by one outlet and by the next of two days
_UNKNOWN_KIN = 0.6  # a follow-up whose hazard the reading did not name
CLOSES_KM = 75.0  # how far off ways are shut because of an event: the nearest border, the next airport
SAID = 0.5  # nearness of an event whose place the title says, while the report was read to be about another
_SPOKEN_OF_THERE = 0.4  # share of what an event's words must weigh, where the place speaks too


@dataclass(slots=True)  # not frozen: hundreds are made for an item, and to make a frozen one costs three times as much
class Candidate:
    """A known event that the report may be about: how near, how akin, how like, and what these add up to."""

    event: Event
    near: float
    kin: float
    called: Called
    gap: timedelta
    age: timedelta
    like: float = 0.0
    toll: bool = False
    lifts: bool = False
    storm: bool = False

    @property
    def by_name(self) -> bool:
        """Whether the report says the names by which the event is known."""
        return self.called.named and self.called.share >= 1.0

    @property
    def score(self) -> float:
        """Return the weight by which candidates are compared."""
        days = self.gap / timedelta(days=1)
        words = max(self.like, 0.5 * min(self.called.share, 1.0))
        fits = 0.3 * self.toll + 0.4 * self.lifts + 0.5 * self.storm + 0.1 * self.event.live
        return self.near * self.kin + words + fits - 0.05 * min(days, 4.0)

    @property
    def reasons(self) -> tuple[Reason, ...]:
        """Return the grounds, by name, in points of a hundred."""
        named = {
            "near": self.near, "kindred": self.kin, "alike": self.like, "by-name": float(self.by_name),
            "same-toll": float(self.toll), "its-measure": float(self.lifts),
            "storm-name": float(self.storm),
        }  # fmt: skip
        return tuple(Reason(code=code, points=round(100 * value)) for code, value in named.items() if value)


@dataclass(frozen=True, slots=True)
class _Told:
    """A report, with what is compared of it with each event."""

    item: Item
    assessment: Assessment
    at: datetime
    title: str
    hazards: tuple[Hazard, ...]
    place_words: frozenset[str]
    ends: bool
    reassures: bool
    of_risk: bool
    relief: bool
    names_storm: bool
    closes_km: float


def candidates(item: Item, assessment: Assessment, known: Sequence[Event], at: datetime) -> tuple[Candidate, ...]:
    """Return the known events that the report is about, the best first; mostly one or none."""
    told = _Told(
        item=item,
        assessment=assessment,
        at=at,
        title=headline(item),
        hazards=tuple(hazard for hazard in (assessment.hazard, *assessment.also) if hazard is not None),
        place_words=frozenset().union(*(stems(place.name) for place in assessment.places)),
        ends=_ends(assessment),
        reassures=reassures(assessment),
        of_risk=tells_of_risk(assessment),
        relief=any(state.cue in RELIEF for state in states(assessment)),
        names_storm=bool(named(headline(item))),
        closes_km=CLOSES_KM if _shuts(assessment) else 0.0,
    )
    there = [event for event in known if event.state is not EventState.MERGED]
    shared = common(told.title, there)
    weighed = [_weigh(told, event, shared) for event in there]
    possible = [one for one in weighed if one is not None]
    fitting = [one for one in possible if _fits(told, one, possible)]
    return tuple(sorted(fitting, key=lambda one: (-one.score, one.event.first_seen_at, one.event.id)))


def _weigh(told: _Told, event: Event, shared: Counter[str]) -> Candidate | None:
    """Weigh the event, what is cheap to tell first: most of the events near fall at time, hazard and place."""
    seen = _seen(event)
    akin = kin(told.hazards, seen.hazards) if told.hazards else _UNKNOWN_KIN
    if told.ends:  # "no longer" is said of what is there, whatever its hazard was called
        akin = max(akin, _UNKNOWN_KIN)
    gap = max(told.at - event.last_seen_at, event.first_seen_at - told.at, timedelta())
    if not akin or gap > _window(event, told):
        return None
    if not told.ends and Hazard.STORM in told.hazards and differs(told.title, event, told.at - event.first_seen_at):
        return None
    storm = not told.ends and told.names_storm and same(told.title, told.assessment.places, event)
    near = _nearness(told, event, seen, max(HABITS[event.hazard].reach_km, told.closes_km))
    near = max(near or 0.0, STRONG) if storm else near
    if near is None:
        return None
    words = told.place_words | seen.place_words
    found = called(told.title, event, shared, without=words if near else frozenset())
    one = Candidate(event=event, near=near, kin=akin, called=found, gap=gap, age=told.at - event.first_seen_at)
    if not near and not one.by_name:
        return one  # it is only a rival to others
    one.like = likeness(told.title, seen.titles, without=words)
    one.toll = bool(event.impacts) and same_toll(told.assessment.impacts, event.impacts)
    one.lifts = told.relief and _lifts(told.assessment, event)
    one.storm = storm
    return one


@dataclass(frozen=True, slots=True)
class _Seen:
    """What is compared of an event with each report.

    `hazards` are without the consequences that it has, `telling` those of its `places` that say where it is. `spoken`
    is how its places are spoken of, `local` the towns and airports of its area alone.
    """

    hazards: tuple[Hazard, ...]
    places: tuple[Place, ...]
    telling: tuple[Place, ...]
    place_words: frozenset[str]
    spoken: tuple[str, ...]
    local: tuple[str, ...]
    titles: tuple[str, ...]


@once_each
def _seen(event: Event) -> _Seen:
    places = placed(event)
    return _Seen(
        hazards=(event.hazard, *(hazard for hazard in event.also if hazard not in CONSEQUENCES)),
        places=places,
        telling=_telling(event, places),
        place_words=frozenset().union(*(stems(place.name) for place in places)),
        spoken=spoken(places),
        local=spoken(place for place in event.area if place.kind in LOCAL),
        titles=latest_titles(event),
    )


def _nearness(told: _Told, event: Event, seen: _Seen, km: float) -> float | None:
    """Return how near the report is: 0 where it names no place, or only comments; None where it is about elsewhere.

    A title that says the event's place is not quite elsewhere: what it was read to be about may be the actor's country.
    Nor is what cost the same many lives in the same country on the same day: one of the two names the wrong town.
    """
    assessment = told.assessment
    if told.ends:
        return nearest(assessment.places, seen.places, 0) or None
    near = nearest(assessment.places, seen.telling, km)
    if not assessment.alertable and near < STRONG and says(told.title, seen.local):
        near = STRONG
    if near:
        return near
    if any(report.item_id == told.item.id for report in event.reports):  # the same item in other words
        return SAID if told.item.native is None else STRONG
    if says(told.title, seen.spoken) or _same_dead(assessment, event) or any_touch(assessment.places, event.mistaken):
        return SAID
    return None if assessment.places and assessment.alertable else 0.0


def _telling(event: Event, places: tuple[Place, ...]) -> tuple[Place, ...]:
    """Return the places that say where it is: once that is known, not the vast country that some of it was told of."""
    if event.place.kind is PlaceKind.COUNTRY:
        return places
    vague = {one.id for one in places if one.kind is PlaceKind.COUNTRY and one.radius_km > SMALL_COUNTRY_KM}
    own = {one.id for one in event.area}
    return tuple(one for one in places if one.id not in vague - own)


def _same_dead(assessment: Assessment, event: Event) -> bool:
    if assessment.hazard is not event.hazard or not assessment.impacts or not event.impacts:
        return False
    in_country = {place.country for place in assessment.places} & set(event.countries)
    many = dead(assessment.impacts) >= MANY_DEAD and same_toll(assessment.impacts, event.impacts)
    unlike = assessment.occurred and event.occurred_at and not _same_day(assessment, event)
    return bool(in_country) and many and not unlike


@once_each
def placed(event: Event) -> tuple[Place, ...]:
    """Return all places that belong to an event: its area, and where its ways and measures stand."""
    stand = [*(state.place for state in event.targets), *(state.place for state in event.measures)]
    return (*event.area, *(place for place in stand if place is not None))


def _fits(told: _Told, one: Candidate, possible: Sequence[Candidate]) -> bool:
    """Tell whether the report is about that event, by the rules at the head of this file."""
    assessment = told.assessment
    another = _another_blow(told, one)
    if not one.near:
        return not another and one.by_name
    if one.like >= VERY_LIKE or one.storm:
        return not another or one.gap < ANOTHER_DAY
    if told.ends:
        here = any_touch(assessment.places, placed(one.event))
        return here and (one.near >= STRONG or _way_of(assessment, one.event) or _alone(assessment, one, possible))
    if another or _over(assessment, one):
        return False
    if one.toll or one.like >= LIKE or _spoken_of(assessment, one):
        return True
    return told.of_risk and _fits_by_place(assessment, one, possible)


def _spoken_of(assessment: Assessment, one: Candidate) -> bool:
    """Tell whether its words speak for the event: enough of them, or fewer where the place is the event's own."""
    if one.called.share >= 1.0:
        return one.called.named or one.near >= STRONG
    return not assessment.alertable and one.near >= STRONG and one.called.share >= _SPOKEN_OF_THERE


def _fits_by_place(assessment: Assessment, one: Candidate, possible: Sequence[Candidate]) -> bool:
    if one.near >= STRONG:
        return one.kin >= AKIN or one.age <= YOUNG or _way_of(assessment, one.event)
    return _way_of(assessment, one.event) or (one.kin >= STRONG and _alone(assessment, one, possible))


def tells_of_risk(assessment: Assessment) -> bool:
    """Tell whether it is about a hazard at all; if not (sport, politics), only its words can speak for an event."""
    thin = any(reason.code == "thin" for reason in assessment.reasons)
    return (
        assessment.alertable or assessment.follow_up or assessment.hazard is not None or thin or reassures(assessment)
    )


def _ends(assessment: Assessment) -> bool:
    return assessment.status in {Status.ENDED, Status.DENIED}


def _window(event: Event, told: _Told) -> timedelta:
    """Return how long after the last report one can still mean the event; what is announced or shut is waited for."""
    usual = HABITS[event.hazard].window
    return max(usual, ANNOUNCED) if event.status is Status.EXPECTED or told.ends else usual


def _another_blow(told: _Told, one: Candidate) -> bool:
    """Tell whether a fresh report tells of the next one rather than of this one."""
    assessment = told.assessment
    of_known = one.toll or (told.reassures and one.near >= STRONG)  # "under control" is said of what is known
    if not assessment.alertable or assessment.status not in PUSHED or of_known:
        return False
    event, happened = one.event, assessment.occurred
    if happened and event.occurred_at and event.hazard in STRIKES:
        later = happened - event.occurred_at
        return abs(later) > ANOTHER_DAY and (later < timedelta() or one.age > ONE_NIGHT)
    goes_on = assessment.status is Status.ONGOING
    if event.status is not Status.EXPECTED and one.age > HABITS[event.hazard].span:
        return not one.by_name
    if event.hazard is Hazard.ARMED_CONFLICT and assessment.hazard in STRIKES and one.age > SPELL:
        return one.like < LIKE and (goes_on or bool(assessment.impacts))
    if event.status is Status.EXPECTED or not goes_on:
        return False
    return one.gap > HABITS[event.hazard].pause


def _over(assessment: Assessment, one: Candidate) -> bool:
    """Tell whether the event was over for too long for a fresh report to mean it."""
    closed = one.event.state in {EventState.ENDED, EventState.RETRACTED}
    return closed and assessment.alertable and assessment.status is Status.ONGOING and one.gap > GRACE


def _alone(assessment: Assessment, one: Candidate, possible: Sequence[Candidate]) -> bool:
    """Tell whether it is the only thing of its sort known there, and fresh; a storm stays fresh for days."""
    habit = HABITS[one.event.hazard]
    rare = habit.reach_km >= FAR_KM
    near = ALONE_FAR if rare or _same_day(assessment, one.event) else ALONE_NEAR
    if one.near < near or one.gap > (habit.pause if rare else ALONE) or not one.event.live:
        return False
    return not any(other is not one and other.kin >= one.kin and other.event.live for other in possible)


def _same_day(assessment: Assessment, event: Event) -> bool:
    """Tell whether both say when it happened, and say the same."""
    return assessment.occurred is not None and assessment.occurred == event.occurred_at


def _shuts(assessment: Assessment) -> bool:
    """Tell whether it tells of a way that is shut, and of what hazard."""
    return assessment.hazard not in CONSEQUENCES and any(way.cue in SHUT for way in assessment.targets)


def _lifts(assessment: Assessment, event: Event) -> bool:
    """Tell whether it lifts or eases something there that the event is known to have brought."""
    over = {subject(state) for state in states(assessment) if state.cue in RELIEF}
    stand = [state.place for state in states(event) if state.cue in REMAINS and subject(state) in over and state.place]
    return any_touch(assessment.places, stand)


def _way_of(assessment: Assessment, event: Event) -> bool:
    """Tell whether the report is about a way or a measure that is known to belong to the event.

    Two reports that only name the same country share its air space and borders, and other things when they end.
    """
    if _national(assessment) & {state.target for state in event.targets}:
        return True
    places = [one for one in assessment.places if one.kind is not PlaceKind.COUNTRY or _ends(assessment)]
    known = [(state.target, state.place) for state in event.targets]
    orders = [(state.measure, state.place) for state in event.measures]
    told = {state.target for state in assessment.targets} | {state.measure for state in assessment.measures}
    stand = [place for what, place in (*known, *orders) if what in told and place is not None]
    return any_touch(places, stand)


def _national(assessment: Assessment) -> set[Target]:
    return {state.target for state in assessment.targets} & (AIR | {Target.BORDER})
