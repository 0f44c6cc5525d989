"""What every screen is made of: a text and rows of buttons, pages, and how places are called. Pure."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeVar

from bot.alerts.markup import Line, fitting, html, plain, shorten
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
    """A text without marks, its buttons, and keys in place of the keyboard: the first one shares a location.

    `html` is the same text with marks and links, where it has any.
    """

    text: str
    rows: tuple[tuple[Button, ...], ...] = ()
    keys: tuple[str, ...] = ()
    html: str = ""


def screen_of(lines: Sequence[Line], rows: Sequence[Sequence[Button]] = ()) -> Screen:
    """Return the screen with these lines, as many as fit into a message."""
    kept = fitting(lines)
    return Screen(plain(kept), tuple(tuple(row) for row in rows), html=html(kept))


def button(label: str, verb: Verb, number: int = 0, value: str = "") -> Button:
    """Return a button that asks for this."""
    return Button(label=shorten(label, _LONGEST_LABEL), action=encode(Press(verb, number, value)))


def page_of(things: Sequence[_T], page: int, size: int = PAGE) -> tuple[Sequence[_T], int, int]:
    """Return what stands on the page, the page (from 0; the last where there are fewer), and how many pages are."""
    pages = max(1, (len(things) - 1) // size + 1)
    page = min(page, pages - 1)
    return things[page * size : (page + 1) * size], page, pages


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
