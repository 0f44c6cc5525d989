"""An event as anybody may read it, whatever they watch: for other systems, and for those who ask about a place."""

from dataclasses import dataclass

from bot.alerts.facts import shown_severity
from bot.alerts.heads import standing
from bot.alerts.lines import (
    advice_line,
    confirmation_line,
    foot_line,
    headline_line,
    measures_line,
    mistake_line,
    sources_line,
    status_lines,
    toll_line,
    ways_lines,
)
from bot.alerts.markup import Line, plain
from bot.alerts.reader import Reader
from bot.model.event import Event

_SOURCES = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """`title` says how severe, what and where; `body` the rest, `advice` what to do (empty where nothing)."""

    title: str
    body: str
    advice: str


def account(event: Event, reader: Reader) -> Account:
    """Return the event's present state in plain text, in the reader's language."""
    lines: list[Line] = [
        *headline_line(event, event.headline),
        *ways_lines(event, reader),
        *measures_line(event, reader),
        *toll_line(event, reader),
        *status_lines(event, reader),
        *mistake_line(event, reader),
        confirmation_line(event, reader),
        foot_line(event, reader),
        *sources_line(event, reader, _SOURCES),
    ]
    advice = plain(advice_line(event, shown_severity(event), reader)).removeprefix("➡️").strip()
    return Account(title=standing(event, reader), body=plain(lines), advice=advice)
