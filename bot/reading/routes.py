"""Ends of a journey: places that something comes from, goes to, or runs between."""

from bot.lexicon.toponyms import ToponymCues
from bot.reading.neighbours import chain, group_start
from bot.reading.toponym import Toponym

_HYPHENS = (["-"], ["–"])
_NEAR_WORDS = 5  # tokens between a flight, or people, and the place that they go to or come from


def is_end_of_journey(toponym: Toponym, cues: ToponymCues) -> bool:
    """Tell whether something only comes from the place or goes there: "flight from A to B", "vol A-B"."""
    rules = (_is_hyphened_route, _is_origin, _is_destination, _is_between)
    return any(rule(toponym, cues) for rule in rules)


def _moving(toponym: Toponym, start: int, end: int, cues: ToponymCues) -> bool:
    return cues.asides.flights.within(toponym.words.folded, start, end) is not None


def _fleeing(toponym: Toponym, start: int, end: int, cues: ToponymCues) -> bool:
    return cues.asides.refuge.within(toponym.words.folded, start, end) is not None


def _is_origin(toponym: Toponym, cues: ToponymCues) -> bool:
    """Tell whether something comes from the place; those who flee from it leave the scene, and do not count."""
    words, start = toponym.words.folded, toponym.first
    if not cues.asides.origin.before(words, start) or _fleeing(toponym, start - _NEAR_WORDS, start, cues):
        return False
    onward = words[toponym.last : toponym.last + _NEAR_WORDS]
    onto = not (cues.asides.destination.isdisjoint(onward) and cues.asides.entry.isdisjoint(onward))
    return onto or _moving(toponym, start - _NEAR_WORDS, start, cues)


def _is_destination(toponym: Toponym, cues: ToponymCues) -> bool:
    words, group = toponym.words.folded, group_start(toponym, cues)
    near = max(0, group - _NEAR_WORDS - 2)
    if cues.asides.arrivals.before(words, group):  # "fighting reached X" is no journey
        return _moving(toponym, near, group, cues) or not cues.asides.people.isdisjoint(words[near:group])
    if not group or not (toponym.whither or words[group - 1] in cues.asides.destination):
        return False
    if _fleeing(toponym, near, group, cues):
        return True
    if words[group - 1] in cues.scene.locatives:  # a word of place as well: "un train à X", "l'attaque d'un convoi à X"
        article = words[group - 3] if group > 2 else ""  # noqa: PLR2004 - two words on, before its noun
        named = article.isalpha() and article in cues.scene.fillers and cues.asides.flights.at(words, group - 2)
        if named or not cues.scene.strikes.isdisjoint(words[max(0, near - 2) : group]):
            return False
    return (
        _moving(toponym, near, group, cues) or cues.asides.origin.within(words, group - _NEAR_WORDS, group) is not None
    )


def _is_between(toponym: Toponym, cues: ToponymCues) -> bool:
    """Tell whether it is an end of "flights between A and B"."""
    words, group = toponym.words.folded, group_start(toponym, cues)
    both = len(chain(toponym, cues)) > 1 and cues.asides.according.before(words, group) == 1
    return both and _moving(toponym, group - 3, group - 1, cues)


def hyphened(toponym: Toponym) -> tuple[Toponym | None, Toponym | None]:
    """Return the places that a hyphen joins to this one, before and after it."""
    words, first, last = toponym.words, toponym.first, toponym.last
    left = words.inside(first - 2) if words.folded[max(0, first - 1) : first] in _HYPHENS else None
    right = words.inside(last + 1) if words.folded[last : last + 1] in _HYPHENS else None
    return left, right


def _is_hyphened_route(toponym: Toponym, cues: ToponymCues) -> bool:
    near = toponym.first - _NEAR_WORDS, toponym.last + _NEAR_WORDS
    left, right = hyphened(toponym)
    end = right.last if right else toponym.last
    road = toponym.words.folded[end] in cues.scene.landforms if end < len(toponym.words.folded) else False
    return bool(left or right) and (road or _moving(toponym, *near, cues))


def is_second_at_border(toponym: Toponym, cues: ToponymCues) -> bool:
    """Tell whether it is the second land of "the Myanmar-China border", "la frontière Niger-Mali"."""
    other, words = hyphened(toponym)[0], toponym.words.folded
    if other is None:
        return False
    around = [*words[max(0, other.first - 2) : other.first], *words[toponym.last : toponym.last + 1]]
    return not cues.scene.borders.isdisjoint(around)
