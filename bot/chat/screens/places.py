"""Which place is meant: a choice of several, or the names that come nearest."""

from collections.abc import Sequence

from bot.chat.callbacks import Verb
from bot.chat.screens.screen import Screen, Titles, button
from bot.model.alert import Button
from bot.model.place import Place
from bot.wording import Words


def choice_screen(query: str, places: Sequence[Place], radius_km: float | None, words: Words, titles: Titles) -> Screen:
    """Ask which place is meant."""
    text = words.say("I do not know which “{query}” you mean. Choose:", query=query)
    return Screen(text, tuple(place_rows(places, radius_km, titles)))


def unknown_screen(
    query: str, nearest: Sequence[Place], radius_km: float | None, words: Words, titles: Titles
) -> Screen:
    """Say that no such place is known, and offer the nearest names."""
    text = words.say("I do not know a place “{query}”.", query=query)
    if not nearest:
        hint = words.say("Write it in another way, or share a location.")
        return Screen(f"{text} {hint}")
    hint = words.say("The nearest names that I know:")
    return Screen(f"{text} {hint}", tuple(place_rows(nearest, radius_km, titles)))


def place_rows(places: Sequence[Place], radius_km: float | None, titles: Titles) -> list[tuple[Button, ...]]:
    """Return a row a place; a press watches it."""
    radius = round(radius_km or 0)
    once = {titles(place): place for place in reversed(places)}
    return [(button(title, Verb.WATCH, radius, place.id),) for title, place in reversed(once.items())]


def end_screen(ends: Sequence[tuple[Place, str]], words: Words, titles: Titles) -> Screen:
    """Ask which of several towns is an end of a way; each comes with what its button carries."""
    once = {titles(place): value for place, value in reversed(ends)}
    rows = tuple((button(title, Verb.ROUTE, value=value),) for title, value in reversed(once.items()))
    return Screen(words.say("Which one do you mean?"), rows)
