"""What an older item, that comes in late, makes of an event: its state judged anew against the one that was told.

What was told stays told. The change is named by what is now so and was not: an end, a graver severity, a further
place, a first toll, a closure or an order that stands. What has been overtaken meanwhile (a closure that is known to
be lifted) differs in nothing, and so it tells nothing.
"""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from bot.events.habit import AT_ONE_SITE
from bot.events.tolls import MANY_INJURED, dead, injured, many_evacuated
from bot.events.touching import touches
from bot.events.ways import IN_FORCE, RELIEF, ROUTES, SHUT, states, subject
from bot.model.assessment import MeasureState, Reason, Severity, TargetState
from bot.model.event import ChangeKind, Event, EventChange, EventState, News
from bot.model.hazard import Hazard, Measure, Target

_CLOSED = {EventState.ENDED: ChangeKind.ENDED, EventState.RETRACTED: ChangeKind.RETRACTED}
_LATE = Reason(code="late")


def difference(before: Event, anew: Event, cause: str, now: datetime) -> EventChange:
    """Return the change from an event as it was known to the same event judged anew."""
    after = replace(anew, id=before.id, version=before.version + 1)
    news = _news(before, after)
    kind = _kind(before, after, news)
    kept = news if kind in {ChangeKind.UPDATED, ChangeKind.ESCALATED, ChangeKind.WIDENED, ChangeKind.EASED} else ()
    return EventChange(
        kind=kind, before=before, after=after, cause=cause, at=now, news=kept, reasons=(Reason(code=kind), _LATE)
    )


def _kind(before: Event, after: Event, news: tuple[News, ...]) -> ChangeKind:
    """Return the strongest kind that is true."""
    closed, eases = before.state in _CLOSED, bool({News.REOPENED, News.MEASURE_LIFTED} & set(news))
    if after.state in _CLOSED and after.state is not before.state:
        return _CLOSED[after.state]
    moved = before.place.id in {place.id for place in after.mistaken}
    if (after.severity > before.severity and not moved) or (closed and after.live):
        return ChangeKind.ESCALATED
    found = {
        ChangeKind.NOTHING_NEW: closed,
        ChangeKind.CORRECTED: moved and after.live,
        ChangeKind.WIDENED: after.live and _wider(before, after),
        ChangeKind.EASED: after.state is EventState.EASING and eases,
        ChangeKind.EXPIRED: before.live and after.state is EventState.EXPIRED,
        ChangeKind.CONFIRMED: before.state is EventState.UNCONFIRMED and after.state is EventState.OPEN and not news,
        ChangeKind.UPDATED: bool(news) or _shown(before) != _shown(after),
    }
    return next((kind for kind, true in found.items() if true), ChangeKind.NOTHING_NEW)


def _shown(event: Event) -> tuple[object, ...]:
    """Return what people read of an event."""
    return (event.state, event.severity, event.hazard, event.area, event.impacts, event.targets, event.measures)


def _wider(before: Event, after: Event) -> bool:
    """Tell whether it has a place that lies outside the event as it was known."""
    return any(not any(touches(place, known) for known in before.area) for place in after.area)


def _news(before: Event, after: Event) -> tuple[News, ...]:
    """Return what is so now and was not, the most telling first."""
    new = _newly(IN_FORCE, before, after)
    over = _newly(RELIEF, before, after)
    found = {
        News.FIRST_TOLL: _first_toll(before, after),
        News.NEW_MEASURE: any(isinstance(one, MeasureState) and _orders(one, before, after) for one in new),
        News.NEW_CLOSURE: any(isinstance(one, TargetState) and _closes(one, after) for one in new),
        News.HIGHER_TOLL: dead(after.impacts) > dead(before.impacts) > 0,
        News.REOPENED: any(isinstance(one, TargetState) for one in over),
        News.MEASURE_LIFTED: any(isinstance(one, MeasureState) for one in over),
        News.REASSURANCE: after.reassured and not before.reassured,
    }
    return tuple(news for news, true in found.items() if true)


def _newly(cues: Iterable[object], before: Event, after: Event) -> list[TargetState | MeasureState]:
    """Return the states of such a sort that the event has now, of things that had none of that sort there."""
    known = [one for one in states(before) if one.cue in cues]
    return [one for one in states(after) if one.cue in cues and not any(_same(one, other) for other in known)]


def _same(one: TargetState | MeasureState, other: TargetState | MeasureState) -> bool:
    if subject(one) is not subject(other) or one.place is None or other.place is None:
        return subject(one) is subject(other)
    return touches(one.place, other.place)


def _first_toll(before: Event, after: Event) -> bool:
    if dead(before.impacts):
        return False
    return dead(after.impacts) > 0 or (not injured(before.impacts) and injured(after.impacts) >= MANY_INJURED)


def _orders(state: MeasureState, before: Event, event: Event) -> bool:
    if state.measure is Measure.EVACUATION and event.hazard in AT_ONE_SITE and not event.official:
        return many_evacuated(event.impacts)
    known = Hazard.TSUNAMI in {before.hazard, *before.also}
    wave = Hazard.TSUNAMI in {event.hazard, *event.also} and not known
    return wave or state.measure is not Measure.WARNING


def _closes(state: TargetState, event: Event) -> bool:
    if state.cue not in SHUT or state.target not in ROUTES:
        return False
    return event.severity >= Severity.SEVERE or state.target is not Target.ROAD
