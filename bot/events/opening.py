"""What a report is, and when one opens an event of its own."""

from dataclasses import replace
from datetime import datetime
from hashlib import sha256

from bot.events.lifecycle import corroborated, first_state
from bot.events.likeness import headline, runs, voice
from bot.events.touching import without_holders
from bot.events.ways import taken_in
from bot.model.assessment import Assessment, Certainty, Reason, Severity, Status
from bot.model.event import ChangeKind, Event, EventChange, EventState, Report
from bot.model.hazard import Hazard
from bot.model.item import Item
from bot.model.place import Place
from bot.model.reading import Cue

PUSHED = frozenset({Status.EXPECTED, Status.ONGOING, Status.PAST})
"""RUBRIC.md section 3: alerts are pushed for these; an end without a beginning opens nothing."""

CAP_UNCONFIRMED = Severity.SEVERE
"""What one unofficial voice can say at most (notes on reliability, decision 7)."""


def may_open(assessment: Assessment) -> bool:
    """Tell whether an event can begin with this."""
    return (
        assessment.alertable
        and not assessment.follow_up
        and assessment.hazard is not None
        and assessment.place is not None
        and assessment.status in PUSHED
        and assessment.severity > Severity.NONE
    )


def opened(item: Item, assessment: Assessment, at: datetime, now: datetime) -> EventChange:
    """Return the change that opens an event with this report. The assessment is one that `may_open`."""
    hazard, place, status = assessment.hazard, assessment.place, assessment.status
    assert hazard is not None
    assert place is not None
    assert status is not None
    area = tuple({one.id: one for one in (place, *without_holders(assessment.places))}.values())
    event = Event(
        id=event_id(item, hazard, place),
        version=1,
        state=EventState.OPEN,
        hazard=hazard,
        place=place,
        area=area,
        severity=assessment.severity,
        urgency=assessment.urgency,
        certainty=assessment.certainty,
        status=status,
        headline=headline(item),
        first_seen_at=at,
        last_seen_at=at,
        also=assessment.also,
        impacts=assessment.impacts,
        targets=taken_in((), assessment.targets, place, at=at).entries,
        measures=taken_in((), assessment.measures, place, at=at).entries,
        reports=(report_of(item, assessment, None, at),),
        reassured=reassures(assessment),
        occurred_at=assessment.occurred,
        expires_at=item.expires,
    )
    event = settled(event)
    reason = Reason(code="official" if event.official else "one-voice")
    return EventChange(
        kind=ChangeKind.OPENED, before=None, after=event, cause=item.id, at=now, reasons=(reason, *assessment.reasons)
    )  # fmt: skip


def settled(event: Event) -> Event:
    """Return a fresh event in the state, severity and certainty that its voices allow."""
    certainty = Certainty.OBSERVED if corroborated(event) else min(event.certainty, Certainty.LIKELY)
    return replace(event, state=first_state(event), severity=shown(event, event.severity), certainty=certainty)


def shown(event: Event, severity: Severity) -> Severity:
    """Return the severity that may be shown: one unofficial voice never makes it extreme."""
    return severity if corroborated(event) else min(severity, CAP_UNCONFIRMED)


def report_of(item: Item, assessment: Assessment, event: Event | None, at: datetime) -> Report:
    """Return the item's contribution; its voice is that of the report that it copies, if it copies one."""
    return Report(
        item_id=item.id,
        source_id=item.source_id,
        outlet=item.outlet,
        voice=voice(item, event),
        official=item.official,
        title=headline(item),
        url=item.url,
        published_at=at,
        severity=assessment.severity,
        status=assessment.status,
        language=item.language or "",
        place_id=assessment.place.id if assessment.place else "",
        runs=runs(item),
    )


def reassures(assessment: Assessment) -> bool:
    """Tell whether the item carries an authority's reassurance, which ends nothing."""
    cues = [*(state.cue for state in assessment.targets), *(state.cue for state in assessment.measures)]
    return Cue.REASSURANCE in cues or any(reason.code == "reassurance" for reason in assessment.reasons)


def event_id(item: Item, hazard: Hazard, place: Place) -> str:
    """Return the id of the event that this item opens: from content, so that it is the same on every machine."""
    return sha256(f"{item.id}\n{hazard}\n{place.id}".encode()).hexdigest()[:16]
