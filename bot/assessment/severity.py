"""How severe: RUBRIC.md section 4, as points from 0 to 100 whose bands are the levels.

Each fact alone gives a ground: so many killed, an airport shut, a magnitude, an order to stay in. The strongest ground
counts, the others add nothing; then the place and the voice raise or lower it a little. All points stand in the
scoring table, and the reasons add up to the score.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bot.assessment.facts import Facts, hazard_of
from bot.assessment.matter import Matter
from bot.model.assessment import Reason, Severity, Status
from bot.model.hazard import Hazard, Measure, Target
from bot.model.place import PlaceKind
from bot.model.reading import Cue, Impact, ImpactKind, Role
from bot.model.text import Span

COUNTED = (ImpactKind.KILLED, ImpactKind.INJURED)
"""Counts that replace what a hazard is taken for while nothing is counted: "five injured" is no unknown toll."""

SHUT = frozenset({Cue.SUSPENDED, Cue.CLOSED, Cue.TO_RESTORE})
VIOLENT = frozenset({Hazard.ARMED_ATTACK, Hazard.ARMED_CONFLICT, Hazard.COUP, Hazard.UNREST})
SUDDEN = frozenset({*VIOLENT, Hazard.KIDNAPPING, Hazard.INDUSTRIAL, Hazard.EARTHQUAKE, Hazard.FLOOD})
"""Hazards that are worse where many people are."""


@dataclass(frozen=True, slots=True)
class Ground:
    """A fact that by itself makes it so severe."""

    code: str
    points: int
    spans: tuple[Span, ...]


def judged(facts: Facts, found: Sequence[Matter], status: Status) -> tuple[int, tuple[Reason, ...]]:
    """Return the score from 1 to 100 and the reasons that add up to it; `found` has the main hazard first."""
    main = found[0]
    if status is Status.ENDED:
        points = facts.scoring.bands[Severity.MINOR]
        return points, (Reason(code="ended", points=points, spans=tuple(m.span for m in facts.ending)),)
    grounds = sorted(_grounds(facts, found), key=lambda ground: -ground.points)
    first, *others = grounds
    reasons = [Reason(code=first.code, points=first.points, spans=first.spans)]
    reasons += [Reason(code=each.code, spans=each.spans) for each in others]
    reasons += _modifiers(facts, main, status)
    total = sum(reason.points for reason in reasons)
    most = _limit(facts, found)
    if most is not None and most.points < total:
        reasons.append(Reason(code=most.code, points=most.points - total, spans=most.spans))
        total = most.points
    score = min(100, max(facts.scoring.bands[Severity.MINOR], total))
    if score != total:
        reasons.append(Reason(code="limit", points=score - total))
    return score, tuple(reasons)


def _grounds(facts: Facts, found: Sequence[Matter]) -> Iterator[Ground]:
    main = found[0]
    yield _base(facts, main)
    row = facts.scoring.hazards[main.hazard]
    for kind, ladder in row.ladders.items():
        impact = facts.largest(kind)
        points = ladder.at(_size(impact)) if impact else None
        if impact and points is not None:
            yield Ground(kind.value, points, (impact.span,))
    for mention in main.mentions:
        points = facts.scoring.phrase_points(mention.phrase)
        if points is not None:
            yield Ground(mention.phrase, points, (mention.span,))
    for other in found:
        for status in other.opening:
            own = facts.scoring.phrase_points(status.phrase)
            points = _state_points(status.target, status.cue, facts, status.span) if own is None else own
            if points is not None:
                yield Ground(f"{status.target.value}-{status.cue.value}", points, (status.span,))
    if shut := _capital_cut_off(facts, found):
        yield Ground("capital-cut-off", facts.scoring.modifiers["capital-cut-off"], shut)


def _base(facts: Facts, main: Matter) -> Ground:
    """Return what the hazard is by itself: a CAP message's own word, else by its kind.

    Where people are counted the count says more than the kind, if it says less; a measured size always does. So do
    phrases with points of their own (a weapon's test is no fighting), where all plain words for the hazard are such.
    """
    cap = facts.item.cap
    if cap is not None and cap.severity in facts.scoring.cap_severity:
        level = facts.scoring.cap_severity[cap.severity]
        return Ground(f"cap-{cap.severity.lower()}", facts.scoring.bands[level], main.spans)
    row = facts.scoring.hazards[main.hazard]
    counted = [
        points
        for kind in COUNTED
        if (impact := facts.largest(kind))
        and (ladder := row.ladders.get(kind))
        and (points := ladder.at(_size(impact))) is not None
    ]
    measured = any(
        kind not in COUNTED and facts.largest(kind)
        for kind in row.ladders
        if kind in {ImpactKind.MAGNITUDE, ImpactKind.STORM_CATEGORY, ImpactKind.WIND_KMH}
    )
    own = [facts.scoring.phrase_points(m.phrase) for m in main.mentions if m.strength > 1]
    said = [points for points in own if points is not None]
    unknown = min(row.unknown, *said) if said and len(said) == len(own) else row.unknown
    points = min(unknown, *counted) if counted else unknown
    points = min(points, facts.scoring.bands[Severity.MINOR]) if measured else points
    return Ground(main.hazard.value, points, main.spans)


def _limit(facts: Facts, found: Sequence[Matter]) -> Ground | None:
    """Return the phrase that limits what the others say, if one does: a ship far out at sea, a peaceful march.

    A state or measure that is told beside it is a ground of its own, and no phrase limits it.
    """
    if any(matter.opening for matter in found):
        return None
    limits = [
        Ground(m.phrase, most, (m.span,))
        for m in found[0].mentions
        if (most := facts.scoring.limit_of_phrase(m.phrase)) is not None and facts.in_head(m.span)
    ]
    return min(limits, key=lambda limit: limit.points, default=None)


def _size(impact: Impact) -> float:
    """Return the number that a range is judged by: what is certain of it."""
    return impact.low


def _state_points(target: Target | Measure, cue: Cue, facts: Facts, span: Span) -> int | None:
    if isinstance(target, Measure):
        return facts.scoring.measures.get(target)
    points = facts.scoring.targets.get(target, {}).get(cue)
    if points is None or hazard_of(target) is not Hazard.AIRPORT:
        return points
    airport = facts.airport_near(span)
    small = airport is not None and airport.size is not None and airport.size != "large"
    return min(points, facts.scoring.modifiers["small-airport"]) if small else points


def _capital_cut_off(facts: Facts, found: Sequence[Matter]) -> tuple[Span, ...]:
    """Return the words that tell that violence shut the airport of a capital, the airspace or the borders."""
    violent = [m for m in found if m.hazard in VIOLENT and m.mentions and not m.forecast]
    capital = any(place.capital for place in facts.places)
    shut = [
        m.span
        for m in facts.opening
        if m.cue in SHUT and (m.target is Target.AIRSPACE or (capital and m.target in {Target.AIRPORT, Target.FLIGHTS}))
    ]
    return (*violent[0].spans[:1], *shut) if violent and shut else ()


def _modifiers(facts: Facts, main: Matter, status: Status) -> Iterator[Reason]:
    """Give what raises or lowers a little; an authority's own level (CAP) has weighed the time and the voice."""
    table = facts.scoring.modifiers
    if main.hazard in SUDDEN and any(place.capital for place in facts.places):
        spans = tuple(m.span for m in facts.reading.places if m.place and m.place.capital and m.role is Role.EVENT)
        yield Reason(code="capital", points=table["capital"], spans=spans)
    cities = [place for place in facts.places if place.kind in {PlaceKind.CITY, PlaceKind.AIRPORT}]
    if len(cities) >= table["several-from"] and main.hazard in SUDDEN:
        yield Reason(code="several-sites", points=table["several-sites"])
    if facts.item.cap is not None:
        return
    if status is Status.EXPECTED:
        yield Reason(code="expected", points=table["expected"], spans=main.spans)
    if main.claimed and not facts.item.official:
        yield Reason(code="claimed", points=table["claimed"], spans=main.spans)
    weak = main.mentions and not main.opening and all(m.strength == 1 for m in main.mentions)
    if weak and not any(m.kind is ImpactKind.KILLED for m in facts.impacts):
        yield Reason(code="weak-words", points=table["weak-words"], spans=main.spans)
