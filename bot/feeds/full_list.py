"""Lists that hold all that is in force: what left one is over, which only who keeps the last list can tell.

A failed answer never comes here. An empty one, and one in which most of the former list is missing, may be a list cut
short: an empty one withdraws nothing, a shrunken one only when it is met again and again.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from bot.model.item import Format, Item, Source, content_key

COMPLETE = frozenset({Format.FAA, Format.HKO, Format.NINA, Format.METNO, Format.DWD})
"""Formats of which each answer is the whole list (notes on sources, section 3, and the services' own pages)."""

BELIEVED_AT = 3
"""In how many answers in a row most of a list must be missing before that is believed."""
FEW = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """An item that stands on its source's list, and since when without a break."""

    item_id: str
    since: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """What a list says after the former one: what stands on it, how often in a row most was missing, what is gone."""

    listed: tuple[Listed, ...]
    shrunk: int
    gone: tuple[Listed, ...]


def compare(former: Sequence[Listed], shrunk: int, items: Sequence[Item], now: datetime) -> Comparison:
    """Compare a healthy answer's items with the former list; `shrunk` is the former comparison's."""
    ids = dict.fromkeys(item.id for item in items)
    gone = tuple(one for one in former if one.item_id not in ids)
    if former and not ids:
        return Comparison(listed=tuple(former), shrunk=0, gone=())
    most = len(gone) > FEW and 2 * len(gone) > len(former)
    doubtful = most and shrunk + 1 < BELIEVED_AT
    since = {one.item_id: one.since for one in former}
    present = tuple(Listed(item_id=name, since=since.get(name, now)) for name in ids)
    return Comparison(
        listed=present + gone if doubtful else present,
        shrunk=shrunk + 1 if doubtful else 0,
        gone=() if doubtful else gone,
    )


def dated(items: Sequence[Item], listed: Sequence[Listed]) -> tuple[Item, ...]:
    """Return the items, each known by its words and by since when it is listed: what comes back is new."""
    since = {one.item_id: one.since for one in listed}
    return tuple(
        replace(item, content_key=content_key(item.content_key, since[item.id].isoformat())) for item in items
    )  # fmt: skip


def ended(source: Source, item: Item, gone: Listed, now: datetime) -> Item | None:
    """Return the end of what is gone as an item of our words; None where its time was over anyway."""
    if item.native is None or (item.cap is not None and item.expires is not None and item.expires <= now):
        return None
    airports = ", ".join(item.native.airports)
    title = f"{airports} airport reopened, flights resume" if airports else f"{source.name}: no longer in force"
    return replace(
        item,
        title=title,
        text=f"{source.name} lists it no longer.",
        language="en",
        native=replace(item.native, ended=True, standing=False, own_word="no longer listed", expires=None),
        cap=None,
        content_key=content_key(title, f"{item.id} {gone.since.isoformat()}"),
        published_at=now,
        fetched_at=now,
    )
