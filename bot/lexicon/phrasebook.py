"""Finding many phrases at once: an automaton over their anchors first, then the few expressions that can match."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from ahocorasick_rs import AhoCorasick, Implementation

from bot.lexicon.pattern import Compiled

E = TypeVar("E")
E_co = TypeVar("E_co", covariant=True)
_NO_WORD = re.compile(r"\W")
_SHORT = 500  # characters; so short a sentence is searched whole


@dataclass(frozen=True, slots=True)
class Found(Generic[E_co]):
    """An entry's phrase at characters start..end of a folded sentence; `numbers` are its number slots' offsets."""

    entry: E_co
    start: int
    end: int
    numbers: tuple[tuple[int, int], ...] = ()

    def within(self, other: "Found[object]") -> bool:
        """Tell whether it lies wholly inside the other."""
        return other.start <= self.start and self.end <= other.end

    def overlaps(self, other: "Found[object]") -> bool:
        """Tell whether the two share a character."""
        return self.start < other.end and other.start < self.end


class _Spots:
    """Where words of each set stand in a sentence; worked out for a set when it is first asked for."""

    def __init__(self, hits: Sequence[tuple[int, int, int]], sets: Sequence[frozenset[int]]) -> None:
        self._hits, self._sets = hits, sets
        self._known: dict[int, list[tuple[int, int]]] = {}
        self.present = frozenset().union(*(sets[word] for word, _, _ in hits))

    def of(self, number: int) -> list[tuple[int, int]]:
        """Return the starts and ends of a set's words, in order."""
        if number not in self._known:
            self._known[number] = [(start, end) for word, start, end in self._hits if number in self._sets[word]]
        return self._known[number]


@dataclass(frozen=True, slots=True)
class _Pattern(Generic[E]):
    """A pattern with the numbers of its sets of words: those of anchors and heads (None: none), and all it needs."""

    entry: E
    compiled: Compiled
    anchors: int
    heads: int | None
    needed: frozenset[int]

    def matches(self, folded: str, spots: _Spots) -> Iterator[re.Match[str]]:
        """Give the matches: tried where a head stands, else searched for around the anchors."""
        expression = self.compiled.expression
        if self.heads is None:
            if len(folded) <= _SHORT:
                yield from expression.finditer(folded)
                return
            for low, high in _windows(spots.of(self.anchors), self.compiled.width, len(folded)):
                yield from expression.finditer(folded, low, high)
            return
        for start, _ in spots.of(self.heads):
            match = expression.match(folded, start)
            if match is not None:
                yield match


class Phrasebook(Generic[E]):
    """Entries by their patterns. Time is that of one pass over the text and of the windows around anchors.

    `glued` are what a language writes before a word without a blank ("و", "بال"): the word is found behind them too.
    """

    def __init__(self, patterns: Iterable[tuple[E, Compiled]], glued: Iterable[str] = ()) -> None:
        patterns = list(patterns)
        self._glued = frozenset(glued)
        self._longest = max(map(len, self._glued), default=0)
        numbers: dict[frozenset[str], int] = {}
        for _, compiled in patterns:
            for words in (compiled.anchors, compiled.heads, *compiled.beside):
                if words:
                    numbers.setdefault(words, len(numbers))
        sets_of_word: dict[str, list[int]] = {}
        for words, number in numbers.items():
            for word in words:
                sets_of_word.setdefault(word, []).append(number)
        self._of_set: dict[int, list[_Pattern[E]]] = {}
        for entry, compiled in patterns:
            sets = (compiled.anchors, compiled.heads, *compiled.beside)
            needed = frozenset(numbers[words] for words in sets if words)
            anchors = numbers[compiled.anchors]
            pattern = _Pattern(entry, compiled, anchors, numbers.get(compiled.heads), needed)
            self._of_set.setdefault(anchors, []).append(pattern)
        self._sets: Sequence[frozenset[int]] = [frozenset(sets) for sets in sets_of_word.values()]
        # Words stand between blanks in the automaton, so that it finds no "at" inside "attack".
        opening = "" if self._glued else " "
        literals = [opening + (word.removesuffix("*") if word.endswith("*") else f"{word} ") for word in sets_of_word]
        self._ends: Sequence[int] = [0 if word.endswith("*") else 1 for word in sets_of_word]
        self._automaton = AhoCorasick(literals, implementation=Implementation.ContiguousNFA) if literals else None

    def find(self, folded: str) -> list[Found[E]]:
        """Return all matches in the folded sentence, by start, the longest first; they may overlap.

        Of matches of the same words that of the entry named first comes first.
        """
        spots = _Spots(self._hits(folded), self._sets)
        found: dict[tuple[int, int, int], Found[E]] = {}
        for number in sorted(spots.present & self._of_set.keys()):
            for pattern in self._of_set[number]:
                if not pattern.needed <= spots.present:
                    continue
                for match in pattern.matches(folded, spots):
                    numbers = tuple(match.span(name) for name in pattern.compiled.numbers if match.start(name) >= 0)
                    key = (match.start(), match.end(), id(pattern.entry))
                    found.setdefault(key, Found(pattern.entry, match.start(), match.end(), numbers))
        return sorted(found.values(), key=lambda each: (each.start, -each.end))

    def _hits(self, folded: str) -> list[tuple[int, int, int]]:
        """Return each word of the sets that stands in the text: its number, where it begins and ends, in order."""
        if self._automaton is None:
            return []
        blanked = f" {_NO_WORD.sub(' ', folded)} "
        matches = self._automaton.find_matches_as_indexes(blanked, overlapping=True)
        if self._glued:
            opened = ((word, self._opening(blanked, start), end) for word, start, end in matches)
            return [(word, start, end - 1 - self._ends[word]) for word, start, end in opened if start >= 0]
        return [(word, start, end - 1 - self._ends[word]) for word, start, end in matches]

    def _opening(self, blanked: str, start: int) -> int:
        """Return where the word that holds this letter begins, or -1 if more stands before it than may be glued."""
        begin = blanked.rfind(" ", max(0, start - self._longest - 1), start)
        return begin if begin >= 0 and (begin + 1 == start or blanked[begin + 1 : start] in self._glued) else -1


def _windows(anchors: Sequence[tuple[int, int]], width: int, length: int) -> list[tuple[int, int]]:
    """Return the parts of a text of that length that can hold a match around these anchors, without overlaps."""
    windows: list[tuple[int, int]] = []
    for start, end in anchors:
        low, high = max(0, start - width), min(length, end + width)
        if windows and low <= windows[-1][1]:
            low, high = windows[-1][0], max(windows.pop()[1], high)
        windows.append((low, high))
    return windows
