"""Naming the change: what an item makes of an event, the strongest kind that is true, with its reasons."""

from dataclasses import replace
from datetime import datetime

from bot.events.ending import eased_severity, relief, relief_news
from bot.events.habit import AT_ONE_SITE
from bot.events.lifecycle import allowed, moved
from bot.events.likeness import likeness
from bot.events.merge import Joined
from bot.events.opening import reassures, shown
from bot.events.tolls import MANY_INJURED, injured, many_evacuated
from bot.events.ways import ROUTES, SHUT
from bot.model.assessment import MeasureState, Reason, Severity, Status, TargetState
from bot.model.event import TOLD_NEWS, ChangeKind, Event, EventChange, EventState, News
from bot.model.hazard import Hazard, Measure, Target
from bot.model.reading import Cue

SAME_MATTER = 0.2  # share of stems from which a denial is about the report that it denies
_CLOSED = frozenset({EventState.ENDED, EventState.RETRACTED})


def named(joined: Joined, now: datetime, reasons: tuple[Reason, ...]) -> EventChange:
    """Return the one change that the report makes, the event after it with its state, severity and version."""
    news = _news(joined)
    kind = _kind(joined, news)
    if not allowed(joined.before.state, kind):
        kind, news = ChangeKind.NOTHING_NEW, ()
    if kind in {ChangeKind.EASED, ChangeKind.ENDED}:
        news = (*relief_news(joined), *(one for one in news if one is not News.NEW_CLOSURE))
    if kind in {ChangeKind.NOTHING_NEW, ChangeKind.RETRACTED, ChangeKind.CORRECTED}:
        news = ()
    after = replace(joined.after, version=joined.before.version + 1, severity=_severity(joined, kind))
    after = replace(after, state=moved(after, kind), status=_status(after, kind))
    if joined.before.state in _CLOSED and after.state is joined.before.state:  # what is over takes in no new closure
        after = replace(after, targets=joined.before.targets, measures=joined.before.measures)
    return EventChange(
        kind=kind,
        before=joined.before,
        after=after,
        cause=joined.item.id,
        at=now,
        news=news,
        reasons=(*reasons, *_because(joined, kind)),
    )


def _kind(joined: Joined, news: tuple[News, ...]) -> ChangeKind:
    """Return the strongest kind that is true."""
    if _denies(joined):
        return ChangeKind.RETRACTED
    ending = relief(joined)
    if ending is ChangeKind.ENDED:
        return ending
    if not joined.fresh or joined.assessment.status in {Status.ENDED, Status.DENIED}:
        return ending or ChangeKind.NOTHING_NEW
    if joined.before.state in _CLOSED:
        return ChangeKind.ESCALATED if _happens_after_all(joined) else ChangeKind.NOTHING_NEW
    return ChangeKind.CORRECTED if joined.moved else _going_on(joined, news, ending)


def _going_on(joined: Joined, news: tuple[News, ...], easing: ChangeKind | None) -> ChangeKind:
    """Return the kind for what goes on; an item that confirms and brings news worth telling is an update."""
    if not easing and _rises(joined, news):
        return ChangeKind.ESCALATED
    if joined.wider or joined.cause_known:
        return ChangeKind.WIDENED
    if easing:
        return easing
    silent = not TOLD_NEWS & set(news)
    if silent and (joined.lowered or joined.confirms):
        return ChangeKind.CORRECTED if joined.lowered else ChangeKind.CONFIRMED
    return ChangeKind.UPDATED if news or _moved_in(joined) else ChangeKind.NOTHING_NEW


def _denies(joined: Joined) -> bool:
    """Tell whether those who can withdraw it do: an authority, or the voice that alone brought it.

    What two voices or an authority have seen is not undone by one that denies it; and an outlet takes back its report
    in that report's words, not in any later text that says "no".
    """
    if joined.assessment.status is not Status.DENIED or joined.before.state is EventState.RETRACTED:
        return False
    if joined.item.official:
        return not joined.before.official
    own = [report.title for report in joined.before.reports if report.voice == joined.report.voice]
    return joined.before.state is EventState.UNCONFIRMED and likeness(joined.report.title, own) >= SAME_MATTER


def _happens_after_all(joined: Joined) -> bool:
    """Tell whether a closed event goes on: a fresh report of it, after its end, by a voice that can say so."""
    if joined.late or joined.assessment.status is not Status.ONGOING:
        return False
    return joined.item.official if joined.before.state is EventState.RETRACTED else True


def standing(event: Event) -> Severity:
    """Return how severe it is by its reports, even where one voice may not be shown as that."""
    if event.state in {EventState.UNCONFIRMED, EventState.OPEN}:
        return max(event.severity, *(report.severity for report in event.reports))
    return event.severity


def _rises(joined: Joined, news: tuple[News, ...]) -> bool:
    """Tell whether it is graver than known; once it eases only what is new makes it so, not a look back."""
    official = joined.item.official and joined.before.state is EventState.OPEN  # what others said of it is put right
    known = joined.before.severity if official else standing(joined.before)
    if joined.late or joined.assessment.severity <= known:
        return False
    if shown(joined.after, joined.assessment.severity) <= joined.before.severity:
        return False
    new = {News.NEW_CLOSURE, News.NEW_MEASURE, News.HIGHER_TOLL, News.FIRST_TOLL}
    return joined.before.state is not EventState.EASING or bool(joined.wider) or bool(new & set(news))


def _severity(joined: Joined, kind: ChangeKind) -> Severity:
    before = joined.before.severity
    match kind:
        case ChangeKind.RETRACTED:
            return Severity.NONE
        case ChangeKind.ENDED:
            return Severity.MINOR
        case ChangeKind.EASED:
            return eased_severity(before)
        case ChangeKind.ESCALATED | ChangeKind.WIDENED | ChangeKind.CORRECTED:
            return joined.lowered or shown(joined.after, max(before, joined.assessment.severity))
        case ChangeKind.CONFIRMED | ChangeKind.UPDATED if joined.before.state is EventState.UNCONFIRMED:
            return shown(joined.after, max(before, standing(joined.before)))
        case _:
            return before


def _status(event: Event, kind: ChangeKind) -> Status:
    return {ChangeKind.ENDED: Status.ENDED, ChangeKind.RETRACTED: Status.DENIED}.get(kind, event.status)


def _news(joined: Joined) -> tuple[News, ...]:
    """Return what the report brings, the most telling first."""
    if not joined.fresh or joined.assessment.status is Status.DENIED:
        return ()
    before, now = joined.dead_before, joined.dead_now
    severe = max(joined.before.severity, joined.assessment.severity) >= Severity.SEVERE
    own = not joined.copied or joined.before.state is not EventState.UNCONFIRMED
    found = {
        News.FIRST_TOLL: not before and (now > 0 or _first_injured(joined)),
        News.NEW_MEASURE: own and any(_orders(one, joined) for one in joined.measures.imposed),
        News.NEW_CLOSURE: own and any(_closes(one, severe=severe) for one in joined.targets.imposed),
        News.COME_TRUE: _comes_true(joined),
        News.HIGHER_TOLL: now > before > 0,
        News.REASSURANCE: reassures(joined.assessment) and not joined.before.reassured,
    }
    return tuple(news for news, true in found.items() if true)


def _first_injured(joined: Joined) -> bool:
    """Tell whether it brings the first count of people hurt, and they are many: of a few nobody needs a message."""
    hurt_before = injured(joined.before.impacts)
    return not hurt_before and injured(joined.assessment.impacts) >= MANY_INJURED


def _orders(state: MeasureState, joined: Joined) -> bool:
    """Tell whether it is an order to people there: that a burning house was emptied goes without saying."""
    if state.measure is not Measure.EVACUATION or joined.item.official or joined.before.hazard not in AT_ONE_SITE:
        return state.measure is not Measure.WARNING or _of_a_wave(joined)
    return many_evacuated(joined.assessment.impacts)


def _of_a_wave(joined: Joined) -> bool:
    """Tell whether it warns of a wave that was not known to threaten: a warning that people must act on at once."""
    told = {joined.assessment.hazard, *joined.assessment.also}
    return Hazard.TSUNAMI in told and Hazard.TSUNAMI not in {joined.before.hazard, *joined.before.also}


def _closes(state: TargetState, *, severe: bool) -> bool:
    """Tell whether it is a route newly shut; a street shut by a small event is not worth a message."""
    if state.cue not in SHUT or state.target not in ROUTES:
        return False
    return severe or state.target is not Target.ROAD


def _comes_true(joined: Joined) -> bool:
    """Tell whether what was announced or forecast now happens."""
    if joined.late or joined.before.status is not Status.EXPECTED:
        return False
    return joined.assessment.status in {Status.ONGOING, Status.PAST}


def _moved_in(joined: Joined) -> bool:
    """Tell whether the message must be put right silently: a nearer place, a state, a count."""
    before, after = joined.before, joined.after
    changed = (before.place.id, _states(before), before.impacts) != (after.place.id, _states(after), after.impacts)
    return changed or before.state is EventState.EXPIRED


def _states(event: Event) -> tuple[tuple[str, Cue], ...]:
    ways = [(str(state.target), state.cue) for state in event.targets]
    return (*ways, *((str(state.measure), state.cue) for state in event.measures))


def _because(joined: Joined, kind: ChangeKind) -> tuple[Reason, ...]:
    """Return the grounds of the kind, by name."""
    found = {
        "independent-voice": joined.confirms,
        "copy": joined.copied,
        "follow-up": not joined.fresh,
        "late": joined.late,
        "cause-known": joined.cause_known,
        "new-place": bool(joined.wider),
        "wrong-place": joined.moved,
        "wrong-severity": bool(joined.lowered),
        "official": joined.item.official,
    }
    return (Reason(code=str(kind)), *(Reason(code=code) for code, true in found.items() if true))
