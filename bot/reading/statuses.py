"""Status mentions: the state of ways, services and official measures, as whole phrases or as target and cue."""

from collections.abc import Iterator, Sequence

from bot.lexicon import LanguageLexicon, Lexicon
from bot.lexicon.phrasebook import Found
from bot.lexicon.tables import CueRow, Family, StatusRow, TargetRow
from bot.model.hazard import Measure, Target
from bot.model.reading import Cue, StatusMention, TimeFrame
from bot.reading.context import Context, contexts
from bot.reading.document import Document, Sentence

_REACH = 60  # characters between a target and the words for its state


def read_statuses(document: Document, lexicon: Lexicon) -> tuple[StatusMention, ...]:
    """Return the status mentions in the order of the text.

    A whole phrase counts before a pair; a pair is a target with a cue of its family in the same clause, nearest first;
    a measure may stand without a cue ("a curfew in Bamako").
    """
    words = lexicon.language(document.language)
    mentions: list[StatusMention] = []
    for sentence, context in contexts(document, words):
        mentions += _of_sentence(sentence, context, words)
    return tuple(mentions)


def _of_sentence(sentence: Sentence, context: Context, words: LanguageLexicon) -> list[StatusMention]:
    masks = [each for each in words.genres.find(sentence.folded) if each.entry.mask]
    phrases = [
        each for each in _widest(words.statuses.find(sentence.folded)) if not any(each.overlaps(mask) for mask in masks)
    ]
    mentions = [
        _mention(each.entry.target, each.entry, each.start, each.end, sentence, context) for each in phrases
    ]  # fmt: skip
    told = {mention.target for mention in mentions}
    for target, cue in _pairs(sentence.folded, context, words):
        if target.entry.target in told or any(target.overlaps(mask) for mask in masks):
            continue
        if cue is not None:
            low, high = min(target.start, cue.start), max(target.end, cue.end)
            mentions.append(_mention(target.entry.target, cue.entry, low, high, sentence, context))
        elif target.entry.bare is not None:
            row = StatusRow(
                key=target.entry.key, phrases=(), target=target.entry.target, cue=target.entry.bare
            )  # fmt: skip
            mentions.append(_mention(target.entry.target, row, target.start, target.end, sentence, context))
    return sorted(mentions, key=lambda mention: mention.span)


def _pairs(
    folded: str, context: Context, words: LanguageLexicon
) -> Iterator[tuple[Found[TargetRow], Found[CueRow] | None]]:
    """Give each target of the sentence with the nearest cue of its family that no clause parts from it."""
    targets = _widest(words.targets.find(folded))
    if not targets:
        return
    cues = _widest(words.cues.find(folded))
    for target in targets:
        family = Family.MEASURE if isinstance(target.entry.target, Measure) else Family.WAY
        near = [
            (distance, number)
            for number, cue in enumerate(cues)
            if cue.entry.of is family and (distance := _distance(target, cue, context)) is not None
        ]
        yield target, cues[min(near)[1]] if near else None


def _distance(target: Found[TargetRow], cue: Found[CueRow], context: Context) -> int | None:
    """Return the characters between the two, or None where they do not belong together."""
    if target.overlaps(cue):
        return 0
    low, high = (target.end, cue.start) if target.end <= cue.start else (cue.end, target.start)
    return high - low if high - low <= _REACH and not context.parted(low, high) else None


def _mention(
    target: Target | Measure, row: StatusRow | CueRow, start: int, end: int, sentence: Sentence, context: Context
) -> StatusMention:
    frame = context.frame(start, end)
    if row.frame is not None and frame is not TimeFrame.BACKGROUND:
        frame = row.frame
    return StatusMention(
        cue=row.cue, target=target, span=sentence.part(start, end), time_frame=frame,
        polarity=context.polarity(start, end), phrase=row.key,
    )  # fmt: skip


def _widest(found: Sequence[Found[TargetRow]] | Sequence[Found[CueRow]] | Sequence[Found[StatusRow]]) -> list:
    """Drop what lies inside a longer match."""
    kept = []
    for each in sorted(found, key=lambda one: one.start - one.end):
        if not any(each.within(other) and (each.start, each.end) != (other.start, other.end) for other in kept):
            kept.append(each)
    return sorted(kept, key=lambda one: one.start)


