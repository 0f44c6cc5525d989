"""The part of the store that unpacks parcels of alerts (parcels.py), each in a transaction of its own."""

from collections.abc import Sequence

from bot.services.ports import Decision
from bot.storage import parcels, posting
from bot.storage.engine import Database


class Unpacking:
    """What `SqlStore` does with parcels."""

    _database: Database

    async def unpack(self) -> bool:
        """Make the next parcel of alerts rows that can be claimed; False where none waits."""
        return await self._database.read(parcels.wait) and await self._database.write(posting.unpack)

    async def unpacked(self, event_ids: Sequence[str]) -> None:
        """Unpack the events' parcels, each in a transaction of its own: nobody waits for all of them."""
        while await self._database.read(parcels.wait, event_ids):
            await self._database.write(posting.unpack, event_ids)


def events_of(decisions: Sequence[Decision]) -> set[str]:
    """Return the events of which something was or is now to be told."""
    found = {change.after.id for decision in decisions for change in decision.changes if change.before is not None}
    found |= {alert.event_id for decision in decisions for alert in decision.alerts}
    return found.union(*({one.from_event, one.to_event} for decision in decisions for one in decision.handed))
