"""Cues of place names: the words of one language that tell what a name is, and what happens there or not."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from bot.lexicon import endings, russian, ukrainian
from bot.lexicon.arabic import agreeing
from bot.model.text import fold

TOKEN = re.compile(r"\w+|[^\w\s]")
"""Words and single signs, as all cues and sentences are cut: "l'Élysée" is three tokens, "Kenya-based" too."""


class Runs:
    """A set of word runs, asked whether one stands at or before a token of a sentence."""

    def __init__(self, phrases: Iterable[str] = ()) -> None:
        self._by_first: dict[str, list[tuple[str, ...]]] = {}
        self._by_last: dict[str, list[tuple[str, ...]]] = {}
        for phrase in dict.fromkeys(map(fold, phrases)):
            run = tuple(TOKEN.findall(phrase))
            if run:
                self._by_first.setdefault(run[0], []).append(run)
                self._by_last.setdefault(run[-1], []).append(run)
        for runs in (*self._by_first.values(), *self._by_last.values()):
            runs.sort(key=len, reverse=True)

    def at(self, words: Sequence[str], index: int) -> int:
        """Return how many tokens the longest run that begins at `index` has; 0 for none."""
        if not 0 <= index < len(words):
            return 0
        runs = self._by_first.get(words[index])
        if runs is None:
            return 0
        for run in runs:
            if len(run) == 1 or tuple(words[index : index + len(run)]) == run:
                return len(run)
        return 0

    def before(self, words: Sequence[str], index: int) -> int:
        """Return how many tokens the longest run that ends right before `index` has; 0 for none."""
        if not 0 < index <= len(words):
            return 0
        runs = self._by_last.get(words[index - 1])
        if runs is None:
            return 0
        for run in runs:
            if len(run) == 1 or (len(run) <= index and tuple(words[index - len(run) : index]) == run):
                return len(run)
        return 0

    def within(self, words: Sequence[str], start: int, end: int) -> int | None:
        """Return the first token in start..end at which a run begins that ends by `end`, or None."""
        start = max(start, 0)
        if self._by_first.keys().isdisjoint(words[start : max(end, 0)]):
            return None
        for index in range(start, min(end, len(words))):
            if words[index] in self._by_first and 0 < self.at(words, index) <= end - index:
                return index
        return None


_NO_RUNS = Runs()
_NO_WORDS: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class NameCues:
    """What makes a capitalised name something else than a place; folded words.

    `never` are words that are no place at all, `common` ordinary words, `given` first names, `namesakes` place names
    that are first names too, `open` words that may stand before a place without making one name of both, `storms`
    words before a storm's or ship's name, `ailments` words after a disease's ("Marburg virus"), `particles` what goes
    on a larger name ("Bab al-...").
    """

    common: frozenset[str] = _NO_WORDS
    never: frozenset[str] = _NO_WORDS
    particles: frozenset[str] = _NO_WORDS
    given: frozenset[str] = _NO_WORDS
    namesakes: frozenset[str] = _NO_WORDS
    open: frozenset[str] = _NO_WORDS
    titles: frozenset[str] = _NO_WORDS
    storms: frozenset[str] = _NO_WORDS
    ailments: frozenset[str] = _NO_WORDS
    after: Runs = _NO_RUNS
    before: Runs = _NO_RUNS


@dataclass(frozen=True, slots=True, kw_only=True)
class SceneCues:
    """What speaks for a place as the scene.

    `fillers` may stand between a preposition and its place; `strikes` are words whose object is the scene, `onto` what
    stands between the two; `suffers` is what a scene meets ("hit by"), `bound` run-ups such as "travel to"; `joiners`
    link places of one list, `borders` are nouns of what lies between two; `local` are nouns that make "Malian" a place
    ("a Malian village"); `facilities` are nouns of quarters and landmarks, `settlements` of towns and regions,
    `landforms` of valleys, lakes and streets, which are called after places elsewhere, `links` what
    joins the two ("lake of X"); `aims` lead from a hazard to its
    place ("warning for"), `beside` are prepositions before a building at which something happens ("outside").
    """

    fillers: frozenset[str] = _NO_WORDS
    locatives: frozenset[str] = _NO_WORDS
    strikes: frozenset[str] = _NO_WORDS
    onto: frozenset[str] = _NO_WORDS
    bound: Runs = _NO_RUNS
    suffers: Runs = _NO_RUNS
    borders: frozenset[str] = _NO_WORDS
    joiners: frozenset[str] = _NO_WORDS
    local: Runs = _NO_RUNS
    facilities: frozenset[str] = _NO_WORDS
    settlements: frozenset[str] = _NO_WORDS
    landforms: frozenset[str] = _NO_WORDS
    links: frozenset[str] = _NO_WORDS
    aims: frozenset[str] = _NO_WORDS
    beside: frozenset[str] = _NO_WORDS


@dataclass(frozen=True, slots=True, kw_only=True)
class AsideCues:
    """What makes a place merely named: see config/toponyms/en.toml, table [asides], for what each kind holds."""

    speech: frozenset[str] = _NO_WORDS
    leads: frozenset[str] = _NO_WORDS
    sayings: frozenset[str] = _NO_WORDS
    sources: frozenset[str] = _NO_WORDS
    addressed: frozenset[str] = _NO_WORDS
    powers: frozenset[str] = _NO_WORDS
    fired: Runs = _NO_RUNS
    launched: frozenset[str] = _NO_WORDS
    own: Runs = _NO_RUNS
    held: frozenset[str] = _NO_WORDS
    causes: Runs = _NO_RUNS
    denounces: Runs = _NO_RUNS
    auxiliaries: frozenset[str] = _NO_WORDS
    according: Runs = _NO_RUNS
    actors: Runs = _NO_RUNS
    arms: Runs = _NO_RUNS
    assails: Runs = _NO_RUNS
    missions: Runs = _NO_RUNS
    remote: frozenset[str] = _NO_WORDS
    flights: Runs = _NO_RUNS
    arrivals: Runs = _NO_RUNS
    refuge: Runs = _NO_RUNS
    destination: frozenset[str] = _NO_WORDS
    entry: frozenset[str] = _NO_WORDS
    origin: Runs = _NO_RUNS
    people: frozenset[str] = _NO_WORDS
    comparisons: Runs = _NO_RUNS
    earlier: Runs = _NO_RUNS
    profiles: Runs = _NO_RUNS
    calm: Runs = _NO_RUNS
    topics: Runs = _NO_RUNS
    themes: Runs = _NO_RUNS
    fronts: Runs = _NO_RUNS
    authorities: Runs = _NO_RUNS
    vessels: frozenset[str] = _NO_WORDS
    protests: frozenset[str] = _NO_WORDS
    grievances: frozenset[str] = _NO_WORDS
    tolls: frozenset[str] = _NO_WORDS
    wages: Runs = _NO_RUNS
    meanwhile: Runs = _NO_RUNS
    accuses: Runs = _NO_RUNS
    defends: Runs = _NO_RUNS
    effects: frozenset[str] = _NO_WORDS
    dwellers: frozenset[str] = _NO_WORDS
    trades: frozenset[str] = _NO_WORDS


@dataclass(frozen=True, slots=True, kw_only=True)
class AirportCues:
    """`nouns` follow a city ("Bali airport"), `of` precede one, `signs` make a bare code an airport."""

    nouns: Runs = _NO_RUNS
    of: Runs = _NO_RUNS
    signs: frozenset[str] = _NO_WORDS


class Sort(StrEnum):
    """What a name of the toponym file stands for."""

    COUNTRY = "country"
    DISTRICT = "district"
    DEMONYM = "demonym"
    INSTITUTION = "institution"
    AREA = "area"
    TEAM = "team"
    AGENCY = "agency"
    MARK = "mark"


@dataclass(frozen=True, slots=True)
class KnownName:
    """A name that the toponym file lists: its tokens, what it stands for, and the country where it tells one.

    `exact` is how an abbreviation must be written, else None.
    """

    run: tuple[str, ...]
    sort: Sort
    country: str | None
    exact: str | None = None


class KnownNames:
    """The listed names of a language, found at a token."""

    def __init__(self, names: Iterable[KnownName]) -> None:
        self._by_first: dict[str, list[KnownName]] = {}
        for name in names:
            self._by_first.setdefault(name.run[0], []).append(name)
        for rows in self._by_first.values():
            rows.sort(key=lambda name: -len(name.run))

    def begin_with(self, word: str) -> bool:
        """Tell whether any listed name begins with the word."""
        return word in self._by_first

    def at(self, words: Sequence[str], index: int) -> KnownName | None:
        """Return the longest listed name that begins at the token."""
        names = self._by_first.get(words[index])
        if names is None:
            return None
        for name in names:
            if len(name.run) == 1 or tuple(words[index : index + len(name.run)]) == name.run:
                return name
        return None


@dataclass(frozen=True, slots=True, kw_only=True)
class ToponymCues:
    """Words around place names of one language.

    `lower_demonyms`: the language writes "malien" without a capital. `outlets` are folded names of papers and stations
    with the country that they write about where they name none; None for those that write about the world.
    `caseless`: the language has no capitals, and writes the words `glued` before others without a blank; `vocabulary`
    are then all words of the cues. `spellings` are names of places as the gazetteer knows them by other spellings of
    them, `spelt` the same as runs. `usual` tells the country of the namesake that is meant where nothing else does.
    """

    language: str
    known: KnownNames = KnownNames(())  # noqa: RUF009 - empty and never changed
    outlets: Mapping[str, str | None] = field(default_factory=dict)
    lower_demonyms: bool = False
    caseless: bool = False
    glued: frozenset[str] = _NO_WORDS
    vocabulary: frozenset[str] = _NO_WORDS
    spellings: Mapping[str, str] = field(default_factory=dict)
    spelt: Runs = _NO_RUNS
    usual: Mapping[str, str] = field(default_factory=dict)
    names: NameCues = NameCues()
    scene: SceneCues = SceneCues()
    asides: AsideCues = AsideCues()
    airports: AirportCues = AirportCues()

    @property
    def noun_capitals(self) -> bool:
        """Whether every noun has a capital, so that one before a name makes no person of it."""
        return self.language == "de"


_ENDINGS: Mapping[str, Callable[[str], tuple[str, ...]]] = {
    "ru": russian.declined,
    "uk": ukrainian.declined,
    "ar": agreeing,
    "de": endings.german,
    "it": endings.italian,
    "tr": endings.turkish,
}


def inflected(language: str, word: str) -> tuple[str, ...]:
    """Return the forms of a word that the data does not list.

    Cases in Russian, Ukrainian, German and Turkish, genders and numbers in Arabic and Italian, the plural in English
    and French.
    """
    if language in _ENDINGS:
        return _ENDINGS[language](word)
    if language in {"en", "fr"} and not word.endswith(("s", "x", "sh", "ch", "ese")):
        return (word, word + "s")
    return (word,)
