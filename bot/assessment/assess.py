"""The door of the room: a reading in, its assessments out. Pure; every decision carries the words that decided."""

from collections.abc import Sequence

from bot.assessment.alertable import Verdict, verdict
from bot.assessment.axes import certainty_of, status_of, urgency_of
from bot.assessment.facts import Facts
from bot.assessment.matter import Matter, matters
from bot.assessment.native import by_source
from bot.assessment.scoring import Scoring
from bot.assessment.severity import judged
from bot.model.assessment import Assessment, Reason, Severity, Status
from bot.model.item import Item
from bot.model.reading import Reading

__all__ = ["Scoring", "assess"]

ALERTED = frozenset({Status.EXPECTED, Status.ONGOING, Status.PAST, Status.ENDED})
"""What reaches a chat: the first three as alerts, an end as the end of its event."""

OF_THE_PAST = frozenset({"court", "anniversary", "statistics", "background"})
"""Reasons against an alert that make what is told a thing of the past."""


def assess(item: Item, reading: Reading, scoring: Scoring) -> tuple[Assessment, ...]:
    """Return the judgement of the item, the main one first; always one, alertable or not."""
    facts = Facts(item, reading, scoring)
    found = matters(facts)
    status = status_of(facts, found[0] if found else None)
    answer = verdict(facts, found)
    if (told := by_source(facts, found, answer)) is not None:
        return (told,)
    if answer.alertable and status is not None and status in ALERTED:
        return (_alerted(facts, found, status, answer),)
    if answer.alertable:
        answer = Verdict(str(status), answer.spans, follow_up=True)
    return (_silent(facts, found, status, answer),)


def _alerted(facts: Facts, found: Sequence[Matter], status: Status, answer: Verdict) -> Assessment:
    main, *others = found
    score, reasons = judged(facts, found, status)
    calm = (Reason(code="reassurance", spans=facts.reassurance),) if facts.reassurance else ()
    return Assessment(
        item_id=facts.item.id,
        alertable=True,
        hazard=main.hazard,
        severity=facts.scoring.severity(score),
        urgency=urgency_of(facts, status),
        certainty=certainty_of(facts, main, status),
        status=status,
        score=score,
        reasons=(Reason(code=answer.code, spans=answer.spans), *reasons, *calm),
        place=facts.place,
        places=facts.places,
        also=tuple(other.hazard for other in others if other.evidence >= facts.scoring.evidence.also),
        impacts=facts.tolls(),
        targets=facts.target_states(),
        measures=facts.measure_states(),
        occurred=facts.reading.occurred,
        assessor_version=facts.scoring.version,
    )


def _silent(facts: Facts, found: Sequence[Matter], status: Status | None, answer: Verdict) -> Assessment:
    """Return the judgement of what is not alerted: where it would be, why not, and whether a known event has it."""
    main = found[0] if found else None
    if answer.code == "denied":
        status = Status.DENIED
    elif answer.code in OF_THE_PAST:
        status = Status.HISTORIC
    return Assessment(
        item_id=facts.item.id,
        alertable=False,
        hazard=main.hazard if main and answer.follow_up else None,
        severity=Severity.NONE,
        urgency=urgency_of(facts, status),
        certainty=certainty_of(facts, main, status),
        status=status,
        score=0,
        reasons=(Reason(code=answer.code, spans=answer.spans),),
        place=facts.place,
        places=facts.places,
        impacts=facts.tolls() if answer.follow_up else (),
        follow_up=answer.follow_up,
        occurred=facts.reading.occurred,
        assessor_version=facts.scoring.version,
    )
