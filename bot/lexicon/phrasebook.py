"""Finding many phrases at once: an automaton over their words first, then the few expressions that can match."""

import re
from collections.abc import Iterable
from typing import Generic, NamedTuple, TypeVar

from ahocorasick_rs import AhoCorasick, Implementation

from bot.lexicon.pattern import Compiled

E = TypeVar("E")
E_co = TypeVar("E_co", covariant=True)
_NO_WORD = re.compile(r"\W")


class Found(NamedTuple, Generic[E_co]):
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


class _Pattern(NamedTuple, Generic[E]):
    """A pattern with the numbers of the words that it begins with, and of the sets of words that it needs."""

    entry: E
    compiled: Compiled
    heads: frozenset[int]
    needed: frozenset[int]
    once: bool


class _Blanks(dict[int, str]):
    """Letters, digits and the like as they are, all else as a blank; worked out when first met."""

    def __missing__(self, code: int) -> str:
        self[code] = blank = _NO_WORD.sub(" ", chr(code))
        return blank


_BLANKS = _Blanks()


class Phrasebook(Generic[E]):
    """Entries by their patterns. Time is that of one pass over the text and of a try at each word that begins one.

    `glued` are what a language writes before a word without a blank ("و", "بال"): the word is found behind them too.
    """

    def __init__(self, patterns: Iterable[tuple[E, Compiled]], glued: Iterable[str] = ()) -> None:
        patterns = list(patterns)
        self._glued = frozenset(glued)
        self._longest = max(map(len, self._glued), default=0)
        numbers: dict[frozenset[str], int] = {}
        for _, compiled in patterns:
            for words in (compiled.anchors, compiled.heads, *compiled.beside):
                numbers.setdefault(words, len(numbers))
        sets_of_word: dict[str, list[int]] = {}
        for words, number in numbers.items():
            for word in words:
                sets_of_word.setdefault(word, []).append(number)
        self._sets = [frozenset(sets) for sets in sets_of_word.values()]
        places = {word: place for place, word in enumerate(sets_of_word)}
        heads = {words: frozenset(places[word] for word in words) for words in {each.heads for _, each in patterns}}
        self._of_set: dict[int, list[_Pattern[E]]] = {}
        self._rank: dict[int, int] = {}  # of the entry, by its identity: which was named first
        for entry, compiled in patterns:
            self._rank.setdefault(id(entry), len(self._rank))
            needed = frozenset(numbers[words] for words in (compiled.heads, *compiled.beside))
            pattern = _Pattern(entry, compiled, heads[compiled.heads], needed, compiled.may_open_with_number)
            self._of_set.setdefault(numbers[compiled.anchors], []).append(pattern)
        # Words stand between blanks in the automaton, so that it finds no "at" inside "attack".
        opening = "" if self._glued else " "
        literals = [opening + (word.removesuffix("*") if word.endswith("*") else f"{word} ") for word in sets_of_word]
        self._automaton = AhoCorasick(literals, implementation=Implementation.ContiguousNFA) if literals else None

    def find(self, folded: str) -> list[Found[E]]:
        """Return all matches in the folded sentence, by start, the longest first; they may overlap.

        Of matches of the same words that of the entry named first comes first.
        """
        hits = self._hits(folded)
        present = frozenset[int]().union(*[self._sets[word] for word, _ in hits])
        found: dict[tuple[int, int, int], Found[E]] = {}
        for number in sorted(present & self._of_set.keys()):
            for entry, compiled, heads, needed, once in self._of_set[number]:
                if not needed <= present:
                    continue
                tried = -1  # two words, or a word and a stem, may begin at one letter
                for word, start in hits:
                    if word not in heads or start <= tried:
                        continue
                    tried = start
                    match = compiled.expression.match(folded, start)
                    if match is None:
                        continue
                    end = match.end()
                    if once:
                        tried = end - 1
                    numbers = tuple([match.span(name) for name in compiled.numbers if match.start(name) >= 0])
                    found.setdefault((start, end, id(entry)), Found(entry, start, end, numbers))
        return sorted(found.values(), key=lambda each: (each.start, -each.end, self._rank[id(each.entry)]))

    def _hits(self, folded: str) -> list[tuple[int, int]]:
        """Return each word of the sets that stands in the text: its number, and where it begins; in order."""
        if self._automaton is None:
            return []
        blanked = f" {folded.translate(_BLANKS)} "
        matches = self._automaton.find_matches_as_indexes(blanked, overlapping=True)
        if self._glued:
            opened = [(word, self._opening(blanked, start)) for word, start, _ in matches]
            return [(word, start) for word, start in opened if start >= 0]
        return [(word, start) for word, start, _ in matches]

    def _opening(self, blanked: str, start: int) -> int:
        """Return where the word that holds this letter begins, or -1 if more stands before it than may be glued."""
        begin = blanked.rfind(" ", max(0, start - self._longest - 1), start)
        return begin if begin >= 0 and (begin + 1 == start or blanked[begin + 1 : start] in self._glued) else -1
