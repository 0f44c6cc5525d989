"""What stands beside a toponym: the region or country that is named with it, and what governs it."""

from bot.lexicon.toponyms import ToponymCues
from bot.model.place import Place, PlaceKind
from bot.reading.toponym import Governor, Toponym, Words

_FEW = 3  # places before and after that are looked at
_LIST = 12  # places of one list, either way
_REACH = 8  # tokens between a place and the region or country named with it
_STEPS = 12  # tokens that are skipped on the way to a governing preposition
_CLOSING = frozenset(",.;:)!?—–")
_LISTED = 2  # tokens between places of a list
_OUTER = frozenset({PlaceKind.COUNTRY, PlaceKind.REGION})


def beside(toponym: Toponym, cues: ToponymCues) -> list[tuple[Place, ...]]:
    """Return the candidates of each region or country named with the place: "X, Ohio", "Lebanon's X", "X in Mali"."""
    holders = []
    row = toponym.words.toponyms
    at = row.index(toponym)
    for other in row[max(0, at - _FEW) : at + _FEW + 1]:
        if _agrees(toponym, other, cues):
            holders.append(other.candidates)
        if other is toponym or other.demonym or other.body or not other.candidates or not other.names_a_place:
            continue
        if other.first >= toponym.last:
            linked = _linked(toponym.words, toponym.last, other.first, cues)
        else:
            linked = _possessive(other.words, other.last, toponym.first, cues)
        if linked:
            outer = tuple(place for place in other.candidates if place.kind in _OUTER or _is_land(place))
            if outer:
                holders.append(outer)
    return holders


def _agrees(toponym: Toponym, other: Toponym, cues: ToponymCues) -> bool:
    """Tell whether an adjective tells the place's country: "طرابلس الليبية", "в ливанском городе Триполи"."""
    if not other.demonym:
        return False
    if not toponym.words.caseless:
        between = toponym.words.folded[other.last : toponym.first]
        led = cues.lower_demonyms and other.last <= toponym.first
        return led and all(word in cues.scene.settlements for word in between)
    if other.first == toponym.last:
        return True
    return other.last == toponym.first and other.words.folded[other.first - 1] in cues.scene.settlements


def _is_land(place: Place) -> bool:
    """Tell whether it is a county or land within one country."""
    return place.kind is PlaceKind.AREA and place.country is not None


def closing(toponym: Toponym, cues: ToponymCues) -> list[tuple[Place, ...]]:
    """Return the region or land that closes the place's phrase, so that it must hold it: "X, in Ontario,"."""
    words, row = toponym.words, toponym.words.toponyms
    after = row[at + 1] if (at := row.index(toponym)) + 1 < len(row) else None
    if after is None or after.demonym or after.body or not after.names_a_place or not after.candidates:
        return []
    if toponym.candidates and toponym.candidates[0].kind is PlaceKind.COUNTRY:
        return []  # two lands of a list: "in Peru, Chile"
    between = words.folded[toponym.last : after.first]
    ends = after.last >= len(words.folded) or words.folded[after.last] in _CLOSING
    listed = at + 2 < len(row) and row[at + 2].first - after.last <= _LISTED
    if not ends or listed or between[:1] != [","] or not _linked(words, toponym.last, after.first, cues):
        return []
    led = any(word in cues.scene.locatives for word in between) and cues.scene.beside.isdisjoint(between)
    first = after.candidates[0].kind
    alone = between == [","] and (at == 0 or toponym.first - row[at - 1].last > _LISTED)
    return [after.candidates] if first is PlaceKind.REGION or (first is PlaceKind.COUNTRY and (led or alone)) else []


def lies_in(toponym: Toponym, after: Toponym, cues: ToponymCues) -> bool:
    """Tell whether the second place is named right after the first, as what holds it."""
    return toponym.words is after.words and _linked(toponym.words, toponym.last, after.first, cues)


def _linked(words: Words, start: int, end: int, cues: ToponymCues) -> bool:
    """Tell whether only signs, prepositions and words such as "province" part the two: ", in the region of"."""
    if end - start > _REACH or start == end:
        return False
    between = words.folded[start:end]
    joined = any(word in cues.scene.joiners and word.isalpha() and word not in cues.scene.locatives for word in between)
    return not joined and all(
        word in cues.scene.fillers or word in cues.scene.locatives or words.inside(start + at) is not None
        for at, word in enumerate(between)
    )


def _possessive(words: Words, start: int, end: int, cues: ToponymCues) -> bool:
    """Tell whether "'s" and words such as "second city" lead from the first to the second: "Lebanon's Tripoli"."""
    between = words.folded[start:end]
    if not 2 <= len(between) <= _REACH or between[:2] != ["'", "s"]:  # noqa: PLR2004 - the sign and the letter
        return between == [":"]
    return all(
        word in cues.scene.fillers or words.inside(start + 2 + at) is not None for at, word in enumerate(between[2:])
    )


def governor(toponym: Toponym, cues: ToponymCues) -> Governor:
    """Return the first word before the place that is no filler and no other place of the same list; kept."""
    if toponym.ruler is None:
        toponym.ruler = _governor(toponym, cues)
    return toponym.ruler


def _governor(toponym: Toponym, cues: ToponymCues) -> Governor:
    words, index, steps = toponym.words, toponym.first - 1, 0
    scene, settled = cues.scene, False
    while index >= 0 and steps < _STEPS:
        word = words.folded[index]
        if word in scene.locatives:
            return Governor(index, word, placed=True)
        if (other := words.inside(index)) is not None:
            index = other.first - 1
        elif word in scene.fillers:
            settled = settled or word in scene.settlements
            index -= 1
        else:
            return Governor(index, word, placed=settled)
        steps += 1
    return Governor(-1, "", placed=settled)


def chain(toponym: Toponym, cues: ToponymCues) -> list[Toponym]:
    """Return the places that are listed with this one ("Colombo, Negombo and Batticaloa"), itself included; kept."""
    if not toponym.listed:
        toponym.listed = _chain(toponym, cues)
    return toponym.listed


def _chain(toponym: Toponym, cues: ToponymCues) -> list[Toponym]:
    row = toponym.words.toponyms
    at = row.index(toponym)
    first = last = at
    while first > 0 and at - first < _LIST and _joined(row[first - 1], row[first], cues):
        first -= 1
    while last + 1 < len(row) and last - at < _LIST and _joined(row[last], row[last + 1], cues):
        last += 1
    return row[first : last + 1]


def group_start(toponym: Toponym, cues: ToponymCues) -> int:
    """Return the token at which the place's list begins, with its articles and words such as "northern"."""
    words, index = toponym.words.folded, chain(toponym, cues)[0].first
    while index > 0 and words[index - 1] in cues.scene.fillers and words[index - 1].isalpha():
        index -= 1
    return index


def _joined(left: Toponym, right: Toponym, cues: ToponymCues) -> bool:
    between = left.words.folded[left.last : right.first]
    return (
        0 < len(between) <= 4  # noqa: PLR2004 - ", and the"
        and any(word in cues.scene.joiners for word in between)
        and all(word in cues.scene.joiners or word in cues.scene.fillers for word in between)
    )
