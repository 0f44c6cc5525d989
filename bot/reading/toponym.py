"""The words of a sentence, and a toponym found among them: what recognising, resolving and judging roles share."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import accumulate

from bot.lexicon.toponyms import TOKEN, Sort
from bot.model.place import Place
from bot.model.text import Span
from bot.reading.document import Sentence

_PIECES = re.compile(f"({TOKEN.pattern})")
_LETTERS_OF_A_WORD = 4
_WORDS_OF_A_HEADLINE = 4
_HEADLINE_SHARE = 0.75


class Words:
    """A sentence cut into tokens; `folded` are the tokens as cues know them, `starts` their offsets.

    `lead` marks the first sentence of the text; `plain` prose, where a capital means a name. `caseless`: the language
    has no capitals. `tokens` are given where a language cuts its words otherwise than at blanks.
    """

    __slots__ = (
        "_held",
        "capital",
        "caseless",
        "ends",
        "folded",
        "lead",
        "number",
        "plain",
        "sentence",
        "starts",
        "toponyms",
    )

    def __init__(
        self,
        sentence: Sentence,
        number: int,
        *,
        lead: bool,
        tokens: Sequence[tuple[str, int, int]] | None = None,
        caseless: bool = False,
    ) -> None:
        self.caseless = caseless
        self.sentence = sentence
        self.number = number
        self.lead = lead
        self.folded: list[str]
        self.starts: list[int]
        self.ends: list[int]
        if tokens is None:
            self.folded, self.starts, self.ends = _cut(sentence.folded)
        else:
            self.folded = [word for word, _, _ in tokens]
            self.starts = [start for _, start, _ in tokens]
            self.ends = [end for _, _, end in tokens]
        text = sentence.text
        self.capital = [text[start].isupper() for start in self.starts]
        if tokens is not None:  # an ending that was put before its name is no name
            self.capital = [
                capital and start < end
                for capital, start, end in zip(self.capital, self.starts, self.ends, strict=True)
            ]
        self.plain = self._is_plain()
        self.toponyms: list[Toponym] = []
        self._held: dict[int, Toponym] = {}

    def _is_plain(self) -> bool:
        """Tell whether the sentence is written as prose: in headline case and all capitals a capital says nothing."""
        if self.sentence.text.isupper():
            return False
        long = [
            capital
            for word, capital in zip(self.folded[1:], self.capital[1:], strict=True)  # the first has one anyway
            if len(word) >= _LETTERS_OF_A_WORD and word.isalpha()
        ]
        return len(long) < _WORDS_OF_A_HEADLINE or sum(long) < _HEADLINE_SHARE * len(long)

    def glued(self, index: int) -> bool:
        """Tell whether only a space, or nothing, parts this token from the one before."""
        return 0 < index < len(self.starts) and self.starts[index] - self.ends[index - 1] <= 1

    def after(self, end: int, index: int) -> int | None:
        """Return the token that follows the one that ends at this offset, searched from `index`; None within one."""
        while index < len(self.ends) and self.ends[index] < end:
            index += 1
        return index + 1 if index < len(self.ends) and self.ends[index] == end else None

    def named(self, index: int) -> bool:
        """Tell whether the token has a capital, or is a number."""
        return self.capital[index] or self.folded[index].isdigit()

    def inside(self, index: int) -> "Toponym | None":
        """Return the toponym that holds the token."""
        return self._held.get(index)

    def hold(self, toponym: "Toponym") -> None:
        """Take the toponym in, or take note that it has grown."""
        if not self.toponyms or self.toponyms[-1].first < toponym.first:
            self.toponyms.append(toponym)
        self._held.update(dict.fromkeys(range(toponym.first, toponym.last), toponym))


def _cut(folded: str) -> tuple[list[str], list[int], list[int]]:
    """Return the tokens, their starts and their ends; one pass of the expression, the rest is counting."""
    pieces = _PIECES.split(folded)  # blanks and tokens in turn
    borders = list(accumulate(map(len, pieces)))
    return pieces[1::2], borders[:-1:2], borders[1::2]


@dataclass(frozen=True, slots=True)
class Governor:
    """The word that governs a place: its index and itself; -1 and "" at the start of the sentence.

    `placed`: it says that something is there, as "in" does, or "the old quarter of".
    """

    index: int
    word: str
    placed: bool = False


@dataclass(slots=True, eq=False)
class Toponym:
    """Words first..last (last excluded) of a sentence that name a place.

    `sort` is set for what the toponym file lists. `body`: the name is part of an organisation's or team's name.
    `sure` is False where the capital says nothing: at a sentence's start, in headline case.
    `whither`: its ending says that something goes there ("в Москву").
    `place` and `why` are filled in by resolving, `ruler` and `listed` when neighbours are first asked for.
    """

    words: Words
    first: int
    last: int
    candidates: tuple[Place, ...]
    sort: Sort | None = None
    body: bool = False
    sure: bool = True
    weak: frozenset[str] = frozenset()
    whither: bool = False
    place: Place | None = None
    why: list[str] = field(default_factory=list)
    ruler: Governor | None = None
    listed: "list[Toponym]" = field(default_factory=list)

    @property
    def start(self) -> int:
        """Offset in the sentence."""
        return self.words.starts[self.first]

    @property
    def end(self) -> int:
        """Offset in the sentence."""
        return self.words.ends[self.last - 1]

    @property
    def folded(self) -> str:
        """The folded name."""
        return self.words.sentence.folded[self.start : self.end]

    @property
    def surface(self) -> str:
        """The name as written."""
        return self.words.sentence.text[self.start : self.end]

    @property
    def span(self) -> Span:
        """The span in the item's field."""
        return self.words.sentence.part(self.start, self.end)

    @property
    def names_a_place(self) -> bool:
        """Whether it is a name, not a mere sign of a country such as "sheriff's office"."""
        return self.sort is not Sort.MARK

    @property
    def demonym(self) -> bool:
        """Whether it is an adjective or a people."""
        return self.sort is Sort.DEMONYM
