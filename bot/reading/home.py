"""The country that an outlet writes about where it names none: by its feed, the toponym file, or its own name."""

import re
from dataclasses import dataclass

from bot.gazetteer import Gazetteer
from bot.lexicon.toponyms import TOKEN, ToponymCues
from bot.model.item import Item
from bot.model.place import Place, PlaceKind
from bot.model.text import fold

_LARGE = 50_000  # people; what a paper is called after
_STATION = re.compile(
    r"[KW][A-Z]{3}(?![A-Za-z])|[kw][a-z]{3}\d{0,2}\.(?:com|org|tv)$"
)  # the letters that the United States give to their stations
_OF_STATE = "(.gov)"  # offices of the United States, of their states and counties
_AROUND = re.compile(r"^the |\.com$|\.org$| \(\.gov\)$")


@dataclass(frozen=True, slots=True)
class Home:
    """The country, and `local` where the outlet is a town's or a region's, which writes of little else."""

    country: Place
    local: bool


def home_of(item: Item, gazetteer: Gazetteer, cues: ToponymCues) -> Home | None:
    """Return the outlet's home; None for outlets of the world and for unknown ones."""
    if len(item.regions) == 1:
        return _home(item.regions[0], gazetteer, local=False)
    name = _AROUND.sub("", fold(item.outlet).strip())
    for known in (fold(item.outlet).strip(), name, f"the {name}", f"{name}.com"):
        if known in cues.outlets:
            code = cues.outlets[known]
            return _home(code, gazetteer, local=False) if code else None
    if _STATION.match(item.outlet) or item.outlet.endswith(_OF_STATE):
        return _home("US", gazetteer, local=True)
    return _by_place(item.outlet, gazetteer, cues)


def _by_place(outlet: str, gazetteer: Gazetteer, cues: ToponymCues) -> Home | None:
    """Return the home by the first place in the outlet's name: "Houston Chronicle", "The Times of India"."""
    folded = fold(outlet)
    for token in TOKEN.finditer(folded):
        if not outlet[token.start()].isupper():
            continue
        for end in gazetteer.prefixes(folded, token.start()):
            name = folded[token.start() : end]
            place = next(iter(gazetteer.named(name)), None)
            if place is None or name in cues.names.common or name in cues.names.never or name in cues.names.given:
                continue
            if place.country and (place.kind is not PlaceKind.CITY or place.population >= _LARGE):
                return _home(place.country, gazetteer, local=place.kind is not PlaceKind.COUNTRY)
    return None


def _home(code: str, gazetteer: Gazetteer, *, local: bool) -> Home | None:
    country = gazetteer.country(code)
    return Home(country, local) if country else None
