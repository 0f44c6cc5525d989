"""Roles: at which of the places the reported thing happens, and why the others are only named.

1. Each place is weighed: what the words around it say for it as the scene, and where in the item it stands.
2. The best place sets the country. Other places of that country are the scene too where a hazard or status stands by.
3. A place of another country is the scene only where it is listed with the first one, or stands as firmly in the
   title or the lead. A wrong country is a false alarm for all who watch it, so doubt means mention.
4. Where nothing speaks for any place, the item's one plain subject is taken: the title's, then the lead's.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from bot.gazetteer import Gazetteer
from bot.lexicon.toponyms import ToponymCues
from bot.model.place import Place, PlaceKind
from bot.model.reading import (
    Genre,
    GenreMention,
    HazardMention,
    PlaceMention,
    Role,
    StatusMention,
    TimeFrame,
)
from bot.reading.asides import Aside, aside
from bot.reading.neighbours import chain, lies_in
from bot.reading.scene import FIRM, LIVE, Scene, weigh
from bot.reading.toponym import Toponym

_ORDER = {PlaceKind.CITY: 0, PlaceKind.AIRPORT: 1, PlaceKind.REGION: 2, PlaceKind.COUNTRY: 3, PlaceKind.AREA: 4}
# Soft asides that may still be where it happens when nothing else is, the likelier first.
_LAST_RESORT = (
    "dateline", "speaker", "attacker", "government", "party-to-it", "authority", "home-of-people", "demonym",
    "route", "topic",
)  # fmt: skip


# Asides that tell of the name alone, not of where it stands.
_OF_ITSELF = frozenset({"demonym", "organisation", "speaker", "government", "authority"})


@dataclass(slots=True, eq=False)
class _Weighed:
    """A toponym with what speaks against and for it."""

    toponym: Toponym
    place: Place
    aside: Aside | None
    scene: Scene
    role: Role = Role.MENTION
    why: tuple[str, ...] = ()

    def take(self, *why: str) -> None:
        self.role, self.why = Role.EVENT, why

    @property
    def country(self) -> str | None:
        return self.place.country


@dataclass(frozen=True, slots=True, kw_only=True)
class Signs:
    """What else was read in the item; `frames` are one for each sentence."""

    hazards: Sequence[HazardMention]
    statuses: Sequence[StatusMention]
    frames: Sequence[TimeFrame]
    genres: Sequence[GenreMention] = ()


def give_roles(
    toponyms: Sequence[Toponym], signs: Signs, gazetteer: Gazetteer, cues: ToponymCues
) -> tuple[PlaceMention, ...]:
    """Return the place mentions: event places first, the primary one leading, then the others in order of the text."""
    weighed = [
        _Weighed(each, each.place, aside(each, cues), weigh(each, signs.hazards, signs.statuses, signs.frames, cues))
        for each in toponyms
        if each.place is not None
    ]
    _share_asides(weighed, gazetteer, cues)
    if not _invented(signs):
        _choose(weighed, gazetteer, cues)
    events = sorted(
        (each for each in weighed if each.role is Role.EVENT),
        key=lambda each: (_ORDER[each.place.kind], -each.scene.weight, each.toponym.span),
    )
    named = [_mention(each.toponym, each.role, each.why) for each in events]
    rest = {each.toponym: each for each in weighed if each.role is Role.MENTION}
    for toponym in toponyms:
        if toponym in rest:
            named.append(_mention(toponym, Role.MENTION, _against(rest[toponym])))
        elif toponym.place is None:
            named.append(_mention(toponym, Role.MENTION, ("unresolved",)))
    return tuple(named)


def _share_asides(weighed: Sequence[_Weighed], gazetteer: Gazetteer, cues: ToponymCues) -> None:
    """A region or country that only says where an aside lies ("reached Aswan in Egypt") is one with it."""
    for each, after in pairwise(weighed):
        if each.aside and not after.aside and each.aside.code not in _OF_ITSELF and lies_in(each.toponym, after.toponym, cues):
            if gazetteer.contains(after.place, each.place):
                after.aside = each.aside


def _invented(signs: Signs) -> bool:
    """Tell whether the item tells fiction."""
    return any(genre.genre is Genre.FICTION and genre.strength > 1 for genre in signs.genres)


def _mention(toponym: Toponym, role: Role, why: tuple[str, ...]) -> PlaceMention:
    return PlaceMention(
        span=toponym.span, surface=toponym.surface, candidates=toponym.candidates, place=toponym.place, role=role,
        why=(*why, *toponym.why), demonym=toponym.demonym,
    )  # fmt: skip


def _against(each: _Weighed) -> tuple[str, ...]:
    return (each.aside.code,) if each.aside else each.scene.against or ("elsewhere",)


def _choose(weighed: list[_Weighed], gazetteer: Gazetteer, cues: ToponymCues) -> None:
    open_ones = [each for each in weighed if each.aside is None and not each.scene.against]
    if not open_ones:
        _last_resort(weighed)
        return
    best = max(open_ones, key=lambda each: (each.scene.weight, -_ORDER[each.place.kind], -each.toponym.words.number))
    if best.scene.weight < LIVE:
        best = _plain_subject(open_ones)
    best.take(*best.scene.grounds or ("subject",))
    listed = chain(best.toponym, cues)
    for each in open_ones:
        if each is best:
            continue
        if each.toponym in listed and each.toponym.words is best.toponym.words:
            if gazetteer.contains(each.place, best.place):
                _join_country(each, best, gazetteer)
            elif each.country == best.country or _equal(each, best, gazetteer):
                each.take("listed-with-the-first")
        elif each.country == best.country:
            _join_country(each, best, gazetteer)
        elif each.scene.weight >= FIRM and each.scene.leading and best.scene.weight >= FIRM:
            each.take(*each.scene.grounds)
    _name_country(weighed, best, gazetteer)


def _equal(each: _Weighed, best: _Weighed, gazetteer: Gazetteer) -> bool:
    """Tell whether a listed place of another country is meant as the first is: both towns, or both countries."""
    return each.place.kind is best.place.kind and not gazetteer.contains(each.place, best.place)


def _join_country(each: _Weighed, best: _Weighed, gazetteer: Gazetteer) -> None:
    if gazetteer.contains(each.place, best.place):
        if each.place.id == best.place.id or (each.place.kind is PlaceKind.COUNTRY and not _is_address(each, best)):
            each.take("holds-the-place")
    elif each.scene.weight >= LIVE:
        each.take(*each.scene.grounds)


def _is_address(each: _Weighed, best: _Weighed) -> bool:
    """Tell whether the country only completes the place's name: "Tbilisi, Georgia"."""
    left, right = best.toponym, each.toponym
    return left.words is right.words and left.words.folded[left.last : right.first] in ([","], ["("])


def _name_country(weighed: list[_Weighed], best: _Weighed, gazetteer: Gazetteer) -> None:
    """Take the country that the text names for its event city, though the city alone is marked as the scene."""
    for each in weighed:
        soft = each.aside is not None and each.aside.code in {"speaker", "government"}
        if soft and each.place.kind is PlaceKind.COUNTRY and gazetteer.contains(each.place, best.place):
            each.take("holds-the-place")


def _plain_subject(open_ones: list[_Weighed]) -> _Weighed:
    """Return the title's place, else the lead's, else that of the country named most."""
    for number in range(2):
        there = [each for each in open_ones if each.toponym.words.number == number]
        if there:
            return max(there, key=lambda each: (each.scene.weight, -_ORDER[each.place.kind], -each.toponym.first))
    counts: dict[str | None, int] = {}
    for each in open_ones:
        counts[each.country] = counts.get(each.country, 0) + 1
    return max(open_ones, key=lambda each: (counts[each.country], each.scene.weight, -each.toponym.words.number))


def _last_resort(weighed: list[_Weighed]) -> None:
    """Take the likeliest of the soft asides: a dateline, a government that speaks of its own land, a demonym."""
    soft = [
        each
        for each in weighed
        if each.aside is not None
        and not each.aside.firm
        and not each.scene.against
        and each.aside.code in _LAST_RESORT
        and each.toponym.words.number <= 1
    ]
    if not soft:
        _take_background(weighed)
        return
    best = min(soft, key=lambda each: (each.toponym.words.number > 0, _LAST_RESORT.index(each.aside.code)))  # type: ignore[union-attr]  # soft ones have an aside
    assert best.aside is not None
    rivals = {each.country for each in soft if each.aside is not None and each.aside.code == best.aside.code}
    if best.aside.code in {"route", "demonym", "party-to-it"} and len(rivals) > 1:
        return
    for each in soft:
        if each.country == best.country and each.aside is not None and each.aside.code == best.aside.code:
            each.take("nothing-else", each.aside.code)


def _take_background(weighed: list[_Weighed]) -> None:
    """Take the place of an older thing that is all the item is about; not where it is only spoken of elsewhere."""
    past = [each for each in weighed if each.aside is None and each.scene.against]
    if past and not any(each.aside is not None and each.aside.firm for each in weighed):
        best = max(past, key=lambda each: (each.scene.weight, -_ORDER[each.place.kind]))
        for each in past:
            if each.country == best.country:
                each.take("nothing-else", *each.scene.against)
