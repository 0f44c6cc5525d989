"""The judgement of a hazard at a place: how severe, how urgent, how certain, and why."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from bot.model.hazard import Hazard, Measure, Target
from bot.model.place import Place
from bot.model.reading import Cue, ImpactKind
from bot.model.text import Span


class _Step(StrEnum):
    """A StrEnum whose members compare by their order of definition."""

    @property
    def step(self) -> int:
        """The place in the order of definition, from 0."""
        return type(self)._member_names_.index(self.name)

    def __lt__(self, other: object) -> bool:
        if isinstance(other, type(self)):
            return self.step < other.step
        return NotImplemented

    def __gt__(self, other: object) -> bool:
        if isinstance(other, type(self)):
            return self.step > other.step
        return NotImplemented

    def __le__(self, other: object) -> bool:
        if isinstance(other, type(self)):
            return self.step <= other.step
        return NotImplemented

    def __ge__(self, other: object) -> bool:
        if isinstance(other, type(self)):
            return self.step >= other.step
        return NotImplemented


class Severity(_Step):
    """RUBRIC.md section 4; `none` is not alertable."""

    NONE = "none"
    MINOR = "minor"
    MODERATE = "moderate"
    SEVERE = "severe"
    EXTREME = "extreme"


class Urgency(StrEnum):
    """RUBRIC.md section 3."""

    IMMEDIATE = "immediate"
    EXPECTED = "expected"
    FUTURE = "future"
    PAST = "past"


class Certainty(_Step):
    """RUBRIC.md section 3: observed is official or two independent voices, likely is one voice."""

    UNLIKELY = "unlikely"
    POSSIBLE = "possible"
    LIKELY = "likely"
    OBSERVED = "observed"


class Status(StrEnum):
    """RUBRIC.md section 3. Alerts are pushed for the first three; `ended` updates the event that it ends."""

    EXPECTED = "expected"
    ONGOING = "ongoing"
    PAST = "past"
    ENDED = "ended"
    DENIED = "denied"
    HISTORIC = "historic"


@dataclass(frozen=True, slots=True, kw_only=True)
class Reason:
    """A named, weighted ground with the words that gave it. `note` is for people, and may be empty."""

    code: str
    points: int = 0
    spans: tuple[Span, ...] = ()
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Toll:
    """A range of people or of a measure. `high` is inf for "at least"; `speaker` is who says so, or empty."""

    kind: ImpactKind
    low: float
    high: float
    speaker: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class TargetState:
    """The state of a way or service. `place` is an airport where the text names it, else the area concerned.

    `since` is when it was first reported so, once an event keeps it; it does not make two states differ.
    """

    target: Target
    cue: Cue
    place: Place | None
    since: datetime | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class MeasureState:
    """An official measure, in force or lifted, at the area concerned. `since` as in `TargetState`."""

    measure: Measure
    cue: Cue
    place: Place | None
    since: datetime | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Assessment:
    """The judgement of one hazard at one place by one item.

    `place` is the primary event place (None where none was found), `places` are all of them, it first.
    `alertable` is RUBRIC.md section 1. `follow_up` marks what only joins a known event (court, funeral, analysis).
    `score` is 0-100. `occurred` is when it happened, where the text says so.
    """

    item_id: str
    alertable: bool
    hazard: Hazard | None
    severity: Severity
    urgency: Urgency
    certainty: Certainty
    status: Status | None
    score: int
    reasons: tuple[Reason, ...]
    place: Place | None = None
    places: tuple[Place, ...] = ()
    also: tuple[Hazard, ...] = ()
    impacts: tuple[Toll, ...] = ()
    targets: tuple[TargetState, ...] = ()
    measures: tuple[MeasureState, ...] = ()
    follow_up: bool = False
    occurred: datetime | None = None
    assessor_version: str = "1"
