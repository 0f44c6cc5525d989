"""Alerts: one message to one chat, and what came of a try to send it."""

from dataclasses import dataclass
from datetime import datetime
from enum import IntEnum, StrEnum

from bot.model.assessment import Severity
from bot.model.event import News
from bot.model.watch import Match


class AlertReason(StrEnum):
    """Why a chat is told."""

    FIRST = "first"
    ESCALATION = "escalation"
    WIDENING = "widening"
    UPDATE = "update"
    EASING = "easing"
    ALL_CLEAR = "all-clear"
    CORRECTION = "correction"
    RETRACTION = "retraction"
    EDIT = "edit"


class Lane(IntEnum):
    """How urgent a message is among others, the most urgent first. QUIET is what nobody hears: silent edits."""

    REPLY = 0
    EXTREME = 1
    SEVERE = 2
    REST = 3
    QUIET = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Alert:
    """One message to one chat, or a silent edit of the message that it was told by.

    `key` says what the chat is told ("<chat>:<event>:<what>"), not which item told us: it is unique in the outbox.
    The text is rendered when it is sent, from the event's state at that time, so a message that had to wait tells
    what is so when it arrives. `not_before` holds it back (quiet hours). A reply answers the first alert of its event.
    `asks`: the chat muted the event, and this asks once whether it stays so.
    """

    key: str
    chat_id: int
    event_id: str
    event_version: int
    reason: AlertReason
    severity: Severity
    silent: bool
    match: Match
    created_at: datetime
    expires_at: datetime
    not_before: datetime | None = None
    news: tuple[News, ...] = ()
    headline: str = ""
    asks: bool = False


class Delivery(StrEnum):
    """State of an outbox row (notes on reliability: attempt committed before the call, outcome after it)."""

    NEW = "new"
    SENDING = "sending"
    SENT = "sent"
    AMBIGUOUS = "ambiguous"
    UNKNOWN = "unknown"
    DEAD = "dead"
    EXPIRED = "expired"
    SUPERSEDED = "superseded"


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What one chat was told of one event.

    `first` is the state of its first alert's row, `severity` the highest that was told or waits to be told,
    `keys` the keys of all its rows. `muted`: it wants to hear no more of the event.
    """

    chat_id: int
    event_id: str
    first: Delivery
    severity: Severity
    keys: frozenset[str]
    message_id: int | None = None
    muted: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class HandOver:
    """What a chat was told of one event counts as told of another, that an operator made of it.

    Its messages go over with it; with `copy` they stay, and it only counts as told of the other too.
    """

    chat_id: int
    from_event: str
    to_event: str
    copy: bool = False


@dataclass(frozen=True, slots=True)
class Sent:
    """The message stands in the chat. `topic_gone`: not in the topic that it was for, which is no more."""

    message_id: int
    topic_gone: bool = False


@dataclass(frozen=True, slots=True)
class TryLater:
    """Certainly not sent; try again at that time. `everyone` holds all chats back, not this one alone.

    `told`: the messenger itself said when, so there is no need to guess by backing off.
    """

    at: datetime
    why: str
    everyone: bool = False
    told: bool = False


@dataclass(frozen=True, slots=True)
class Never:
    """Certainly not sent, and never will be. `chat_gone` stops the chat; `moved_to` is its new id."""

    why: str
    chat_gone: bool = False
    moved_to: int | None = None


@dataclass(frozen=True, slots=True)
class Unknown:
    """No answer: it may have been sent."""

    why: str


Outcome = Sent | TryLater | Never | Unknown


class Deed(StrEnum):
    """What a button under an alert does."""

    MAP = "map"
    WHY = "why"
    SHOW = "show"
    MUTE = "mute"
    HEAR = "hear"
    WRONG = "wrong"
    READ = "read"
    ROLL_CALL = "roll call"
    SAFE = "safe"
    HELP = "help"
    AWAY = "away"
    CLOSE_CALL = "close call"


@dataclass(frozen=True, slots=True, kw_only=True)
class Button:
    """A button under a message: a link, an action with its callback data (at most 64 bytes), or a deed about something.

    `about` is the id of an event, or of a roll call.
    """

    label: str
    url: str = ""
    action: str = ""
    deed: Deed | None = None
    about: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """What is handed to a sender: HTML as Telegram takes it, and the same without markup."""

    html: str
    plain: str
    lane: Lane = Lane.REST
    silent: bool = False
    reply_to: int | None = None
    edit: int | None = None
    thread_id: int | None = None
    buttons: tuple[tuple[Button, ...], ...] = ()
