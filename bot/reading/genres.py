"""Genre mentions: words that show what sort of writing it is."""

from bot.lexicon import Lexicon
from bot.model.reading import GenreMention
from bot.reading.context import Contexts
from bot.reading.document import Document


def read_genres(document: Document, lexicon: Lexicon, contexts: Contexts | None = None) -> tuple[GenreMention, ...]:
    """Return the genre mentions in the order of the text. `contexts` are the item's own, to be shared."""
    contexts = contexts or Contexts(document, lexicon)
    return tuple(
        GenreMention(
            genre=found.entry.genre, span=sentence.part(found.start, found.end), phrase=found.entry.key,
            strength=found.entry.strength,
        )
        for sentence in document.sentences
        for found in contexts.of(sentence).genres()
    )  # fmt: skip
