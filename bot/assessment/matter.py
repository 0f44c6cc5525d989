"""What the item is about: the hazards that it reports, each with its evidence, the main one first.

A cause names the event and what it causes stands beside it (an attack that shuts the airport is `armed-attack`, also
`airport`); official measures alone are `advisory`.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.assessment.facts import Facts, hazard_of
from bot.model.hazard import Hazard
from bot.model.reading import HazardMention, Polarity, StatusMention, TimeFrame
from bot.model.text import Span

CAUSE_LEAD = 40
"""Points of evidence by which an effect must lead before it, and not its cause, names the event."""

TOP_LEAD = 10
"""Points that a hazard of the title leads by, when it is to be decided which one names the event."""

DEEDS = frozenset({Hazard.ARMED_ATTACK, Hazard.ARMED_CONFLICT, Hazard.KIDNAPPING, Hazard.COUP})
"""What people do to people: its threat is politics until an order or a measure shows that it is near."""

END_LEAD = 1000
"""What ends in the title is what the item is about, whatever it recalls."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Matter:
    """One hazard with the words for it. `evidence` are points that it is truly reported, see alertable.py."""

    hazard: Hazard
    mentions: tuple[HazardMention, ...] = ()
    opening: tuple[StatusMention, ...] = ()
    ending: tuple[StatusMention, ...] = ()
    evidence: int = 0

    @property
    def spans(self) -> tuple[Span, ...]:
        """The words, in the order of the text, each once."""
        told: list[HazardMention | StatusMention] = [*self.mentions, *self.opening, *self.ending]
        return tuple(sorted({m.span for m in told}))

    @property
    def forecast(self) -> bool:
        """Whether all of it is still to come."""
        told: list[HazardMention | StatusMention] = [*self.mentions, *self.opening]
        return bool(told) and all(m.time_frame is TimeFrame.FORECAST for m in told)

    @property
    def claimed(self) -> bool:
        """Whether somebody claims it and the text does not say so itself."""
        told: list[HazardMention | StatusMention] = [*self.mentions, *self.opening]
        return bool(told) and all(m.polarity is Polarity.CLAIMED for m in told)

    @property
    def over(self) -> bool:
        """Whether nothing but its end is told."""
        return bool(self.ending) and not self.opening


def matters(facts: Facts) -> tuple[Matter, ...]:
    """Return all hazards that the item reports, the main one first; empty when there is none."""
    kinds = {m.hazard for m in facts.hazards}
    kinds |= {kind for m in (*facts.opening, *facts.ending) if (kind := hazard_of(m.target))}
    found = [_matter(kind, facts) for kind in sorted(kinds)]
    return tuple(sorted(found, key=lambda matter: _rank(matter, facts)))


def _matter(kind: Hazard, facts: Facts) -> Matter:
    mentions = tuple(m for m in facts.hazards if m.hazard is kind)
    opening = tuple(m for m in facts.opening if hazard_of(m.target) is kind)
    ending = tuple(m for m in facts.ending if hazard_of(m.target) is kind)
    evidence = _words(mentions, facts) + _states((*opening, *ending), facts)
    return Matter(hazard=kind, mentions=mentions, opening=opening, ending=ending, evidence=evidence)


def _words(mentions: Sequence[HazardMention], facts: Facts) -> int:
    """Return the weight of the strongest mention, and a little for each further phrase."""
    table = facts.scoring.evidence
    weights = sorted(
        (
            table.strengths[m.strength - 1]
            - (0 if facts.in_head(m.span) else table.body)
            - (table.claimed if m.polarity is Polarity.CLAIMED else 0)
            - (table.threat if m.hazard in DEEDS and m.time_frame is TimeFrame.FORECAST else 0)
            for m in mentions
        ),
        reverse=True,
    )
    further = len({m.phrase for m in mentions}) - 1
    return max(0, weights[0]) + table.again * min(further, 3) if weights else 0


def _states(states: Sequence[StatusMention], facts: Facts) -> int:
    table = facts.scoring.evidence
    return max((table.status - (0 if facts.in_head(m.span) else table.body) for m in states), default=0)


def _rank(matter: Matter, facts: Facts) -> tuple[bool, int, int, int]:
    """Order by evidence, causes before effects, the graver kind first; then by the rubric's own order.

    A cause of which there is but a hint ("after drone sightings") does not take the name from what is plainly told.
    """
    table, row = facts.scoring.evidence, facts.scoring.hazards[matter.hazard]
    order = list(Hazard).index(matter.hazard)
    if facts.end_led and any(facts.in_top(m.span) for m in matter.ending):
        return False, -END_LEAD, -row.unknown, order
    effect = CAUSE_LEAD if row.effect else 0
    top = TOP_LEAD if any(facts.in_top(span) for span in matter.spans) else 0
    hinted = matter.evidence + (table.toll if facts.harm_told else 0) < table.needed
    return hinted, -(matter.evidence + top - effect), -row.unknown, order
