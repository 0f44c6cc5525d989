"""Resolving: which place a toponym means. Unsure is a value: then the place stays open, a town is never guessed.

A name means one place throughout an item. Each candidate is weighed by how known it is and by what the item names
around it: "X, Region", the countries and regions named, the places near. A point is a factor of ten in people.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from math import log10

from bot.gazetteer import Gazetteer
from bot.lexicon.toponyms import Sort, ToponymCues
from bot.model.item import Item
from bot.model.place import Place, PlaceKind
from bot.reading.home import Home
from bot.reading.neighbours import beside, closing
from bot.reading.toponym import Toponym

_SMALL = 15_000  # people; a smaller place needs a ground beside its name
# People; where countries are named, a smaller place is not believed in one that nothing speaks for: in a neighbour of
# those named, and farther away.
_MINOR, _MODEST = 30_000, 50_000
_FAR = 300_000  # people; the same, where only words of one country's offices tell the country
_KNOWN = 100_000  # people; a single name at a sentence's start is believed of such a place
_LARGE = 1_000_000
_COUNTY_KM = 80.0  # a region as small says where its towns are
_NEAR_KM, _NEAR_DEGREES = 150.0, 1.4
_QUARTER_KM = 25.0  # a quarter lies within its city

_COUNTRY, _REGION_CAP, _AREA, _AIRPORT = 9.0, 6.8, 6.5, 6.0
_ISLET = 5.5  # a territory of few people, such as Saint Helena
_BESIDE = 6.0  # "X, Region": above all else
_LONE_COUNTRY, _NAMED_COUNTRY, _DEMONYM, _REGION, _PRIOR = 2.2, 1.5, 0.8, 1.5, 0.6
_LOCAL = 2.0  # a local paper, and no country is named
_MARKED = 3.0  # "sheriff's office", and no other country is named
_NEARBY = 0.7
_USUAL = 0.6  # which of two cities of a size is meant where nothing tells
_CAPITAL, _WEAK, _SHADOW = 1.0, -0.8, -1.2
_STATE = 5.0  # a country's name in a text about another country that has a region of that name
_SECOND_COUNTRY = -3.0  # a country that shares its name with a better known one
_LANDS = frozenset({PlaceKind.REGION, PlaceKind.AREA})
_NAMES = frozenset({None, Sort.COUNTRY, Sort.DISTRICT})  # what names a place rather than a people or an office
_ANCHORS = 40  # cities that others are measured from
_MANY = 3  # countries that have a town of the name
_FEW = 8  # candidates that are looked at
_TIE = 0.35
_SHORT_NAME = 5  # letters; a shorter name of a small place is too often a word
_TOWN = 5_000
_LONG_NAME = 8  # letters; of two words and more, such a name is seldom anything else


class Context:
    """What an item names that speaks for or against candidates."""

    def __init__(self, toponyms: Sequence[Toponym], item: Item, home: Home | None, cues: ToponymCues) -> None:
        self.countries: set[str] = set()
        self.demonyms: set[str] = set()
        self.marks: set[str] = set()
        self.regions: set[str] = set()
        self.votes: dict[str, int] = defaultdict(int)
        self.priors = frozenset((*item.regions, *([home.country.country or ""] if home else [])))
        self.local = home.country.country if home and home.local else None
        self.usual = cues.usual
        self.anchors: list[Place] = []
        self.toponyms = toponyms
        for toponym in toponyms:
            if not (toponym.demonym and _acts(toponym, cues)):
                self._note(toponym)

    def _note(self, toponym: Toponym) -> None:
        if not toponym.candidates or toponym.sort is Sort.INSTITUTION:
            return
        first = toponym.candidates[0]
        code = first.country
        if toponym.sort is Sort.MARK:
            self.marks.add(code or "")
            return
        if toponym.demonym or toponym.body or toponym.sort is Sort.AGENCY:
            self.demonyms.add(code or "")
            return
        rivals = [place for place in toponym.candidates[1:] if place.kind in {PlaceKind.COUNTRY, PlaceKind.REGION}]
        if first.kind is PlaceKind.COUNTRY and code and not rivals:
            self.countries.add(code)
        elif first.kind is PlaceKind.REGION and not rivals:
            self.regions.add(first.id)
            self.countries.add(code or "")
        elif code and first.kind in _LANDS and all(place.country == code for place in toponym.candidates):
            self.countries.add(code)  # "Lancashire", or a county that several states have
        if code and not rivals and (first.kind is not PlaceKind.CITY or first.population >= _KNOWN):
            self.votes[code] += 1
            if first.kind is PlaceKind.CITY and (first.capital or first.population >= _LARGE):
                self.settle(first)

    def backs(self, place: Place) -> bool:
        """Tell whether something else in the item speaks for the place's country."""
        return any(place.country in spoken for spoken in (self.countries, self.demonyms, self.marks))

    def settle(self, place: Place) -> None:
        """Take note of a place that is decided."""
        if place.kind is PlaceKind.CITY and len(self.anchors) < _ANCHORS:
            self.anchors.append(place)
        elif place.kind is PlaceKind.REGION:
            if place.radius_km <= _COUNTY_KM and len(self.anchors) < _ANCHORS:
                self.anchors.append(place)
            self.regions.add(place.id)
            self.countries.add(place.country or "")
        elif place.kind is PlaceKind.COUNTRY:
            self.countries.add(place.country or "")


def _acts(toponym: Toponym, cues: ToponymCues) -> bool:
    """Tell whether the demonym is of people or forces, who may be anywhere: "French troops", "armée malienne"."""
    words = toponym.words.folded
    if cues.asides.actors.at(words, toponym.last) or cues.asides.arms.at(words, toponym.last):
        return True
    around = {*words[max(0, toponym.first - 1) : toponym.first], *words[toponym.last : toponym.last + 1]}
    return bool(cues.asides.actors.before(words, toponym.first)) or not cues.asides.people.isdisjoint(around)


def resolve(
    toponyms: Sequence[Toponym], item: Item, home: Home | None, gazetteer: Gazetteer, cues: ToponymCues
) -> None:
    """Set `place` and `why` of each toponym; `place` stays None where the choice is open."""
    context = Context(toponyms, item, home, cues)
    groups: dict[str, list[Toponym]] = defaultdict(list)
    for toponym in toponyms:
        groups[toponym.folded].append(toponym)
    for group in sorted(groups.values(), key=lambda each: -_weight(each[0].candidates)):
        place, why = _choice(group, context, gazetteer, cues)
        for toponym in group:
            toponym.place = place
            toponym.why.extend(why)
        if place is not None and not group[0].body and group[0].sort in _NAMES:
            context.settle(place)
    _leave_quarters(groups.values(), context, cues)
    _find_airports(toponyms, gazetteer, cues)


def _weight(candidates: Iterable[Place]) -> float:
    return max((_base(place) for place in candidates), default=0.0)  # so that the surest become anchors first


def _base(place: Place) -> float:
    if place.kind is PlaceKind.COUNTRY:
        return _COUNTRY if place.population >= _SMALL else _ISLET
    if place.kind is PlaceKind.AREA:
        return _AREA
    if place.kind is PlaceKind.AIRPORT:
        return _AIRPORT
    people = log10(place.population + 10)
    if place.kind is PlaceKind.REGION:
        return min(people, _REGION_CAP) - 1.0
    return people + (_CAPITAL if place.capital else 0.0)


def _choice(
    group: list[Toponym], context: Context, gazetteer: Gazetteer, cues: ToponymCues
) -> tuple[Place | None, list[str]]:
    """Return the place that the name means in this item, with the grounds."""
    first = group[0]
    if first.sort is not None:
        return (first.candidates[0] if first.candidates else None), [first.sort.value]
    holders = list(dict.fromkeys(holder for toponym in group for holder in beside(toponym, cues)))
    scored = [(_score(place, first, holders, context, gazetteer), place) for place in first.candidates]
    best, place = max(scored, key=lambda row: row[0])  # of equals the first, the most prominent
    held = any(_holds(holder, place, gazetteer) for holder in holders)
    if not held and any(_is_far(place, holder, gazetteer) for toponym in group for holder in closing(toponym, cues)):
        return None, ["not-in-what-is-named-with-it"]
    if not held and (doubt := _doubt(place, group, context, gazetteer, cues)):
        return None, [doubt]
    rivals = [
        other
        for score, other in scored
        if best - score < _TIE and other.country != place.country and (context.backs(other) or not context.backs(place))
    ]
    small = place.kind is PlaceKind.CITY and place.population < _KNOWN
    region = place.kind is PlaceKind.REGION and any(other.kind is PlaceKind.REGION for other in rivals)
    if rivals and not held and (small or region):
        return None, ["unsure"]
    return place, ["beside-its-region"] if held else []


def _score(
    place: Place, toponym: Toponym, holders: Sequence[tuple[Place, ...]], context: Context, gazetteer: Gazetteer
) -> float:
    score = _base(place) + (_WEAK if place.id in toponym.weak else 0.0)
    if place.kind is PlaceKind.COUNTRY and place is not toponym.candidates[0]:
        score += _SECOND_COUNTRY
    if place.kind is PlaceKind.REGION and any(place.id in other.parents for other in toponym.candidates):
        score += _SHADOW  # the region around a city of the same name
    for holder in holders:
        if _holds(holder, place, gazetteer) and (place.kind is not PlaceKind.COUNTRY):
            strong = (
                toponym.candidates[0].kind is not PlaceKind.COUNTRY
                or any(outer.kind is PlaceKind.REGION for outer in holder)
                or place.population >= _KNOWN  # "Granada, Spain", but not "Jordan, USA"
            )
            score += _BESIDE if strong else 0.0
            break
    score += _for_its_country(place, context) + _USUAL * (context.usual.get(toponym.folded) == place.country)
    if place.kind in {PlaceKind.CITY, PlaceKind.REGION}:
        score += _REGION * any(parent in context.regions for parent in place.parents)
    if place.kind is PlaceKind.CITY:
        score += _NEARBY * any(
            abs(anchor.point.lat - place.point.lat) < _NEAR_DEGREES
            and anchor.id != place.id
            and anchor.point.km_to(place.point) <= _NEAR_KM
            for anchor in context.anchors
        )
    if place.kind is PlaceKind.REGION and toponym.candidates[0].kind is PlaceKind.COUNTRY:
        score += _STATE * _is_state(place, toponym.candidates[0], toponym, context, gazetteer)
    return score


def _for_its_country(place: Place, context: Context) -> float:
    code, score = place.country, 0.0
    if code in context.marks:
        score += _MARKED if len(context.marks) == 1 and context.countries <= context.marks else _DEMONYM
    if code in context.countries:
        lone = context.countries == {code} and place.population >= _SMALL
        return score + (_LONE_COUNTRY if lone else _NAMED_COUNTRY)
    if code in context.demonyms:
        return score + _DEMONYM
    if code in context.priors and not context.countries:
        return score + (_LOCAL if code == context.local else _PRIOR)
    return score


def _is_state(region: Place, country: Place, toponym: Toponym, context: Context, gazetteer: Gazetteer) -> bool:
    """Tell whether "Georgia" is the state: its city stands before, or the item is about its country alone."""
    inside = toponym.words.inside(toponym.first - 2) or toponym.words.inside(toponym.first - 1)
    if inside and inside.candidates and inside is not toponym:
        if any(country.id in place.parents for place in inside.candidates[:3]):
            return False
        if any(region.id in place.parents for place in inside.candidates):
            return True
    near = {country.country, *gazetteer.neighbours(country.country or "")} & context.votes.keys()
    if context.votes.get(country.country or "") or country.country in context.demonyms:
        return False
    if any(
        region.id in place.parents and place.population >= _SMALL
        for other in context.toponyms
        if other is not toponym
        for place in other.candidates[:_FEW]
    ):
        return True
    return bool(context.votes.get(region.country or "")) and not near and country.country not in context.demonyms


def _is_far(place: Place, holder: tuple[Place, ...], gazetteer: Gazetteer) -> bool:
    """Tell whether what is said to hold the place lies in lands that do not even border on its own."""
    near = {place.country, *gazetteer.neighbours(place.country or "")}
    return near.isdisjoint(outer.country for outer in holder)


def _holds(holder: tuple[Place, ...], place: Place, gazetteer: Gazetteer) -> bool:
    return any(outer.id != place.id and gazetteer.contains(outer, place) for outer in holder)


def _doubt(
    place: Place, group: Sequence[Toponym], context: Context, gazetteer: Gazetteer, cues: ToponymCues
) -> str | None:
    """Return why the name alone is not enough for this place, or None."""
    if place.kind is not PlaceKind.CITY:
        return None
    if not context.backs(place) and any(_is_unlikely(each, place, context, cues) for each in group):
        return "part-of-a-larger-name-or-far-from-the-paper"
    backed = context.backs(place)
    if context.countries and not backed and place.country not in context.priors:
        near = not gazetteer.neighbours(place.country or "").isdisjoint(context.countries)
        short = len(group[0].folded) <= _SHORT_NAME
        other_name = short and place.id in group[0].weak and not near  # "Boni" in Mali is not Bonn
        if other_name or place.population < (_MINOR if near else _MODEST):
            return "in-a-country-not-named"
    if context.marks and not backed and not context.countries and place.country not in context.priors:
        near = not gazetteer.neighbours(place.country or "").isdisjoint(context.marks)
        if place.population < (_MINOR if near else _FAR):
            return "in-a-country-not-named"
    if place.population >= _SMALL:
        lone_start = not any(toponym.sure for toponym in group) and " " not in group[0].folded
        known = place.population >= _KNOWN or place.capital
        return "only-at-a-start" if lone_start and not known and not backed else None
    return _doubt_of_small(place, group, context, cues)


def _is_unlikely(toponym: Toponym, place: Place, context: Context, cues: ToponymCues) -> bool:
    """Tell whether the name is part of another, or one that many lands have and a local paper means at home."""
    codes = {other.country for other in toponym.candidates}
    abroad = context.local not in {None, place.country} and place.population < _LARGE
    return (abroad and len(codes) >= _MANY) or _of_a_landform(toponym, cues) or _ends_a_name(toponym)


def _doubt_of_small(place: Place, group: Sequence[Toponym], context: Context, cues: ToponymCues) -> str | None:
    codes = {other.country for other in group[0].candidates}
    if len(codes) == 1 and len(group[0].folded) > _LONG_NAME and " " in group[0].folded:
        return None
    if not any(toponym.sure and _said_to_be_a_place(toponym, cues) for toponym in group):
        return "small-and-no-ground"
    alone = len(codes) == 1 and len(group[0].folded) >= _SHORT_NAME and not group[0].words.caseless
    if alone and not context.countries and _is_town(place):
        return None  # a name that no other land has
    return None if context.backs(place) or place.country in context.priors else "small-and-no-ground"


def _is_town(place: Place) -> bool:
    """Tell whether it is a town of some people, or a seat of which no number is known."""
    return place.population == 0 or place.population >= _TOWN


def _ends_a_name(toponym: Toponym) -> bool:
    """Tell whether another place's name stands before with nothing between: "Ilocos Sur"."""
    words, first = toponym.words, toponym.first
    before = words.inside(first - 1)
    return words.plain and words.glued(first) and before is not None and before.sort is None


def _of_a_landform(toponym: Toponym, cues: ToponymCues) -> bool:
    """Tell whether a valley, lake or street is called so: "Tirah Valley", "îles de Loos"."""
    words, last = toponym.words, toponym.last
    if words.plain and words.glued(last) and words.capital[last] and words.folded[last] in cues.scene.landforms:
        return True
    index = toponym.first - 1
    while index > 0 and words.folded[index] in cues.scene.links:
        index -= 1
    return 0 <= index < toponym.first - 1 and words.folded[index] in cues.scene.landforms


def _said_to_be_a_place(toponym: Toponym, cues: ToponymCues) -> bool:
    """Tell whether a preposition of place, or "the town of", stands before, or "district" after."""
    words = toponym.words
    after = words.folded[toponym.last] if toponym.last < len(words.folded) else ""
    if after in cues.scene.settlements:
        return True
    index, steps = toponym.first - 1, 0
    while index >= 0 and steps < 6:  # noqa: PLR2004 - "in the north-western border town of X"
        word = words.folded[index]
        if word in cues.scene.locatives or word in cues.scene.settlements:
            return True
        if word not in cues.scene.fillers and words.inside(index) is None:
            return False
        index, steps = index - 1, steps + 1
    return False


def _leave_quarters(groups: Iterable[list[Toponym]], context: Context, cues: ToponymCues) -> None:
    """Leave open what is a quarter or landmark of a named city rather than a village of that name far from it."""
    cities = [place for place in context.anchors if place.population >= _KNOWN]
    for group in groups:
        place = group[0].place
        if place is None or place.kind is not PlaceKind.CITY or place.population >= _SMALL:
            continue
        if "beside-its-region" in group[0].why:
            continue
        around = [city for city in cities if city.country == place.country and city.id != place.id]
        near = any(city.point.km_to(place.point) <= _QUARTER_KM for city in around)
        if around and not near and any(_of_a_landmark(toponym, cues) for toponym in group):
            for toponym in group:
                toponym.place = None
                toponym.why.append("quarter-of-a-named-city")


def _of_a_landmark(toponym: Toponym, cues: ToponymCues) -> bool:
    words = toponym.words.folded
    after = words[toponym.last : toponym.last + 3]
    before = words[max(0, toponym.first - 3) : toponym.first]
    return not cues.scene.facilities.isdisjoint([*after, *before])


def _find_airports(toponyms: Sequence[Toponym], gazetteer: Gazetteer, cues: ToponymCues) -> None:
    """Make "Bali airport" and "aéroport de Gao" the airport, where the place has one large airport or only one."""
    for toponym in toponyms:
        place, words = toponym.place, toponym.words
        if place is None or toponym.sort is not None or place.kind not in {PlaceKind.CITY, PlaceKind.REGION}:
            continue
        run = cues.airports.nouns.at(words.folded, toponym.last)
        if not run and not cues.airports.of.before(words.folded, toponym.first):
            continue
        airport = _airport_of(place, gazetteer)
        if airport is not None:
            toponym.place = airport
            toponym.last += run
            words.hold(toponym)
            toponym.why.append("airport-of-the-place")


def _airport_of(place: Place, gazetteer: Gazetteer) -> Place | None:
    if place.kind is PlaceKind.CITY:
        serving = gazetteer.airports_of(place)
    else:
        serving = tuple(
            airport
            for airport in gazetteer.airports_near(place.point, max(place.radius_km, 50.0))
            if place.id in airport.parents
        )
    large = [airport for airport in serving if airport.size == "large"]
    if len(large) == 1:
        return large[0]
    return serving[0] if len(serving) == 1 else None
