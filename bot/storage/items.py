"""Items as seen: the memory by which nothing is taken in twice."""

from collections.abc import Iterator, Sequence
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
    """Return the items that are new or say something new, each once; and those seen before but long not met."""
    once = {(item.id, item.content_key): item for item in wanted}
    known: dict[tuple[str, str], datetime] = {}
    for ids in _parts(list({item.id for item in once.values()})):
        rows = await connection.execute(
            select(items.c.id, items.c.content_key, items.c.met_at).where(items.c.id.in_(ids))
        )
        known.update({(row.id, row.content_key): row.met_at for row in rows})
    fresh = tuple(item for key, item in once.items() if key not in known)
    met = tuple(
        item
        for key, item in once.items()
        if key in known and item.fetched_at is not None and item.fetched_at - known[key] > MET_AGAIN_AFTER
    )
    return fresh, met


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
