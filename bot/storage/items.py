"""Items as seen: the memory by which nothing is taken in twice."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from sqlalchemy import bindparam, delete, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.model.item import Item
from bot.storage.engine import insert
from bot.storage.tables import items

MET_AGAIN_AFTER = timedelta(days=7)
"""How exactly it is known when a feed last showed an item. An item that stands in its feed for longer than items are
kept is so not taken for a new one, and that costs one small write a week."""

_AT_ONCE = 500  # ids in one statement; databases limit the number of parameters


async def unseen(connection: AsyncConnection, wanted: Sequence[Item]) -> tuple[tuple[Item, ...], tuple[Item, ...]]:
    """Return the items that are new or say something new, each once; and those seen before but long not met.

    The same words at the same address by the same source are the same item, whatever id they come under: some feeds
    make up new ids, and new dates, at every poll. An authority's own ids are believed.
    """
    once = {(item.id, item.content_key): item for item in wanted}
    known: dict[tuple[str, str], datetime] = {}
    for ids in _parts(list({item.id for item in once.values()})):
        rows = await connection.execute(
            select(items.c.id, items.c.content_key, items.c.met_at).where(items.c.id.in_(ids))
        )
        known.update({(row.id, row.content_key): row.met_at for row in rows})
    fresh, met = [], []
    elsewhere = await _by_words(connection, [item for key, item in once.items() if key not in known])
    for key, item in once.items():
        same = elsewhere.setdefault(_words(item), (key, None)) if item.native is None else (key, None)
        at = known[key] if key in known else same[1]
        if at is None:
            fresh += [item] if key == same[0] else []
        elif item.fetched_at is not None and item.fetched_at - at > MET_AGAIN_AFTER:
            met.append(item if key in known else replace(item, id=same[0][0]))
    return tuple(fresh), tuple(met)


_Words = tuple[str, str, str]


def _words(item: Item) -> _Words:
    return item.source_id, item.content_key, item.url


async def _by_words(
    connection: AsyncConnection, wanted: Sequence[Item]
) -> dict[_Words, tuple[tuple[str, str], datetime | None]]:
    """Return the key and last meeting of stored items, by source, words and address."""
    found: dict[_Words, tuple[tuple[str, str], datetime | None]] = {}
    for keys in _parts(list({item.content_key for item in wanted if item.native is None})):
        rows = await connection.execute(
            select(items.c.source_id, items.c.content_key, items.c.url, items.c.id, items.c.met_at)
            .where(items.c.content_key.in_(keys), items.c.source_id.in_({item.source_id for item in wanted}))
        )  # fmt: skip
        for row in rows:
            found[row.source_id, row.content_key, row.url] = ((row.id, row.content_key), row.met_at)
    return found


async def newest(connection: AsyncConnection, ids: Sequence[str]) -> tuple[Item, ...]:
    """Return the items of these ids, each in its newest words."""
    found: dict[str, Item] = {}
    for part in _parts(ids):
        rows = await connection.execute(select(items.c.item).where(items.c.id.in_(part)).order_by(items.c.seen_at))
        found.update({row.item.id: row.item for row in rows})
    return tuple(found.values())


async def meet(connection: AsyncConnection, met: Sequence[Item]) -> None:
    """Write down that a feed still shows these items."""
    await connection.execute(
        update(items).where(
            items.c.id == bindparam("item_id"), items.c.content_key == bindparam("words")
        ).values(met_at=bindparam("fetched_at")),
        [{"item_id": item.id, "words": item.content_key, "fetched_at": item.fetched_at} for item in met],
    )  # fmt: skip


async def keep(connection: AsyncConnection, seen: Sequence[tuple[Item, datetime]]) -> None:
    """Write the items down as seen at these times; what was seen before stays as it was."""
    if not seen:
        return
    rows = [
        {
            "id": item.id, "content_key": item.content_key, "source_id": item.source_id, "title": item.title,
            "url": item.url, "published_at": item.published_at, "seen_at": at, "met_at": item.fetched_at or at,
            "item": item,
        }
        for item, at in seen
    ]  # fmt: skip
    await connection.execute(insert(connection, items).on_conflict_do_nothing(), rows)


async def prune(connection: AsyncConnection, before: datetime) -> int:
    """Drop the items that no feed has shown since then."""
    return (await connection.execute(delete(items).where(items.c.met_at < before))).rowcount


def _parts(ids: Sequence[str]) -> Iterator[Sequence[str]]:
    return (ids[start : start + _AT_ONCE] for start in range(0, len(ids), _AT_ONCE))
