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


_Spots = dict[int, list[tuple[int, int]]]


@dataclass(frozen=True, slots=True)
class _Pattern(Generic[E]):
    """A pattern with the numbers of its sets of words: that of its heads (None: none), and all that it needs."""

    entry: E
    compiled: Compiled
    heads: int | None
    needed: frozenset[int]

    def matches(self, folded: str, anchors: Sequence[tuple[int, int]], spots: _Spots) -> Iterator[re.Match[str]]:
        """Give the matches: tried where a head stands, else searched for around the anchors."""
        expression = self.compiled.expression
        if self.heads is None:
            for low, high in _windows(anchors, self.compiled.width, len(folded)):
                yield from expression.finditer(folded, low, high)
            return
        for start, _ in spots[self.heads]:
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
            pattern = _Pattern(entry, compiled, numbers.get(compiled.heads), needed)
            self._of_set.setdefault(numbers[compiled.anchors], []).append(pattern)
        self._sets: Sequence[list[int]] = list(sets_of_word.values())
        # Words stand between blanks in the automaton, so that it finds no "at" inside "attack".
        opening = "" if self._glued else " "
        literals = [opening + (word.removesuffix("*") if word.endswith("*") else f"{word} ") for word in sets_of_word]
        self._ends: Sequence[int] = [0 if word.endswith("*") else 1 for word in sets_of_word]
        self._automaton = AhoCorasick(literals, implementation=Implementation.ContiguousNFA) if literals else None

    def find(self, folded: str) -> list[Found[E]]:
        """Return all matches in the folded sentence, by start, the longest first; they may overlap."""
        spots = self._spots(folded)
        found: dict[tuple[int, int, int], Found[E]] = {}
        for number, anchors in spots.items():
            for pattern in self._of_set.get(number, ()):
                if not pattern.needed <= spots.keys():
                    continue
                for match in pattern.matches(folded, anchors, spots):
                    numbers = tuple(match.span(name) for name in pattern.compiled.numbers if match.start(name) >= 0)
                    key = (match.start(), match.end(), id(pattern.entry))
                    found.setdefault(key, Found(pattern.entry, match.start(), match.end(), numbers))
        return sorted(found.values(), key=lambda each: (each.start, -each.end))

    def _spots(self, folded: str) -> _Spots:
        """Return where words of each set of anchors begin and end, in order."""
        spots: _Spots = {}
        if self._automaton is None:
            return spots
        blanked = f" {_NO_WORD.sub(' ', folded)} "
        for word, start, end in self._automaton.find_matches_as_indexes(blanked, overlapping=True):
            if self._glued and (start := self._opening(blanked, start)) < 0:
                continue
            place = (start, end - 1 - self._ends[word])
            for number in self._sets[word]:
                spots.setdefault(number, []).append(place)
        return spots

    def _opening(self, blanked: str, start: int) -> int:
        """Return where the word that holds this letter begins, or -1 if more stands before it than may be glued."""
        begin = blanked.rfind(" ", max(0, start - self._longest - 1), start)
        return begin if begin >= 0 and (begin + 1 == start or blanked[begin + 1 : start] in self._glued) else -1


def _windows(anchors: Sequence[tuple[int, int]], width: int, length: int) -> list[tuple[int, int]]:
    """Return the parts of a text of that length that can hold a match around these anchors, without overlaps."""
    if length <= _SHORT:
        return [(0, length)]
    windows: list[tuple[int, int]] = []
    for start, end in anchors:
        low, high = max(0, start - width), min(length, end + width)
        if windows and low <= windows[-1][1]:
            low, high = windows[-1][0], max(windows.pop()[1], high)
        windows.append((low, high))
    return windows
