"""What every screen is made of: a text and rows of buttons, pages, and how places are called. Pure."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeVar

from bot.alerts.markup import shorten
from bot.chat.callbacks import Press, Verb, encode
from bot.model.alert import Button
from bot.model.place import Place, PlaceKind
from bot.wording import Words
from bot.wording.local import country_name

Titles = Callable[[Place], str]
"""A place's name in the chat's language, with what tells it from others of that name."""

PAGE = 8
_LONGEST_LABEL = 60
_T = TypeVar("_T")


@dataclass(frozen=True, slots=True)
class Screen:
    """A text without marks, its buttons, and keys in place of the keyboard: the first one shares a location."""

    text: str
    rows: tuple[tuple[Button, ...], ...] = ()
    keys: tuple[str, ...] = ()


def button(label: str, verb: Verb, number: int = 0, value: str = "") -> Button:
    """Return a button that asks for this."""
    return Button(label=shorten(label, _LONGEST_LABEL), action=encode(Press(verb, number, value)))


def page_of(things: Sequence[_T], page: int) -> tuple[Sequence[_T], int, int]:
    """Return what stands on the page, the page (from 0; the last where there are fewer), and how many pages are."""
    pages = max(1, (len(things) - 1) // PAGE + 1)
    page = min(page, pages - 1)
    return things[page * PAGE : (page + 1) * PAGE], page, pages


def turning(verb: Verb, page: int, pages: int) -> list[Button]:
    """Return the buttons that lead to the page before and the page after."""
    before = [button("◀", verb, page - 1)] if page else []
    return before + ([button("▶", verb, page + 1)] if page + 1 < pages else [])


def title_of(place: Place, region: Place | None, name: str, words: Words) -> str:
    """Return a place's name with what tells it from others: "Tripoli, Libya"; "Paris, Texas, United States"."""
    if place.kind is PlaceKind.COUNTRY and place.country:
        return country_name(place.country, words)
    around = [region.name] if region and region.name != name else []
    around += [country_name(place.country, words)] if place.country else []
    code = f" ({place.iata})" if place.iata else ""
    return words.joined([f"{name}{code}", *around])
