"""Status, urgency and certainty: RUBRIC.md section 3."""

from datetime import timedelta

from bot.assessment.facts import HARM, Facts
from bot.assessment.matter import Matter
from bot.model.assessment import Certainty, Status, Urgency
from bot.model.hazard import Hazard
from bot.model.reading import Cue, ImpactKind, TimeFrame

NEWS_LASTS = timedelta(hours=72)
"""What is older is history (RUBRIC.md section 1)."""

A_DAY = timedelta(days=1)
"""A reading knows the day on which it occurred, as the day's start; it may have been its last hour."""

SOON = timedelta(days=1)
"""What is expected later is `future` (RUBRIC.md section 3)."""

WEATHER = frozenset({Hazard.STORM, Hazard.FLOOD, Hazard.EXTREME_WEATHER})

WAYS = frozenset({Hazard.AIRPORT, Hazard.TRANSPORT})

HURT = HARM - {ImpactKind.EVACUATED}
"""Counts that show that it is there; people also leave before it comes."""

LASTING = frozenset({Cue.SUSPENDED, Cue.CLOSED, Cue.BLOCKED, Cue.STRIKE, Cue.TO_RESTORE, Cue.IMPOSED, Cue.DISRUPTED})


def status_of(facts: Facts, main: Matter | None) -> Status | None:
    """Return the status of what the item reports; None where it reports nothing that has one."""
    if main is None:
        return _status_of_nothing(facts)
    if facts.item.cap is not None and facts.item.cap.msg_type == "Cancel":
        return Status.ENDED
    if _older(facts):
        return Status.HISTORIC
    if main.forecast or _approaches(facts, main):
        return Status.EXPECTED
    ended = facts.end_led or (main.over and not main.mentions)
    return Status.ENDED if ended else _current(facts, main)


def _approaches(facts: Facts, main: Matter) -> bool:
    """Tell whether it is on its way, though its name stands for what is there.

    So it is with a warning, with weather of which the title tells what is to come (unless it tells that it is there),
    with a protest that is first said to be planned, with a strike that will stop ways.
    """
    harm = [m for m in facts.impacts if m.kind in HURT and m.high > 0 and facts.in_head(m.span)]
    if any(m.time_frame is TimeFrame.CURRENT for m in harm):
        return False
    top = [m for m in main.mentions if facts.in_top(m.span)]
    if any(facts.scoring.status_of_phrase(m.phrase) is Status.EXPECTED for m in top):
        return True
    if main.hazard in WAYS and any(m.cue is Cue.STRIKE for m in main.opening):
        states = [m for m in main.opening if m.cue not in {Cue.STRIKE, Cue.TO_RESTORE}]
        return bool(states) and all(m.time_frame is TimeFrame.FORECAST for m in states)
    ahead = [m.time_frame is TimeFrame.FORECAST for m in sorted(top, key=lambda m: m.span)]
    there = [m for m in top if facts.scoring.status_of_phrase(m.phrase) is Status.ONGOING]
    if any(m.time_frame is TimeFrame.CURRENT for m in there):
        return ahead[0]
    return any(ahead[:1]) if main.hazard is Hazard.UNREST else main.hazard in WEATHER and any(ahead)


def _current(facts: Facts, main: Matter) -> Status:
    """Tell what goes on from what is over: by words that say so, by what is shut or in force, by the kind of hazard.

    A phrase for what lasts ("fighting intensifies") yields to a toll: then the news is the blow that was struck.
    """
    states = [m for m in facts.opening if m.cue in LASTING and m.time_frame is TimeFrame.CURRENT]
    lasts = [facts.scoring.status_of_phrase(m.phrase) is not Status.PAST for m in states]
    if facts.goes_on or any(lasts):
        return Status.ONGOING
    if lasts:
        return Status.PAST
    told = [said for m in main.mentions if (said := facts.scoring.status_of_phrase(m.phrase))]
    if told and (told[0] is Status.PAST or facts.largest(ImpactKind.KILLED) is None):
        return told[0]
    return facts.scoring.hazards[main.hazard].status


def _status_of_nothing(facts: Facts) -> Status | None:
    if facts.denied:
        return Status.DENIED
    if any(m.cue is Cue.ALL_CLEAR for m in facts.ending):
        return Status.ENDED
    return Status.HISTORIC if facts.background else None


def _older(facts: Facts) -> bool:
    occurred = facts.reading.occurred
    if occurred is None or facts.item.published_at is None or facts.opening or facts.ending:
        return False
    return facts.item.published_at - occurred - A_DAY > NEWS_LASTS


def urgency_of(facts: Facts, status: Status | None) -> Urgency:
    """Return the urgency; a CAP message's own word wins while it is actual."""
    if (
        facts.item.cap is not None
        and facts.item.cap.urgency in facts.scoring.cap_urgency
        and status is not Status.ENDED
    ):
        return facts.scoring.cap_urgency[facts.item.cap.urgency]
    if status is Status.ONGOING:
        return Urgency.IMMEDIATE
    if status is Status.EXPECTED:
        occurs = facts.reading.occurred
        late = occurs is not None and facts.item.published_at is not None and occurs - facts.item.published_at > SOON
        return Urgency.FUTURE if late else Urgency.EXPECTED
    return Urgency.PAST


def certainty_of(facts: Facts, main: Matter | None, status: Status | None) -> Certainty:
    """Return the certainty: one voice that is no authority is `likely` at most; bot/events counts the voices."""
    if status is Status.DENIED:
        return Certainty.UNLIKELY
    if facts.item.cap is not None and facts.item.cap.certainty in facts.scoring.cap_certainty:
        return facts.scoring.cap_certainty[facts.item.cap.certainty]
    if status is Status.EXPECTED or (main is not None and main.claimed):
        return Certainty.POSSIBLE
    return Certainty.OBSERVED if facts.item.official else Certainty.LIKELY
