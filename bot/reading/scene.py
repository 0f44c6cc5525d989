"""What speaks for a place as the scene: prepositions, hazards and statuses beside it, where in the item it stands."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.lexicon.toponyms import ToponymCues
from bot.model.reading import HazardMention, Polarity, StatusMention, TimeFrame
from bot.model.text import Field, Span
from bot.reading.neighbours import chain, governor
from bot.reading.toponym import Toponym

FIRM = 3.0
"""The weight of "in X" or "strikes X" beside a hazard of now."""
LIVE = 2.0
"""The weight of any place beside a hazard of now."""
_NAMED = 1.0
_PLACED = 1.5
_TITLE, _LEAD, _FADE, _DEEPEST = 0.6, 0.4, 0.1, 1.0
_BACKGROUND = 1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Scene:
    """How much speaks for a place. `against`: what the sentence's time or denial says; `leading`: title or lead."""

    weight: float
    grounds: tuple[str, ...]
    against: tuple[str, ...] = ()
    leading: bool = False


def weigh(
    toponym: Toponym,
    hazards: Sequence[HazardMention],
    statuses: Sequence[StatusMention],
    frames: Sequence[TimeFrame],
    cues: ToponymCues,
) -> Scene:
    """Return what speaks for the place."""
    sentence = toponym.words.sentence.span
    signs = [sign for sign in (*hazards, *statuses) if sign.span.within(sentence)]
    live = [sign for sign in signs if sign.time_frame is not TimeFrame.BACKGROUND and sign.polarity is not Polarity.NEGATED]
    leading = sentence.field is Field.TITLE or toponym.words.lead
    against = () if _recalls_later(toponym, cues) else _against(toponym, signs)
    weight, ground = _weight(toponym, live, cues)
    weight += _TITLE if sentence.field is Field.TITLE else _LEAD if leading else 0.0
    if not signs and frames[toponym.words.number] is TimeFrame.BACKGROUND:
        weight -= _BACKGROUND
    weight -= min(_FADE * toponym.words.number, _DEEPEST)
    return Scene(weight=weight, grounds=ground, against=against, leading=leading)


def _weight(
    toponym: Toponym, live: Sequence[HazardMention | StatusMention], cues: ToponymCues
) -> tuple[float, tuple[str, ...]]:
    ruler = governor(toponym, cues)
    words = toponym.words.folded
    placed = ruler.placed
    head = words[ruler.index - 1] if placed and ruler.index > 0 else ""
    bound = cues.scene.bound.before(words, _start(toponym, cues))
    struck = ruler.word in cues.scene.strikes or (ruler.word in cues.scene.onto and words[ruler.index - 1] in cues.scene.strikes)
    if cues.scene.suffers.at(words, chain(toponym, cues)[-1].last):
        return FIRM, ("suffers",)
    if bound:
        return FIRM, ("where-one-goes",)
    if struck and ruler.index >= 0:
        return FIRM, ("struck",)
    if live and placed:
        return FIRM, ("scene-of-hazard",)
    if live and _touches(toponym, live):
        return (FIRM + LIVE) / 2, ("named-with-hazard",)
    if live:
        return LIVE, ("beside-hazard",)
    if head in cues.scene.strikes or placed:
        return _PLACED, ("placed",)
    return _NAMED, ()


def _start(toponym: Toponym, cues: ToponymCues) -> int:
    words, index = toponym.words.folded, toponym.first
    while index > 0 and words[index - 1] in cues.scene.fillers and words[index - 1].isalpha():
        index -= 1
    return index


def _touches(toponym: Toponym, live: Sequence[HazardMention | StatusMention]) -> bool:
    """Tell whether the hazard follows the name at once: "Kashmir blast", "Lomé airport closed", "Mali: attack"."""
    gap = 4
    end = toponym.span.end
    return any(0 <= sign.span.start - end <= gap for sign in live)


def _against(
    toponym: Toponym,
    signs: Sequence[HazardMention | StatusMention],
) -> tuple[str, ...]:
    if signs:
        nearest = min(signs, key=lambda sign: _gap(sign.span, toponym.span))
        if nearest.time_frame is TimeFrame.BACKGROUND:
            return ("background",)
        return ()
    return ()


def _recalls_later(toponym: Toponym, cues: ToponymCues) -> bool:
    """Tell whether the sentence recalls an older thing only after the place: "the blast in X recalls the ..."."""
    words = toponym.words.folded
    return cues.asides.earlier.within(words, toponym.last, len(words)) is not None


def _gap(one: Span, other: Span) -> int:
    return max(other.start - one.end, one.start - other.end, 0)
