"""Whom a change is told, and how: a first alert, a reply, a silent edit, or nothing (DESIGN.md, rules 3 to 5).

Text is rendered when it is sent, from the event's present state. So a first alert that still waits needs no second row
for what it will say anyway. Only when the event has grown graver meanwhile a new first alert takes its place: the one
that waits stands in the line, has the sound, and keeps the quiet hours of the lesser severity.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from bot.alerts.keys import key, key_of_graver, key_of_moved
from bot.model.alert import Alert, AlertReason, Delivery, Told
from bot.model.assessment import Severity
from bot.model.event import TOLD_NEWS, ChangeKind, EventChange
from bot.model.watch import Match, Watched

LIFE = {
    Severity.EXTREME: timedelta(hours=24),
    Severity.SEVERE: timedelta(hours=24),
    Severity.MODERATE: timedelta(hours=12),
}
LEAST_LIFE = timedelta(hours=6)
LIFE_OF_RELIEF = timedelta(hours=72)
"""How long it is worth telling after an outage. Who was told of an event must hear of its end, even late."""

_REASONS = {
    ChangeKind.OPENED: AlertReason.FIRST,
    ChangeKind.ESCALATED: AlertReason.ESCALATION,
    ChangeKind.WIDENED: AlertReason.WIDENING,
    ChangeKind.EASED: AlertReason.EASING,
    ChangeKind.ENDED: AlertReason.ALL_CLEAR,
    ChangeKind.RETRACTED: AlertReason.RETRACTION,
}
_RELIEF = frozenset({AlertReason.EASING, AlertReason.ALL_CLEAR, AlertReason.CORRECTION, AlertReason.RETRACTION})
_WAITS = frozenset({Delivery.NEW})
_NEVER_CAME = frozenset({Delivery.EXPIRED, Delivery.DEAD, Delivery.SUPERSEDED})


def is_told(change: EventChange) -> bool:
    """Tell whether chats that heard of the event, or watch its place, get a message because of this change."""
    return _reason(change) is not None


def plan(
    change: EventChange,
    matched: Sequence[tuple[Watched, Match]],
    told: Mapping[tuple[int, str], Told],
    now: datetime,
) -> tuple[Alert, ...]:
    """Return the alerts that the change means for the chats whose watches it concerns.

    `told` is what each chat was told of the event before, by (chat id, event id).
    """
    if change.kind is ChangeKind.NOTHING_NEW:
        return ()
    planned = (
        _alert(change, watched.chat.id, match, told.get((watched.chat.id, change.after.id)), now)
        for watched, match in matched
    )
    return tuple(alert for one in planned if one is not None for alert in _with_edit(change, one, told, now))


def _with_edit(
    change: EventChange, alert: Alert, told: Mapping[tuple[int, str], Told], now: datetime
) -> tuple[Alert, ...]:
    """Return the alert; before a correction also the edit of the message that names the wrong place."""
    if alert.reason is not AlertReason.CORRECTION:
        return (alert,)
    known = told.get((alert.chat_id, alert.event_id))
    edit_key = key(alert.chat_id, change, AlertReason.EDIT, known)
    return (_made(change, alert.match, AlertReason.EDIT, edit_key, now, alert.chat_id), alert)


def unreached(change: EventChange, alerts: Sequence[Alert], told: Mapping[tuple[int, str], Told]) -> tuple[int, ...]:
    """Return the chats that heard of the event and are to hear of its relief, though no watch of theirs meets it now.

    An event's place grows clearer, a nationwide order becomes that of a town: who was told of it must hear its end.
    """
    if _REASONS.get(change.kind) not in _RELIEF and change.kind is not ChangeKind.CORRECTED:
        return ()
    reached = {alert.chat_id for alert in alerts if alert.event_id == change.after.id}
    never = _NEVER_CAME | _WAITS
    heard = (one.chat_id for one in told.values() if one.event_id == change.after.id and one.first not in never)
    return tuple(sorted(set(heard) - reached))


def _reason(change: EventChange) -> AlertReason | None:
    """Return why those who know of the event get a message; None where an edit does, or nothing."""
    if change.kind is ChangeKind.UPDATED:
        return AlertReason.UPDATE if TOLD_NEWS & set(change.news) else None
    return _REASONS.get(change.kind)


def _alert(change: EventChange, chat_id: int, match: Match, told: Told | None, now: datetime) -> Alert | None:
    if told is None or told.first in _NEVER_CAME:
        return _first(change, chat_id, match, told, now)
    if told.first in _WAITS:
        return _overtaking(change, chat_id, match, told, now)
    reason = _of_rearranged(change, told) if change.rearranged else _reason(change) or _quiet_reason(change)
    if told.muted:
        return _of_muted(change, match, reason, told, now)
    return _made(change, match, reason, key(chat_id, change, reason, told), now, chat_id)


def _of_muted(change: EventChange, match: Match, reason: AlertReason, told: Told, now: datetime) -> Alert:
    """Return a silent edit for a chat that muted the event; an escalation to extreme asks once whether it stays so."""
    asks = reason is AlertReason.ESCALATION and change.after.severity is Severity.EXTREME
    reason = reason if asks else AlertReason.EDIT
    made = _made(change, match, reason, key(told.chat_id, change, reason, told), now, told.chat_id)
    return replace(made, asks=asks)


def _of_rearranged(change: EventChange, told: Told) -> AlertReason:
    """Return EDIT, unless the event is now known to be graver than this chat was ever told."""
    return AlertReason.ESCALATION if change.after.severity > told.severity else AlertReason.EDIT


def _quiet_reason(change: EventChange) -> AlertReason:
    """Return CORRECTION, a reply, for an event that was said to be elsewhere; EDIT for all other silent changes."""
    return AlertReason.CORRECTION if change.moved else AlertReason.EDIT


def _first(change: EventChange, chat_id: int, match: Match, told: Told | None, now: datetime) -> Alert | None:
    """Return the present state for a chat that does not know of the event: it began to watch later, or hears only now.

    What is over, or has sunk below the least severity of the watch, is no news to it.
    """
    if not change.after.live or change.after.severity < match.watch.min_severity:
        return None
    if told is not None and not is_told(change):
        return None
    return _made(change, match, AlertReason.FIRST, key(chat_id, change, AlertReason.FIRST, told), now, chat_id)


def _overtaking(change: EventChange, chat_id: int, match: Match, told: Told, now: datetime) -> Alert | None:
    """Return a first alert that takes the place of one that waits, when the event has grown graver; else None.

    What waits to tell the chat of a wrong place is withdrawn (storage), so that it is told of the right one instead.
    """
    if not change.after.live:
        return None
    if change.moved:
        return _made(change, match, AlertReason.FIRST, key_of_moved(chat_id, change.after), now, chat_id)
    if change.after.severity <= told.severity:
        return None
    return _made(change, match, AlertReason.FIRST, key_of_graver(chat_id, change.after), now, chat_id)


def _made(  # noqa: PLR0917 - one call's own values
    change: EventChange, match: Match, reason: AlertReason, alert_key: str, now: datetime, chat_id: int
) -> Alert:
    event = change.after
    not_before = match.quiet_until if _waits_for_morning(event.severity, reason) else None
    life = LIFE_OF_RELIEF if reason in _RELIEF else LIFE.get(event.severity, LEAST_LIFE)
    return Alert(
        key=alert_key,
        chat_id=chat_id,
        event_id=event.id,
        event_version=event.version,
        reason=reason,
        severity=event.severity,
        silent=not _rings(change, reason),
        match=match,
        created_at=now,
        expires_at=(not_before or now) + life,
        not_before=not_before,
        news=change.news,
        headline=event.headline,
    )


def _waits_for_morning(severity: Severity, reason: AlertReason) -> bool:
    """Tell whether quiet hours hold it back: all but extreme, and edits, which nobody hears."""
    if reason is AlertReason.EDIT:
        return False
    return severity is not Severity.EXTREME or reason in _RELIEF


def _rings(change: EventChange, reason: AlertReason) -> bool:
    """Tell whether it makes a sound: severe and extreme openings and escalations, for those who hear of them first."""
    if change.after.severity < Severity.SEVERE:
        return False
    grown = change.before is None or change.after.severity > change.before.severity
    news = change.moved or change.kind in {ChangeKind.OPENED, ChangeKind.ESCALATED, ChangeKind.WIDENED}
    if reason is AlertReason.CORRECTION:
        return grown
    return reason is AlertReason.ESCALATION or (reason is AlertReason.FIRST and (grown or news))
