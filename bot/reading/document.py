"""An item made ready for reading: its language, and its sentences in original and folded form."""

from dataclasses import dataclass

from bot.model.item import Item
from bot.model.text import Field, Span


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence: `text` and `folded` have the same length; offsets in them plus `span.start` are field offsets."""

    span: Span
    text: str
    folded: str

    def part(self, start: int, end: int) -> Span:
        """Return the span, in the item's field, of characters start..end of this sentence."""
        return Span(self.span.field, self.span.start + start, self.span.start + end)


@dataclass(frozen=True, slots=True)
class Document:
    """An item with its language (ISO 639-1, "und" if unknown) and its sentences, those of the title first."""

    item: Item
    language: str
    sentences: tuple[Sentence, ...]

    @property
    def titled(self) -> bool:
        """Whether the item has a title."""
        return any(sentence.span.field is Field.TITLE for sentence in self.sentences)
