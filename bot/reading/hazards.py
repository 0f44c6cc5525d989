"""Hazard mentions: which dangers the words name, when, and whether they are said to be so."""

from bot.lexicon import LanguageLexicon, Lexicon
from bot.lexicon.phrasebook import Found
from bot.lexicon.tables import HazardRow
from bot.model.hazard import CATEGORY
from bot.model.reading import HazardMention, Polarity, TimeFrame
from bot.reading.context import Context, published_on
from bot.reading.document import Document, Sentence


def read_hazards(document: Document, lexicon: Lexicon) -> tuple[HazardMention, ...]:
    """Return the hazard mentions in the order of the text.

    Of phrases that share words the stronger one counts, then the longer one. Words inside a figure of speech, a game
    or a work of fiction (entries of genre with `mask`) name no hazard.
    """
    words = lexicon.language(document.language)
    mentions: list[HazardMention] = []
    for sentence in document.sentences:
        kept = _kept(words, sentence.folded)
        if kept:
            context = Context(sentence, published_on(document), words)
            mentions += [_mention(found, sentence, context) for found in kept]
    return tuple(mentions)


def _kept(words: LanguageLexicon, folded: str) -> list[Found[HazardRow]]:
    found = words.hazards.find(folded)
    if not found:
        return []
    masks = [each for each in words.genres.find(folded) if each.entry.mask]
    found = [each for each in found if not any(each.overlaps(mask) for mask in masks)]
    kept: list[Found[HazardRow]] = []
    for each in sorted(found, key=lambda one: (-one.entry.strength, one.start - one.end)):
        if not any(each.overlaps(other) for other in kept):
            kept.append(each)
    return sorted(kept, key=lambda one: one.start)


def _mention(found: Found[HazardRow], sentence: Sentence, context: Context) -> HazardMention:
    row = found.entry
    frame = context.frame(found.start, found.end)
    if row.frame is not None and frame is not TimeFrame.BACKGROUND:
        frame = row.frame
    polarity = context.polarity(found.start, found.end)
    if row.polarity is not None and polarity is Polarity.ASSERTED:
        polarity = row.polarity
    return HazardMention(
        hazard=row.hazard, category=CATEGORY[row.hazard], span=sentence.part(found.start, found.end),
        time_frame=frame, polarity=polarity, phrase=row.key, strength=row.strength,
    )  # fmt: skip
