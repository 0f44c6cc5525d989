"""The part of the store that serves those who look after the service: records, marks, canaries."""

from collections.abc import Sequence
from datetime import datetime

from bot.model.alert import Alert
from bot.model.event import Event
from bot.model.watch import Chat
from bot.services.canary import Flown, Hangar
from bot.services.record import Delivered, Record, RecordedChange
from bot.storage import canary, record
from bot.storage.engine import Database


class Logbook(Record, Hangar):
    """Each method is one transaction."""

    _database: Database

    async def recent_deliveries(self, limit: int) -> tuple[Delivered, ...]:
        """Return the rows that were last settled, newest first."""
        return await self._database.read(record.recent_deliveries, limit)

    async def changes_after(self, number: int, limit: int) -> tuple[RecordedChange, ...]:
        """Return the changes after that number, oldest first."""
        return await self._database.read(record.changes_after, number, limit)

    async def changes_since(self, at: datetime) -> tuple[RecordedChange, ...]:
        """Return the changes since then, oldest first."""
        return await self._database.read(record.changes_since, at)

    async def last_change(self) -> int:
        """Return the number of the newest change, 0 where there is none."""
        return await self._database.read(record.last_change)

    async def mark(self, name: str) -> str:
        """Return how far the work of that name has come, empty where it never began."""
        return await self._database.read(record.mark, name)

    async def keep_mark(self, name: str, mark: str) -> None:
        """Keep how far it has come; an empty mark is dropped."""
        await self._database.write(record.keep_mark, name, mark)

    async def fly(self, event: Event, alerts: Sequence[Alert], chat: Chat) -> int:
        """Put a canary's event and its alerts into the store; return how many alerts were new."""
        return await self._database.write(canary.fly, event, alerts, chat)

    async def flown(self, event_id: str) -> Flown | None:
        """Return what came of a canary's alert, None while it is under way."""
        return await self._database.read(canary.flown, event_id)

    async def land(self) -> int:
        """Drop all canaries that are not being sent just now; return how many."""
        return await self._database.write(canary.land)
