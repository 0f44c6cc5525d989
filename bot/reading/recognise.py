"""Recognising: which words of an item are place names. Which place they mean is decided in `resolve`."""

from collections.abc import Iterator
from functools import lru_cache

from rapidfuzz import fuzz

from bot.gazetteer import Gazetteer, Named, NameKind
from bot.lexicon.toponyms import KnownName, Sort, ToponymCues
from bot.model.place import Place, PlaceKind
from bot.model.text import Field, fold
from bot.reading.document import Document
from bot.reading.toponym import Toponym, Words
from bot.reading.vetoes import PERSON, veto

_CASELESS = frozenset({"ar"})  # languages without capitals: every word may begin a name
_SHORTEST = 3  # letters of a gazetteer name; shorter ones ("Us", "Au") are words first
_SMALL = 15_000  # people; below, only a place's own name counts, not its other spellings
_FOREIGN = 300_000  # people; cities that large are also known by their names in other languages
_LIKENESS = 75.0  # per cent of the shorter name
_ACRONYM = 4  # letters; four capitals in prose are an acronym
_CODE = 3  # letters of an IATA code
_NEAR = 8  # tokens between an airport's code and a word of flying


def recognise(document: Document, gazetteer: Gazetteer, cues: ToponymCues) -> tuple[Toponym, ...]:
    """Return the toponyms in the order of the text, each with the places that it could be.

    Names inside organisations' names are kept, marked `body`; persons, plain words, months and storms are left out,
    and so is the bare surname of a person whom the item names in full.
    """
    found: list[Toponym] = []
    persons: set[str] = set()
    lead: int | None = None
    for number, sentence in enumerate(document.sentences):
        words = Words(sentence, number)
        if lead is None and sentence.span.field is Field.TEXT:
            lead, words.lead = number, True
        for toponym in _of_sentence(words, gazetteer, cues, document.language, persons):
            words.toponyms.append(toponym)
            found.append(toponym)
    return tuple(toponym for toponym in found if not (toponym.folded in persons and _bare(toponym, cues)))


def _bare(toponym: Toponym, cues: ToponymCues) -> bool:
    before = toponym.words.folded[toponym.first - 1] if toponym.first else ""
    return before not in cues.scene.locatives


def _of_sentence(
    words: Words, gazetteer: Gazetteer, cues: ToponymCues, language: str, persons: set[str]
) -> Iterator[Toponym]:
    index = 0
    caseless = language in _CASELESS
    while index < len(words.folded):
        toponym = None
        if words.capital[index] or caseless:
            toponym = _at(words, index, gazetteer, cues, language, persons)
        elif cues.lower_demonyms and (name := cues.known.at(words.folded, index)) and name.sort is Sort.DEMONYM:
            toponym = _known(words, index, name, gazetteer)
        if toponym is not None:
            yield toponym
            index = toponym.last
        else:
            index += 1


def _at(
    words: Words, index: int, gazetteer: Gazetteer, cues: ToponymCues, language: str, persons: set[str]
) -> Toponym | None:
    """Return the longest name at the token: one that the toponym file lists, or one of the gazetteer."""
    known = cues.known.at(words.folded, index)
    if known is not None and known.exact is not None:
        end = words.ends[index + len(known.run) - 1]
        if words.sentence.text[words.starts[index] : end].strip() != known.exact:
            known = None
    reach = words.ends[index + len(known.run) - 1] if known else 0
    for end in gazetteer.prefixes(words.sentence.folded, words.starts[index]):
        if end < reach or (end == reach and not _is_demonym(known)):
            break
        toponym = _of_gazetteer(words, index, end, gazetteer, cues, language, persons)
        if toponym is not None and (end > reach or toponym.candidates[0].kind is PlaceKind.COUNTRY):
            return toponym
    if known is not None:
        return _known(words, index, known, gazetteer)
    return _coded(words, index, gazetteer, cues)


def _is_demonym(known: KnownName | None) -> bool:
    """Tell whether the name could also be a country's own: "Philippines" is the plural of "Philippine" as well."""
    return known is not None and known.sort is Sort.DEMONYM


def _known(words: Words, index: int, name: KnownName, gazetteer: Gazetteer) -> Toponym:
    country = None
    if name.country:
        country = gazetteer.place(f"adm:{name.country}") if "." in name.country else gazetteer.country(name.country)
    return Toponym(
        words, index, index + len(name.run), (country,) if country else (), sort=name.sort,
        country=country.country if country else None,
        body=name.sort is Sort.TEAM,
    )  # fmt: skip


def _of_gazetteer(
    words: Words, index: int, end: int, gazetteer: Gazetteer, cues: ToponymCues, language: str, persons: set[str]
) -> Toponym | None:
    start = words.starts[index]
    if end - start < _SHORTEST or end not in words.ends[index:]:
        return None
    last = words.ends.index(end, index) + 1
    if last - index > 1 and not (words.capital[last - 1] or words.folded[last - 1].isdigit()) and words.capital[index]:
        return None
    surface, folded = words.sentence.text[start:end], words.sentence.folded[start:end]
    acronym = surface.isupper() and len(surface) <= _ACRONYM and words.plain and not (words.lead and index == 0)
    named = [
        each
        for each in gazetteer.named_with_kinds(folded)
        if _trusted(each, surface, language) and not (acronym and each.kind is not NameKind.ABBREVIATION)
    ]
    if not named:
        return None
    candidates = tuple(each.place for each in named)
    reason = veto(words, index, last, candidates, cues)
    if reason is not None:
        if reason == PERSON:
            persons.add(folded)
        return None
    weak = frozenset(each.place.id for each in named if each.kind in {NameKind.ALTERNATE, NameKind.FORMER})
    return Toponym(
        words, index, last, candidates, body=_in_body(words, index, last, cues), sure=words.plain and index > 0, weak=weak
    )  # fmt: skip


def _trusted(named: Named, surface: str, language: str) -> bool:
    """Tell whether the name, as written, may mean the place in a text of this language."""
    place = named.place
    if named.kind is NameKind.ABBREVIATION:
        return surface.isupper()
    if place.kind is not PlaceKind.CITY:
        return named.kind is not NameKind.EXONYM or named.language in {None, "en", language}
    if named.kind in {NameKind.ALTERNATE, NameKind.FORMER}:
        return place.population >= _FOREIGN or (place.population >= _SMALL and _alike(surface, place.name))
    if named.kind is NameKind.EXONYM and named.language not in {None, language}:
        return place.population >= _FOREIGN
    return True


@lru_cache(4_096)
def _alike(surface: str, name: str) -> bool:
    """Tell whether the spelling is a form of the place's own name ("Ramtha", "Ar Ramtha"), not a chance code."""
    return fuzz.partial_ratio(fold(surface), fold(name)) >= _LIKENESS


def _in_body(words: Words, first: int, last: int, cues: ToponymCues) -> bool:
    """Tell whether the name is part of the name of an organisation, a paper, a club."""
    run = cues.names.before.before(words.folded, first)
    if run and words.capital[first - run] and (words.plain or run > 1 or first - run > 0):
        return True
    run = cues.names.after.at(words.folded, last)
    return bool(run) and words.capital[last] and words.glued(last) and (words.plain or run > 1)


def _coded(words: Words, index: int, gazetteer: Gazetteer, cues: ToponymCues) -> Toponym | None:
    """Return the large airport of a code in capitals, where words of flying stand near it."""
    surface = words.sentence.text[words.starts[index] : words.ends[index]]
    if len(surface) != _CODE or not surface.isupper() or not surface.isalpha():
        return None
    around = words.folded[max(0, index - _NEAR) : index + _NEAR]
    if words.sentence.text.isupper() or cues.airports.signs.isdisjoint(around):
        return None
    airport: Place | None = gazetteer.airport(surface)
    return Toponym(words, index, index + 1, (airport,)) if airport and airport.size == "large" else None
