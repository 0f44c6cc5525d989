"""Where people write, sit and speak from: the dateline of a report, the desk of an agency, a source in another land."""

import re

from bot.lexicon.toponyms import ToponymCues
from bot.reading.toponym import Governor, Toponym

_DATELINE = re.compile(r"[^.!?;:\n]{2,70}?(?:\)\s*[-–—:]+|\s[-–—]{1,2}|[–—]|\s--)\s")
_DATELINE_WORDS = 3  # words of a dateline that name no place: month, agency
_SOURCE_WORDS = 4  # tokens from a source to the "in" before its place: "fuente de la policía en"
_SUBJECT = 6  # tokens between a place that opens a sentence and who says something there
_AT_A_MEETING = 3  # tokens from "clash at" to the talks at which it happens
CLAUSE = frozenset(";:.!?—–")
"""Signs that part clauses."""


def dateline_end(toponym: Toponym) -> int | None:
    """Return where the dateline that begins with this place ends in its sentence, or None."""
    if not toponym.words.lead or toponym.first > 1:
        return None
    match = _DATELINE.match(toponym.words.sentence.text)
    if match is None:
        return None
    head = [
        (index, word)
        for index, word in enumerate(toponym.words.folded)
        if toponym.words.starts[index] < match.end() and word.isalpha() and toponym.words.inside(index) is None
    ]
    lower = [word for index, word in head if not toponym.words.capital[index] and len(word) > 2]  # noqa: PLR2004 - "of"
    lower = [] if toponym.words.caseless else lower
    return match.end() if not lower and len(head) <= _DATELINE_WORDS else None


def is_dateline(toponym: Toponym) -> bool:
    """Tell whether the place stands in the dateline that its sentence begins with."""
    end = dateline_end(toponym.words.toponyms[0])
    return end is not None and toponym.end <= end


def is_desk(toponym: Toponym, ruler: Governor, cues: ToponymCues) -> bool:
    """Tell whether somebody there speaks of another land: "In Geneva, the agency said that fighting in X ..."."""
    words = toponym.words.folded
    if not ruler.placed or ruler.index > 0 or words[toponym.last : toponym.last + 1] != [","]:
        return False
    spoken = [index for index in range(toponym.last, clause_end(toponym)) if words[index] in cues.asides.speech]
    code = toponym.place.country if toponym.place else None
    if not spoken or spoken[0] - toponym.last > _SUBJECT:
        return False
    onward = [each for each in toponym.words.toponyms if each.first > spoken[0] and each.names_a_place]
    return any(each.place and each.place.country != code and not each.demonym for each in onward)


def clause_end(toponym: Toponym) -> int:
    """Return the token that ends the clause of the place."""
    words = toponym.words.folded
    return next((index for index in range(toponym.last, len(words)) if words[index] in CLAUSE), len(words))


def is_of_a_source(toponym: Toponym, ruler: Governor, cues: ToponymCues) -> bool:
    """Tell whether somebody who is quoted sits there: "a security source in X said"."""
    words = toponym.words.folded
    start = max((at + 1 for at in range(ruler.index) if words[at] in CLAUSE or words[at] == ","), default=0)
    near = range(max(start, ruler.index - _SOURCE_WORDS), ruler.index)
    return any(words[at] in cues.asides.sources and toponym.words.inside(at) is None for at in near)


def is_beside(toponym: Toponym, index: int, cues: ToponymCues) -> bool:
    """Tell whether a thing happens at the building or the talks: "outside a court in X", "clash at a summit in X"."""
    words = toponym.words.folded
    for at in range(index - 1, max(index - _AT_A_MEETING, 0), -1):
        if words[at] == "at" and (words[at - 1] in cues.scene.strikes or cues.asides.fronts.before(words, at)):
            return True
    while index > 0 and words[index - 1] in cues.scene.fillers:
        index -= 1
    return index > 0 and (words[index - 1] in cues.scene.beside or words[index - 1] in cues.scene.strikes)
