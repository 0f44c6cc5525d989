"""Adjectives of a land, and who bears them: a place, those who speak at home, or forces that strike abroad."""

from collections.abc import Iterable

from bot.lexicon.toponyms import Sort, ToponymCues
from bot.model.place import PlaceKind
from bot.reading.toponym import Governor, Toponym

_NEAR = 3  # tokens between a land and the ship that is its own: "Venezuelan drug boat"
_FETCHED = 9  # tokens from a state to the citizens that it evacuates
_OBJECT = 5  # tokens in which the arms follow their verb
_FLEETS = frozenset({"US", "GB", "FR"})  # whose ships and jets down drones in far lands and seas
_SENTENCES = 2  # the title and the lead tell whether it happens at sea


def is_of_a_place(toponym: Toponym, cues: ToponymCues) -> bool:
    """Tell whether the adjective says where something lies: "a Malian village", "a major Russian oil terminal".

    One plain word may stand between the two, as in "explosives factory".
    """
    words, last = toponym.words.folded, toponym.last
    if not cues.scene.settlements.isdisjoint(words[last : last + 1]) or cues.airports.nouns.at(words, last):
        return True
    if cues.scene.local.at(words, last):
        return not _is_afloat(words, last + cues.scene.local.at(words, last), cues)
    return last + 1 < len(words) and _is_plain(words, last, cues) and bool(cues.scene.local.at(words, last + 1))


def _is_plain(words: list[str], index: int, cues: ToponymCues) -> bool:
    """Tell whether the word is no verb, force, people or preposition: it only says which factory it is."""
    word, scene, asides = words[index], cues.scene, cues.asides
    kinds = (scene.strikes, scene.locatives, scene.onto, asides.people, asides.speech, asides.auxiliaries)
    joined = word in scene.joiners or word in asides.destination or word in asides.vessels
    acts = asides.arms.at(words, index) or asides.actors.at(words, index) or asides.assails.at(words, index)
    return word.isalpha() and not joined and not acts and all(word not in kind for kind in kinds)


def _is_afloat(words: list[str], index: int, cues: ToponymCues) -> bool:
    return words[index : index + 1] != [] and words[index] in cues.asides.vessels


def is_part_of_a_name(toponym: Toponym, cues: ToponymCues) -> bool:
    """Tell whether the adjective begins a town's own name: "the village of Spanish Wells"."""
    words, first, last = toponym.words, toponym.first, toponym.last
    led = first > 1 and words.folded[first - 1] in cues.scene.links
    return led and words.folded[first - 2] in cues.scene.settlements and words.glued(last) and words.capital[last]


def attacks_another(toponym: Toponym, cues: ToponymCues) -> bool:
    """Tell whether its arms are turned on a land that is named next: "a Yemen drone attack on Israel"."""
    words, index = toponym.words, toponym.last
    while run := cues.asides.arms.at(words.folded, index):
        index += run
    if index == toponym.last or words.folded[index : index + 1] == [] or words.folded[index] not in cues.scene.onto:
        return False
    other = words.inside(index + 1)
    return (
        other is not None
        and other.place is not None
        and toponym.place is not None
        and (other.place.country != toponym.place.country)
    )


def is_grievance(toponym: Toponym, ruler: Governor, cues: ToponymCues) -> bool:
    """Tell whether people protest over another land: "protests in X over Y"; not against their own government."""
    words, after = toponym.words.folded, past_possessive(toponym)
    if ruler.word not in cues.asides.grievances or cues.asides.protests.isdisjoint(words[: max(0, ruler.index)]):
        return False
    own = cues.asides.actors.at(words, after) or cues.asides.authorities.at(words, after)
    return after == toponym.last and not own


def is_of_people(toponym: Toponym, cues: ToponymCues) -> bool:
    """Tell whether the demonym says whence people come: "Chinese miners", "touristes belges"."""
    words = toponym.words.folded
    around = [*words[max(0, toponym.first - 1) : toponym.first], *words[toponym.last : toponym.last + 1]]
    return not cues.asides.people.isdisjoint(around)


def are_dwellers(toponym: Toponym, cues: ToponymCues) -> bool:
    """Tell whether those who bear the adjective are mostly at home: "Malian families"."""
    return not cues.asides.dwellers.isdisjoint(toponym.words.folded[toponym.last : toponym.last + 1])


def is_accused(toponym: Toponym, ruler: Governor, cues: ToponymCues) -> bool:
    """Tell whether another land says that it did it: "X blames Y for the shelling", "Y accused of striking"."""
    words, after = toponym.words.folded, toponym.last
    if ruler.index == toponym.first - 1 and cues.asides.accuses.at(words, ruler.index):
        other = toponym.words.inside(ruler.index - 1)
        return other is not None and other.place is not None and words[after : after + 1] in (["for"], ["of"])
    return False


def defends_itself(toponym: Toponym, cues: ToponymCues) -> bool:
    """Tell whether it downs or repels what comes, and no other land is said to be where: "X shoots down drones"."""
    words, verb = toponym.words, past_possessive(toponym)
    while verb < len(words.folded) and words.folded[verb] in cues.asides.auxiliaries:
        verb += 1
    if not cues.asides.defends.at(words.folded, verb) or is_fleet_power(toponym):
        return False
    onward = (each for each in words.toponyms if each.first > verb and each.first <= verb + _FETCHED)
    return not any(words.folded[each.first - 1] in cues.scene.locatives for each in onward)


def is_fleet_power(toponym: Toponym) -> bool:
    """Tell whether its forces stand in all seas, far from home."""
    return toponym.place is not None and toponym.place.country in _FLEETS


def names_a_landmark(toponym: Toponym, cues: ToponymCues) -> bool:
    """Tell whether a square or hotel is called after the country: "the Kuwait Roundabout", "Jordan Hospital"."""
    place, words, last = toponym.place, toponym.words, toponym.last
    if place is None or place.kind is not PlaceKind.COUNTRY or not words.plain:
        return False
    if not words.glued(last) or not words.capital[last]:
        return False
    return words.folded[last] in cues.scene.facilities or words.folded[last] in cues.scene.landforms


def fetches_its_people(toponym: Toponym, cues: ToponymCues) -> bool:
    """Tell whether a state takes its own out of another land: "Portugal flies 40 of its people out of Juba"."""
    words, place = toponym.words.folded, toponym.place
    if place is None or place.kind is not PlaceKind.COUNTRY or toponym.demonym:
        return False
    end = toponym.last + _FETCHED
    at = cues.asides.addressed.intersection(words[toponym.last : end])
    return bool(at) and cues.asides.refuge.within(words, toponym.last, end) is not None


def is_authority(toponym: Toponym, cues: ToponymCues) -> bool:
    """Tell whether those who bear the adjective speak of their own land: "Danish officials"."""
    return bool(cues.asides.authorities.at(toponym.words.folded, toponym.last))


def strikes_abroad(toponym: Toponym, cues: ToponymCues) -> bool:
    """Tell whether it is a power that is known to strike in other lands, and its arms follow: "a Russian drone"."""
    words, after = toponym.words.folded, past_possessive(toponym)
    if toponym.folded not in cues.asides.powers:
        return False
    naval = (
        toponym.demonym
        and after + 1 < len(words)
        and _is_plain(words, after, cues)
        and not cues.scene.local.at(words, after)
    )
    return bool(cues.asides.arms.at(words, after) or (naval and cues.asides.arms.at(words, after + 1)))


def is_armed(toponym: Toponym, cues: ToponymCues) -> bool:
    """Tell whether what bears the name attacks: "Hezbollah rockets", "Hamas fires"."""
    words, after = toponym.words.folded, past_possessive(toponym)
    fights = cues.asides.arms.at(words, after) or makes_war(words, after, cues)
    return toponym.folded in cues.asides.powers and bool(fights)  # a carrier's strike is another thing


def makes_war(words: list[str], verb: int, cues: ToponymCues) -> bool:
    """Tell whether a verb and its arms stand there: "launches air strikes", "begins a ground offensive"."""
    run = cues.asides.assails.at(words, verb) or cues.asides.wages.at(words, verb)
    return bool(run) and cues.asides.arms.within(words, verb + run, verb + run + _OBJECT) is not None


def owns_a_vessel(toponym: Toponym, cues: ToponymCues) -> bool:
    """Tell whether the land is only that of a ship that is struck: "a Venezuelan drug boat", "the Gaza flotilla"."""
    place, words, last = toponym.place, toponym.words.folded, toponym.last
    if place is None or place.kind is not PlaceKind.COUNTRY or toponym.sort not in {None, Sort.COUNTRY, Sort.DEMONYM}:
        return False
    if cues.asides.origin.before(words, toponym.first):
        return not cues.asides.vessels.isdisjoint(words[: toponym.first]) and _is_struck(words, cues)
    if toponym.first and words[toponym.first - 1] in cues.scene.locatives and not toponym.demonym:
        afloat = not cues.asides.vessels.isdisjoint(words[: toponym.first])
        return afloat and any(_wars_abroad(other, cues) for other in toponym.words.toponyms)
    for index in range(last, min(last + _NEAR, len(words))):
        if words[index] in cues.asides.vessels:
            return _is_struck(words, cues)
        if words[index] != "‘" and not _is_plain(words, index, cues):
            return False
    return False


def _wars_abroad(toponym: Toponym, cues: ToponymCues) -> bool:
    words, after = toponym.words.folded, past_possessive(toponym)
    return toponym.folded in cues.asides.powers and (
        strikes_abroad(toponym, cues) or makes_war(words, after, cues) or bool(cues.asides.assails.at(words, after))
    )


def is_at_sea(toponyms: Iterable[Toponym], cues: ToponymCues) -> bool:
    """Tell whether a ship or boat is what is struck in the title or the lead."""
    leading = {id(each.words): each.words for each in toponyms if each.words.number < _SENTENCES}
    return any(
        not cues.asides.vessels.isdisjoint(words.folded) and _is_struck(words.folded, cues)
        for words in leading.values()
    )


def _is_struck(words: list[str], cues: ToponymCues) -> bool:
    return not cues.scene.strikes.isdisjoint(words) or cues.asides.arms.within(words, 0, len(words)) is not None


def past_possessive(toponym: Toponym) -> int:
    """Return the token after the name and its "'s"."""
    words = toponym.words.folded
    return toponym.last + 2 if words[toponym.last : toponym.last + 2] == ["'", "s"] else toponym.last
