"""Why a chat was told of an event: the words, the score, the voices, the watch, and what was not believed."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from bot.alerts.facts import shown_severity, sources, tag
from bot.alerts.lines import confirmation_line, near_line
from bot.alerts.markup import Line, Run, Style, fitting, plain, quoted
from bot.alerts.reader import Reader
from bot.model.assessment import Assessment, Reason, Severity
from bot.model.event import Event
from bot.model.item import Item
from bot.model.place import Place
from bot.model.reading import Cue, Polarity, Reading, Role, TimeFrame
from bot.model.watch import Match, WatchKind
from bot.wording import Words, marked
from bot.wording.local import number
from bot.wording.nouns import hazard_name, severity_name

LONGEST = 1_500
"""UTF-16 units of the whole answer."""
_MOST_QUOTES, _MOST_VOICES = 4, 4
_LONGEST_QUOTE, _LONGEST_OUTLET = 50, 30

_POINTS: dict[str, str] = {
    "capital": marked("in the capital"),
    "several-sites": marked("at several places"),
    "expected": marked("only expected"),
    "claimed": marked("only claimed"),
    "weak-words": marked("the words are weak"),
    "capital-cut-off": marked("the capital is cut off"),
    "small-airport": marked("a small airport"),
    "source-severity": marked("the source's own level"),
    "ended": marked("it is over"),
    "limit": marked("limit"),
}
"""Grounds of a score in words, where their own words do not say it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reread:
    """A report's item, read once more: what decided about the event."""

    item: Item
    reading: Reading
    assessment: Assessment


def grounds_lines(event: Event, match: Match | None, reread: Sequence[Reread], reader: Reader) -> tuple[Line, ...]:
    """Return the answer, at most 1,500 units long.

    `match` is how the event concerned the chat when it was first told; None for a chat that was not. `reread` has the
    report first that made the event as grave as it is; it is empty where the words are no longer kept.
    """
    words = reader.words
    head = words.say("Why this alert · {tag}", tag=tag(event))
    lines: list[Line] = [(Run(head, Style.BOLD),)]
    lines += [*_words_lines(event, reread[0], reader)] if reread else [_bare_line(event, reader)]
    lines += [_labelled(words.say("Sources"), _voices(event, reader), reader)]
    if match is not None:
        lines += [*_watch_lines(event, match, reader)]
    if doubts := _doubts(event, reread, reader):
        lines.append(_labelled(words.say("Not believed"), " · ".join(doubts), reader))
    return fitting(lines, LONGEST)


def _words_lines(event: Event, one: Reread, reader: Reader) -> Iterable[Line]:
    words = reader.words
    place = words.say("{fact} – {grounds}", fact=reader.where(event), grounds=_quotes(_place_words(event, one), words))
    yield _labelled(words.say("Place"), place, reader)
    said = _quotes(_hazard_words(event, one), words) or words.say("in the source's own field")
    hazard = words.say("{fact} – {grounds}", fact=hazard_name(event.hazard, words), grounds=said)
    yield _labelled(words.say("Hazard"), hazard, reader)
    yield _labelled(words.say("Severity"), _score(event, one, reader), reader)


def _bare_line(event: Event, reader: Reader) -> Line:
    words = reader.words
    severity, hazard = severity_name(shown_severity(event), words), hazard_name(event.hazard, words)
    return (Run(words.say("{severity}: {hazard}, {place}. The words that decided are no longer kept.",
                          severity=severity, hazard=hazard, place=reader.where(event))),)  # fmt: skip


def _place_words(event: Event, one: Reread) -> list[str]:
    ids = {place.id for place in event.area} | {parent for place in event.area for parent in place.parents}
    found = [mention for mention in one.reading.places if mention.role is Role.EVENT]
    own = [mention for mention in found if mention.place is not None and mention.place.id in ids]
    return [mention.surface for mention in own or found]


def _hazard_words(event: Event, one: Reread) -> list[str]:
    said = [
        mention
        for mention in one.reading.hazards
        if mention.time_frame is not TimeFrame.BACKGROUND and mention.polarity is not Polarity.NEGATED
    ]
    own = [mention for mention in said if mention.hazard is event.hazard]
    also = [mention for mention in said if mention.hazard in event.also]
    return [one.item.words(mention.span) for mention in sorted(own or also, key=lambda mention: -mention.strength)]


def _score(event: Event, one: Reread, reader: Reader) -> str:
    """Return the level with the score and what it is made of, the strongest ground first."""
    words = reader.words
    parts = [part for reason in one.assessment.reasons if (part := _ground(reason, one.item, words))]
    level = severity_name(one.assessment.severity, words)
    said = words.say("{severity}, {score} of 100", severity=level, score=one.assessment.score)
    if parts:
        said = words.say("{fact} – {grounds}", fact=said, grounds=words.joined(parts[:_MOST_QUOTES]))
    if shown_severity(event) < event.severity:
        shown = severity_name(shown_severity(event), words)
        said += ". " + words.say("Shown as {severity} until a second source confirms it", severity=shown)
    return said


def _ground(reason: Reason, item: Item, words: Words) -> str:
    """Return "“14 people killed” 84", "in the capital +6"; nothing for what changed no points."""
    if not reason.points:
        return ""
    named = _POINTS.get(reason.code)
    first = reason.note or next((item.words(span) for span in reason.spans), "")
    label = words.say(named) if named else _quote(first) if first else ""
    return words.say("{ground}: {points}", ground=label, points=number(reason.points, words)) if label else ""


def _voices(event: Event, reader: Reader) -> str:
    outlets = [quoted(report.outlet, _LONGEST_OUTLET) for report in sources(event, _MOST_VOICES)]
    count = plain([confirmation_line(event, reader)])
    return reader.words.say("{count} ({outlets})", count=count, outlets=reader.words.joined(filter(None, outlets)))


def _watch_lines(event: Event, match: Match, reader: Reader) -> Iterable[Line]:
    words, watch = reader.words, match.watch
    near = plain(near_line(match, event, reader))
    if near:
        yield (Run(near),)
    least = severity_name(watch.min_severity, words)
    if watch.kind in {WatchKind.COUNTRY, WatchKind.REGION, WatchKind.GROUP}:
        said = words.say("you hear of all in it, from {severity} up", severity=least)
    elif watch.radius_km is not None:
        said = words.say("your own radius of {km} km, from {severity} up", km=number(watch.radius_km, words),
                         severity=least)  # fmt: skip
    elif watch.kind is WatchKind.AIRPORT:
        said = words.say("its own state and 30 km around it, from {severity} up", severity=least)
    elif watch.kind is WatchKind.ROUTE:
        said = words.say("50 km from the way and the airports of both ends, from {severity} up", severity=least)
    else:
        said = words.say("50 km, severe 100 km, extreme 350 km, from {severity} up", severity=least)
    yield _labelled(words.say("Rule"), said, reader)


def _doubts(event: Event, reread: Sequence[Reread], reader: Reader) -> list[str]:
    """Return what was read and did not count, with why."""
    words = reader.words
    doubts: list[str] = []
    for one in reread[:1]:
        doubts += _words_of_doubt(one, words)
        elsewhere = _only_named(event, one)
        if elsewhere:
            names = words.joined(dict.fromkeys(reader.place(place) for place in elsewhere[:_MOST_QUOTES]))
            doubts.append(words.say("{places}: only named", places=names))
    bare = sum(report.severity is Severity.NONE for report in event.reports)
    if bare:
        doubts.append(words.plural("{count} report only looks back, comments or denies",
                                   "{count} reports only look back, comment or deny", bare, count=bare))  # fmt: skip
    if event.mistaken:
        doubts.append(words.say("not in {place}, as was first reported", place=reader.place(event.mistaken[-1])))
    return doubts


def _words_of_doubt(one: Reread, words: Words) -> list[str]:
    doubts = []
    calm = [one.item.words(status.span) for status in one.reading.statuses if status.cue is Cue.REASSURANCE]
    earlier = [one.item.words(m.span) for m in one.reading.hazards if m.time_frame is TimeFrame.BACKGROUND]
    denied = [one.item.words(m.span) for m in one.reading.hazards if m.polarity is Polarity.NEGATED]
    if calm:
        doubts.append(words.say("{quotes}: no all-clear", quotes=_quotes(calm[:2], words)))
    if earlier:
        doubts.append(words.say("{quotes}: earlier", quotes=_quotes(earlier[:2], words)))
    if denied:
        doubts.append(words.say("{quotes}: said not to be so", quotes=_quotes(denied[:2], words)))
    return doubts


def _only_named(event: Event, one: Reread) -> list[Place]:
    ids = {place.id for place in event.area} | {parent for place in event.area for parent in place.parents}
    named = (mention.place for mention in one.reading.places if mention.role is Role.MENTION)
    return list({place.id: place for place in named if place is not None and place.id not in ids}.values())


def _quotes(said: Iterable[str], words: Words) -> str:
    once = list(dict.fromkeys(" ".join(text.split()) for text in said))
    return words.joined(_quote(text) for text in once[:_MOST_QUOTES])


def _quote(text: str) -> str:
    return f"“{quoted(text, _LONGEST_QUOTE)}”"


def _labelled(label: str, said: str, reader: Reader) -> Line:
    return (Run(reader.words.say("{label}: ", label=label), Style.BOLD), Run(said))
