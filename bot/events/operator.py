"""What an operator decides about an event. It stands: reports that come in late do not judge such an event anew."""

from dataclasses import replace
from datetime import datetime

from bot.events.lifecycle import moved
from bot.model.assessment import Reason, Severity, Status
from bot.model.event import ChangeKind, Event, EventChange

LONGEST_WHY = 300


def retract(event: Event, why: str, now: datetime) -> EventChange:
    """Return the change by which an operator withdraws an event that was reported in error.

    All chats that were told of it are told so. The press does not bring it back; an authority that says that it
    happened after all does, and that is told as an escalation.

    Raises:
        IllegalMoveError: it is withdrawn already, or was merged into another.
    """
    after = replace(
        event,
        version=event.version + 1,
        state=moved(event, ChangeKind.RETRACTED),
        severity=Severity.NONE,
        status=Status.DENIED,
        decided=True,
    )
    reason = Reason(code="operator", note=why.strip()[:LONGEST_WHY])
    return EventChange(
        kind=ChangeKind.RETRACTED, before=event, after=after, cause=None, at=now,
        reasons=(Reason(code=ChangeKind.RETRACTED), reason),
    )  # fmt: skip
