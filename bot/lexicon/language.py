"""One language's lexicon, compiled: phrasebooks for hazards, statuses, genres, contexts and impacts."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from bot.lexicon.dates import Dates
from bot.lexicon.numbers import Numbers
from bot.lexicon.pattern import Compiled, PatternCompiler, PatternError
from bot.lexicon.phrasebook import Found, Phrasebook
from bot.lexicon.tables import (
    ContextRow,
    CueRow,
    GenreRow,
    HazardRow,
    ImpactRow,
    LanguageTables,
    Row,
    StatusRow,
    TargetRow,
)
from bot.model.text import fold

E = TypeVar("E")
R = TypeVar("R", bound=Row)


class LexiconError(ValueError):
    """Entries that cannot be compiled: (key of the entry, why) each."""

    def __init__(self, faults: Sequence[tuple[str, str]]) -> None:
        super().__init__("; ".join(f"{key}: {why}" for key, why in faults))
        self.faults = tuple(faults)


class Entries(Generic[R]):
    """Rows of one kind, found in a sentence with their conditions (`unless`, `needs`) kept."""

    def __init__(self, rows: Iterable[R], phrases: "_Phrases") -> None:
        rows = tuple(rows)
        self._book = phrases.book(
            [(row, pattern) for row in rows for pattern in phrases.compiled(row.key, "phrases", row.phrases)]
        )
        self._unless = {
            row.key: phrases.compiled(row.key, "unless", row.unless) for row in rows if row.unless
        }  # fmt: skip
        self._needs = {row.key: phrases.compiled(row.key, "needs", row.needs) for row in rows if row.needs}

    def find(self, folded: str) -> list[Found[R]]:
        """Return the matches in a folded sentence, by start, the longest first; they may overlap."""
        return [found for found in self._book.find(folded) if self._holds(found.entry.key, folded)]

    def _holds(self, key: str, folded: str) -> bool:
        needs = self._needs.get(key)
        if needs and not any(pattern.expression.search(folded) for pattern in needs):
            return False
        return not any(pattern.expression.search(folded) for pattern in self._unless.get(key, ()))


@dataclass(frozen=True, slots=True, kw_only=True)
class LanguageLexicon:
    """The words of one language, ready for finding."""

    language: str
    hazards: Entries[HazardRow]
    targets: Entries[TargetRow]
    cues: Entries[CueRow]
    statuses: Entries[StatusRow]
    genres: Entries[GenreRow]
    contexts: Entries[ContextRow]
    impacts: Entries[ImpactRow]
    breaks: re.Pattern[str]
    speakers: Phrasebook[str]
    numbers: Numbers
    dates: Dates


def compile_language(tables: LanguageTables) -> LanguageLexicon:
    """Return the lexicon of the tables; raises LexiconError with every fault."""
    numbers = Numbers(tables.numbers, tables.glued)
    phrases = _Phrases(PatternCompiler(tables.slots, numbers, tables.glued), tables.glued)
    phrases.check_keys(tables)
    lexicon = LanguageLexicon(
        language=tables.language,
        hazards=Entries(tables.hazard, phrases),
        targets=Entries(tables.target, phrases),
        cues=Entries(tables.cue, phrases),
        statuses=Entries(tables.status, phrases),
        genres=Entries(tables.genre, phrases),
        contexts=Entries(tables.context, phrases),
        impacts=Entries(tables.impact, phrases),
        breaks=_breaks(tables.breaks, tables.glued),
        speakers=phrases.book(("speaker", pattern) for pattern in phrases.compiled("speakers", "", tables.speakers)),
        numbers=numbers,
        dates=Dates(tables.dates, tables.glued),
    )
    if phrases.faults:
        raise LexiconError(phrases.faults)
    return lexicon


def _breaks(words: Iterable[str], glued: Iterable[str]) -> re.Pattern[str]:
    """Match where a clause ends: at punctuation (not inside numbers) or at a word that begins the next."""
    choice = "|".join(re.escape(fold(word)) for word in words) or r"(?!)"
    opening = "|".join(re.escape(fold(each)) for each in glued)
    return re.compile(rf"[;:()]|,(?!\d)| - |(?<!\w)(?:{opening})?(?:{choice})(?!\w)")


class _Phrases:
    """Compiles phrases and gathers what is wrong with them."""

    def __init__(self, compiler: PatternCompiler, glued: Iterable[str]) -> None:
        self._compiler = compiler
        self._glued = tuple(map(fold, glued))
        self.faults: list[tuple[str, str]] = []

    def compiled(self, key: str, part: str, phrases: Iterable[str]) -> tuple[Compiled, ...]:
        done = []
        for phrase in phrases:
            try:
                done.append(self._compiler.compile(phrase))
            except PatternError as error:
                self.faults.append((f"{key}.{part}".rstrip("."), f"{phrase!r}: {error}"))
        return tuple(done)

    def book(self, patterns: Iterable[tuple[E, Compiled]]) -> Phrasebook[E]:
        """Return the phrasebook of compiled patterns."""
        return Phrasebook(patterns, self._glued)

    def check_keys(self, tables: LanguageTables) -> None:
        """A key names one entry of its kind: reasons and conditions are known by it."""
        for rows in (
            tables.hazard, tables.target, tables.cue, tables.status, tables.genre, tables.context, tables.impact,
        ):  # fmt: skip
            keys = [row.key for row in rows]
            self.faults += [(key, "stands twice") for key in sorted({key for key in keys if keys.count(key) > 1})]
