"""What an item says: mentions of places, hazards, statuses, impacts, each with its span."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from bot.model.hazard import Category, Hazard, Measure, Target
from bot.model.place import Place
from bot.model.text import Span


class Role(StrEnum):
    """Whether what the item reports happens at the place, or the place is only named."""

    EVENT = "event"
    MENTION = "mention"


class TimeFrame(StrEnum):
    """When a mentioned thing happens: now and the last 72 hours, earlier, or to come."""

    CURRENT = "current"
    BACKGROUND = "background"
    FORECAST = "forecast"


class Polarity(StrEnum):
    """Whether the text says that it is so, that somebody claims it, or that it is not so."""

    ASSERTED = "asserted"
    CLAIMED = "claimed"
    NEGATED = "negated"


class Cue(StrEnum):
    """What a text says of the state of a target, measure or hazard."""

    SUSPENDED = "suspended"
    CLOSED = "closed"
    CANCELLED = "cancelled"
    DIVERTED = "diverted"
    DISRUPTED = "disrupted"
    BLOCKED = "blocked"
    STRIKE = "strike"
    TO_RESTORE = "to-restore"
    PARTLY_RESTORED = "partly-restored"
    RESTORED = "restored"
    IMPOSED = "imposed"
    ADVISED = "advised"
    LIFTED = "lifted"
    EASED = "eased"
    ALL_CLEAR = "all-clear"
    REASSURANCE = "reassurance"
    DENIED = "denied"
    ONGOING = "ongoing"


class Genre(StrEnum):
    """What sort of writing it is, where that decides whether it reports an event."""

    COURT = "court"
    ANNIVERSARY = "anniversary"
    ANALYSIS = "analysis"
    POLITICS = "politics"
    SPORT = "sport"
    BUSINESS = "business"
    CULTURE = "culture"
    DRILL = "drill"
    FICTION = "fiction"
    FIGURE = "figure"
    STATISTICS = "statistics"
    FOILED = "foiled"
    APPEAL = "appeal"


class ImpactKind(StrEnum):
    """What is counted or measured."""

    KILLED = "killed"
    INJURED = "injured"
    MISSING = "missing"
    KIDNAPPED = "kidnapped"
    EVACUATED = "evacuated"
    DISPLACED = "displaced"
    AFFECTED = "affected"
    CASES = "cases"
    MAGNITUDE = "magnitude"
    STORM_CATEGORY = "storm-category"
    WIND_KMH = "wind-kmh"


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceMention:
    """A toponym of the text, the places that it could be, the one chosen, and its role with the reasons.

    `place` is None where the choice stayed open. `why` holds reason codes, the deciding one first.
    `demonym` marks "French", "Malian": they name a country but never an event place by themselves.
    """

    span: Span
    surface: str
    candidates: tuple[Place, ...]
    place: Place | None
    role: Role
    why: tuple[str, ...] = ()
    demonym: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class HazardMention:
    """Words that name a hazard. `phrase` is the key of the lexicon entry; `strength` 1 (hint) to 3 (certain)."""

    hazard: Hazard
    category: Category
    span: Span
    time_frame: TimeFrame
    polarity: Polarity
    phrase: str
    strength: int = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class StatusMention:
    """Words that tell the state of a way or service (`Target`) or of an official measure (`Measure`)."""

    cue: Cue
    target: Target | Measure
    span: Span
    time_frame: TimeFrame
    polarity: Polarity
    phrase: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Impact:
    """A count or a measure, as a range ("at least 14" is 14..inf; "dozens" is 24..99), with who says so."""

    kind: ImpactKind
    low: float
    high: float
    span: Span
    time_frame: TimeFrame = TimeFrame.CURRENT
    speaker: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class GenreMention:
    """Words that show what sort of writing it is."""

    genre: Genre
    span: Span
    phrase: str
    strength: int = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """All that one item says, before any judgement."""

    item_id: str
    language: str
    sentences: tuple[Span, ...] = ()
    places: tuple[PlaceMention, ...] = ()
    hazards: tuple[HazardMention, ...] = ()
    statuses: tuple[StatusMention, ...] = ()
    impacts: tuple[Impact, ...] = ()
    genres: tuple[GenreMention, ...] = ()
    occurred: datetime | None = None
    reader_version: str = "1"

    @property
    def event_places(self) -> tuple[Place, ...]:
        """The places where it happens, each once, in the order of the reading."""
        seen: dict[str, Place] = {}
        for mention in self.places:
            if mention.role is Role.EVENT and mention.place is not None:
                seen.setdefault(mention.place.id, mention.place)
        return tuple(seen.values())

    def sentence_of(self, span: Span) -> Span | None:
        """Return the sentence that holds the span."""
        return next((sentence for sentence in self.sentences if span.within(sentence)), None)
