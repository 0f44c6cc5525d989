"""An alert as it is read: an event's present state for one chat, as Telegram's HTML and as plain text."""

from datetime import datetime

from bot.alerts.deeds import buttons, show_button
from bot.alerts.facts import shown_severity, tag
from bot.alerts.heads import head
from bot.alerts.lines import (
    advice_line,
    confirmation_line,
    emergency_line,
    foot_line,
    headline_line,
    measures_line,
    mistake_line,
    near_line,
    repeat_line,
    sources_line,
    status_lines,
    toll_line,
    ways_lines,
)  # fmt: skip
from bot.alerts.markup import Line, Run, Style, fitting, html, plain
from bot.alerts.reader import Names, Reader
from bot.model.alert import Alert, AlertReason, Message
from bot.model.event import Event
from bot.model.place import Place
from bot.model.watch import Chat

_SOURCES = 4
_SOURCES_OF_A_REPLY = 2
_WHOLE = frozenset({AlertReason.FIRST, AlertReason.EDIT, AlertReason.CORRECTION})


def own_name(place: Place, _language: str) -> str:
    """Return the place's own name, whatever the language: for callers without a gazetteer."""
    return place.name


def render(
    alert: Alert,
    event: Event,
    chat: Chat,
    now: datetime,  # noqa: ARG001 - part of the port; times shown are the event's, so an unchanged edit stays the same
    *,
    repeat: bool = False,
    names: Names = own_name,
) -> Message:
    """Return the message that tells the event's present state for this alert's reason.

    A first alert, an edit and a correction tell the whole state; a reply tells what changed, then the state shortly.
    `repeat` marks a message that may have arrived before. Neither form exceeds 4096 UTF-16 units.
    """
    reader = Reader.of(chat, names)
    if chat.discreet:
        return _discreet(alert, event, reader)
    first: Line = (Run(head(alert, event, reader), Style.BOLD),)
    body = _whole(alert, event, reader) if alert.reason in _WHOLE else _short(event, reader)
    marks = [repeat_line(reader)] if repeat else []
    lines = fitting([first, *marks, *body])
    return Message(
        html=html(lines), plain=plain(lines), silent=alert.silent, buttons=buttons(alert, event, chat, reader)
    )


def _discreet(alert: Alert, event: Event, reader: Reader) -> Message:
    """Return what a lock screen may show: no hazard, no place, not even the tag's country; a button shows the rest.

    A spoiler would not do: desktop clients show its text in their notifications.
    """
    signs = tag(event).rpartition("-")[2]
    said: Line = (Run(reader.words.say("Outrider: a message for you ({signs})", signs=signs)),)
    return Message(
        html=html([said]), plain=plain([said]), silent=alert.silent, buttons=show_button(event, reader)
    )  # fmt: skip


def _whole(alert: Alert, event: Event, reader: Reader) -> list[Line]:
    return [
        *headline_line(event, event.headline or alert.headline),
        *ways_lines(event, reader),
        *measures_line(event, reader),
        *toll_line(event, reader),
        *status_lines(event, reader),
        *mistake_line(event, reader),
        *near_line(alert.match, event, reader),
        confirmation_line(event, reader),
        *advice_line(event, shown_severity(event), reader),
        *emergency_line(event, shown_severity(event), reader),
        foot_line(event, reader),
        *sources_line(event, reader, _SOURCES),
    ]  # fmt: skip


def _short(event: Event, reader: Reader) -> list[Line]:
    return [
        *ways_lines(event, reader),
        *measures_line(event, reader),
        *toll_line(event, reader),
        *status_lines(event, reader),
        *advice_line(event, shown_severity(event), reader),
        foot_line(event, reader),
        *sources_line(event, reader, _SOURCES_OF_A_REPLY),
    ]  # fmt: skip
