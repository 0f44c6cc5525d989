"""Why a capitalised name that the gazetteer knows is no place here: a person, a plain word, a month, a storm."""

from bot.lexicon.toponyms import ToponymCues
from bot.model.place import Place, PlaceKind
from bot.reading.toponym import Words

_WELL_KNOWN = 100_000  # people; a larger city is meant by its name unless something speaks against it
_METROPOLIS = 1_000_000  # people; "London de ..." is not the name of a quarter
_AGES = range(10, 100)
_ACRONYM = 5  # letters; "IS Raqqa", "NATO Kabul": capitals that are no first name

PERSON, AILMENT = "person", "ailment"


def veto(words: Words, first: int, last: int, likeliest: Place, cues: ToponymCues) -> str | None:
    """Return why the tokens first..last are no name of the likeliest place or its namesakes, or None."""
    name = " ".join(words.folded[first:last])
    if is_plain_word(words, first, last, cues):
        return "plain-word"
    speaks = _is_speaker(words, first, last, likeliest, cues)
    if speaks or _is_surname(words, first, likeliest, cues) or _is_first_name(words, name, last, likeliest, cues):
        return PERSON
    if words.glued(last) and words.folded[last] in cues.names.ailments and _is_settlement(likeliest, _METROPOLIS):
        return AILMENT
    if _begins_larger_name(words, last, likeliest, cues):
        return "larger-name"
    plain = name in cues.names.common or name in cues.names.given
    if plain and not _stands_out(words, first, last, likeliest, cues):
        return "common-word"
    return "storm" if words.glued(first) and words.folded[first - 1] in cues.names.storms else None


def is_plain_word(words: Words, first: int, last: int, cues: ToponymCues) -> bool:
    """Tell whether the tokens are no place at all, whoever bears the name: asked before the gazetteer is."""
    return " ".join(words.folded[first:last]) in cues.names.never


def _is_speaker(words: Words, first: int, last: int, likeliest: Place, cues: ToponymCues) -> bool:
    """Tell whether a town says something, which is rather a person's name: "Rubio says"."""
    if likeliest.capital or not _is_settlement(likeliest, _METROPOLIS) or last >= len(words.folded):
        return False
    placed = first > 0 and words.folded[first - 1] in cues.scene.locatives
    return words.folded[last] in cues.asides.sayings and not placed


def _is_settlement(place: Place, below: int) -> bool:
    return place.kind is PlaceKind.CITY and place.population < below


def _stands_out(words: Words, first: int, last: int, likeliest: Place, cues: ToponymCues) -> bool:
    """Tell whether a name that is also a word is surely a name: a capital in prose, and a place's preposition."""
    if words.caseless:
        return _is_said_to_be_a_place(words, first, last, cues)
    if likeliest.kind is PlaceKind.COUNTRY:
        return first == 0 or words.plain
    if likeliest.kind is PlaceKind.REGION and first > 1 and words.folded[first - 1] == ",":
        return words.inside(first - 2) is not None  # "Vienna, Virginia"
    if not words.plain or first == 0 or (words.glued(last) and words.capital[last]):
        return False
    before = words.folded[first - 1]
    struck = before in cues.scene.onto and first > 1 and words.folded[first - 2] in cues.scene.strikes
    if before in cues.scene.locatives or struck:
        return True
    lower = before.isalpha() and not words.capital[first - 1] and before not in cues.scene.fillers
    return lower and likeliest.population >= _WELL_KNOWN


def _is_said_to_be_a_place(words: Words, first: int, last: int, cues: ToponymCues) -> bool:
    """Tell whether a word before says so, or a colon after the first word: "في مالي", "زلزال مالي", "مالي: ..."."""
    if first == 0:
        return words.folded[last : last + 1] == [":"]
    before, scene = words.folded[first - 1], cues.scene
    return before in scene.locatives or before in scene.settlements or before in scene.strikes


def _is_surname(words: Words, first: int, likeliest: Place, cues: ToponymCues) -> bool:
    """Tell whether a title or another name stands before: "Mr Jordan", "Jack London", "Bab-i-Khyber"."""
    at = first - 1
    if at > 0 and words.folded[at] == "." and words.folded[at - 1] in cues.names.titles:
        return words.capital[at - 1]
    if not words.glued(first):
        return False
    before = words.folded[at]
    if before == "-" and words.glued(at):
        other = words.inside(at - 1) is None and cues.known.at(words.folded, at - 1) is None
        small = likeliest.kind is PlaceKind.REGION or _is_settlement(likeliest, _WELL_KNOWN)  # "Mayo-Sava" is not Sava
        return other and words.capital[at - 1] and words.folded[at - 1] not in cues.names.open and small
    if not words.capital[at] and not words.caseless:
        return False
    if words.caseless or cues.noun_capitals or before in cues.names.titles or before in cues.names.given:
        return before in cues.names.titles or before in cues.names.given
    acronym = _is_acronym(words, at)
    known = before in cues.names.open or words.inside(at) is not None or cues.known.at(words.folded, at) is not None
    named = at > 0 and words.plain and before.isalpha() and not acronym and not known
    return named and likeliest.kind is PlaceKind.CITY and not _is_of_quarter(words, at, likeliest, cues)


def _is_of_quarter(words: Words, index: int, likeliest: Place, cues: ToponymCues) -> bool:
    """Tell whether the words before are a quarter of the city: "in Gulshan Karachi"."""
    if likeliest.population < _WELL_KNOWN:
        return False
    while index > 0 and words.capital[index] and words.glued(index):
        index -= 1
    return words.folded[index] in cues.scene.locatives and not words.capital[index]


def _is_acronym(words: Words, index: int) -> bool:
    """Tell whether the token is no person's name but capitals: "Dallas ICE office"; in all capitals nothing is."""
    token = words.sentence.text[words.starts[index] : words.ends[index]]
    return 1 < len(token) <= _ACRONYM and token.isupper() and not words.sentence.text.isupper()


def _is_first_name(words: Words, name: str, last: int, likeliest: Place, cues: ToponymCues) -> bool:
    """Tell whether a surname or an age follows: "Paris Hilton", "Jordan, 34, said"."""
    folded = words.folded
    if [*folded[last : last + 1], *folded[last + 2 : last + 3]] == [",", ","] and folded[last + 1].isdecimal():
        return int(folded[last + 1]) in _AGES
    if not words.plain or not words.glued(last) or not words.capital[last] or not folded[last].isalpha():
        return False
    if words.starts[last] == words.ends[last - 1] or folded[last] in cues.names.open or _is_acronym(words, last):
        return False
    known = cues.known.at(folded, last) is not None or cues.names.after.at(folded, last)
    if known or folded[last] in cues.scene.facilities:
        return False
    if name in cues.names.namesakes or name in cues.names.given:
        return True
    noun = cues.noun_capitals or folded[last] in cues.names.common  # "in Kilis Raketen eingeschlagen"
    return not noun and _is_settlement(likeliest, _WELL_KNOWN)


def _begins_larger_name(words: Words, last: int, likeliest: Place, cues: ToponymCues) -> bool:
    """Tell whether the name goes on: "Wal-Mart", "Bab al-Tabbaneh"."""
    if not words.plain or not words.glued(last):
        return False
    if words.folded[last] == "-" and words.starts[last] == words.ends[last - 1]:
        onward = words.glued(last + 1) and words.starts[last + 1] == words.ends[last] and words.capital[last + 1]
        return onward and _is_settlement(likeliest, _WELL_KNOWN)
    onward = words.folded[last] in cues.names.particles and any(words.capital[last + 1 : last + 3])
    return onward and _is_settlement(likeliest, _METROPOLIS)
