"""The scoring table: every weight of the judgement, compiled from config/scoring.toml and handed in."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import TypeVar

from bot.assessment.experience import Experience
from bot.model.assessment import Certainty, Severity, Status, Urgency
from bot.model.hazard import Hazard, Measure, Target
from bot.model.reading import Cue, Genre, ImpactKind

_T = TypeVar("_T")

MODIFIERS = frozenset(
    {
        "capital", "several-sites", "several-from", "expected", "claimed", "weak-words", "capital-cut-off",
        "small-airport",
    }
)  # fmt: skip
"""The keys of the table of modifiers; severity.py says what each is for."""


@dataclass(frozen=True, slots=True)
class Ladder:
    """Points by size: `steps` are (least value, points), rising. Below the first step there are none."""

    steps: tuple[tuple[float, int], ...] = ()

    def at(self, value: float) -> int | None:
        """Return the points of the highest step that the value reaches, or None below the first."""
        reached = [points for least, points in self.steps if value >= least]
        return reached[-1] if reached else None


@dataclass(frozen=True, slots=True, kw_only=True)
class HazardRow:
    """How one kind of hazard is judged.

    `unknown` are the points where nothing is counted. `status` is what a current one is called when no words say
    otherwise (RUBRIC.md section 3): `past` for a blow, `ongoing` for what lasts. `effect` marks what another hazard
    may cause: the cause then names the event. `needs_killed` is the least toll of an accident that is alerted when
    nothing is shut (section 5), `needs_injured` the least number of injured that does as well; both ask only of what
    is told by the lexicon keys `needs_of` with a toll, or of all where none are listed. `ladders` hold the points of
    counts and measures.
    """

    unknown: int
    status: Status
    effect: bool = False
    needs_killed: int = 0
    needs_injured: int = 0
    needs_of: frozenset[str] = frozenset()
    ladders: Mapping[ImpactKind, Ladder] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class EvidenceTable:
    """What speaks for and against an item's reporting an event as news; points, weighed in `alertable.py`."""

    needed: int
    strengths: tuple[int, int, int]
    body: int
    again: int
    claimed: int
    threat: int
    toll: int
    status: int
    official: int
    no_place: int
    background_title: int
    title_silent: int
    also: int
    genres: Mapping[Genre, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Scoring:
    """All tables.

    `phrases` are points by lexicon key (or its beginning up to a dot), for single phrases that say more than their
    hazard does; `limits` likewise the most that counts where they stand, `phrase_status` what they are called while
    they are current. `last_resort` are lexicon
    keys that count only where no plainer words name a hazard. The `cap_*` tables map a CAP message's own words.
    `experience` is what was learnt beside the rules.
    """

    version: str
    bands: Mapping[Severity, int]
    evidence: EvidenceTable
    hazards: Mapping[Hazard, HazardRow]
    targets: Mapping[Target, Mapping[Cue, int]]
    measures: Mapping[Measure, int]
    modifiers: Mapping[str, int]
    phrases: Mapping[str, int] = field(default_factory=dict)
    limits: Mapping[str, int] = field(default_factory=dict)
    phrase_status: Mapping[str, Status] = field(default_factory=dict)
    last_resort: frozenset[str] = frozenset()
    experience: Experience = field(default_factory=Experience)
    cap_severity: Mapping[str, Severity] = field(default_factory=dict)
    cap_urgency: Mapping[str, Urgency] = field(default_factory=dict)
    cap_certainty: Mapping[str, Certainty] = field(default_factory=dict)

    def without_experience(self) -> "Scoring":
        """Return the same tables for the rules alone."""
        return replace(self, experience=Experience())

    def severity(self, score: int) -> Severity:
        """Return the level whose band holds the score; what is alerted is `minor` at least."""
        reached = [level for level, least in self.bands.items() if score >= least]
        return max(reached, default=Severity.MINOR)

    def phrase_points(self, phrase: str) -> int | None:
        """Return the points of a lexicon key, or of the longest beginning of it up to a dot, or None."""
        return _by_prefix(self.phrases, phrase)

    def limit_of_phrase(self, phrase: str) -> int | None:
        """Return the most points that count where that lexicon key stands, or None."""
        return _by_prefix(self.limits, phrase)

    def status_of_phrase(self, phrase: str) -> Status | None:
        """Return what a current hazard told by that lexicon key is called, or None where its kind decides."""
        return _by_prefix(self.phrase_status, phrase)


def _by_prefix(table: Mapping[str, _T], phrase: str) -> _T | None:
    while phrase:
        if phrase in table:
            return table[phrase]
        phrase = phrase.rpartition(".")[0]
    return None
