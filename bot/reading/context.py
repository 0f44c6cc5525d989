"""What the words around a mention say about it: when it is, whether it is so, who says so."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from bot.lexicon import LanguageLexicon, Lexicon
from bot.lexicon.dates import DateFound
from bot.lexicon.phrasebook import Found
from bot.lexicon.tables import GenreRow, Meaning, Scope
from bot.model.reading import Polarity, TimeFrame
from bot.model.text import Span
from bot.reading.document import Document, Sentence

_CURRENT_DAYS = 4  # 72 hours, and the part of a day that a date leaves open
_OPENING = 6  # characters that may stand before a date that opens a sentence: "On the"
_REACH = 80  # characters between a word and what it speaks of


@dataclass(frozen=True, slots=True)
class _Mark:
    """Words at start..end that say something about the mentions in their scope."""

    says: Meaning
    scope: Scope
    start: int
    end: int


class Context:
    """The marks of one sentence, asked for the frame and the polarity of what stands in it."""

    def __init__(self, sentence: Sentence, published: date | None, words: LanguageLexicon) -> None:
        folded = sentence.folded
        self._folded = folded
        self._words = words
        self._known_breaks: tuple[tuple[int, bool], ...] | None = None
        self._known_genres: tuple[Found[GenreRow], ...] | None = None
        self.dates = tuple(each for each in words.dates.find(folded, published) if not self._names(each))
        self._marks = [
            _Mark(found.entry.says, found.entry.scope, found.start, found.end) for found in words.contexts.find(folded)
        ]
        self._marks += [mark for each in self.dates if (mark := _of_date(each, published)) is not None]
        self._marks = [_widened(mark, folded) for mark in self._marks]

    def frame(self, start: int, end: int) -> TimeFrame:
        """Return when the thing named at start..end happens."""
        if not self._marks:
            return TimeFrame.CURRENT
        said = {(mark.says, mark.scope is Scope.SENTENCE) for mark in self._about(start, end)}
        if (Meaning.BACKGROUND, False) in said:
            return TimeFrame.BACKGROUND
        if (Meaning.BACKGROUND, True) in said and (Meaning.CURRENT, False) not in said:
            return TimeFrame.BACKGROUND
        if (Meaning.FORECAST, False) in said or (Meaning.FORECAST, True) in said:
            return TimeFrame.FORECAST
        return TimeFrame.CURRENT

    def polarity(self, start: int, end: int) -> Polarity:
        """Return whether the thing named at start..end is said to be so."""
        if not self._marks:
            return Polarity.ASSERTED
        said = {mark.says for mark in self._about(start, end)}
        if Meaning.NEGATED in said:
            return Polarity.NEGATED
        return Polarity.CLAIMED if Meaning.CLAIMED in said else Polarity.ASSERTED

    def whole(self) -> TimeFrame:
        """Return the frame of the sentence as a whole: that which marks for all of it, or most clauses, give."""
        if not self._marks:
            return TimeFrame.CURRENT
        frames = {mark.says for mark in self._marks if mark.scope is Scope.SENTENCE}
        if Meaning.BACKGROUND in frames:
            return TimeFrame.BACKGROUND
        if Meaning.FORECAST in frames:
            return TimeFrame.FORECAST
        others = {mark.says for mark in self._marks if mark.scope is not Scope.SENTENCE}
        if Meaning.BACKGROUND in others and Meaning.CURRENT not in others:
            return TimeFrame.BACKGROUND
        if Meaning.FORECAST in others and Meaning.CURRENT not in others:
            return TimeFrame.FORECAST
        return TimeFrame.CURRENT

    def genres(self) -> tuple[Found[GenreRow], ...]:
        """Return the sentence's phrases of genre; looked for when first asked."""
        if self._known_genres is None:
            self._known_genres = tuple(self._words.genres.find(self._folded))
        return self._known_genres

    def masked(self, found: Found[object]) -> bool:
        """Tell whether the words stand in a phrase of genre that takes their meaning: "price war"."""
        return any(genre.entry.mask and found.overlaps(genre) for genre in self.genres())

    def _names(self, found: DateFound) -> bool:
        """Tell whether a day stands in a name, which is no date: "the March 23 Movement"."""
        return any(each.entry.mask and each.start <= found.start and found.end <= each.end for each in self.genres())

    def parted(self, start: int, end: int) -> bool:
        """Tell whether a clause ends between the two characters.

        Commas in pairs do not end one: "the airport of Goma, in the east, was closed".
        """
        between = [comma for at, comma in self._breaks() if start <= at < end]
        return not all(between) or len(between) % 2 == 1

    def _breaks(self) -> tuple[tuple[int, bool], ...]:
        """Return where clauses end, and whether by a comma; looked for when first asked."""
        if self._known_breaks is None:
            found = self._words.breaks.finditer(self._folded)
            self._known_breaks = tuple((match.start(), match[0] == ",") for match in found)
        return self._known_breaks

    def _about(self, start: int, end: int) -> Iterator[_Mark]:
        for mark in self._marks:
            if mark.scope is Scope.SENTENCE:
                yield mark
            elif mark.start < end and start < mark.end:
                if mark.says is not Meaning.NEGATED or mark.start > start:  # "without power" is the outage itself
                    yield mark
            elif mark.end <= start:
                near = start - mark.end <= _REACH and not self.parted(mark.end, start)
                if near and mark.scope is not Scope.BEFORE:
                    yield mark
            elif mark.start - end <= _REACH and not self.parted(end, mark.start) and mark.scope is not Scope.AFTER:
                yield mark


class Contexts:
    """The contexts of an item's sentences, each worked out once, when first asked."""

    def __init__(self, document: Document, lexicon: Lexicon) -> None:
        self.words = lexicon.language(document.language)
        self._published = published_on(document)
        self._known: dict[Span, Context] = {}

    def of(self, sentence: Sentence) -> Context:
        """Return the context of a sentence of the item."""
        if sentence.span not in self._known:
            self._known[sentence.span] = Context(sentence, self._published, self.words)
        return self._known[sentence.span]


def published_on(document: Document) -> date | None:
    """Return the day of publication."""
    return document.item.published_at.date() if document.item.published_at else None


def _widened(mark: _Mark, folded: str) -> _Mark:
    """Let what opens a sentence and ends with a comma speak of all of it: "In 2015, gunmen ..."."""
    opens = mark.scope is Scope.CLAUSE and mark.start <= _OPENING and folded[mark.end : mark.end + 1] == ","
    return _Mark(mark.says, Scope.SENTENCE, mark.start, mark.end) if opens else mark


def _of_date(found: DateFound, published: date | None) -> _Mark | None:
    """Say what a date means for what stands beside it: over, now or to come."""
    if published is None:
        return _Mark(Meaning.BACKGROUND, Scope.CLAUSE, found.start, found.end) if found.year else None
    if found.day is not None:
        ahead = (found.day - published).days
        if ahead > 0:
            return _Mark(Meaning.FORECAST, Scope.CLAUSE, found.start, found.end)
        recent = ahead >= -_CURRENT_DAYS
        if (
            not recent and found.weekday
        ):  # news of five days ago is told with its date: "Tuesday" on a Monday is to come
            return _Mark(Meaning.FORECAST, Scope.CLAUSE, found.start, found.end)
        return _Mark(Meaning.CURRENT if recent else Meaning.BACKGROUND, Scope.CLAUSE, found.start, found.end)
    if found.year is None or found.year == published.year:
        return None
    says = Meaning.BACKGROUND if found.year < published.year else Meaning.FORECAST
    return _Mark(says, Scope.CLAUSE, found.start, found.end)
