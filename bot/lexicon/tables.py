"""The rows of a lexicon file (config/lexicon/<language>.toml) as plain data. What they mean: docs/lexicon.md."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import ClassVar

from bot.model.hazard import Hazard, Measure, Target
from bot.model.reading import Cue, Genre, ImpactKind, Polarity, TimeFrame

Phrases = tuple[str, ...]


class Family(StrEnum):
    """What a cue speaks of: a way or service that people use, or an official measure."""

    WAY = "way"
    MEASURE = "measure"


class Meaning(StrEnum):
    """What words around a mention say about it."""

    BACKGROUND = "background"
    FORECAST = "forecast"
    CURRENT = "current"
    NEGATED = "negated"
    CLAIMED = "claimed"


class Scope(StrEnum):
    """Which mentions of a sentence it concerns: those before it, after it, in its clause, or all."""

    BEFORE = "before"
    AFTER = "after"
    CLAUSE = "clause"
    SENTENCE = "sentence"


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A named entry: it holds where a phrase stands, none of `unless` does, and one of `needs` if there are any.

    `unless` and `needs` are looked for in the same sentence.
    """

    __pydantic_config__: ClassVar[Mapping[str, str]] = {"extra": "forbid"}  # for the check in bot/app/lexicon_file.py

    key: str
    phrases: Phrases
    unless: Phrases = ()
    needs: Phrases = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class HazardRow(Row):
    """Words that name a hazard; `strength` 1 (hint), 2 (names it), 3 (reports it)."""

    hazard: Hazard
    strength: int = 2
    frame: TimeFrame | None = None
    polarity: Polarity | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class TargetRow(Row):
    """Words for a way, service or measure, to be paired with a cue; `bare` is what they say without one."""

    target: Target | Measure
    bare: Cue | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CueRow(Row):
    """Words for a state, to be paired with a target of that family in the same clause."""

    cue: Cue
    of: Family
    frame: TimeFrame | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class StatusRow(Row):
    """A whole phrase that tells the state of a target."""

    target: Target | Measure
    cue: Cue
    frame: TimeFrame | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class GenreRow(Row):
    """Words that show what sort of writing it is. With `mask`, hazard words inside the phrase do not count."""

    genre: Genre
    strength: int = 2
    mask: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ContextRow(Row):
    """Words that set the time frame or the polarity of the mentions in their scope."""

    says: Meaning
    scope: Scope


@dataclass(frozen=True, slots=True, kw_only=True)
class ImpactRow(Row):
    """A count or measure: the `<number>` of the phrase, or `count` where the phrase says it in words.

    `factor` turns the number into the unit of the kind (miles an hour into km/h).
    """

    kind: ImpactKind
    count: tuple[float, float] | None = None
    factor: float = 1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class NumberTable:
    """How a language writes numbers. `vague` gives ranges ("dozens"); `units` after a number make it no count."""

    __pydantic_config__: ClassVar[Mapping[str, str]] = {"extra": "forbid"}

    words: Mapping[str, int]
    multipliers: Mapping[str, int]
    vague: Mapping[str, tuple[float, float]]
    decimal: str = "."
    at_least: Phrases = ()
    more_than: Phrases = ()
    up_to: Phrases = ()
    about: Phrases = ()
    between: Phrases = ()
    to: Phrases = ()
    units: Phrases = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class DateTable:
    """How a language writes dates; all lists begin with January, Monday. `days` are days before publication."""

    __pydantic_config__: ClassVar[Mapping[str, str]] = {"extra": "forbid"}

    months: tuple[Phrases, ...]
    weekdays: tuple[Phrases, ...]
    days: Mapping[str, int] = field(default_factory=dict)
    of: Phrases = ()
    next: Phrases = ()
    last: Phrases = ()
    since: Phrases = ()
    records: Phrases = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class LanguageTables:
    """A lexicon file. `breaks` are words that begin a new clause, beside punctuation.

    `glued` are what the language writes before a word without a blank: every word of a phrase may follow one of them.
    """

    __pydantic_config__: ClassVar[Mapping[str, str]] = {"extra": "forbid"}

    language: str
    numbers: NumberTable
    dates: DateTable
    glued: Phrases = ()
    slots: Mapping[str, Phrases] = field(default_factory=dict)
    breaks: Phrases = ()
    speakers: Phrases = ()
    voices: Phrases = ()
    hazard: tuple[HazardRow, ...] = ()
    target: tuple[TargetRow, ...] = ()
    cue: tuple[CueRow, ...] = ()
    status: tuple[StatusRow, ...] = ()
    genre: tuple[GenreRow, ...] = ()
    context: tuple[ContextRow, ...] = ()
    impact: tuple[ImpactRow, ...] = ()
