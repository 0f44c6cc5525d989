"""Status mentions: the state of ways, services and official measures, as whole phrases or as target and cue."""

from collections.abc import Sequence
from typing import TypeVar

from bot.lexicon import LanguageLexicon, Lexicon
from bot.lexicon.phrasebook import Found
from bot.lexicon.tables import CueRow, Family, Row, StatusRow, TargetRow
from bot.model.hazard import Measure, Target
from bot.model.reading import StatusMention, TimeFrame
from bot.reading.context import Context, Contexts
from bot.reading.document import Document, Sentence

R = TypeVar("R", bound=Row)
_REACH = 60  # characters between a target and the words for its state


def read_statuses(document: Document, lexicon: Lexicon, contexts: Contexts | None = None) -> tuple[StatusMention, ...]:
    """Return the status mentions in the order of the text.

    A whole phrase counts before a pair; a pair is a target with a cue of its family in the same clause, nearest first;
    a measure may stand without a cue ("a curfew in Bamako"). `contexts` are the item's own, to be shared.
    """
    contexts = contexts or Contexts(document, lexicon)
    words = contexts.words
    mentions: list[StatusMention] = []
    for sentence in document.sentences:
        phrases = _widest(words.statuses.find(sentence.folded))
        targets = _widest(words.targets.find(sentence.folded))
        if phrases or targets:
            mentions += _of_sentence(phrases, targets, sentence, contexts.of(sentence), words)
    return tuple(mentions)


def _of_sentence(
    phrases: Sequence[Found[StatusRow]],
    targets: Sequence[Found[TargetRow]],
    sentence: Sentence,
    context: Context,
    words: LanguageLexicon,
) -> list[StatusMention]:
    phrases = [each for each in phrases if not context.masked(each)]
    targets = [each for each in targets if not context.masked(each)]
    mentions = [
        _mention(each.entry.target, each.entry, (each.start, each.end), sentence, context) for each in phrases
    ]  # fmt: skip
    told = {mention.target for mention in mentions}
    cues = _widest(words.cues.find(sentence.folded)) if targets else []
    for target in targets:
        mention = _of_target(target, cues, sentence, context)
        if mention is not None and mention.target not in told:
            mentions.append(mention)
    return sorted(mentions, key=lambda mention: mention.span)


def _of_target(
    target: Found[TargetRow], cues: Sequence[Found[CueRow]], sentence: Sentence, context: Context
) -> StatusMention | None:
    """Return what the nearest cue of its family says of the target, else what it says by itself."""
    row = target.entry
    family = Family.MEASURE if isinstance(row.target, Measure) else Family.WAY
    near = [
        (distance, number)
        for number, cue in enumerate(cues)
        if cue.entry.of is family and (distance := _distance(target, cue, context)) is not None
    ]
    if near:
        cue = cues[min(near)[1]]
        start, end = min(target.start, cue.start), max(target.end, cue.end)
        return _mention(row.target, cue.entry, (start, end), sentence, context)
    if row.bare is None:
        return None
    bare = StatusRow(key=row.key, phrases=(), target=row.target, cue=row.bare)
    return _mention(row.target, bare, (target.start, target.end), sentence, context)


def _distance(target: Found[TargetRow], cue: Found[CueRow], context: Context) -> int | None:
    """Return the characters between the two, or None where they do not belong together."""
    if target.overlaps(cue):
        return 0
    low, high = (target.end, cue.start) if target.end <= cue.start else (cue.end, target.start)
    return high - low if high - low <= _REACH and not context.parted(low, high) else None


def _mention(
    target: Target | Measure, row: StatusRow | CueRow, at: tuple[int, int], sentence: Sentence, context: Context
) -> StatusMention:
    start, end = at
    frame = context.frame(start, end)
    if row.frame is not None and frame is not TimeFrame.BACKGROUND:
        frame = row.frame
    return StatusMention(
        cue=row.cue, target=target, span=sentence.part(start, end), time_frame=frame,
        polarity=context.polarity(start, end), phrase=row.key,
    )  # fmt: skip


def _widest(found: Sequence[Found[R]]) -> list[Found[R]]:
    """Drop what lies inside a longer match."""
    if len(found) < 2:  # noqa: PLR2004 - nothing to lie inside
        return list(found)
    kept: list[Found[R]] = []
    for each in sorted(found, key=lambda one: one.start - one.end):
        if not any(each.within(other) and (each.start, each.end) != (other.start, other.end) for other in kept):
            kept.append(each)
    return sorted(kept, key=lambda one: one.start)
