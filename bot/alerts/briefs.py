"""The daily or weekly brief: what goes on at a chat's places, what ended, airports and borders, advice that changed."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.alerts.heads import standing
from bot.alerts.markup import Line, Run, Style, fitting, html, plain
from bot.alerts.reader import Reader
from bot.alerts.trips import advice_row
from bot.model.advice import Advice
from bot.model.alert import Lane, Message
from bot.model.event import Event
from bot.model.hazard import Target
from bot.model.place import Place
from bot.model.reading import Cue
from bot.model.watch import Chat
from bot.wording.local import day_and_time
from bot.wording.nouns import airport_state, way_state

_MOST = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class Way:
    """How an airport, an air space or a border stands, and since when."""

    place: Place
    what: Target
    cue: Cue
    since: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Brief:
    """What a brief tells. `since`: the one before; `open` the gravest first; `advice` only what changed since."""

    since: datetime
    watched: int
    open: tuple[Event, ...] = ()
    over: tuple[Event, ...] = ()
    board: tuple[Way, ...] = ()
    advice: tuple[Advice, ...] = ()

    @property
    def new(self) -> bool:
        """Whether anything is otherwise than at the brief before."""
        opened = any(event.first_seen_at >= self.since for event in self.open)
        return opened or bool(self.over or self.advice) or any(row.since > self.since for row in self.board)


def brief_message(brief: Brief, chat: Chat, reader: Reader, now: datetime) -> Message | None:
    """Return the brief, which never rings; None where nothing is new and the chat wants to hear nothing then."""
    if not brief.new and chat.brief is not None and chat.brief.only_news:
        return None
    lines = _whole(brief, reader, now) if brief.new else [_nothing(brief, reader)]
    if chat.discreet:
        lines = [(Run(reader.words.say("Outrider: your brief is there. /latest shows what goes on.")),)]
    shown = fitting(lines)
    return Message(html=html(shown), plain=plain(shown), silent=True, lane=Lane.QUIET, thread_id=chat.thread_id)


def _nothing(brief: Brief, reader: Reader) -> Line:
    words, since = reader.words, day_and_time(brief.since, reader.zone, reader.words)
    said = words.say("Your brief: nothing new at your places since {since}.", since=since)
    going = len(brief.open)
    more = words.plural("{count} event goes on.", "{count} events go on.", going, count=going) if going else ""
    return (Run(f"{said} {more}".strip()),)


def _whole(brief: Brief, reader: Reader, now: datetime) -> list[Line]:
    words = reader.words
    lines: list[Line] = [
        (Run(words.say("Your brief, {time}", time=day_and_time(now, reader.zone, words)), Style.BOLD),)
    ]
    events = [(Run(_marked(event, brief, reader)),) for event in brief.open]
    lines += _part(words.say("What goes on at your places:"), events, reader)
    lines += _part(
        words.say("Over since the last brief:"), [(Run(standing(one, reader)),) for one in brief.over], reader
    )
    lines += _part(words.say("Airports and borders:"), [(Run(_way(one, reader)),) for one in brief.board], reader)
    lines += _part(words.say("What governments advise now:"), [advice_row(one, reader) for one in brief.advice], reader)
    return lines


def _part(title: str, rows: Sequence[Line], reader: Reader) -> list[Line]:
    if not rows:
        return []
    more = len(rows) - _MOST
    rest: list[Line] = [(Run(reader.words.say("and {count} more", count=more)),)] if more > 0 else []
    return [(Run(title, Style.ITALIC),), *rows[:_MOST], *rest]


def _marked(event: Event, brief: Brief, reader: Reader) -> str:
    said = standing(event, reader)
    return reader.words.say("{event} (new)", event=said) if event.first_seen_at >= brief.since else said


def _way(way: Way, reader: Reader) -> str:
    words = reader.words
    local = way.what is Target.AIRPORT
    state = airport_state(way.cue, words) if local else way_state(way.what, way.cue, words)
    since = day_and_time(way.since, reader.zone, words)
    return words.say("{place}: {state}, since {since}", place=reader.place(way.place), state=state, since=since)
