"""What an official source says in fields of its own stands above what its words were read to say.

Its hazard, its severity (mapped in bot/feeds/scales.py) and its end are taken as they are. What the fields leave open
is judged by the words, as for any item. A level that is only listed again is no news (`standing`), and neither is what
the source itself puts below notice.
"""

from collections.abc import Sequence

from bot.assessment.alertable import Verdict
from bot.assessment.axes import certainty_of, urgency_of
from bot.assessment.facts import Facts
from bot.assessment.matter import Matter
from bot.assessment.severity import judged
from bot.model.assessment import Assessment, Reason, Severity, Status, Urgency
from bot.model.hazard import Hazard
from bot.model.item import Native

_AHEAD = frozenset({"Expected", "Future"})
"""CAP's urgencies of what is still to come."""


def by_source(facts: Facts, found: Sequence[Matter], answer: Verdict) -> Assessment | None:
    """Return the judgement that the item's source gives itself; None where its fields leave it to the words.

    `found` has the main hazard of the words first, `answer` is whether the words alone are alerted.
    """
    native = facts.item.native
    if native is None:
        return None
    if not native.ended and (native.standing or native.severity is Severity.NONE):
        return _unheard(facts, native)
    hazard = native.hazard or (found[0].hazard if found and answer.alertable else None)
    if hazard is None:
        return None
    status = _status(facts, native, hazard)
    score, reasons = _score(facts, found, native, hazard, status)
    return Assessment(
        item_id=facts.item.id,
        alertable=True,
        hazard=hazard,
        severity=facts.scoring.severity(score),
        urgency=urgency_of(facts, status),
        certainty=certainty_of(facts, None, status),
        status=status,
        score=score,
        reasons=reasons,
        place=facts.place,
        places=facts.places,
        also=tuple(m.hazard for m in found if m.hazard is not hazard and m.evidence >= facts.scoring.evidence.also),
        impacts=facts.tolls(),
        targets=facts.target_states(),
        measures=facts.measure_states(),
        occurred=facts.reading.occurred,
        assessor_version=facts.scoring.version,
    )


def _status(facts: Facts, native: Native, hazard: Hazard) -> Status:
    if native.ended:
        return Status.ENDED
    if facts.item.cap is not None and facts.item.cap.urgency in _AHEAD:
        return Status.EXPECTED
    return facts.scoring.hazards[hazard].status


def _score(
    facts: Facts, found: Sequence[Matter], native: Native, hazard: Hazard, status: Status
) -> tuple[int, tuple[Reason, ...]]:
    """Return the points of the source's severity, else those of its words, else those of the hazard as such."""
    if native.ended:
        points = facts.scoring.bands[Severity.MINOR]
        return points, (Reason(code="ended", points=points, note=native.own_word),)
    if native.severity is not None:
        points = facts.scoring.bands[native.severity]
        return points, (Reason(code="source-severity", points=points, note=native.own_word),)
    if found and found[0].hazard is hazard:
        return judged(facts, found, status)
    points = facts.scoring.hazards[hazard].unknown
    return points, (Reason(code=hazard.value, points=points),)


def _unheard(facts: Facts, native: Native) -> Assessment:
    return Assessment(
        item_id=facts.item.id,
        alertable=False,
        hazard=None,
        severity=Severity.NONE,
        urgency=Urgency.PAST,
        certainty=certainty_of(facts, None, None),
        status=None,
        score=0,
        reasons=(Reason(code="standing" if native.standing else "source-none", note=native.own_word),),
        place=facts.place,
        places=facts.places,
        assessor_version=facts.scoring.version,
    )
