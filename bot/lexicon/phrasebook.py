"""Finding many phrases at once: an automaton over their anchors first, then the few expressions that can match."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from ahocorasick_rs import AhoCorasick, Implementation

from bot.lexicon.pattern import Compiled

E = TypeVar("E")


@dataclass(frozen=True, slots=True)
class Found(Generic[E]):
    """An entry's phrase at characters start..end of a folded sentence; `numbers` are its number slots' offsets."""

    entry: E
    start: int
    end: int
    numbers: tuple[tuple[int, int], ...] = ()

    def within(self, other: "Found[object]") -> bool:
        """Tell whether it lies wholly inside the other."""
        return other.start <= self.start and self.end <= other.end

    def overlaps(self, other: "Found[object]") -> bool:
        """Tell whether the two share a character."""
        return self.start < other.end and other.start < self.end


class Phrasebook(Generic[E]):
    """Entries by their patterns. Time is that of one pass over the text and of the windows around anchors."""

    def __init__(self, patterns: Iterable[tuple[E, Compiled]]) -> None:
        self._patterns: list[tuple[E, Compiled]] = list(patterns)
        by_anchor: dict[str, list[int]] = {}
        for number, (_, compiled) in enumerate(self._patterns):
            for anchor in compiled.anchors:
                by_anchor.setdefault(anchor, []).append(number)
        self._of_anchor: Sequence[list[int]] = list(by_anchor.values())
        self._automaton = (
            AhoCorasick(list(by_anchor), implementation=Implementation.ContiguousNFA) if by_anchor else None
        )

    def find(self, folded: str) -> list[Found[E]]:
        """Return all matches in the folded sentence, by start, the longest first; they may overlap."""
        found: dict[tuple[int, int, int], Found[E]] = {}
        for number, windows in self._windows(folded).items():
            entry, compiled = self._patterns[number]
            for low, high in windows:
                for match in compiled.expression.finditer(folded, low, high):
                    numbers = tuple(match.span(name) for name in compiled.numbers if match.start(name) >= 0)
                    key = (match.start(), match.end(), id(entry))
                    found.setdefault(key, Found(entry, match.start(), match.end(), numbers))
        return sorted(found.values(), key=lambda each: (each.start, -each.end))

    def _windows(self, folded: str) -> dict[int, list[list[int]]]:
        """Return, by pattern, the parts of the text that can hold a match: merged, in order."""
        windows: dict[int, list[list[int]]] = {}
        if self._automaton is None:
            return windows
        length = len(folded)
        for anchor, start, end in self._automaton.find_matches_as_indexes(folded, overlapping=True):
            if start and folded[start - 1].isalnum():
                continue
            for number in self._of_anchor[anchor]:
                width = self._patterns[number][1].width
                low, high = max(0, start - width), min(length, end + width)
                seen = windows.setdefault(number, [])
                if seen and low <= seen[-1][1]:
                    seen[-1][1] = max(seen[-1][1], high)
                else:
                    seen.append([low, high])
        return windows
