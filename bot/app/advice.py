"""`outrider advice [COUNTRY]`: what governments advise, on one scale and in their own words, as a table."""

import asyncio
from collections.abc import Sequence

from bot.app.settings import load_settings
from bot.app.table import columns
from bot.feeds.advice import GOVERNMENTS
from bot.feeds.countries import name_of
from bot.gazetteer import Gazetteer
from bot.model.advice import Advice
from bot.storage.store import SqlStore

NOT_FOUND = 1
_HEAD = ("country", "whole", "parts", "by", "since", "issued", "in its words", "link")


def print_advice(named: str | None = None) -> int:
    """Print a line for each government's advice, the strictest first; return 1 where the place is unknown.

    `named` is a country, or a place in it, by name or code; without it all countries that are warned of.
    """
    country = None
    if named is not None:
        found = Gazetteer.open().search(named, 1)
        if not found or not found[0].country:
            print(f"No country {named!r} is known.")
            return NOT_FOUND
        country = found[0].country
    print("\n".join(shown(asyncio.run(_kept(country)), country)))
    return 0


async def _kept(country: str | None) -> Sequence[Advice]:
    async with SqlStore.look(load_settings().database) as store:
        if country is not None:
            return await store.advice(country)
        lists = [await store.advice_of(government) for government in GOVERNMENTS]
    warned = [one for advised in lists for one in advised.values() if one.level.strictest.step]
    return sorted(warned, key=lambda one: (-one.level.strictest.step, one.country or "~", one.level.government))


def shown(advice: Sequence[Advice], country: str | None = None) -> list[str]:
    """Return the lines of the table."""
    if not advice:
        about = f" about {name_of(country)}" if country else ""
        return [f"No government's advice{about} is known yet."]
    return columns([_HEAD, *map(_cells, advice)])


def _cells(one: Advice) -> tuple[str, ...]:
    level = one.level
    at_least = "" if one.turn else "at least "
    own = f"{level.own_word or '-'}: {level.words}" if level.words else level.own_word
    return (
        name_of(one.country).removeprefix("the ") if one.country else one.subject,
        level.whole.value,
        level.parts.value if level.parts > level.whole else "-",
        level.government,
        f"{at_least}{one.since:%Y-%m-%d}",
        f"{one.issued_at:%Y-%m-%d}",
        own,
        one.link or "-",
    )
