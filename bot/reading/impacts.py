"""Impacts: people killed, injured, missing, moved; magnitudes, storm categories, winds; with who says so."""

from collections.abc import Iterator, Sequence

from bot.lexicon import LanguageLexicon, Lexicon
from bot.lexicon.phrasebook import Found
from bot.lexicon.tables import ImpactRow
from bot.model.reading import Impact, Polarity
from bot.reading.context import Context, Contexts
from bot.reading.document import Document, Sentence

_SPEAKER_WORDS = 60


def read_impacts(document: Document, lexicon: Lexicon, contexts: Contexts | None = None) -> tuple[Impact, ...]:
    """Return the impacts in the order of the text. A number counts once for each kind.

    `contexts` are the item's own, to be shared.
    """
    contexts = contexts or Contexts(document, lexicon)
    words = contexts.words
    impacts: list[Impact] = []
    for sentence in document.sentences:
        found = words.impacts.find(sentence.folded)
        if found:
            impacts += _of_sentence(found, sentence, contexts.of(sentence), words)
    return tuple(impacts)


def _of_sentence(
    found: Sequence[Found[ImpactRow]], sentence: Sentence, context: Context, words: LanguageLexicon
) -> Iterator[Impact]:
    speaker = _speaker(sentence, words)
    taken: set[tuple[object, int]] = set()
    for each in found:
        spot = (each.entry.kind, each.numbers[0][0] if each.numbers else each.start)
        count = _count(each, sentence.folded, words)
        if count is None or spot in taken or context.masked(each):
            continue
        if context.polarity(each.start, each.end) is Polarity.NEGATED:
            continue
        taken.add(spot)
        yield Impact(
            kind=each.entry.kind, low=count[0], high=count[1], span=sentence.part(each.start, each.end),
            time_frame=context.frame(each.start, each.end), speaker=speaker,
        )  # fmt: skip


def _count(found: Found[ImpactRow], folded: str, words: LanguageLexicon) -> tuple[float, float] | None:
    if found.entry.count is not None:
        return found.entry.count
    if not found.numbers:
        return None
    start, end = found.numbers[0]
    count = words.numbers.range(folded[start:end])
    return None if count is None else (count[0] * found.entry.factor, count[1] * found.entry.factor)


def _speaker(sentence: Sentence, words: LanguageLexicon) -> str:
    """Return who says it, in the text's words and without the word for saying, or nothing."""
    for found in words.speakers.find(sentence.folded):
        end = min(found.end, found.start + _SPEAKER_WORDS)
        noun = _voice(sentence.folded, found, words)
        return sentence.text[noun[0] : noun[1]] if noun else sentence.text[found.start : end]
    return ""


def _voice(folded: str, speaker: Found[str], words: LanguageLexicon) -> tuple[int, int] | None:
    """Return where the noun stands that shares words with those for the speaker: "security sources"."""
    shared = [(each.start, each.end) for each in words.voices.find(folded) if each.overlaps(speaker)]
    return min(shared, key=lambda at: (at[0], -at[1]), default=None)
