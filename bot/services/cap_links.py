"""Indexes of warnings that only link to them: each new warning is fetched once, and stands in its entry's place."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from bot.model.item import Format, Item, Source
from bot.services.ports import Decision, Decoder, Fetched, Fetcher, Store, Unreadable, Validators

MOST_LINKS = 20
"""Links that are followed in one poll, the newest first; the others at the next."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Followed:
    """The items of an index, its warnings in whole. `missing` links were not followed or led to nothing."""

    items: tuple[Item, ...]
    missing: int = 0


async def follow(
    source: Source, items: Sequence[Item], now: datetime, *, store: Store, fetcher: Fetcher, decoder: Decoder
) -> Followed:
    """Return an index's items with new warnings in the place of their entries; all as they are where it is no index.

    An entry whose warning came is kept as seen, so that it is fetched once for ever. One whose link leads to no
    warning is told by its own words.
    """
    entries = [item for item in items if item.cap is None and item.url] if source.format is Format.CAP else []
    if not entries:
        return Followed(items=tuple(items))
    fresh = sorted(await store.unseen(entries), key=lambda item: item.published_at or now, reverse=True)
    taken, missing = [item for item in items if item.cap is not None or not item.url], len(fresh[MOST_LINKS:])
    for entry in fresh[:MOST_LINKS]:
        answer = await fetcher.fetch(entry.url, Validators())
        found = await decoder.decode(source, answer, now) if isinstance(answer, Fetched) else None
        if found is None:
            missing += 1
            continue
        warnings = [] if isinstance(found, Unreadable) else [item for item in found if item.cap is not None]
        if not warnings:
            taken.append(entry)
            continue
        taken += [replace(warning, url=warning.url or entry.url) for warning in warnings]
        await store.commit([Decision(item=entry, changes=(), alerts=(), at=now)])
    return Followed(items=tuple(taken), missing=missing)
