"""The names that weather services give to storms: one name is one storm, however far it travels.

A name stands after a word for a storm ("Hurricane Odalys", "тайфун «Одалис»", "إعصار أوداليس"). It is compared by its
consonants alone, so that it is the same in each script. Names are not listed: there are new ones every season.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from functools import lru_cache

from bot.events.likeness import latest_titles
from bot.model.event import Event
from bot.model.hazard import Hazard
from bot.model.place import Place
from bot.model.text import fold

FARTHEST_KM = 3000.0
"""How far from a storm's known places the next report may lie; the same name in another basin is another storm."""

SETTLES = timedelta(hours=24)
"""How long a storm may go unnamed before a name says that another one is meant."""

_WORDS = (
    "hurricane|typhoon|cyclone|(?:tropical )?storm|tropical depression|ouragan|typhon|tempête(?: tropicale)?"
    "|huracán|tifón|ciclón|tormenta(?: tropical)?|borrasca|furacão|tufão|ciclone|tempestade(?: tropical)?"
    "|ураган\\w{0,2}|тайфун\\w{0,2}|циклон\\w{0,2}|шторм\\w{0,2}"
)
_NAMED = re.compile(rf"\b(?i:{_WORDS})\s+([«“\"'‘]?)([A-ZÀ-ÞА-ЯЁ][^\W\d_]+(?:-[^\W\d_]+)?)")
_ARABIC = re.compile(r"(?:إعصار|الإعصار|عاصفة|العاصفة)(?: الاستوائية| المدارية)?\s+([«“\"]?)([^\W\d_]{3,})")
_NO_NAMES = frozenset(
    {
        "season", "warning", "watch", "center", "centre", "prediction", "damage", "relief", "force", "category",
        "advisory", "alert", "surge", "system", "tracker", "forecast", "path", "update", "live", "hits", "kills",
        "leaves", "slams", "brings", "threatens", "batters",
    }
)  # fmt: skip
"""What stands with a capital after such a word in English, and is none."""

_TITLE_CASE = 0.7  # share of longer words with a capital from which a capital tells no name
_LONGER = 4

_SOUNDS = {
    "b": "bpбпب", "f": "fvwвфف", "k": "cgjkqxгкхجخغقك", "l": "lлل", "m": "mмم", "n": "nнن", "r": "rрر",
    "s": "szжзсцчшщثزسشصظ", "t": "dtдтتدذضط",
}  # fmt: skip
"""Consonants that one script does not tell from the other, each group under its sound; all else is left out."""

_SOUND_OF = {letter: sound for sound, letters in _SOUNDS.items() for letter in letters}


@dataclass(frozen=True, slots=True)
class StormName:
    """A storm's name by its sound; `sure` where its letters show that it is a name, and no word of the sentence."""

    sound: str
    sure: bool


def differs(title: str, event: Event, age: timedelta) -> bool:
    """Tell whether the title names another storm than the event is, of that age when the title was written."""
    names = {one.sound for one in named(title) if one.sure}
    if not names or event.hazard is not Hazard.STORM:
        return False
    titles = latest_titles(event)
    if any(sound in sounds(known) for known in titles for sound in names):
        return False
    own = _sounds_of(titles, sure=True)
    return own.isdisjoint(sounds(title)) if own else age > SETTLES


def same(title: str, places: Sequence[Place], event: Event) -> bool:
    """Tell whether the title names the storm that the event is, and its places lie where that may have come to."""
    if Hazard.STORM not in {event.hazard, *event.also}:
        return False
    heard = {one.sound for one in named(title)}
    if not heard or heard.isdisjoint(_sounds_of(latest_titles(event), sure=False)):
        return False
    return not places or any(reaches(place, event) for place in places)


def reaches(place: Place, event: Event) -> bool:
    """Tell whether a storm that is known there may come to the place."""
    return (
        min(place.point.km_to(known.point) - known.radius_km for known in event.area) <= FARTHEST_KM + place.radius_km
    )


def marks(title: str) -> tuple[str, ...]:
    """Return by what a store finds the storms that the title names."""
    return tuple(sorted({f"~{one.sound}" for one in named(title)}))


def marks_of(event: Event) -> tuple[str, ...]:
    """Return by what a store finds the event, if it is a storm that has a name."""
    if Hazard.STORM not in {event.hazard, *event.also}:
        return ()
    return tuple(f"~{sound}" for sound in sorted(_sounds_of(latest_titles(event), sure=False)))


def _sounds_of(titles: Iterable[str], *, sure: bool) -> set[str]:
    return {one.sound for title in titles for one in named(title) if one.sure or not sure}


@lru_cache(maxsize=4096)
def named(title: str) -> tuple[StormName, ...]:
    """Return the names of storms in a title."""
    plain = not _in_title_case(title)
    found = [(match, bool(match[1]) or plain) for match in _NAMED.finditer(title)]
    found += [(match, bool(match[1])) for match in _ARABIC.finditer(title)]
    names = (StormName(_sound(match[2]), sure) for match, sure in found if fold(match[2]) not in _NO_NAMES)
    return tuple(one for one in names if len(one.sound) > 1)


@lru_cache(maxsize=4096)
def sounds(title: str) -> frozenset[str]:
    """Return the sounds of all words of a title."""
    return frozenset(_sound(word) for word in re.findall(r"[^\W\d_]+(?:-[^\W\d_]+)?", title))


def _in_title_case(title: str) -> bool:
    longer: list[str] = [word for word in re.findall(r"[^\W\d_]+", title)[1:] if len(word) >= _LONGER]
    return sum(word[0].isupper() for word in longer) >= _TITLE_CASE * len(longer)


def _sound(word: str) -> str:
    """Return the consonants of a word as they sound alike in Latin, Cyrillic and Arabic letters, doubled ones once."""
    spelt = fold(word).replace("ph", "f").replace("ch", "s")
    heard = [_SOUND_OF[letter] for letter in spelt if letter in _SOUND_OF]
    return "".join(sound for at, sound in enumerate(heard) if not at or heard[at - 1] != sound)
