"""One language's lexicon, compiled: phrasebooks for hazards, statuses, genres, contexts and impacts."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Generic, TypeVar

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
_REMEMBERED = 512  # sentences; more than any item of usual length has


class LexiconError(ValueError):
    """Entries that cannot be compiled: (key of the entry, why) each."""

    def __init__(self, faults: Sequence[tuple[str, str]]) -> None:
        super().__init__("; ".join(f"{key}: {why}" for key, why in faults))
        self.faults = tuple(faults)


@dataclass(frozen=True, slots=True)
class _Card:
    """What a pattern of the shelf stands for: an entry of a kind."""

    kind: int
    entry: object


class Shelf:
    """All phrases of a language in one phrasebook, so that a sentence is gone through once for all kinds of them.

    The last sentences are remembered, for the readers of hazards, statuses and the rest ask for the same ones in turn.
    """

    def __init__(self, glued: Iterable[str]) -> None:
        self._glued = tuple(glued)
        self._patterns: list[tuple[_Card, Compiled]] = []
        self._kinds = 0
        self._book: Phrasebook[_Card] | None = None
        self._seen = lru_cache(maxsize=_REMEMBERED)(self._go_through)

    def place(self, patterns: Iterable[tuple[object, Compiled]]) -> int:
        """Put entries of one kind on the shelf, before anything is looked for; return the kind's number."""
        self._kinds += 1
        self._patterns += [(_Card(self._kinds, entry), compiled) for entry, compiled in patterns]
        return self._kinds

    def find(self, kind: int, folded: str) -> Sequence[Found[Any]]:
        """Return the matches of one kind in a folded sentence, by start, the longest first; they may overlap."""
        return self._seen(folded).get(kind, ())

    def _go_through(self, folded: str) -> dict[int, list[Found[Any]]]:
        if self._book is None:
            self._book = Phrasebook(self._patterns, self._glued)
        kinds: dict[int, list[Found[Any]]] = {}
        for found in self._book.find(folded):
            plain = Found(found.entry.entry, found.start, found.end, found.numbers)
            kinds.setdefault(found.entry.kind, []).append(plain)
        return kinds


class Entries(Generic[R]):
    """Rows of one kind, found in a sentence with their conditions (`unless`, `needs`) kept."""

    def __init__(self, rows: Iterable[R], phrases: "_Phrases", shelf: Shelf) -> None:
        rows = tuple(rows)
        self._shelf = shelf
        self._rows = shelf.place(
            (row, each) for row in rows for each in phrases.compiled(row.key, "phrases", row.phrases)
        )
        self._unless = shelf.place(
            (row.key, each) for row in rows for each in phrases.compiled(row.key, "unless", row.unless)
        )
        self._needs = shelf.place(
            (row.key, each) for row in rows for each in phrases.compiled(row.key, "needs", row.needs)
        )
        self._needy = frozenset(row.key for row in rows if row.needs)

    def find(self, folded: str) -> list[Found[R]]:
        """Return the matches in a folded sentence, by start, the longest first; they may overlap."""
        found = self._shelf.find(self._rows, folded)
        if not found:
            return []
        against = {each.entry for each in self._shelf.find(self._unless, folded)}
        against |= self._needy - {each.entry for each in self._shelf.find(self._needs, folded)}
        return [each for each in found if each.entry.key not in against]


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
    voices: Phrasebook[str]
    numbers: Numbers
    dates: Dates


def compile_language(tables: LanguageTables) -> LanguageLexicon:
    """Return the lexicon of the tables; raises LexiconError with every fault."""
    numbers = Numbers(tables.numbers, tables.glued)
    phrases = _Phrases(PatternCompiler(tables.slots, numbers, tables.glued), tables.glued)
    phrases.check_keys(tables)
    shelf = Shelf(tables.glued)
    lexicon = LanguageLexicon(
        language=tables.language,
        hazards=Entries(tables.hazard, phrases, shelf),
        targets=Entries(tables.target, phrases, shelf),
        cues=Entries(tables.cue, phrases, shelf),
        statuses=Entries(tables.status, phrases, shelf),
        genres=Entries(tables.genre, phrases, shelf),
        contexts=Entries(tables.context, phrases, shelf),
        impacts=Entries(tables.impact, phrases, shelf),
        breaks=_breaks(tables.breaks, tables.glued),
        speakers=phrases.book(("speaker", pattern) for pattern in phrases.compiled("speakers", "", tables.speakers)),
        voices=phrases.book(("voice", pattern) for pattern in phrases.compiled("voices", "", tables.voices)),
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
