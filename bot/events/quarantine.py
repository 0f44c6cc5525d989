"""A source gone wild: an outlet whose feed suddenly makes an event of everything is heard, but not told.

The world's busiest newsrooms open fewer events in an hour than `MOST`. What is held back is learnt all the same, so
that a second voice confirms it, and then it is told.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta

from bot.model.event import ChangeKind, EventChange
from bot.model.item import Item

MOST = 3
WITHIN = timedelta(hours=1)


def opens(item: Item, changes: Iterable[EventChange]) -> bool:
    """Tell whether the item opens an event on an outlet's word alone; an authority may report what it must."""
    return not item.official and any(change.kind is ChangeKind.OPENED for change in changes)


def gone_wild(opened: Iterable[datetime], at: datetime) -> bool:
    """Tell whether one more event now is too many for a source that opened events at these times."""
    return sum(at - WITHIN < one <= at for one in opened) >= MOST
