"""Hazard mentions: which dangers the words name, when, and whether they are said to be so."""

from collections.abc import Sequence

from bot.lexicon import Lexicon
from bot.lexicon.phrasebook import Found
from bot.lexicon.tables import HazardRow
from bot.model.hazard import CATEGORY
from bot.model.reading import HazardMention, Polarity, TimeFrame
from bot.reading.context import Context, Contexts
from bot.reading.document import Document, Sentence


def read_hazards(document: Document, lexicon: Lexicon, contexts: Contexts | None = None) -> tuple[HazardMention, ...]:
    """Return the hazard mentions in the order of the text.

    Of phrases that share words the stronger one counts, then the longer one. Words inside a figure of speech, a game
    or a work of fiction (entries of genre with `mask`) name no hazard. `contexts` are the item's own, to be shared.
    """
    contexts = contexts or Contexts(document, lexicon)
    mentions: list[HazardMention] = []
    for sentence in document.sentences:
        found = contexts.words.hazards.find(sentence.folded)
        if found:
            context = contexts.of(sentence)
            mentions += [_mention(each, sentence, context) for each in _kept(found, context)]
    return tuple(mentions)


def _kept(found: Sequence[Found[HazardRow]], context: Context) -> list[Found[HazardRow]]:
    kept: list[Found[HazardRow]] = []
    for each in sorted(found, key=lambda one: (-one.entry.strength, one.start - one.end)):
        if not context.masked(each) and not any(each.overlaps(other) for other in kept):
            kept.append(each)
    return sorted(kept, key=lambda one: one.start)


def _mention(found: Found[HazardRow], sentence: Sentence, context: Context) -> HazardMention:
    row = found.entry
    frame = context.frame(found.start, found.end)
    if row.frame is not None and frame is not TimeFrame.BACKGROUND:
        frame = row.frame
    polarity = context.polarity(found.start, found.end)
    if row.polarity is not None and Polarity.ASSERTED in (polarity, row.polarity):
        polarity = row.polarity
    return HazardMention(
        hazard=row.hazard, category=CATEGORY[row.hazard], span=sentence.part(found.start, found.end),
        time_frame=frame, polarity=polarity, phrase=row.key, strength=row.strength,
    )  # fmt: skip
