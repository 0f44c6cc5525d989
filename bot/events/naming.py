"""By which words an event is known: the names in its titles (people, ships, firms, quarters) that go on being said.

Much that is written of an event names no place that can be found ("the hunt for Ahou's killers"), and yet everyone
knows what it is about. What speaks are stems that most of an event's titles share, its names above all: words that
stand with a capital within a sentence. Names of places do not count, for these are weighed as places; and a word by
which several events are known says so much the less.
"""

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from bot.events.likeness import latest_titles, stem, stems
from bot.events.once import once_each
from bot.events.storms import marks_of
from bot.model.event import Event
from bot.model.place import Place
from bot.model.text import fold

MOST_NAMES = 12
"""Names by which an event is looked up."""

_WORD = re.compile(r"[^\W_]+")
_BEGINNING = re.compile(r"(?:^|[.:;!?«»“”\"‘|•—–]|\s['’-])\s*$")
_TITLE_CASE = 0.7  # share of longer words with a capital from which capitals tell nothing
_LONGER = 4
_FEW = 4  # longer words below which their share says nothing
_SHARED = 0.4  # share of an event's titles from which a stem belongs to it
_NAME = 2.0  # weight of a name; any other stem weighs one
_ENOUGH, _ENOUGH_AT_FIRST = 1.9, 1.1  # weight that is needed, and how much more while there is one title alone


@dataclass(frozen=True, slots=True)
class Known:
    """By what an event is known: each stem with its weight, and which of them are names."""

    weights: Mapping[str, float]
    names: frozenset[str]
    titles: int

    @property
    def enough(self) -> float:
        """Return the weight from which a title speaks of the event: less, the surer its words are."""
        return _ENOUGH + _ENOUGH_AT_FIRST / self.titles


@dataclass(frozen=True, slots=True)
class Called:
    """How far a title speaks of an event by its words: 1 is enough; `named` where a name of the event is said."""

    share: float = 0.0
    named: bool = False


def common(title: str, events: Iterable[Event]) -> Counter[str]:
    """Return by how many of the events each stem of the title is known."""
    said = stems(title)
    known = (known_by(event).weights for event in events)
    return Counter(word for weights in known if not said.isdisjoint(weights) for word in said & weights.keys())


def called(title: str, event: Event, shared: Mapping[str, int], *, without: frozenset[str] = frozenset()) -> Called:
    """Return how far the title speaks of the event; what others are called by too (`shared`) counts for less.

    Words of places are left out: those of the event's, and those given. `shared` counts the event itself as well.
    """
    known = known_by(event)
    said = stems(title) - without
    if said.isdisjoint(known.weights):  # as of most events
        return Called()
    said &= known.weights.keys()
    weight = sum(known.weights[word] / max(1, shared.get(word, 1)) for word in said)
    named = any(word in known.names and shared.get(word, 1) <= 1 for word in said)
    return Called(weight / known.enough, named)


@once_each
def known_by(event: Event) -> Known:
    """Return by which words the event is known, from its first title and its latest ones."""
    return _known_by(latest_titles(event), stems(" ".join(place.name for place in event.area)))


@lru_cache(maxsize=4096)
def _known_by(titles: tuple[str, ...], places: frozenset[str]) -> Known:
    counts = Counter(word for title in titles for word in stems(title) - places)
    plain = {word for title in titles for word in _plain(title)}
    names = {word for title in titles for word in names_in(title)} - plain
    weights = {
        word: count / len(titles) * (_NAME if word in names else 1.0)
        for word, count in sorted(counts.items())
        if count >= _SHARED * len(titles)
    }
    return Known(weights, frozenset(names & weights.keys()), len(titles))


@once_each
def index_names(event: Event) -> tuple[str, ...]:
    """Return the names by which a store finds the event, the surest first."""
    known = known_by(event)
    return (*marks_of(event), *sorted(known.names, key=lambda word: (-known.weights[word], word))[:MOST_NAMES])


def says(title: str, names: Sequence[str]) -> bool:
    """Tell whether the title says one of the places, given as they are `spoken` of."""
    words = _spaced(title)
    return any(name in words for name in names)


def spoken(places: Iterable[Place]) -> tuple[str, ...]:
    """Return the names of the places as a title that says one of them holds it."""
    return tuple(dict.fromkeys(_spaced(place.name) for place in places))


@lru_cache(maxsize=4096)
def _spaced(text: str) -> str:
    """Return the words, folded, with a space before and after each."""
    return f" {' '.join(_WORD.findall(fold(text)))} "


@lru_cache(maxsize=4096)
def names_in(title: str) -> frozenset[str]:
    """Return the stems of the words that are names for sure: with a capital, and not because a sentence begins."""
    return frozenset(word for word, name in _read(title) if name)


@lru_cache(maxsize=4096)
def _plain(title: str) -> frozenset[str]:
    """Return the stems of the words that stand without a capital in a title that has its letters as in a sentence."""
    return frozenset(word for word, name in _read(title) if name is False)


def _read(title: str) -> list[tuple[str, bool | None]]:
    """Return each word's stem and whether it is a name; None where its capital does not tell."""
    found = list(_WORD.finditer(title))
    longer = [match.group() for match in found[1:] if len(match.group()) >= _LONGER]
    capitals = sum(word[0].isupper() for word in longer)
    cased = any(character.islower() for character in title)
    if not cased or (len(longer) >= _FEW and capitals >= _TITLE_CASE * len(longer)):
        return [(stem(match.group()), None) for match in found]
    return [(stem(match.group()), _is_name(title, match)) for match in found]


def _is_name(title: str, match: re.Match[str]) -> bool | None:
    if not match.group()[0].isupper():
        return False
    return None if _BEGINNING.search(title[: match.start()]) else True
