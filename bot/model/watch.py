"""Chats, what they watch, and how a change concerns a watch."""

from dataclasses import dataclass
from datetime import date, datetime, time
from enum import StrEnum

from bot.model.assessment import Severity
from bot.model.hazard import Hazard
from bot.model.place import Place, Point


class ChatKind(StrEnum):
    """Telegram's kinds of chat, and the terminal that `outrider run` writes to without a token."""

    PRIVATE = "private"
    GROUP = "group"
    SUPERGROUP = "supergroup"
    CHANNEL = "channel"
    TERMINAL = "terminal"


class ChatState(StrEnum):
    """Whether the chat can and wants to be told."""

    ACTIVE = "active"
    STOPPED = "stopped"
    UNREACHABLE = "unreachable"


@dataclass(frozen=True, slots=True)
class QuietHours:
    """Local times of a chat between which only extreme alerts pass; equal times mean off."""

    start: time
    end: time


@dataclass(frozen=True, slots=True)
class Brief:
    """When a chat wants a summary, by its own clock: each day, or on a weekday (0 is Monday).

    `only_news`: where there is nothing new, say nothing instead of one line.
    """

    at: time
    weekday: int | None = None
    only_news: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Chat:
    """A chat that can be told. `timezone` is an IANA name; `thread_id` is a forum topic.

    Until `snoozed_until` it is as in quiet hours. `discreet`: what it is told names nothing until a button is pressed.
    `asks_reader`: grave alerts bear a button by which somebody confirms to have read them.
    """

    id: int
    kind: ChatKind
    language: str = "en"
    timezone: str = "UTC"
    quiet: QuietHours | None = None
    state: ChatState = ChatState.ACTIVE
    thread_id: int | None = None
    snoozed_until: datetime | None = None
    brief: Brief | None = None
    discreet: bool = False
    pictures: bool = True
    asks_reader: bool = False


class WatchKind(StrEnum):
    """What is watched."""

    COUNTRY = "country"
    REGION = "region"
    PLACE = "place"
    AIRPORT = "airport"
    PIN = "pin"
    ROUTE = "route"
    GROUP = "group"
    LIVE = "live"


@dataclass(frozen=True, slots=True, kw_only=True)
class Watch:
    """A chat's wish to know about a place.

    `area` is the place watched; for a pin a place of kind city with the shared point and the country that it lies in;
    for a route the two ends; for a group of countries an area whose `countries` they are; for a live location, which
    moves, what a pin has, under an id of its own. `radius_km` None means by severity: 50, severe 100, extreme 350 km.
    `ends_at` is when a live location falls silent, whatever else. `due_at` is when the watch must be looked at next:
    a trip's brief, the end of its dates, of a live location.
    """

    id: int
    chat_id: int
    kind: WatchKind
    area: tuple[Place, ...]
    label: str
    radius_km: float | None = None
    min_severity: Severity = Severity.MODERATE
    hazards: frozenset[Hazard] | None = None
    active_from: date | None = None
    active_until: date | None = None
    trip_id: str | None = None
    muted_until: datetime | None = None
    ends_at: datetime | None = None
    due_at: datetime | None = None
    created_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Match:
    """A change concerns a watch. `distance_km` and `bearing` (degrees) lead from the watch to the event place.

    `quiet_until` is when the chat's quiet hours end, if it is in them now.
    """

    watch: Watch
    why: str
    place: Place
    distance_km: float | None = None
    bearing: float | None = None
    quiet_until: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Watched:
    """A watch with its chat, as the store hands them out together."""

    watch: Watch
    chat: Chat


@dataclass(frozen=True, slots=True, kw_only=True)
class Box:
    """Latitudes and longitudes in degrees. `west` > `east` means that it crosses the date line."""

    south: float
    north: float
    west: float
    east: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Disc:
    """All within `km` of a point. Of a watch: from where it hears; None means as far as the severity carries.

    `sea`: of an event place, it is a sea or the like. `land`: of a watch, a region whose outline its places tell, so
    that its disc counts for what happens at sea alone.
    """

    point: Point
    km: float | None
    sea: bool = False
    land: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Hearing:
    """By what a watch is found: words that it has in common with an event (bot/watches/index.py), or nearness."""

    keys: tuple[str, ...]
    discs: tuple[Disc, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Ears:
    """Which watches a change can concern at all: those that have a key in common with it, or hear one of its places.

    `severity` is the highest least severity that is asked for. Watches for other hazards than `hazards` (None: for any)
    are left out; so are those that sleep at `now`: their dates are over or to come, or they are muted (None: nobody is
    left out, `wakes`: the muted are not).
    """

    severity: Severity
    keys: tuple[str, ...] = ()
    places: tuple[Disc, ...] = ()
    hazards: frozenset[Hazard] | None = None
    now: datetime | None = None
    wakes: bool = False
