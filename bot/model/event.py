"""Events: things that happen in the world, and what changes about them."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from bot.model.assessment import (
    Assessment,
    Certainty,
    MeasureState,
    Reason,
    Severity,
    Status,
    TargetState,
    Toll,
    Urgency,
)
from bot.model.hazard import Hazard
from bot.model.item import Item
from bot.model.place import Place, Point


class EventState(StrEnum):
    """The life of an event; the legal moves stand in bot/events/lifecycle.py."""

    UNCONFIRMED = "unconfirmed"
    OPEN = "open"
    EASING = "easing"
    ENDED = "ended"
    EXPIRED = "expired"
    RETRACTED = "retracted"
    MERGED = "merged"


LIVE_STATES = frozenset({EventState.UNCONFIRMED, EventState.OPEN, EventState.EASING})


class ChangeKind(StrEnum):
    """What is new about an event, strongest first."""

    OPENED = "opened"
    RETRACTED = "retracted"
    ENDED = "ended"
    ESCALATED = "escalated"
    WIDENED = "widened"
    EASED = "eased"
    CORRECTED = "corrected"
    CONFIRMED = "confirmed"
    UPDATED = "updated"
    MERGED = "merged"
    EXPIRED = "expired"
    NOTHING_NEW = "nothing_new"


class News(StrEnum):
    """What an `updated` change brings; the first four are told, the rest are silent edits."""

    FIRST_TOLL = "first-toll"
    NEW_MEASURE = "new-measure"
    NEW_CLOSURE = "new-closure"
    COME_TRUE = "come-true"
    HIGHER_TOLL = "higher-toll"
    MEASURE_LIFTED = "measure-lifted"
    REOPENED = "reopened"
    REASSURANCE = "reassurance"
    NEW_SOURCE = "new-source"


BY_OPERATOR = "operator"
"""Code of the reason that an operator decided so; its note is why."""

TOLD_NEWS = frozenset({News.FIRST_TOLL, News.NEW_MEASURE, News.NEW_CLOSURE, News.COME_TRUE})
"""News that makes an update a message (DESIGN.md, rule 3); other news is a silent edit."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """One item's contribution to an event.

    `voice` is whom it counts for: a wire copy counts for the voice that it copies. `place_id` is where it says that it
    happened, empty where it does not say. `runs` are the smallest hashes of
    its word runs: texts that share half of them are one text.
    """

    item_id: str
    source_id: str
    outlet: str
    voice: str
    official: bool
    title: str
    url: str
    published_at: datetime
    severity: Severity
    status: Status | None
    language: str = ""
    place_id: str = ""
    runs: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True, weakref_slot=True)
class Event:
    """Something that happens in the world; what it causes (an airport shut, a curfew) belongs to it.

    `place` is the most precise place of the event, `area` are all its places (`place` first). `targets` and
    `measures` keep the newest state of each; `airports` are its airports' own states. `headline` is the title of
    the report that tells it best. `version` rises by one with each stored change. `mistaken` are the places where it
    was told to be and was not, the last one last. `decided`: an operator has decided about it.
    """

    id: str
    version: int
    state: EventState
    hazard: Hazard
    place: Place
    area: tuple[Place, ...]
    severity: Severity
    urgency: Urgency
    certainty: Certainty
    status: Status
    headline: str
    first_seen_at: datetime
    last_seen_at: datetime
    also: tuple[Hazard, ...] = ()
    impacts: tuple[Toll, ...] = ()
    targets: tuple[TargetState, ...] = ()
    measures: tuple[MeasureState, ...] = ()
    reports: tuple[Report, ...] = ()
    reassured: bool = False
    occurred_at: datetime | None = None
    expires_at: datetime | None = None
    merged_into: str | None = None
    mistaken: tuple[Place, ...] = ()
    decided: bool = False

    @property
    def live(self) -> bool:
        """Whether it still goes on, as far as is known."""
        return self.state in LIVE_STATES

    @property
    def countries(self) -> tuple[str, ...]:
        """ISO codes of its places, each once, the primary place's first."""
        return tuple(dict.fromkeys(place.country for place in self.area if place.country))

    @property
    def witnesses(self) -> tuple[Report, ...]:
        """Reports that tell of it as news; those that deny it, look back on it or only comment are none."""
        return tuple(report for report in self.reports if report.severity is not Severity.NONE)

    @property
    def voices(self) -> frozenset[str]:
        """Independent voices that report it."""
        return frozenset(report.voice for report in self.witnesses)

    @property
    def official(self) -> bool:
        """Whether an authority reports it."""
        return any(report.official for report in self.witnesses)


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """An item as it was understood, kept so that an event can be judged anew when an older item comes in late.

    `at` is when it was published, or came in where that is not said. An item may be stated several times, once in each
    of its wordings.
    """

    item: Item
    assessments: tuple[Assessment, ...]
    at: datetime

    @property
    def order(self) -> tuple[datetime, str, datetime, str]:
        """By what statements are judged one after the other, on every machine the same."""
        return (self.at, self.item.id, self.item.fetched_at or self.at, self.item.content_key)


@dataclass(frozen=True, slots=True, kw_only=True)
class EventChange:
    """What one item (or the passing of time: `cause` None) changes about an event.

    `before` is None for `opened`. `after` carries the new version; for `nothing_new` it may still hold the report.
    """

    kind: ChangeKind
    before: Event | None
    after: Event
    cause: str | None
    at: datetime
    news: tuple[News, ...] = ()
    reasons: tuple[Reason, ...] = ()

    @property
    def rearranged(self) -> bool:
        """Whether an operator joined or parted events by it: nothing happened, so nobody hears again what he heard."""
        decided = any(reason.code == BY_OPERATOR for reason in self.reasons)
        return decided and self.kind not in {ChangeKind.RETRACTED, ChangeKind.ENDED}

    @property
    def moved(self) -> bool:
        """Whether it says that the event is elsewhere than it was told to be."""
        elsewhere = self.before is not None and self.before.place.id != self.after.place.id
        return self.kind is ChangeKind.CORRECTED and elsewhere


@dataclass(frozen=True, slots=True, kw_only=True)
class Neighbourhood:
    """Where and since when the store looks for known events that an item may be about.

    An event is near when one of its countries is among `countries`, or its place lies within `km` of a point, or one
    of `words` (stems of a title) is a name by which it is known, and it was last seen at or after `since`. With `signs`
    of the countries' events only those are near that are wide, bear one of the signs (bot/events/neighbourhood.py), or
    were last seen at or after `at`, when the item was published: what they were then is not what they are now.
    """

    countries: tuple[str, ...]
    points: tuple[Point, ...]
    km: float
    since: datetime
    words: tuple[str, ...] = ()
    signs: tuple[str, ...] | None = None
    at: datetime | None = None
