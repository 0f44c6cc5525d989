"""Roles: at which of the places the reported thing happens, and why the others are only named.

1. Each place is weighed: what the words around it say for it as the scene, and where in the item it stands.
2. The best place sets the country. Other places of that country are the scene too where a hazard or status stands by.
3. A place of another country is the scene only where it is listed with the first one, or stands as firmly in the
   title or the lead. A wrong country is a false alarm for all who watch it, so doubt means mention.
4. Where nothing speaks for any place, the item's one plain subject is taken: the title's, then the lead's.
5. Where every place is but an aside, the likeliest of the soft ones is taken, or none.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from bot.gazetteer import Gazetteer
from bot.lexicon.toponyms import Sort, ToponymCues
from bot.model.place import Place, PlaceKind
from bot.model.reading import Genre, GenreMention, PlaceMention, Role
from bot.model.text import Field, Span
from bot.reading.asides import Aside, aside
from bot.reading.borders import is_beyond_border, is_far_side, is_front, is_other_side, trade_fire
from bot.reading.home import Home
from bot.reading.neighbours import chain, governor, lies_in
from bot.reading.peoples import is_at_sea, is_part_of_a_name
from bot.reading.scene import FIRM, LIVE, Scene, Signs, weigh
from bot.reading.toponym import Toponym

_ORDER = {PlaceKind.CITY: 0, PlaceKind.AIRPORT: 1, PlaceKind.REGION: 2, PlaceKind.COUNTRY: 3, PlaceKind.AREA: 4}
_PRECISE = 1  # towns and airports
# Soft asides that may still be where it happens when nothing else is, the likelier first.
_LAST_RESORT = (
    "dateline", "speaker", "attacker", "launcher", "government", "party-to-it", "authority", "home-of-people",
    "sign-of-the-country", "demonym", "route", "topic",
)  # fmt: skip
# Of these, two countries are as likely one as the other: then neither is taken.
_UNDECIDED = frozenset({"route", "demonym", "party-to-it", "sign-of-the-country"})
# Who strikes abroad, or is only spoken of, is not where it happens when other lands or seas are named.
_ABROAD = frozenset({"attacker", "party-to-it"})
# Who only acts or advises from its own land leaves the outlet's country, too, without a ground.
_ELSEWHERE = frozenset({"attacker", "launcher", "adviser"})
# Who speaks of a ship that was struck is not where that was.
_OF_STATES = frozenset({"speaker", "government"})
_OF_SHIPS = frozenset({"sign-of-the-country", "demonym", "authority", "launcher"})
_SUFFERS = frozenset({"suffers", "struck", "where-one-goes", "hazard-for"})  # grounds that need no clause of their own
_AT_A_FRONT = _ABROAD | {"demonym", "border-with"}
_FEW_PARTIES = 4
# Of these, none is taken where it happens at a place that nobody knows.
_POOR = _UNDECIDED - {"sign-of-the-country"}
# Asides that tell of the name alone, not of where it stands.
_OF_ITSELF = frozenset({"demonym", "organisation", "speaker", "government", "authority", "sign-of-the-country"})
# Asides that do not keep an older thing from being where it was: "a Chinese national was kidnapped near X".
_OF_PEOPLE = _OF_ITSELF | {"actor-origin", "home-of-people"}
_ON_THE_WAY = frozenset({"", "route"})

_CAUSE_WORDS = 5  # tokens from "after" to where the cause lies, where the sentence begins with it
_OF_AN_ADJECTIVE = 0.5  # "a Russian refinery" says less of where it is than "a refinery in Russia"


_OFTEN = 3
"""So often must a country's places be named before an item about a work of fiction is taken to be about it."""


@dataclass(slots=True, eq=False)
class _Weighed:
    """A toponym with what speaks against and for it, and in the end its role."""

    toponym: Toponym
    place: Place
    aside: Aside | None
    scene: Scene
    role: Role = Role.MENTION
    why: tuple[str, ...] = ()

    @property
    def country(self) -> str | None:
        return self.place.country

    @property
    def code(self) -> str:
        return self.aside.code if self.aside else ""

    @property
    def rank(self) -> tuple[float, int, int]:
        """The best has the greatest: what speaks for it, then the more precise place, then the earlier one."""
        weight = self.scene.weight - (_OF_AN_ADJECTIVE if self.toponym.demonym else 0.0)
        return weight, -self.breadth, -self.toponym.words.number

    @property
    def breadth(self) -> int:
        """How wide the place is: a volcano or a land within one country is as precise as a region."""
        within = self.place.kind is PlaceKind.AREA and self.country is not None
        return _ORDER[PlaceKind.REGION if within else self.place.kind]

    def take(self, *why: str) -> None:
        if self.role is Role.MENTION:
            self.role, self.why = Role.EVENT, why

    def against(self) -> tuple[str, ...]:
        return (self.code,) if self.aside else self.scene.against or ("elsewhere",)


def give_roles(
    toponyms: Sequence[Toponym],
    signs: Signs,
    genres: Iterable[GenreMention],
    gazetteer: Gazetteer,
    cues: ToponymCues,
) -> tuple[PlaceMention, ...]:
    """Return the place mentions: event places first, the primary one leading, then the others in order of the text."""
    weighed = [
        _Weighed(each, each.place, aside(each, cues), weigh(each, signs, cues))
        for each in toponyms
        if each.place is not None and not (each.demonym and is_part_of_a_name(each, cues))
    ]
    _share_asides(weighed, gazetteer, cues)
    afloat = is_at_sea(toponyms, cues)
    seas_named = any(map(_is_sea, toponyms))
    seas = afloat or seas_named
    if not any(genre.genre is Genre.FICTION and genre.strength > 1 for genre in genres):
        nameless = any(_is_scene_unknown(each, cues) for each in toponyms)
        _choose(weighed, signs, gazetteer, cues, nameless=nameless, seas=seas, afloat=afloat, seas_named=seas_named)
    else:
        _take_the_most_named(weighed)
    at_home = not seas and _is_at_home(weighed, signs)
    events = sorted(
        (each for each in weighed if each.role is Role.EVENT),
        key=lambda each: (each.breadth, -each.scene.weight, each.toponym.words.number, each.toponym.first),
    )
    others = {each.toponym: each.against() for each in weighed if each.role is Role.MENTION and _is_told(each.toponym)}
    others |= {each: () for each in toponyms if each.place is None and _worth_telling(each)}
    return (
        *([_outlets_country(signs.home)] if signs.home and at_home else []),
        *(_mention(each.toponym, Role.EVENT, each.why) for each in events),
        *(_mention(each, Role.MENTION, others[each]) for each in toponyms if each in others),
    )


def _take_the_most_named(weighed: Sequence[_Weighed]) -> None:
    """Give an item about a work of fiction the first place of the country that it mostly names, if one is."""
    named = [each for each in weighed if each.country and not each.toponym.demonym and _is_told(each.toponym)]
    counts = Counter(each.country for each in named)
    if not counts:
        return
    (country, most), *_ = counts.most_common(1)
    if most >= _OFTEN and 2 * most > len(named):
        next(each for each in named if each.country == country).take("named-most")


def _is_told(toponym: Toponym) -> bool:
    """Tell whether it is a name of a place, not a sign or an agency of one."""
    return toponym.names_a_place and toponym.sort is not Sort.AGENCY


def _is_sea(toponym: Toponym) -> bool:
    """Tell whether it is a sea, or a part of the world, that belongs to no one country."""
    if toponym.sort is Sort.AREA:
        return True
    return toponym.place is not None and toponym.place.kind is PlaceKind.AREA and toponym.place.country is None


def _is_at_home(weighed: Sequence[_Weighed], signs: Signs) -> bool:
    """Tell whether something goes on now and no land but the outlet's own is named: then it is there."""
    abroad = signs.home is None or any(
        each.country != signs.home.country.country and not (each.code == "topic" and each.aside and each.aside.firm)
        for each in weighed
    )
    acts = any(each.role is Role.EVENT or each.code in _ELSEWHERE for each in weighed)
    return not abroad and not acts and signs.of_now


def _outlets_country(home: Home) -> PlaceMention:
    """Return a mention of no words: the country is not in the text."""
    return PlaceMention(
        span=Span(Field.TITLE, 0, 0), surface="", candidates=(home.country,), place=home.country, role=Role.EVENT,
        why=("outlet-country",),
    )  # fmt: skip


def _is_scene_unknown(toponym: Toponym, cues: ToponymCues) -> bool:
    """Tell whether it happens at a place that the gazetteer cannot tell: then "French" is no better answer."""
    named = toponym.place is None and toponym.sort is None and toponym.sure
    return named and governor(toponym, cues).placed


def _worth_telling(toponym: Toponym) -> bool:
    """Tell whether a name without a place is surely a name: not a word at a sentence's start, not a rare village's."""
    return toponym.sort is not None or not {"only-at-a-start", "small-and-no-ground"}.intersection(toponym.why)


def _mention(toponym: Toponym, role: Role, why: tuple[str, ...]) -> PlaceMention:
    return PlaceMention(
        span=toponym.span, surface=toponym.surface, candidates=toponym.candidates, place=toponym.place, role=role,
        why=tuple(dict.fromkeys((*why, *toponym.why))), demonym=toponym.sort is Sort.DEMONYM,
    )  # fmt: skip


def _share_asides(weighed: Sequence[_Weighed], gazetteer: Gazetteer, cues: ToponymCues) -> None:
    """A region or country that only says where an aside lies ("reached Aswan in Egypt") is one with it."""
    for each, after in pairwise(weighed):
        shares = each.aside and not after.aside and each.code not in _OF_ITSELF
        if shares and lies_in(each.toponym, after.toponym, cues) and gazetteer.contains(after.place, each.place):
            after.aside = each.aside


def _choose(
    weighed: list[_Weighed],
    signs: Signs,
    gazetteer: Gazetteer,
    cues: ToponymCues,
    *,
    nameless: bool,
    seas: bool,
    afloat: bool,
    seas_named: bool,
) -> None:
    at_sea = afloat and seas_named
    open_ones = [
        each
        for each in weighed
        if each.aside is None and not each.scene.against and not (at_sea and _is_ashore(each, cues))
    ]
    if not open_ones:
        strangers = _of_others_at_sea(afloat=afloat, seas_named=seas_named)
        spoken = [each for each in weighed if each.code not in strangers]
        _take_last_resort(spoken, nameless=nameless, seas=seas)
        _take_front(weighed, signs, cues)
        return
    best = max(open_ones, key=lambda each: each.rank)
    if best.scene.strength < LIVE:
        best = _plain_subject(open_ones)
    first = next(each for each in open_ones if each.toponym.words is best.toponym.words)
    if first.scene.strength >= LIVE and _is_meanwhile(best, first, signs, cues):
        best = first
    best.take(*best.scene.grounds or ("subject",))
    listed = chain(best.toponym, cues)
    for each in open_ones:
        if each.country == best.country:
            _take_of_country(each, best, gazetteer, listed=each.toponym in listed)
        else:
            _take_of_another(each, best, signs, cues, listed=each.toponym in listed)
    for each in weighed:
        if is_front(each.toponym, best.toponym, signs, cues) or trade_fire(each.toponym, best.country, cues):
            each.take("both-sides-of-a-front")
        if is_beyond_border(each.toponym, signs, cues) or is_other_side(each.toponym, best.toponym, cues):
            each.take("across-the-border")
        # The country may be spoken of as a state, and hold the event's city all the same.
        if each.code in {"speaker", "government"} and each.place.kind is PlaceKind.COUNTRY:
            _take_of_country(each, best, gazetteer)


def _of_others_at_sea(*, afloat: bool, seas_named: bool) -> frozenset[str]:
    """Return the asides of those who only speak of a ship; where its sea is named, also of who struck or sailed it."""
    if not afloat:
        return frozenset()
    return _OF_STATES | _OF_SHIPS if seas_named else _OF_STATES


def _is_ashore(each: _Weighed, cues: ToponymCues) -> bool:
    """Tell whether it is a land that is named beside a ship and its sea, and not as the shore that it lies off."""
    return each.place.kind is PlaceKind.COUNTRY and not governor(each.toponym, cues).placed


def _take_of_another(each: _Weighed, best: _Weighed, signs: Signs, cues: ToponymCues, *, listed: bool) -> None:
    """Take a place of another country where it is listed with the best, or stands as firmly and is no mere cause."""
    if listed:
        if (each.breadth <= _PRECISE and best.breadth <= _PRECISE) or each.place.kind is best.place.kind:
            each.take("listed-with-the-first")
        return
    if is_far_side(each.toponym, cues):
        return  # "near X, on the Y-Z border"
    if each.toponym.demonym != best.toponym.demonym or _is_meanwhile(each, best, signs, cues):
        return  # an adjective tells the land only where no name does
    firm = each.scene.leading and min(each.scene.strength, best.scene.strength) >= FIRM
    if firm and not _is_cause(each.toponym, best.toponym, cues):
        each.take(*each.scene.grounds)


def _is_meanwhile(each: _Weighed, best: _Weighed, signs: Signs, cues: ToponymCues) -> bool:
    """Tell whether a clause of its own names the place, and nothing happens in it: "as leaders gather in X"."""
    words, first = each.toponym.words, each.toponym.first
    if words is not best.toponym.words or first < best.toponym.first or _SUFFERS.intersection(each.scene.grounds):
        return False
    at = cues.asides.meanwhile.within(words.folded, best.toponym.last, first)
    if at is None or any(word.isdecimal() for word in words.folded[at:]):
        return False
    start = words.sentence.span.start + words.starts[at]
    return not any(sign.span.end > start for sign in signs.within(words.sentence.span))


def _is_cause(toponym: Toponym, best: Toponym, cues: ToponymCues) -> bool:
    """Tell whether it is where the cause lies: "tsunami warning for Japan after a quake off Chile"."""
    words = toponym.words.folded
    ahead = best.words is toponym.words and best.first < toponym.first
    start = best.last if ahead else toponym.first - _CAUSE_WORDS
    at = cues.asides.causes.within(words, start, toponym.first)
    if at is None:
        return False
    onward = at + cues.asides.causes.at(words, at)
    if not cues.asides.effects.isdisjoint(words[onward : toponym.first]):
        return False  # "after a quake off Chile triggers alerts in Japan"
    return cues.asides.tolls.isdisjoint(words[onward : onward + 1])  # "after killing 14 in X": the same storm


def _take_front(weighed: Sequence[_Weighed], signs: Signs, cues: ToponymCues) -> None:
    """Take the land beyond the border at which the one that was taken, or none, fights."""
    parties = [each for each in weighed if each.code in _AT_A_FRONT and each.scene.leading][:_FEW_PARTIES]
    for one in parties:
        for each in parties:
            if is_front(each.toponym, one.toponym, signs, cues):
                one.take("both-sides-of-a-front")
                each.take("both-sides-of-a-front")


def _take_of_country(each: _Weighed, best: _Weighed, gazetteer: Gazetteer, *, listed: bool = False) -> None:
    """Take a place of the event's country: the same again, what holds it, or another place of what happens."""
    if each.place.id == best.place.id:
        each.take("same-place")
    elif gazetteer.contains(each.place, best.place):
        if each.place.kind is PlaceKind.COUNTRY and not _is_address(each, best):
            each.take("holds-the-place")
    elif listed:
        each.take("listed-with-the-first")
    elif each.scene.strength >= LIVE and each.aside is None:
        each.take(*each.scene.grounds)


def _is_address(each: _Weighed, best: _Weighed) -> bool:
    """Tell whether the country only completes the place's name: "Tbilisi, Georgia"."""
    left, right = best.toponym, each.toponym
    return left.words is right.words and left.words.folded[left.last : right.first] in ([","], ["("])


def _plain_subject(open_ones: list[_Weighed]) -> _Weighed:
    """Return the title's place, else the lead's, else one of the country named most."""
    for number in range(2):
        there = [each for each in open_ones if each.toponym.words.number == number]
        if there:
            return max(there, key=lambda each: each.rank)
    counts = Counter(each.country for each in open_ones)
    return max(open_ones, key=lambda each: (counts[each.country], *each.rank))


def _take_last_resort(weighed: list[_Weighed], *, nameless: bool, seas: bool) -> None:
    """Take the likeliest of the soft asides: a dateline, a government that speaks of its own land, a demonym."""
    soft = [
        each
        for each in weighed
        if each.aside and not each.aside.firm and not each.scene.against and each.code in _LAST_RESORT
    ]
    soft = [
        each
        for each in soft
        if not each.toponym.names_a_place or (each.toponym.words.number <= 1 and not (nameless and each.code in _POOR))
    ]
    if not soft:
        _take_background(weighed)
        return
    best = min(soft, key=lambda each: (each.toponym.words.number > 0, _LAST_RESORT.index(each.code)))
    if best.code in _ABROAD and (seas or any(each.country != best.country for each in weighed)):
        named = {each.country for each in weighed if each.toponym.names_a_place}
        soft = [each for each in soft if not each.toponym.names_a_place and each.country in named]
        if not soft:
            return
        best = soft[0]
    alike = [each for each in soft if each.code == best.code]
    if best.code in _UNDECIDED and len({each.country for each in alike}) > 1:
        return
    for each in alike:
        if each.country == best.country:
            each.take("nothing-else", best.code)
    if best.code == "sign-of-the-country":
        _take_town_of_body(weighed, best)


def _take_town_of_body(weighed: list[_Weighed], best: _Weighed) -> None:
    """Take the one town of the country after which an office or school of the item is called."""
    bodies = [each for each in weighed if each.code == "organisation" and each.country == best.country]
    if len({each.place.id for each in bodies}) == 1 and bodies[0].place.kind is PlaceKind.CITY:
        bodies[0].take("nothing-else", "organisation")


def _take_background(weighed: list[_Weighed]) -> None:
    """Take the place of an older thing that is all the item is about; not where it is only spoken of elsewhere."""
    past = [each for each in weighed if each.code in _ON_THE_WAY and each.scene.against]
    if past and not any(each.aside and each.aside.firm and each.code not in _OF_PEOPLE for each in weighed):
        best = max(past, key=lambda each: each.rank)
        for each in past:
            if each.country == best.country:
                each.take("nothing-else", *each.scene.against)
