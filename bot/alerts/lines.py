"""The lines under an alert's first one: ways out, measures, toll, status, how near, how sure, what to do, by whom."""

from datetime import datetime

from bot.alerts.facts import measures, names_airport, shut_ways, sources, tag, tolls, voices, ways
from bot.alerts.heads import toll_words
from bot.alerts.markup import Line, Run, Style, quoted, safe_url
from bot.alerts.reader import Reader
from bot.model.assessment import MeasureState, Severity, Status, TargetState
from bot.model.event import Event, EventState
from bot.model.hazard import Hazard, Target
from bot.model.place import Place
from bot.model.watch import Match, Watch, WatchKind
from bot.wording import Words
from bot.wording.advice import advice, airport_advice, end_advice
from bot.wording.emergency import emergency_numbers
from bot.wording.local import day, day_and_time, direction, distance
from bot.wording.nouns import RESTORED, airport_state, measure_state, way_state

_LONGEST_HEADLINE = 180
_LONGEST_OUTLET = 40
_LONGEST_SPEAKER = 40
_MOST_STATES = 5
_SAME_PLACE_KM = 1.0
_NO_CALL = frozenset({Hazard.AIRPORT, Hazard.TRANSPORT, Hazard.INFRASTRUCTURE, Hazard.ADVISORY, Hazard.HEALTH})
"""What blocks ways or plans: no one calls the police about it."""


def headline_line(event: Event, headline: str) -> list[Line]:
    """Return the headline in the words of its outlet, quoted."""
    words = quoted(headline or event.headline, _LONGEST_HEADLINE)
    return [(Run(f"“{words}”", Style.ITALIC),)] if words else []


def ways_lines(event: Event, reader: Reader) -> list[Line]:
    """Return one line a way that is shut, disrupted or open again."""
    return [_text(_way(state, event, reader)) for state in ways(event)[:_MOST_STATES]]


def measures_line(event: Event, reader: Reader) -> list[Line]:
    """Return the official measures in force, in one line; a time that all of them share once, at its end."""
    told = measures(event, in_force=True)[:_MOST_STATES]
    if not told:
        return []
    times = [_since(state.since, event, reader) for state in told]
    shared = times[0] if len(set(times)) == 1 else ""
    said = [_measure(state, event, reader) + ("" if shared else time) for state, time in zip(told, times, strict=True)]
    return [_labelled(reader.words.say("Measures"), reader.words.joined(said) + shared, reader)]


def toll_line(event: Event, reader: Reader) -> list[Line]:
    """Return killed, injured and the rest with who says so, in one line."""
    if event.state is EventState.RETRACTED:
        return []
    said = []
    for toll in tolls(event):
        speaker = quoted(toll.speaker, _LONGEST_SPEAKER)
        phrase = toll_words(toll, reader)
        said.append(reader.words.say("{toll} ({speaker})", toll=phrase, speaker=speaker) if speaker else phrase)
    return [_labelled(reader.words.say("Toll"), reader.words.joined(said), reader)] if said else []


def status_lines(event: Event, reader: Reader) -> list[Line]:
    """Return whether it goes on, honestly: reassurance is told as what officials say, never as an end."""
    words = reader.words
    states = {
        EventState.ENDED: words.say("ended"),
        EventState.EXPIRED: words.say("no new reports; nobody has said that it is over"),
        EventState.RETRACTED: words.say("withdrawn"),
        EventState.MERGED: words.say("it is told of in the other alert from now on"),
        EventState.EASING: words.say("easing, not over"),
    }
    statuses = {
        Status.EXPECTED: words.say("expected"),
        Status.PAST: words.say("it has happened; effects may go on"),
    }
    known = states.get(event.state) or statuses.get(event.status)
    reassured = event.reassured and event.live
    lines = []
    if known or not reassured:
        lines.append(_labelled(words.say("Status"), known or words.say("going on"), reader))
    if reassured:
        lines.append(_text(words.say("Officials say it is under control; that is no all-clear.")))
    return lines


def mistake_line(event: Event, reader: Reader) -> list[Line]:
    """Return where it was told to be and was not."""
    if not event.mistaken:
        return []
    wrong = reader.place(event.mistaken[-1])
    return [_text(reader.words.say("Not in {place}, as was first reported", place=wrong))]


def near_line(match: Match, event: Event, reader: Reader) -> list[Line]:
    """Return how the event lies to what is watched, which is unknown of a chat that it only seemed to concern."""
    known = {place.id for place in event.mistaken}
    return [] if match.place.id in known else [_text(_how_near(match, reader))]


def _how_near(match: Match, reader: Reader) -> str:
    """Return how the place lies to what is watched; the grounds are those of `bot.watches.match`."""
    words = reader.words
    watched, place = _watched(match.watch, reader), reader.place(match.place)
    match match.why:
        case "in-country" | "in-region" | "in-group":
            return words.say("Inside {watch}, which you watch", watch=watched)
        case "airport-state":
            return words.say("At {watch}, which you watch", watch=watched)
        case "nationwide":
            return words.say("For the whole of {place}; you watch {watch}", place=place, watch=watched)
        case "all-country":
            return words.say("In {place}, no closer place is known; you watch {watch}",
                                   place=place, watch=watched)  # fmt: skip
        case "on-route":
            far = distance(match.distance_km or 0.0, words)
            return words.say("On your way {watch}, {distance} from it at most", watch=watched, distance=far)
        case _:
            return _near(match, watched, reader)


def _near(match: Match, watched: str, reader: Reader) -> str:
    """Return distance and direction, or that it is at the watched place itself."""
    words, pin = reader.words, match.watch.kind is WatchKind.PIN
    km, bearing = match.distance_km or 0.0, match.bearing
    if match.watch.kind is WatchKind.LIVE:
        return _near_you(km, bearing, words)
    if bearing is None or km < _SAME_PLACE_KM or match.place.id == match.watch.area[0].id:
        return words.say("At your pin") if pin else words.say("In {watch}, which you watch", watch=watched)
    far, wind = distance(km, words), direction(bearing, words)
    if pin:
        return words.say("{distance} {direction} of your pin", distance=far, direction=wind)
    return words.say("{distance} {direction} of {watch}, which you watch", distance=far, direction=wind, watch=watched)


def _near_you(km: float, bearing: float | None, words: Words) -> str:
    if bearing is None or km < _SAME_PLACE_KM:
        return words.say("Where you are")
    return words.say("{distance} {direction} of you", distance=distance(km, words), direction=direction(bearing, words))


def _watched(watch: Watch, reader: Reader) -> str:
    match watch.kind:
        case WatchKind.PIN:
            return reader.words.say("your pin")
        case WatchKind.LIVE:
            return reader.words.say("your live location")
        case WatchKind.ROUTE:
            return " – ".join(reader.place(end) for end in watch.area)
        case _:
            return reader.place(watch.area[0])


def confirmation_line(event: Event, reader: Reader) -> Line:
    """Return how many independent voices report it."""
    words, heard = reader.words, voices(event)
    if heard.unconfirmed:
        return _text(words.say("Unconfirmed: one source"))
    if heard.all == heard.official == 1:
        return _text(words.say("Reported by an official source"))
    said = words.plural("{count} independent source", "{count} independent sources", heard.all, count=heard.all)
    if heard.official:
        said += words.plural(", {count} official", ", {count} official", heard.official,
                             count=heard.official)  # fmt: skip
    return _text(said)


def advice_line(event: Event, severity: Severity, reader: Reader) -> list[Line]:
    """Return what to do."""
    words = reader.words
    if event.state in {EventState.RETRACTED, EventState.EXPIRED, EventState.MERGED}:
        return []
    if event.state is EventState.ENDED:
        return [(Run("➡️ "), Run(end_advice(words), Style.BOLD))]
    said = advice(event.hazard, severity, words)
    airport_shut = any(state.target in {Target.AIRPORT, Target.AIRSPACE, Target.FLIGHTS} for state in shut_ways(event))
    if airport_shut and event.hazard is not Hazard.AIRPORT:
        said += " " + airport_advice(words)
    return [(Run("➡️ "), Run(said, Style.BOLD))]


def emergency_line(event: Event, severity: Severity, reader: Reader) -> list[Line]:
    """Return whom to call where lives are in danger, as far as it is surely known."""
    numbers = emergency_numbers(event.place.country or "")
    if numbers is None or severity < Severity.SEVERE or not event.live or event.hazard in _NO_CALL:
        return []
    words = reader.words
    if numbers.for_all:
        return [_text(f"☎️ {numbers.for_all}")]
    services = (
        (words.say("police {number}", number=numbers.police), numbers.police),
        (words.say("ambulance {number}", number=numbers.ambulance), numbers.ambulance),
        (words.say("fire {number}", number=numbers.fire), numbers.fire),
    )
    said = words.joined([phrase for phrase, known in services if known])
    return [_text(f"☎️ {said}")]


def sources_line(event: Event, reader: Reader, limit: int) -> list[Line]:
    """Return the outlets, each a link to its report where it has an address that is safe."""
    runs: list[Run] = []
    for report in sources(event, limit):
        outlet = quoted(report.outlet, _LONGEST_OUTLET) or reader.words.say("a source")
        official = reader.words.say(" (official)") if report.official else ""
        comma = reader.words.say(", ") if runs else ""
        runs += [Run(comma), Run(reader.words.isolated(outlet), url=safe_url(report.url)), Run(official)]
    label = Run(reader.words.say("{label}: ", label=reader.words.say("Sources")))
    return [(label, *(run for run in runs if run.text))] if runs else []


def foot_line(event: Event, reader: Reader) -> Line:
    """Return when it was first reported, in the reader's zone, its day where that was an earlier one, and the tag.

    A reading knows the day on which it happened, not the hour.
    """
    words = reader.words
    said = words.say("First report {time}", time=_moment(event.first_seen_at, reader))
    if event.occurred_at is not None and event.occurred_at.date() < event.first_seen_at.date():
        said = words.say("Happened {day}", day=day(event.occurred_at, words)) + " · " + said
    if event.last_seen_at > event.first_seen_at:
        hour = _hour_of_the_day(event.last_seen_at, event, reader)
        latest = words.say(", latest {time}", time=_moment(event.last_seen_at, reader))
        said += words.say(", latest {hour}", hour=hour) if hour else latest
    return _text(words.say("{said} · {tag}", said=said, tag=tag(event)))


def repeat_line(reader: Reader) -> Line:
    """Return the mark of a message that may have arrived before."""
    return _text(reader.words.say("(repeat: delivery could not be confirmed)"))


def _way(state: TargetState, event: Event, reader: Reader) -> str:
    icon = "✅" if state.cue in RESTORED else "⛔"
    if names_airport(state) and state.place is not None:
        label = reader.words.say("{label}: ", label=reader.place(state.place))
        said = label + airport_state(state.cue, reader.words)
    else:
        said = way_state(state.target, state.cue, reader.words)
        said = said[:1].upper() + said[1:] + _at(state.place, event, reader)
    return f"{icon} {said}{_since(state.since, event, reader)}"


def _measure(state: MeasureState, event: Event, reader: Reader) -> str:
    said = measure_state(state.measure, state.cue, reader.words)
    return said + _at(state.place, event, reader)


def _at(place: Place | None, event: Event, reader: Reader) -> str:
    """Return the place of a state in brackets, where it is not the event's own."""
    return f" ({reader.place(place)})" if place is not None and place.id != event.place.id else ""


def _since(since: datetime | None, event: Event, reader: Reader) -> str:
    if since is None:
        return ""
    if hour := _hour_of_the_day(since, event, reader):
        return reader.words.say(" since {hour}", hour=hour)
    return reader.words.say(" since {time}", time=_moment(since, reader))


def _hour_of_the_day(moment: datetime, event: Event, reader: Reader) -> str:
    """Return the hour of what is of the day of the first report, for the foot names day and zone; else nothing."""
    local = moment.astimezone(reader.zone)
    same_day = local.date() == event.first_seen_at.astimezone(reader.zone).date()
    return f"{local:%H:%M}" if same_day else ""


def _moment(moment: datetime, reader: Reader) -> str:
    return day_and_time(moment, reader.zone, reader.words)


def _labelled(label: str, said: str, reader: Reader) -> Line:
    return (Run(reader.words.say("{label}: ", label=label)), Run(said))


def _text(text: str) -> Line:
    return (Run(text),)
