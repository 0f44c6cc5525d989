"""The scoring file (config/scoring.toml): read, checked as a whole, compiled. Its comments say what the keys mean."""

from itertools import pairwise
from pathlib import Path
from typing import Annotated, Literal, Self, TypeVar

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError, model_validator

from bot.app.config import faults_of, read_toml
from bot.assessment.experience import Experience
from bot.assessment.scoring import MODIFIERS, EvidenceTable, HazardRow, Ladder, Scoring
from bot.model.assessment import Certainty, Severity, Status, Urgency
from bot.model.errors import ConfigError, Fault
from bot.model.hazard import Hazard, Measure, Target
from bot.model.reading import Cue, Genre, ImpactKind

_K = TypeVar("_K")
_V = TypeVar("_V")

Weights = dict[str, dict[str, float]]
"""What was learnt: by language, by trait; see bot/assessment/experience.py."""

Points = Annotated[int, Field(ge=0, le=100)]


def _rising(steps: tuple[tuple[float, int], ...]) -> tuple[tuple[float, int], ...]:
    least = [step[0] for step in steps]
    if any(low >= high for low, high in pairwise(least)):
        raise ValueError("the steps must rise")
    return steps


Steps = Annotated[tuple[tuple[float, Points], ...], Field(min_length=1), AfterValidator(_rising)]


def _complete(table: dict[_K, _V], wanted: type[_K]) -> dict[_K, _V]:
    missing = [str(key) for key in wanted if key not in table]  # type: ignore[attr-defined]  # wanted is an enum
    if missing:
        raise ValueError(f"lacks {', '.join(missing)}")
    return table


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class EvidenceEntry(_Strict):
    """[evidence]."""

    needed: Points
    hint: Points
    plain: Points
    certain: Points
    body: Points
    again: Points
    claimed: Points
    threat: Points
    toll: Points
    status: Points
    official: Points
    no_place: Points
    background_title: Points
    title_silent: Points
    also: Points
    genres: dict[Genre, Points]

    @model_validator(mode="after")
    def _all_genres(self) -> Self:
        _complete(self.genres, Genre)
        return self

    def table(self) -> EvidenceTable:
        """Return it as the room of assessment takes it."""
        return EvidenceTable(
            needed=self.needed, strengths=(self.hint, self.plain, self.certain), body=self.body, again=self.again,
            claimed=self.claimed, threat=self.threat, toll=self.toll, status=self.status, official=self.official,
            no_place=self.no_place, background_title=self.background_title, title_silent=self.title_silent,
            also=self.also, genres=self.genres,
        )  # fmt: skip


class HazardEntry(_Strict):
    """One [hazards.<kind>]: beside the keys below any impact kind with its ladder."""

    unknown: Points
    status: Literal["past", "ongoing"]
    effect: bool = False
    needs_killed: Annotated[int, Field(ge=0)] = 0
    needs_injured: Annotated[int, Field(ge=0)] = 0
    needs_of: frozenset[str] = frozenset()
    killed: Steps | None = None
    injured: Steps | None = None
    missing: Steps | None = None
    kidnapped: Steps | None = None
    evacuated: Steps | None = None
    displaced: Steps | None = None
    affected: Steps | None = None
    cases: Steps | None = None
    magnitude: Steps | None = None
    storm_category: Annotated[Steps | None, Field(alias="storm-category")] = None
    wind_kmh: Annotated[Steps | None, Field(alias="wind-kmh")] = None

    def row(self, common: dict[ImpactKind, Steps]) -> HazardRow:
        """Return it as a row; the common ladders stand where it has none of its own."""
        own = {kind: steps for kind in ImpactKind if (steps := getattr(self, kind.value.replace("-", "_")))}
        return HazardRow(
            unknown=self.unknown,
            status=Status(self.status),
            effect=self.effect,
            needs_killed=self.needs_killed,
            needs_injured=self.needs_injured,
            needs_of=self.needs_of,
            ladders={kind: Ladder(steps) for kind, steps in {**common, **own}.items()},
        )


class CapEntry(_Strict):
    """[cap]: the words of CAP 1.2, and what they are here."""

    severity: dict[str, Severity]
    urgency: dict[str, Urgency]
    certainty: dict[str, Certainty]


class ExperienceEntry(_Strict):
    """[experience]: how far an item must lean to be decided by what was learnt (log-odds)."""

    keep: float
    raises: float

    @model_validator(mode="after")
    def _rising(self) -> Self:
        if self.keep > self.raises:
            raise ValueError("keep must not lie above raises")
        return self


class ScoringFile(_Strict):
    """The whole of scoring.toml."""

    version: str
    bands: dict[Literal["minor", "moderate", "severe", "extreme"], Annotated[int, Field(ge=1, le=100)]]
    evidence: EvidenceEntry
    hazards: dict[Hazard, HazardEntry]
    impacts: dict[ImpactKind, Steps]
    targets: dict[Target, dict[Cue, Points]]
    measures: dict[Measure, Points]
    modifiers: dict[str, Annotated[int, Field(ge=-100, le=100)]]
    phrases: dict[str, Points] = {}
    limits: dict[str, Points] = {}
    last_resort: Annotated[frozenset[str], Field(alias="last-resort")] = frozenset()
    phrase_status: Annotated[dict[str, Literal["past", "ongoing", "expected"]], Field(alias="phrase-status")] = {}
    experience: ExperienceEntry
    cap: CapEntry

    @model_validator(mode="after")
    def _whole(self) -> Self:
        if list(self.bands) != ["minor", "moderate", "severe", "extreme"] or sorted(set(self.bands.values())) != list(
            self.bands.values()
        ):
            raise ValueError("bands must be minor, moderate, severe, extreme, and rise")
        _complete(self.hazards, Hazard)
        _complete(self.measures, Measure)
        wrong = set(self.modifiers) ^ MODIFIERS
        if wrong:
            raise ValueError(f"modifiers: missing or not known: {', '.join(sorted(wrong))}")
        return self

    def scoring(self, learnt: Weights) -> Scoring:
        """Return it as the room of assessment takes it, with what was learnt."""
        return Scoring(
            version=self.version,
            bands={Severity(name): least for name, least in self.bands.items()},
            evidence=self.evidence.table(),
            hazards={kind: entry.row(self.impacts) for kind, entry in self.hazards.items()},
            targets=self.targets,
            measures=self.measures,
            modifiers=self.modifiers,
            phrases=self.phrases,
            limits=self.limits,
            last_resort=self.last_resort,
            phrase_status={key: Status(name) for key, name in self.phrase_status.items()},
            experience=Experience(weights=learnt, keep=self.experience.keep, raises=self.experience.raises),
            cap_severity=self.cap.severity,
            cap_urgency=self.cap.urgency,
            cap_certainty=self.cap.certainty,
        )


def load_scoring(path: Path) -> Scoring:
    """Return the scoring table of a file, with the weights of `experience.tsv` beside it if there is one.

    Raises ConfigError with every fault in the one or the other.
    """
    learnt = path.with_name("experience.tsv")
    try:
        return ScoringFile.model_validate(read_toml(path)).scoring(_weights(learnt) if learnt.exists() else {})
    except ValidationError as error:
        raise ConfigError(faults_of(path, error)) from None


def _weights(path: Path) -> Weights:
    """Return the weights of a file of lines `language<TAB>trait<TAB>weight`; lines that begin with # are comments."""
    found: dict[str, dict[str, float]] = {}
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        if line.startswith("#"):
            continue
        try:
            language, trait, weight = line.split("\t")
            found.setdefault(language, {})[trait] = float(weight)
        except ValueError:
            raise ConfigError((Fault(str(path), f"line {number}", "is not language, trait and weight"),)) from None
    return found
