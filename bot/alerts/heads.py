"""The first line of an alert, all that a lock screen shows: how severe or what changed, what, where."""

from bot.alerts.facts import measures, restored_ways, shown_severity, shut_ways, tolls, voices
from bot.alerts.reader import Reader
from bot.model.alert import Alert, AlertReason
from bot.model.assessment import Severity, Status, TargetState, Toll
from bot.model.event import Event, EventState, News
from bot.model.hazard import Hazard
from bot.wording import marked
from bot.wording.local import amount
from bot.wording.nouns import MEASURED, counted, hazard_name, measure_state, severity_name, way_state

_ICONS = {
    Severity.EXTREME: "🔴", Severity.SEVERE: "🟠", Severity.MODERATE: "🟡", Severity.MINOR: "🔵", Severity.NONE: "⚪",
}  # fmt: skip
_OVER = "🟢"
_VOID = "⚪"

_CLOSED_STATES: dict[EventState, tuple[str, str]] = {
    EventState.ENDED: (_OVER, marked("All clear: {what} – {where}")),
    EventState.EXPIRED: (_VOID, marked("No new reports: {what} – {where}")),
    EventState.RETRACTED: (_VOID, marked("Withdrawn, it was reported in error: {what} – {where}")),
    EventState.MERGED: (_VOID, marked("The same as another alert: {what} – {where}")),
}
_MOST_CHANGES = 3


def head(alert: Alert, event: Event, reader: Reader) -> str:
    """Return the first line: what changed for a reply, else how severe; the end of the event before either."""
    if event.state in _CLOSED_STATES:
        return standing(event, reader)
    words = reader.words
    what, where = _what(event, reader), reader.where(event)
    icon, severity = _ICONS[shown_severity(event)], severity_name(shown_severity(event), words)
    match alert.reason:
        case AlertReason.ESCALATION:
            line = words.say("Now {severity}: {what} – {where}", severity=severity, what=what, where=where)
        case AlertReason.WIDENING:
            line = words.say("Wider area, {severity}: {what} – {where}", severity=severity, what=what, where=where)
        case AlertReason.CORRECTION:
            line = words.say("Correction, {severity}: {what} – {where}", severity=severity, what=what, where=where)
        case AlertReason.UPDATE | AlertReason.EASING:
            what = hazard_name(event.hazard, words)
            changes = _changes(alert, event, reader)[:_MOST_CHANGES] or [_unnamed_change(alert, reader)]
            line = words.say("{changes} – {where} ({what}, {severity})", changes=_capital(words.joined(changes)),
                             where=where, what=what, severity=severity)  # fmt: skip
        case _:
            return standing(event, reader)
    return f"{icon} {line}"


def standing(event: Event, reader: Reader) -> str:
    """Return how the event stands now in one line, whoever asks: how severe, what, where; or that it is over."""
    words = reader.words
    what, where = _what(event, reader), reader.where(event)
    if event.state in _CLOSED_STATES:
        icon, phrase = _CLOSED_STATES[event.state]
        return f"{icon} {words.say(phrase, what=what, where=where)}"
    severity = shown_severity(event)
    present = _present(severity_name(severity, words), event, reader)
    line = words.say("{severity}: {what} – {where}", severity=present, what=what, where=where)
    return f"{_ICONS[severity]} {line}"


def toll_words(toll: Toll, reader: Reader) -> str:
    """Return a toll in words: "at least 14 killed"."""
    words = reader.words
    if toll.kind in MEASURED:
        return counted(toll.kind, amount(toll.low, toll.high, words), 0, words)
    return amount(
        toll.low, toll.high, words, lambda figure, count: counted(toll.kind, figure, int(count), words)
    )  # fmt: skip


def way_words(states: tuple[TargetState, ...], reader: Reader) -> list[str]:
    """Return ways in words, each once: "airport closed", "border closed"."""
    said = (way_state(state.target, state.cue, reader.words) for state in states)
    return [phrase for phrase in dict.fromkeys(said) if phrase]


def _what(event: Event, reader: Reader) -> str:
    """Return the hazard with what it shut: "armed attack, airport closed"; "curfew" rather than "official measure"."""
    words = reader.words
    shut = way_words(shut_ways(event), reader) if event.live else []
    ordered = [measure_state(state.measure, state.cue, words) for state in measures(event, in_force=True)]
    match event.hazard:
        case Hazard.AIRPORT | Hazard.TRANSPORT | Hazard.INFRASTRUCTURE if shut:
            said = shut
        case Hazard.ADVISORY if ordered:
            said = ordered
        case _:
            said = [hazard_name(event.hazard, words), *shut]
    return words.joined(said[:_MOST_CHANGES])


def _present(severity: str, event: Event, reader: Reader) -> str:
    """Return the severity with what qualifies it: "SEVERE (unconfirmed)"."""
    words = reader.words
    qualifiers = []
    if voices(event).unconfirmed:
        qualifiers.append(words.say("unconfirmed"))
    if event.status is Status.EXPECTED:
        qualifiers.append(words.say("expected"))
    if event.state is EventState.EASING:
        qualifiers.append(words.say("easing"))
    return f"{severity} ({words.joined(qualifiers)})" if qualifiers else severity


def _changes(alert: Alert, event: Event, reader: Reader) -> list[str]:
    """Return what the news are, as the event's present state has them."""
    words = reader.words
    said: list[str] = []
    for news in alert.news:
        match news:
            case News.FIRST_TOLL | News.HIGHER_TOLL:
                said += [toll_words(toll, reader) for toll in tolls(event)]
            case News.NEW_MEASURE:
                said += [measure_state(state.measure, state.cue, words) for state in measures(event, in_force=True)]
            case News.NEW_CLOSURE:
                said += way_words(shut_ways(event), reader)
            case News.COME_TRUE:
                said.append(words.say("it is happening now"))
            case News.REOPENED:
                said += way_words(restored_ways(event), reader)
            case News.MEASURE_LIFTED:
                said += [measure_state(state.measure, state.cue, words) for state in measures(event, in_force=False)]
            case _:
                pass
    return list(dict.fromkeys(said))


def _unnamed_change(alert: Alert, reader: Reader) -> str:
    """Return the word for a change whose news do not say what it is."""
    return reader.words.say("easing") if alert.reason is AlertReason.EASING else reader.words.say("update")


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
