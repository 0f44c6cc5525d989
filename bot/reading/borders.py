"""Borders and fronts: when what happens at the border of two lands, or between their armies, happens in both."""

from bot.lexicon.toponyms import ToponymCues
from bot.model.hazard import Hazard, Target
from bot.model.place import PlaceKind
from bot.model.reading import HazardMention, StatusMention, TimeFrame
from bot.model.text import Field
from bot.reading.neighbours import chain, governor
from bot.reading.routes import hyphened, is_second_at_border
from bot.reading.scene import Signs
from bot.reading.toponym import Toponym

_BORDER_WORDS = 4  # tokens between "border" and the land beyond: "border crossings with X"


def is_front(each: Toponym, best: Toponym, signs: Signs, cues: ToponymCues) -> bool:
    """Tell whether two lands fight at their border, of which the best is one: "Thai-Cambodian border clashes"."""
    if not _are_lands(each, best) or each.words is not best.words or not _is_leading(each):
        return False
    words = each.words
    fought = any(
        isinstance(sign, HazardMention)
        and sign.hazard is Hazard.ARMED_CONFLICT
        and sign.time_frame is not TimeFrame.BACKGROUND
        for sign in signs.within(words.sentence.span)
    )
    if not fought:
        return False
    left, right = sorted((each, best), key=lambda toponym: toponym.first)
    if words.folded[left.last : right.first] == ["-"]:
        beside = governor(left, cues).word in cues.scene.beside
        return not beside and bool(cues.asides.fronts.at(words.folded, right.last))
    border = _border_before(each, cues, 2)
    return border is not None and not _is_measured_from(each, border, cues) and not _lies_by_itself(best, cues)


def _are_lands(each: Toponym, best: Toponym) -> bool:
    if each.place is None or best.place is None or each.place.country == best.place.country:
        return False
    return each.place.kind is best.place.kind is PlaceKind.COUNTRY


def _is_leading(toponym: Toponym) -> bool:
    return toponym.words.sentence.span.field is Field.TITLE or toponym.words.lead


def _border_before(toponym: Toponym, cues: ToponymCues, reach: int) -> int | None:
    """Return the token of "border" among those right before the land, or None."""
    words = toponym.words.folded
    near = range(max(0, toponym.first - reach), toponym.first)
    return next((index for index in near if words[index] in cues.scene.borders), None)


def _is_measured_from(toponym: Toponym, border: int, cues: ToponymCues) -> bool:
    """Tell whether it happens beside the border, on this side: "near the border with X", "2 km of the border"."""
    words, index = toponym.words.folded, border - 1
    while index > 0 and words[index] in cues.scene.fillers and words[index - 1] not in cues.scene.locatives:
        index -= 1
    if index > 0 and words[index] in cues.scene.links:
        return words[index - 1] in cues.scene.locatives  # a measure, "miles of the border"; not "the closing of"
    return index >= 0 and words[index] in cues.scene.beside


def _lies_by_itself(best: Toponym, cues: ToponymCues) -> bool:
    """Tell whether it is said to happen in the one land: "fell in X near the border with Y"."""
    return governor(best, cues).placed and best.demonym is False


def is_beyond_border(toponym: Toponym, signs: Signs, cues: ToponymCues) -> bool:
    """Tell whether a border with this land is shut or opened: that happens on both sides."""
    if toponym.place is None or toponym.place.kind is not PlaceKind.COUNTRY or not _is_leading(toponym):
        return False
    border = _border_before(toponym, cues, _BORDER_WORDS)
    if border is None or _is_measured_from(toponym, border, cues):
        return False
    return any(
        isinstance(sign, StatusMention) and sign.target is Target.BORDER and sign.time_frame is not TimeFrame.BACKGROUND
        for sign in signs.within(toponym.words.sentence.span)
    )


def is_other_side(toponym: Toponym, best: Toponym, cues: ToponymCues) -> bool:
    """Tell whether it happens on the border of the best place with this one: "along the A-B border"."""
    return is_second_at_border(toponym, cues) and hyphened(toponym)[0] is best and _is_leading(toponym)


def is_far_side(toponym: Toponym, cues: ToponymCues) -> bool:
    """Tell whether it is but the first land of "the A-B border"."""
    after = hyphened(toponym)[1]
    return after is not None and is_second_at_border(after, cues)


def trade_fire(toponym: Toponym, country: str | None, cues: ToponymCues) -> bool:
    """Tell whether it is listed with this country and they strike each other: "X and Y trade drone strikes"."""
    listed = chain(toponym, cues)
    if len(listed) < 2 or all(each.place is None or each.place.country != country for each in listed):  # noqa: PLR2004 - the two sides
        return False
    words, after = toponym.words.folded, listed[-1].last
    if words[after : after + 1] == [] or words[after] not in cues.asides.trades:
        return False
    return cues.asides.arms.within(words, after, after + _BORDER_WORDS) is not None
