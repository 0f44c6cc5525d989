"""When what an item tells happens: a frame for each sentence, and the day that it happened."""

from datetime import UTC, datetime, time

from bot.lexicon import Lexicon
from bot.model.reading import TimeFrame
from bot.reading.context import Contexts, published_on
from bot.reading.document import Document

_SPAN_DAYS = 4


def sentence_frames(document: Document, lexicon: Lexicon, contexts: Contexts | None = None) -> tuple[TimeFrame, ...]:
    """Return the frame of each sentence, in their order. `contexts` are the item's own, to be shared."""
    contexts = contexts or Contexts(document, lexicon)
    return tuple(contexts.of(sentence).whole() for sentence in document.sentences)


def occurred(document: Document, lexicon: Lexicon, contexts: Contexts | None = None) -> datetime | None:
    """Return the start (UTC) of the first day that the item names, if it is among the last four.

    None without a date of publication, or where no such day is named. `contexts` are the item's own, to be shared.
    """
    published = published_on(document)
    if published is None:
        return None
    contexts = contexts or Contexts(document, lexicon)
    for sentence in document.sentences:
        for found in contexts.of(sentence).dates:
            if found.day is not None and 0 <= (published - found.day).days <= _SPAN_DAYS:
                return datetime.combine(found.day, time(), tzinfo=UTC)
    return None
