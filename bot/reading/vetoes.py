"""Why a capitalised name that the gazetteer knows is no place here: a person, a plain word, a month, a storm."""

from bot.lexicon.toponyms import ToponymCues
from bot.model.place import Place, PlaceKind
from bot.reading.toponym import Words

_WELL_KNOWN = 100_000  # people; a larger city is meant by its name unless something speaks against it
_METROPOLIS = 1_000_000  # people; "London de ..." is not the name of a quarter
_AGES = range(10, 100)
_ACRONYM = 5  # letters; "IS Raqqa", "NATO Kabul": capitals that are no first name

PERSON = "person"


def veto(words: Words, first: int, last: int, candidates: tuple[Place, ...], cues: ToponymCues) -> str | None:
    """Return why the words are no place name, or None."""
    name = " ".join(words.folded[first:last])
    if name in cues.names.never:
        return "plain-word"
    if _named_before(words, first, candidates, cues) or _named_after(words, name, last, candidates, cues):
        return PERSON
    if (name in cues.names.common or name in cues.names.given) and not _stands_out(words, first, last, candidates, cues):
        return "common-word"
    if words.glued(first) and words.folded[first - 1] in cues.names.storms:
        return "storm"
    return None


def _stands_out(words: Words, first: int, last: int, candidates: tuple[Place, ...], cues: ToponymCues) -> bool:
    """Tell whether a name that is also a word is surely a name: a capital in prose, and a place's preposition."""
    if candidates[0].kind is PlaceKind.COUNTRY:
        return first == 0 or words.plain
    before = words.folded[first - 1] if first else ""
    if not words.plain or first == 0 or (last < len(words.folded) and words.capital[last] and words.glued(last)):
        return False
    if before in cues.scene.locatives:
        return True
    return (
        candidates[0].population >= _WELL_KNOWN
        and before.isalpha()
        and not words.capital[first - 1]
        and before not in cues.scene.fillers
    )


def _named_before(words: Words, first: int, candidates: tuple[Place, ...], cues: ToponymCues) -> bool:
    """Tell whether a title or a first name stands before: "Mr Jordan", "Jack London"."""
    at = first - 1
    if at > 0 and words.folded[at] == "." and words.folded[at - 1] in cues.names.titles:
        return words.capital[at - 1]
    if words.glued(first) and words.folded[at] == "-" and words.glued(at) and words.inside(at - 1) is None:
        compound = words.folded[at - 1].isalpha() and cues.known.at(words.folded, at - 1) is None
        return compound and words.capital[at - 1] and candidates[0].population < _WELL_KNOWN and _is_settlement(candidates[0])
    if not words.glued(first) or not words.capital[at]:
        return False
    before = words.folded[at]
    if before in cues.names.titles or before in cues.names.given:
        return True
    if at > 1 and words.folded[at - 1] == "." and len(words.folded[at - 2]) == 1 and words.glued(at):
        return False
    larger = at > 0 and words.plain and before.isalpha() and len(before) > 1
    acronym = len(before) <= _ACRONYM and words.sentence.text[words.starts[at] : words.ends[at]].isupper()
    known = before in cues.names.open or words.inside(at) is not None or cues.known.at(words.folded, at) is not None
    return larger and not acronym and not known and _is_settlement(candidates[0])


def _named_after(words: Words, name: str, last: int, candidates: tuple[Place, ...], cues: ToponymCues) -> bool:
    """Tell whether a surname or an age follows: "Paris Hilton", "Jordan, 34, said"."""
    folded = words.folded
    if last + 2 < len(folded) and folded[last] == "," and folded[last + 1].isdigit() and folded[last + 2] == ",":
        return int(folded[last + 1]) in _AGES
    if not words.plain or last >= len(folded) or not words.glued(last):
        return False
    if folded[last] == "-" and words.starts[last] == words.ends[last - 1]:
        onward = last + 1 < len(folded) and words.starts[last + 1] == words.ends[last] and words.capital[last + 1]
        return onward and candidates[0].population < _WELL_KNOWN and _is_settlement(candidates[0])
    if folded[last] in cues.names.particles:
        larger = last + 1 < len(folded) and any(words.capital[last + 1 : last + 3])
        return larger and candidates[0].population < _METROPOLIS and _is_settlement(candidates[0])
    if not words.capital[last] or not folded[last].isalpha() or words.sentence.text[words.ends[last - 1]] != " ":
        return False
    after = folded[last]
    known = after in cues.names.open or after in cues.scene.facilities
    if known or cues.known.at(folded, last) is not None or cues.names.after.at(folded, last):
        return False
    if name in cues.names.namesakes or name in cues.names.given:
        return True
    return after not in cues.names.common and candidates[0].population < _WELL_KNOWN and _is_settlement(candidates[0])


def _is_settlement(place: Place) -> bool:
    return place.kind is PlaceKind.CITY
