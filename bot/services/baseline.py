"""What governments advise, compared with what is kept of it. It is kept after its items: a crash tells it again."""

from collections.abc import Sequence
from datetime import datetime

from bot.feeds.baseline import Compared, compare, government_of
from bot.model.item import Item
from bot.services.ports import Store


async def advised(items: Sequence[Item], now: datetime, heard_at: datetime | None, store: Store) -> Compared:
    """Return the items with what rose and fell said, and what is to be kept of them; others as they are."""
    government = government_of(items)
    if not government:
        return Compared(items=tuple(items))
    return compare(await store.advice_of(government), items, now, heard_at)
