"""Recognising: which words of an item are place names. Which place they mean is decided in `resolve`."""

from collections.abc import Iterable, Iterator
from functools import lru_cache

from rapidfuzz import fuzz

from bot.gazetteer import Gazetteer, Named, NameKind
from bot.lexicon.russian import latin
from bot.lexicon.toponyms import TOKEN, KnownName, Sort, ToponymCues
from bot.model.place import Place, PlaceKind
from bot.model.text import Field, fold
from bot.reading.clitics import Cutter
from bot.reading.document import Document, Sentence
from bot.reading.inflection import NOMINATIVES, goes_to, inflected_names
from bot.reading.suffixes import SuffixCutter
from bot.reading.toponym import Toponym, Words
from bot.reading.vetoes import AILMENT, PERSON, is_plain_word, veto

_INFLECTED = frozenset({"ru", "uk"})  # languages whose names, and adjectives of regions, stand in cases
# The gazetteer keeps a name under the first language that has it: what these share with another is not foreign.
_ROMANCE = frozenset({"fr", "es", "pt"})
_KIN = {"de": _ROMANCE, "it": _ROMANCE, "tr": _ROMANCE | {"de", "it"}, "uk": frozenset({"ru"})}
_TANWIN = "\u064b"  # ends an Arabic adjective, never a name
_SHORTEST = 3  # letters of a gazetteer name; shorter ones ("Us", "Au") are words first
_SMALL = 15_000  # people; below, only a place's own name counts, not its other spellings
_FOREIGN = 300_000  # people; cities that large are also known by their names in other languages
_LIKENESS = 75.0  # per cent of the shorter name
_CHANCE = 4  # letters; a shorter spelling is like too many names
_LONG_REGION = 10  # letters; a region's name as long, in whatever language, is no other word: "Extrême-Nord"
_LONGEST = 60  # letters of a name
_OTHER_NAME = 7  # letters; a large city is also known by another name as long: "Tamatave"
_PART = 0.6  # of the letters of a name
_ACRONYM = 4  # letters; four capitals in prose are an acronym
_LISTED = 2  # tokens between two names of a list: ", and"
_STATE = 2  # letters of a state after its town
_CODE = 3  # letters of an IATA code
_CITY = 100_000  # people; in a language without capitals a smaller place is sure only where a word says that it is one
_NEAR = 8  # tokens between an airport's code and a word of flying
_RANK = {PlaceKind.COUNTRY: 0, PlaceKind.AREA: 1, PlaceKind.REGION: 2, PlaceKind.CITY: 2, PlaceKind.AIRPORT: 3}
_LOWER = frozenset({Sort.AREA, Sort.COUNTRY, Sort.DISTRICT})
_SURENESS = {kind: at for at, kind in enumerate(NameKind)}
_APOSTROPHES = frozenset("'’")
_SPELLINGS = frozenset({NameKind.ALTERNATE, NameKind.FORMER})


def recognise(document: Document, gazetteer: Gazetteer, cues: ToponymCues) -> tuple[Toponym, ...]:
    """Return the toponyms in the order of the text, each with the places that it could be.

    Names inside organisations' names are kept, marked `body`; persons, plain words, months and storms are left out,
    and so is the bare surname of a person whom the item names in full.
    """
    recogniser = _Recogniser(document.language, gazetteer, cues)
    found: list[Toponym] = []
    lead = next((at for at, each in enumerate(document.sentences) if each.span.field is Field.TEXT), None)
    for number, sentence in enumerate(document.sentences):
        words = recogniser.words(sentence, number, lead=number == lead)
        for toponym in recogniser.toponyms(words):
            words.hold(toponym)
            found.append(toponym)
    return tuple(toponym for toponym in found if not recogniser.is_surname(toponym))


class _Recogniser:
    """Finds names in one item, and remembers its persons."""

    def __init__(self, language: str, gazetteer: Gazetteer, cues: ToponymCues) -> None:
        self._language = language
        self._gazetteer = gazetteer
        self._cues = cues
        self._persons: set[str] = set()
        # "Белгородской и Курской областях" are regions first, then adjectives.
        self._above_peoples = {PlaceKind.COUNTRY, PlaceKind.REGION} if language in _INFLECTED else {PlaceKind.COUNTRY}
        self._own = {None, "en", language, *_KIN.get(language, ())}
        self._cutter = (
            Cutter(gazetteer, cues) if cues.caseless
            else SuffixCutter(gazetteer, cues) if language == "tr"
            else None
        )  # fmt: skip

    def words(self, sentence: Sentence, number: int, *, lead: bool) -> Words:
        """Return the words of a sentence, cut as its language asks."""
        if self._cutter is None:
            return Words(sentence, number, lead=lead)
        sentence, tokens = self._cutter.cut(sentence)
        return Words(sentence, number, lead=lead, tokens=tokens, caseless=self._cues.caseless)

    def toponyms(self, words: Words) -> Iterator[Toponym]:
        """Yield the names of a sentence; each must be added to `words.toponyms` before the next is asked for."""
        onward, begins = 0, self._cues.known.begin_with
        for index, capital in enumerate(words.capital):
            if index < onward or not (capital or words.caseless or begins(words.folded[index])):
                continue
            toponym = None
            if capital or words.caseless:
                toponym = self._past_article(words, index, self._at(words, index))
            elif (name := self._cues.known.at(words.folded, index)) and self._may_be_lower(name, words, index):
                toponym = self._known(words, index, name)
            if toponym is not None:
                yield toponym
                onward = toponym.last

    def _past_article(self, words: Words, index: int, toponym: Toponym | None) -> Toponym | None:
        """Return the longer name that begins after an article: "La Côte d'Ivoire" is no town called "La Côte"."""
        if toponym is None or words.folded[index] not in self._cues.scene.fillers or index + 1 == len(words.folded):
            return toponym
        onward = self._at(words, index + 1)
        return onward if onward is not None and onward.last > toponym.last else toponym

    def _may_be_lower(self, name: KnownName, words: Words, index: int) -> bool:
        """Tell whether the name may begin without a capital: "malien", "golfe de Guinée", "bande de Gaza"."""
        if name.sort is Sort.DEMONYM:
            return self._cues.lower_demonyms
        if name.sort is Sort.MARK:
            return _is_written_so(name, words, index)
        return len(name.run) > 1 and name.sort in _LOWER and words.capital[index + len(name.run) - 1]

    def is_surname(self, toponym: Toponym) -> bool:
        """Tell whether the name is that of a person of the item, and no preposition makes it a place."""
        before = toponym.words.folded[toponym.first - 1] if toponym.first else ""
        return toponym.folded in self._persons and before not in self._cues.scene.locatives

    def _at(self, words: Words, index: int) -> Toponym | None:
        """Return the longest name at the token: one that the toponym file lists, or one of the gazetteer."""
        known = self._cues.known.at(words.folded, index)
        if known is not None and not _is_written_so(known, words, index):
            known = None
        reach = words.ends[index + len(known.run) - 1] if known else 0
        for end, names in self._names(words, index):
            # "Philippines" is the plural of a demonym as well as the country's name: then the country counts.
            if end < reach or (end == reach and known and not _may_be_country(known, words, index)):
                break
            toponym = self._of_gazetteer(words, index, end, names)
            if toponym is not None and (end > reach or toponym.candidates[0].kind in self._above_peoples):
                return toponym
        return self._known(words, index, known) if known else self._coded(words, index)

    def _names(self, words: Words, index: int) -> Iterable[tuple[int, tuple[str, ...]]]:
        """Return where names of the gazetteer that begin at the token end, longest first, and what they are there."""
        folded, start = words.sentence.folded, words.starts[index]
        if words.caseless and words.ends[index] - start <= 1:
            return ()  # a preposition or conjunction
        if self._language in NOMINATIVES:
            names = inflected_names(words, index, self._gazetteer, self._language)
        else:
            names = [(end, (folded[start:end],)) for end in self._gazetteer.prefixes(folded, start)]
            if words.folded[index + 1 : index + 2] == ["-"]:  # "Birnin-Kebbi": known with a blank
                spaced, known = folded[start : start + _LONGEST].replace("-", " "), names[0][0] if names else start
                longer = [(start + end, (spaced[:end],)) for end in self._gazetteer.prefixes(spaced, 0)]
                names = [*(each for each in longer if each[0] > known), *names]
        if run := self._cues.spelt.at(words.folded, index):
            name = self._cues.spellings[" ".join(words.folded[index : index + run])]
            names = sorted([(words.ends[index + run - 1], (name,)), *names], key=lambda row: -row[0])
        return names

    def _known(self, words: Words, index: int, name: KnownName) -> Toponym:
        place = self._listed_place(name)
        candidates = (place,) if place else ()
        last = index + len(name.run)
        return Toponym(words, index, last, candidates, sort=name.sort, body=name.sort is Sort.TEAM)

    def _listed_place(self, name: KnownName) -> Place | None:
        """Return what a listed name means: its region, the land of that name ("Darfur"), or its country."""
        code = name.country or ""
        if "." in code:
            return self._gazetteer.place(f"adm:{code}")
        if name.sort is Sort.DISTRICT:
            for place in self._gazetteer.named(" ".join(name.run)):
                if place.country == code and place.kind in {PlaceKind.AREA, PlaceKind.REGION}:
                    return place
        return self._gazetteer.country(code)

    def _of_gazetteer(self, words: Words, index: int, end: int, names: tuple[str, ...]) -> Toponym | None:
        start = words.starts[index]
        last = words.after(end, index)
        if end - start < _SHORTEST or last is None:
            return None
        if last - index > 1 and words.capital[index] and not self._ends_name(words, last - 1):
            return None
        if is_plain_word(words, index, last, self._cues):
            return None
        surface, folded = words.sentence.text[start:end], words.sentence.folded[start:end]
        acronym = surface.isupper() and len(surface) <= _ACRONYM and words.plain and not (words.lead and index == 0)
        said = words.folded[last : last + 1] and words.folded[last] in self._cues.scene.settlements  # "Est region"
        named = [
            each
            for each in self._named(names)
            if (self._is_trusted(each, surface, names) or (said and each.place.kind is PlaceKind.REGION))
            and (not acronym or each.kind is NameKind.ABBREVIATION)
        ]
        candidates = tuple(each.place for each in named)
        if not candidates:
            return None
        if (reason := veto(words, index, last, candidates[0], self._cues)) is not None:
            if reason in {PERSON, AILMENT}:
                self._persons.add(folded)
            return None
        weak = frozenset(each.place.id for each in named if each.kind in _SPELLINGS)
        placed = index > 0 and words.folded[index - 1] in self._cues.scene.locatives and not words.capital[index - 1]
        last_one = words.toponyms[-1] if words.toponyms else None
        listed = last_one is not None and last_one.names_a_place and last_one.sure and index - last_one.last <= _LISTED
        if words.caseless:
            sure = placed or listed or _is_plain_name(words, index, last, candidates[0], self._cues)
        else:
            sure = placed or listed or (words.plain and index > 0)
        body = _in_body(words, index, last, self._cues)
        whither = goes_to(words, index, folded, names, self._language)
        return Toponym(words, index, last, candidates, body=body, sure=sure, weak=weak, whither=whither)

    def _ends_name(self, words: Words, index: int) -> bool:
        """Tell whether a name of several words may end with this one: "область" has no capital in Russian."""
        if words.named(index) or (words.folded[index - 1] in _APOSTROPHES and words.glued(index)):
            return True
        return self._language in _INFLECTED and words.folded[index] in self._cues.scene.fillers

    def _named(self, names: tuple[str, ...]) -> list[Named]:
        """Return whom the names mean; of several readings of an ending, the best known place first."""
        if len(names) == 1:
            return list(self._gazetteer.named_with_kinds(names[0]))
        every = [each for name in names for each in self._gazetteer.named_with_kinds(name)]
        surest: dict[str, Named] = {}
        for each in sorted(every, key=lambda each: _SURENESS[each.kind]):
            surest.setdefault(each.place.id, each)
        return sorted(surest.values(), key=lambda each: (_RANK[each.place.kind], -each.place.population))

    def _is_trusted(self, named: Named, surface: str, names: tuple[str, ...]) -> bool:
        """Tell whether the name, as written, may mean the place in a text of this language."""
        place, kind = named.place, named.kind
        if kind is NameKind.ABBREVIATION:
            return surface.isupper()
        foreign = kind is NameKind.EXONYM and named.language not in self._own
        if place.kind is not PlaceKind.CITY:
            return not foreign or (place.kind is PlaceKind.REGION and len(surface) >= _LONG_REGION)
        if (kind in _SPELLINGS and self._cues.caseless) or (not foreign and kind not in _SPELLINGS):
            return True
        other = kind is not NameKind.ALTERNATE or len(surface) >= _OTHER_NAME
        if other and place.population >= _FOREIGN:
            return True
        return place.population >= _SMALL and any(_are_alike(latin(name), place.name) for name in names)

    def _coded(self, words: Words, index: int) -> Toponym | None:
        """Return the large airport of a code in capitals, where words of flying stand near it."""
        surface = words.sentence.text[words.starts[index] : words.ends[index]]
        if len(surface) != _CODE or not surface.isupper() or not surface.isalpha():
            return None
        around = words.folded[max(0, index - _NEAR) : index + _NEAR]
        if words.sentence.text.isupper() or self._cues.airports.signs.isdisjoint(around):
            return None
        airport = self._gazetteer.airport(surface)
        return Toponym(words, index, index + 1, (airport,)) if airport and airport.size == "large" else None


def _may_be_country(known: KnownName, words: Words, index: int) -> bool:
    """Tell whether what the file lists for these words may be a country's name too; "سورياً" is the adjective."""
    if known.sort is not Sort.DEMONYM:
        return False
    end = words.ends[index + len(known.run) - 1]
    return not words.caseless or _TANWIN not in words.sentence.text[end - 1 : end + 1]


def _is_plain_name(words: Words, first: int, last: int, likeliest: Place, cues: ToponymCues) -> bool:
    """Tell whether the words, which no capital marks, name a place: a known one, "town of X", "X: ..."."""
    if likeliest.kind is not PlaceKind.CITY or likeliest.population >= _CITY:
        return True
    if first == 0:
        return words.folded[last : last + 1] == [":"]
    before = words.folded[first - 1]
    return before.isalpha() and (before in cues.scene.settlements or before in cues.scene.strikes)


def _is_written_so(name: KnownName, words: Words, index: int) -> bool:
    """Tell whether a name with a fixed spelling has it here; a state's two letters follow a town: "Salem, MA"."""
    end = words.ends[index + len(name.run) - 1]
    if name.exact is None:
        return True
    if name.sort is Sort.DISTRICT and len(name.exact) == _STATE:
        comma = index > 0 and words.folded[index - 1] == ","
        if not comma and words.inside(index - 1) is None:
            return False
    return words.sentence.text[words.starts[index] : end] == name.exact


@lru_cache(4_096)
def _are_alike(surface: str, name: str) -> bool:
    """Tell whether the spelling is a form of the place's own name ("Ramtha", "Ar Ramtha"), not a chance code.

    What is only the end or the beginning of a word of it is another name: "Salem" is not Jerusalem.
    """
    spelling, own = fold(surface), fold(name)
    if len(spelling) < _CHANCE:
        return own.split()[0] == spelling  # "Rio"
    whole = spelling in TOKEN.findall(own) or len(spelling) >= _PART * len(own)
    return whole and fuzz.partial_ratio(spelling, own) >= _LIKENESS


def _in_body(words: Words, first: int, last: int, cues: ToponymCues) -> bool:
    """Tell whether the name is part of the name of an organisation, a paper, a club."""
    run = cues.names.before.before(words.folded, first)
    if words.caseless:
        return bool(run or cues.names.after.at(words.folded, last))
    if run and words.capital[first - run] and (words.plain or run > 1 or first - run > 0):
        return True
    run = cues.names.after.at(words.folded, last)
    return bool(run) and words.capital[last] and words.glued(last) and (words.plain or run > 1)
