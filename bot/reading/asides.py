"""Why a place is only named and nothing happens there: each rule is one question about the words around it.

A firm aside never becomes an event place. A soft one does where the item leaves no better place: "Nigeria says 30
were killed" names Nigeria as the speaker, and is about Nigeria all the same.
"""

from collections.abc import Callable
from dataclasses import dataclass

from bot.lexicon.toponyms import Sort, ToponymCues
from bot.model.place import Place, PlaceKind
from bot.reading.datelines import CLAUSE, clause_end, is_beside, is_dateline, is_desk, is_of_a_source
from bot.reading.neighbours import chain, governor, group_start
from bot.reading.peoples import (
    are_dwellers,
    attacks_another,
    defends_itself,
    fetches_its_people,
    is_accused,
    is_armed,
    is_authority,
    is_grievance,
    is_of_a_place,
    is_of_people,
    is_part_of_a_name,
    makes_war,
    names_a_landmark,
    owns_a_vessel,
    past_possessive,
    strikes_abroad,
)
from bot.reading.routes import is_end_of_journey, is_second_at_border
from bot.reading.toponym import Governor, Toponym

_NEAR_WORDS = 5  # tokens between a flight, or people, and the place that they go to or come from
_YEAR = 4  # digits
_OPENING = 3  # tokens before what opens a sentence: "Almost ten years ago"


@dataclass(frozen=True, slots=True)
class Aside:
    """A ground, by its code, for taking the place as merely named."""

    code: str
    firm: bool


Rule = Callable[[Toponym, Governor, ToponymCues], "Aside | None"]


def aside(toponym: Toponym, cues: ToponymCues) -> Aside | None:
    """Return the first ground, strongest rules first, for taking the place as merely named, or None."""
    ruler = governor(toponym, cues)
    for rule in _RULES:
        if (found := rule(toponym, ruler, cues)) is not None:
            return found
    return None


def _listed(toponym: Toponym, _: Governor, cues: ToponymCues) -> Aside | None:
    if toponym.sort is Sort.DEMONYM:
        return _adjective(toponym, cues)
    if toponym.sort is Sort.MARK:
        return Aside("sign-of-the-country", firm=False)
    if toponym.sort is Sort.AGENCY:
        return Aside("attacker", firm=True) if is_armed(toponym, cues) else Aside("authority", firm=False)
    if toponym.sort is Sort.INSTITUTION:
        return Aside("government", firm=True)
    return Aside("organisation", firm=True) if toponym.body or names_a_landmark(toponym, cues) else None


def _adjective(toponym: Toponym, cues: ToponymCues) -> Aside | None:
    if strikes_abroad(toponym, cues):
        return Aside("attacker", firm=True)
    if is_part_of_a_name(toponym, cues):
        return Aside("organisation", firm=True)
    if is_of_a_place(toponym, cues):
        return None  # "вильнюсский аэропорт", "a Nigerian village": an adjective of where it is
    if is_authority(toponym, cues):
        return Aside("authority", firm=False)
    return Aside("demonym", firm=is_of_people(toponym, cues) and not are_dwellers(toponym, cues))


def _dateline(toponym: Toponym, ruler: Governor, cues: ToponymCues) -> Aside | None:
    """Where the report is written, or somebody sits who speaks of another land."""
    away = is_dateline(toponym) or is_desk(toponym, ruler, cues)
    return Aside("dateline", firm=False) if away else None


def _mission(toponym: Toponym, _: Governor, cues: ToponymCues) -> Aside | None:
    """The embassy's country: "the U.S. embassy", "ambassade de France"."""
    words = toponym.words
    after = past_possessive(toponym)
    if cues.asides.missions.at(words.folded, after):
        return None if _is_owned(toponym) else Aside("embassy-of", firm=True)
    index = toponym.first - 1
    while index >= 0 and words.folded[index] in cues.scene.fillers:
        index -= 1
    if (index < toponym.first - 1 or words.caseless) and cues.asides.missions.before(words.folded, index + 1):
        return Aside("embassy-of", firm=True) if _is_country(toponym.place) else None
    return None


def _is_owned(toponym: Toponym) -> bool:
    """Tell whether a country stands right before the city: "Türkiye'nin Kabil Büyükelçiliği" is in Kabul."""
    row, at = toponym.words.toponyms, toponym.words.toponyms.index(toponym)
    if at == 0 or toponym.place is None or toponym.place.kind is not PlaceKind.CITY:
        return False
    return _is_country(row[at - 1].place) and toponym.first - row[at - 1].last <= 1


def _is_country(place: Place | None) -> bool:
    return place is not None and place.kind is PlaceKind.COUNTRY


def _speaks(place: Place | None) -> bool:
    """Tell whether a government is called by this name: a country, its capital, a region."""
    return place is not None and (place.capital or place.kind in {PlaceKind.COUNTRY, PlaceKind.REGION})


def _at_home(toponym: Toponym, cues: ToponymCues) -> bool:
    """Tell whether a state acts in its own land: "Poland downs drones in its airspace"."""
    words = toponym.words.folded
    if defends_itself(toponym, cues):
        return True
    if cues.asides.own.within(words, toponym.last, len(words)) is None:
        return False  # most sentences: their clauses need not be parted
    return cues.asides.own.within(words, toponym.last, clause_end(toponym)) is not None


def _comparison(toponym: Toponym, _: Governor, cues: ToponymCues) -> Aside | None:
    words, index = toponym.words.folded, toponym.first
    for _step in range(4):
        if cues.asides.comparisons.before(words, index):
            return Aside("comparison", firm=True)
        before = words[index - 1] if index else ""
        year = len(before) == _YEAR and before.isdecimal()  # "wie 2015 in Paris"
        if not year and before not in cues.scene.fillers and before not in cues.scene.locatives:
            return None
        index -= 1
    return None


def _topic(toponym: Toponym, ruler: Governor, cues: ToponymCues) -> Aside | None:
    words = toponym.words.folded
    if cues.asides.topics.before(words, toponym.first):
        return Aside("topic", firm=True)
    if is_grievance(toponym, ruler, cues):
        return Aside("topic", firm=ruler.word not in cues.scene.onto)
    protest = cues.asides.denounces.within(words, toponym.first - _NEAR_WORDS - 3, toponym.first) is not None
    struck = ruler.index > 0 and words[ruler.index - 1] in cues.scene.strikes
    if protest and (struck or not ruler.placed):
        return Aside("topic", firm=struck)
    theme = not toponym.demonym and cues.asides.themes.at(words, toponym.last)
    return Aside("topic", firm=False) if theme else None


def _calm(toponym: Toponym, _: Governor, cues: ToponymCues) -> Aside | None:
    """A place that is said to be quiet."""
    words = toponym.words.folded
    if cues.asides.calm.within(words, toponym.last, toponym.last + _NEAR_WORDS) is None:
        return None  # most places: their clauses need not be parted
    row = toponym.words.toponyms
    onward = row[row.index(toponym) + 1 :]
    end = min(clause_end(toponym), onward[0].first if onward else len(words))
    at = cues.asides.calm.within(words, toponym.last, min(end, toponym.last + _NEAR_WORDS))
    return Aside("calm-there", firm=True) if at is not None else None


def _according(toponym: Toponym, ruler: Governor, cues: ToponymCues) -> Aside | None:
    words, index = toponym.words.folded, toponym.first
    while index > 0 and index > ruler.index:
        if run := cues.asides.according.before(words, index):
            party = _is_country(toponym.place) or (_speaks(toponym.place) and (run > 1 or not ruler.placed))
            front = words[index - 1] == words[index - run] and cues.asides.fronts.before(words, index - run)
            return Aside("party-to-it", firm=False) if party and not front else None
        if words[index - 1] not in cues.scene.fillers and toponym.words.inside(index - 1) is None:
            return None
        index -= 1
    return None


def _speaker(toponym: Toponym, ruler: Governor, cues: ToponymCues) -> Aside | None:
    """A government that speaks: "Islamabad rejected", "Seoul's military said", "France and Algeria offer"."""
    if ruler.placed or not _speaks(toponym.place):
        return None
    words = toponym.words.folded
    struck = ruler.word in cues.scene.strikes and ruler.word not in cues.asides.leads
    if cues.scene.suffers.at(words, toponym.last) or (struck and ruler.index == toponym.first - 1):
        return None  # "declares a state of emergency", "a blast rocks Kabul, and Islamabad denies"
    if _follows_its_verb(toponym, ruler, cues) and not cues.asides.assails.at(words, ruler.index):
        return Aside("speaker", firm=toponym.place is not None and toponym.place.kind is PlaceKind.CITY)
    index = past_possessive(chain(toponym, cues)[-1])
    index += cues.asides.actors.at(words, index)
    while index < len(words) and words[index] in cues.asides.auxiliaries:
        index += 1
    if index < len(words) and words[index] in cues.asides.speech and not makes_war(words, index, cues):
        if not cues.asides.addressed.isdisjoint(words[index + 1 : index + 1 + _NEAR_WORDS]):
            return Aside("adviser", firm=True)  # of its own people, about another land
        firm = toponym.place is not None and toponym.place.kind is PlaceKind.CITY
        return Aside("speaker", firm=firm)
    return None


def _follows_its_verb(toponym: Toponym, ruler: Governor, cues: ToponymCues) -> bool:
    """Tell whether it is the subject of a verb that stands first: "قالت كييف"; not of one that has its subject."""
    if ruler.index != toponym.first - 1 or ruler.word not in cues.asides.leads:
        return False
    return toponym.words.inside(ruler.index - 1) is None


def _power(toponym: Toponym, ruler: Governor, cues: ToponymCues) -> Aside | None:
    """A state that is known to strike abroad: killed "in a US air strike"."""
    if fetches_its_people(toponym, cues):
        return Aside("adviser", firm=True)
    if is_accused(toponym, ruler, cues):
        return Aside("attacker", firm=True)
    return Aside("attacker", firm=True) if strikes_abroad(toponym, cues) and not _at_home(toponym, cues) else None


def _vessel(toponym: Toponym, _: Governor, cues: ToponymCues) -> Aside | None:
    return Aside("vessel-of", firm=True) if owns_a_vessel(toponym, cues) else None


def _actor(toponym: Toponym, ruler: Governor, cues: ToponymCues) -> Aside | None:
    """A state that acts elsewhere: "Kabul's claim", "US strike on", "Russia bombs", "Kenya-based"."""
    if not _speaks(toponym.place) or _at_home(toponym, cues):
        return None
    if attacks_another(toponym, cues):
        return Aside("attacker", firm=False)
    words, after = toponym.words.folded, past_possessive(toponym)
    if _is_government(toponym, ruler, after, cues):
        return Aside("government", firm=False)
    if ruler.placed or cues.scene.bound.before(words, group_start(toponym, cues)):
        return None
    verb = after
    while verb < len(words) and words[verb] in cues.asides.auxiliaries:
        verb += 1
    fights = makes_war(words, verb, cues) or cues.asides.arms.at(words, after) or cues.asides.assails.at(words, verb)
    if fights or _follows_its_verb(toponym, ruler, cues):
        strikes = cues.asides.launched.isdisjoint(words[verb + 1 : verb + 1 + _NEAR_WORDS])
        return Aside("attacker" if strikes else "launcher", firm=False)
    return None


def _is_government(toponym: Toponym, ruler: Governor, after: int, cues: ToponymCues) -> bool:
    """Tell whether its government, or what is its own, is meant: "Kabul's claim", "the government of Kenya"."""
    words = toponym.words.folded
    if cues.asides.actors.at(words, after) and (after > toponym.last or not ruler.placed):
        return True
    if cues.asides.actors.before(words, ruler.index + 1):
        return True
    return ruler.index >= 0 and bool(cues.asides.actors.at(words, ruler.index)) and not ruler.placed


def _home(toponym: Toponym, ruler: Governor, cues: ToponymCues) -> Aside | None:
    """Where people or bodies come from: "a Texas contractor", "a security group from Russia"."""
    words = toponym.words.folded
    after = words[toponym.last] if toponym.last < len(words) else ""
    if after in cues.asides.people and not ruler.placed:
        return Aside("home-of-people", firm=False)
    run = cues.asides.origin.before(words, group_start(toponym, cues))
    if run:
        end = group_start(toponym, cues)
        fetched = cues.asides.refuge.within(words, end - run - _NEAR_WORDS, end) is not None
        if not fetched and not cues.asides.people.isdisjoint(words[max(0, end - run - 3) : end]):
            return Aside("actor-origin", firm=True)
    return None


def _fired(toponym: Toponym, _: Governor, cues: ToponymCues) -> Aside | None:
    """Where shots come from, which is not where they fall: "rockets fired from Gaza"."""
    run = cues.asides.fired.before(toponym.words.folded, group_start(toponym, cues))
    return Aside("fired-from", firm=True) if run else None


def _route(toponym: Toponym, _: Governor, cues: ToponymCues) -> Aside | None:
    """Ends of a journey: "flight from A to B", "vol A-B", "flights to B", "crossed from A into B"."""
    if cues.scene.bound.before(toponym.words.folded, group_start(toponym, cues)):
        return None
    if is_second_at_border(toponym, cues):
        return Aside("border-with", firm=False)
    return Aside("route", firm=False) if is_end_of_journey(toponym, cues) else None


def _remote(toponym: Toponym, ruler: Governor, cues: ToponymCues) -> Aside | None:
    """Where people only talk or judge: "talks in", "a court in", "speaking in", "Foreign Office in"."""
    if not ruler.placed or ruler.index < 1 or cues.scene.bound.before(toponym.words.folded, group_start(toponym, cues)):
        return None
    words = toponym.words
    at = ruler.index - 1
    if words.folded[at] in cues.asides.sayings:
        return Aside("dateline", firm=False)  # "said in New York that"
    if is_of_a_source(toponym, ruler, cues):
        return Aside("dateline", firm=False)
    while at > 0 and words.folded[at] in cues.asides.held:
        at -= 1
    if words.folded[at] in cues.asides.remote:
        return None if is_beside(toponym, at, cues) else Aside("held-elsewhere", firm=True)
    inside = words.inside(ruler.index - 1)
    if inside is None or inside.sort is not Sort.INSTITUTION or governor(inside, cues).placed:
        return None  # "shots near the White House in Washington"
    return Aside("seat-of-an-office", firm=True)


def _earlier(toponym: Toponym, _: Governor, cues: ToponymCues) -> Aside | None:
    """An earlier thing that the sentence only recalls, before the place in its clause.

    What opens a sentence ends with its comma ("Ten years after X, ..."), and "born in" tells of the one place.
    """
    words = toponym.words.folded
    if cues.asides.earlier.within(words, 0, toponym.first) is None:
        return None  # most sentences: their clauses need not be parted
    start = max((at + 1 for at in range(toponym.first) if words[at] in CLAUSE and words[at] != ":"), default=0)
    found = cues.asides.earlier.within(words, start, toponym.first)
    if found is None:
        return None
    past = found + cues.asides.earlier.at(words, found)
    if words[past - 1] in cues.scene.locatives:
        listed = chain(toponym, cues)
        over = any(past <= each.first < toponym.first and each not in listed for each in toponym.words.toponyms)
    else:
        comma = next((at for at in range(past, toponym.first) if words[at] == ","), None)
        over = found - start <= _OPENING and comma is not None and not _lists(toponym, comma, cues)
    return None if over else Aside("earlier", firm=True)


def _lists(toponym: Toponym, comma: int, cues: ToponymCues) -> bool:
    """Tell whether the comma parts places of the toponym's list."""
    return chain(toponym, cues)[0].first < comma


def _profile(toponym: Toponym, _: Governor, cues: ToponymCues) -> Aside | None:
    """A sentence that tells what a group usually does, or for how long."""
    if cues.asides.profiles.within(toponym.words.folded, 0, toponym.first) is None:
        return None
    return Aside("wider-region", firm=False)


_RULES: tuple[Rule, ...] = (
    _vessel, _listed, _dateline, _mission, _comparison, _topic, _calm, _according, _speaker, _power, _actor,
    _home, _fired, _route, _remote, _earlier, _profile,
)  # fmt: skip
