"""What speaks for a place as the scene: prepositions, hazards and statuses beside it, where in the item it stands."""

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, field
from operator import itemgetter

from bot.lexicon.toponyms import ToponymCues
from bot.model.reading import HazardMention, Polarity, StatusMention, TimeFrame
from bot.model.text import Field, Span
from bot.reading.home import Home
from bot.reading.neighbours import chain, governor, group_start
from bot.reading.peoples import past_possessive
from bot.reading.toponym import Governor, Toponym

FIRM = 3.0
"""The weight of "in X" or "strikes X" beside a hazard of now."""
LIVE = 2.0
"""The weight of any place beside a hazard of now."""
_TOUCHING, _PLACED, _NAMED = 2.5, 1.5, 1.0
_TITLE, _LEAD, _FADE, _DEEPEST = 0.6, 0.4, 0.1, 1.0
_BACKGROUND = 1.0
_GAP = 4  # characters between a name and its hazard: "Kashmir blast", "Mali: attack", "Lomé's airport"

Sign = HazardMention | StatusMention


@dataclass(frozen=True, slots=True, kw_only=True)
class Signs:
    """What else was read in the item; `frames` are one for each sentence; `home` is the outlet's country."""

    hazards: Sequence[HazardMention]
    statuses: Sequence[StatusMention]
    frames: Sequence[TimeFrame]
    home: Home | None = None
    _by_sentence: dict[Span, list[Sign]] = field(default_factory=dict, init=False, compare=False)
    _by_place: list[tuple[Span, int, Sign]] = field(default_factory=list, init=False, compare=False)

    def __post_init__(self) -> None:
        """Put all signs in the order of the text, so that those of a sentence are found without asking each."""
        every: tuple[Sign, ...] = (*self.hazards, *self.statuses)
        self._by_place.extend(sorted((sign.span, number, sign) for number, sign in enumerate(every)))

    @property
    def of_now(self) -> bool:
        """Whether a hazard or status of now, or to come, is among them."""
        every: tuple[Sign, ...] = (*self.hazards, *self.statuses)
        return any(map(_is_live, every))

    def within(self, sentence: Span) -> list[Sign]:
        """Return the hazards and statuses of a sentence; gathered once, as each of its places asks for them."""
        if sentence not in self._by_sentence:
            edges = (Span(sentence.field, at, 0) for at in (sentence.start, sentence.end))
            first, last = (bisect_left(self._by_place, edge, key=itemgetter(0)) for edge in edges)
            found = sorted(self._by_place[first:last], key=itemgetter(1))
            self._by_sentence[sentence] = [sign for span, _, sign in found if span.within(sentence)]
        return self._by_sentence[sentence]


@dataclass(frozen=True, slots=True, kw_only=True)
class Scene:
    """How much speaks for a place.

    `strength` comes of the words around it alone, `weight` also of where in the item it stands. `against` names the
    older time that its sentence tells of; `leading` marks the title and the first sentence of the text.
    """

    strength: float
    weight: float
    grounds: tuple[str, ...]
    against: tuple[str, ...] = ()
    leading: bool = False


def weigh(toponym: Toponym, signs: Signs, cues: ToponymCues) -> Scene:
    """Return what speaks for the place."""
    words, sentence = toponym.words, toponym.words.sentence.span
    beside = signs.within(sentence)
    strength, ground = _strength(toponym, [sign for sign in beside if _is_live(sign)], cues)
    if not beside and signs.frames[words.number] is TimeFrame.BACKGROUND:
        strength -= _BACKGROUND
    standing = _TITLE if sentence.field is Field.TITLE else _LEAD if words.lead else 0.0
    standing -= min(_FADE * words.number, _DEEPEST)
    return Scene(
        strength=strength,
        weight=strength + standing,
        grounds=(ground,) if ground else (),
        against=("background",) if _is_past(toponym, beside, cues) else (),
        leading=sentence.field is Field.TITLE or words.lead,
    )


def _is_live(sign: Sign) -> bool:
    return sign.time_frame is not TimeFrame.BACKGROUND and sign.polarity is not Polarity.NEGATED


def _strength(toponym: Toponym, live: Sequence[Sign], cues: ToponymCues) -> tuple[float, str]:
    """Return the weight of the strongest ground, and its code."""
    ruler, words, scene = governor(toponym, cues), toponym.words.folded, cues.scene
    before = words[ruler.index - 1] if ruler.index > 0 else ""
    aimed = ruler.word in scene.aims and _precedes(toponym, ruler, live)
    struck = ruler.word in scene.strikes or (ruler.word in scene.onto and before in scene.strikes)
    grounds = (
        (FIRM, "suffers", bool(scene.suffers.at(words, chain(toponym, cues)[-1].last))),
        (FIRM, "where-one-goes", bool(scene.bound.before(words, group_start(toponym, cues)))),
        (FIRM, "struck", struck),
        (FIRM, "hazard-for", aimed),
        (FIRM, "place-of-the-land", bool(live) and _owns_a_place(toponym, cues)),
        (FIRM, "scene-of-hazard", bool(live) and ruler.placed),
        (_TOUCHING, "named-with-hazard", _touches(toponym, live)),
        (LIVE, "beside-hazard", bool(live)),
        (_PLACED, "placed", ruler.placed),
    )
    return next(((weight, code) for weight, code, holds in grounds if holds), (_NAMED, ""))


def _owns_a_place(toponym: Toponym, cues: ToponymCues) -> bool:
    """Tell whether it is the land of what is named next: "Lithuania's main airport"."""
    words, after = toponym.words.folded, past_possessive(toponym)
    if after == toponym.last or toponym.demonym:
        return False
    return any(cues.scene.local.at(words, at) or cues.airports.nouns.at(words, at) for at in (after, after + 1))


def _touches(toponym: Toponym, live: Sequence[Sign]) -> bool:
    """Tell whether a hazard follows the name at once."""
    end = toponym.span.end
    return any(0 <= sign.span.start - end <= _GAP for sign in live)


def _precedes(toponym: Toponym, ruler: Governor, live: Sequence[Sign]) -> bool:
    """Tell whether a hazard stands right before the governing word: "flooding for the coast of X"."""
    start = toponym.words.sentence.span.start + toponym.words.starts[ruler.index]
    return any(0 <= start - sign.span.end <= _GAP for sign in live)


def _is_past(toponym: Toponym, beside: Sequence[Sign], cues: ToponymCues) -> bool:
    """Tell whether the nearest hazard is an older one, and not only recalled after the place.

    "The blast in X recalls the massacre of 2014" happens now, though the year marks all its clause as past.
    """
    words = toponym.words.folded
    if not beside or cues.asides.earlier.within(words, toponym.last, len(words)) is not None:
        return False
    nearest = min(beside, key=lambda sign: _gap(sign.span, toponym.span))
    return nearest.time_frame is TimeFrame.BACKGROUND


def _gap(one: Span, other: Span) -> int:
    return max(other.start - one.end, one.start - other.end, 0)
