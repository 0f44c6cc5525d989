"""The store: each method is one transaction over the statements of the other files."""

from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager, nullcontext
from datetime import datetime, timedelta

from bot.model.alert import Delivery, Told
from bot.model.event import Event, Neighbourhood
from bot.model.item import Item
from bot.model.watch import Chat, Ears, Watch, Watched
from bot.services.ports import Claimed, Decision, Settlement, SourceState, Store
from bot.storage import chats, events, outbox, schema, sources
from bot.storage import items as memory
from bot.storage.engine import Database
from bot.storage.events import PastChange
from bot.storage.lock import held


class SqlStore(Store):
    """All that is kept, in one SQL database. Made by `open`, or by `look` for reading alone."""

    def __init__(self, database: Database) -> None:
        self._database = database

    @classmethod
    @asynccontextmanager
    async def open(cls, url: str, owner: str, *, migrate: bool = False) -> AsyncIterator["SqlStore"]:
        """Open the store for this process alone, until the context ends.

        Args:
            url: SQLAlchemy's async URL. `sqlite+aiosqlite://` is a store in memory, made anew.
            owner: who holds it, as another process is told that wants it too.
            migrate: bring an empty or older database up to date first.

        Raises:
            StoreLocked: another process holds the file.
            SchemaError: the database is not at this program's schema.
        """
        database = Database(url)
        try:
            with held(database.path, owner) if database.path else nullcontext():
                await schema.ready(database, migrate=migrate)
                yield cls(database)
        finally:
            await database.close()

    @classmethod
    @asynccontextmanager
    async def look(cls, url: str) -> AsyncIterator["SqlStore"]:
        """Open the store for reading, beside the process that holds it; SchemaError as above."""
        database = Database(url, read_only=True)
        try:
            await schema.ready(database, migrate=False)
            yield cls(database)
        finally:
            await database.close()

    async def source_states(self) -> Mapping[str, SourceState]:
        """Return the state of each source that was ever polled, by source id."""
        async with self._database.reading() as connection:
            return await sources.states(connection)

    async def save_source_state(self, state: SourceState) -> None:
        """Keep a source's state."""
        async with self._database.writing() as connection:
            await sources.keep(connection, state)

    async def unseen(self, items: Sequence[Item]) -> tuple[Item, ...]:
        """Return the items that were not committed before, in these words; duplicates once."""
        async with self._database.reading() as connection:
            fresh, met = await memory.unseen(connection, items)
        if met:
            async with self._database.writing() as connection:
                await memory.meet(connection, met)
        return fresh

    async def known_events(self, near: Neighbourhood) -> tuple[Event, ...]:
        """Return the events near, live and closed, not merged ones; newest last_seen_at first."""
        async with self._database.reading() as connection:
            return await events.near(connection, near)

    async def live_events(self) -> tuple[Event, ...]:
        """Return all events that still go on."""
        async with self._database.reading() as connection:
            return await events.live(connection)

    async def event(self, event_id: str) -> Event | None:
        """Return one event's present state."""
        async with self._database.reading() as connection:
            return await events.present(connection, event_id)

    async def history(self, event_id: str) -> tuple[PastChange, ...]:
        """Return what changed about an event, oldest first."""
        async with self._database.reading() as connection:
            return await events.history(connection, event_id)

    async def watched(self, ears: Ears) -> tuple[Watched, ...]:
        """Return the watches of active chats that these ears may mean, with their chats."""
        async with self._database.reading() as connection:
            return await chats.watched(connection, ears)

    async def told(self, event_ids: Sequence[str]) -> Mapping[tuple[int, str], Told]:
        """Return what each chat was told of these events, by (chat id, event id)."""
        async with self._database.reading() as connection:
            return await outbox.told(connection, event_ids)

    async def commit(self, decisions: Sequence[Decision]) -> int:
        """Write all decisions in one transaction; return how many alerts were new. VersionClash writes nothing."""
        async with self._database.writing() as connection:
            seen = [(decision.item, decision.at) for decision in decisions if decision.item is not None]
            await memory.keep(connection, seen)
            for decision in decisions:
                for change in decision.changes:
                    await events.change(connection, change)
            return await outbox.add(connection, [alert for decision in decisions for alert in decision.alerts])

    async def claim(self, owner: str, now: datetime, limit: int, lease: timedelta) -> tuple[Claimed, ...]:
        """Take rows that are due, most severe and oldest first, at most one of each chat; the attempt is committed.

        Not to be cancelled: rows taken whose names were lost would be ambiguous after their lease.
        """
        async with self._database.writing() as connection:
            return await outbox.claim(connection, owner, now, limit, lease)

    async def settle(self, claimed: Claimed, settlement: Settlement, now: datetime) -> bool:
        """Write what came of the attempt; False where another attempt holds the row by now."""
        async with self._database.writing() as connection:
            return await outbox.settle(connection, claimed, settlement, now)

    async def recover(self, owner: str, now: datetime) -> int:
        """Make rows `ambiguous` that are being sent by nobody: lapsed leases, and owners other than this one."""
        async with self._database.writing() as connection:
            return await outbox.recover(connection, owner, now)

    async def next_due(self, now: datetime) -> datetime | None:
        """Return when the next row is due, `now` at the soonest, or None."""
        async with self._database.reading() as connection:
            due = await outbox.next_due(connection)
        return None if due is None else max(due, now)

    async def outbox_counts(self) -> Mapping[Delivery, int]:
        """Return the number of rows in each state."""
        async with self._database.reading() as connection:
            return await outbox.counts(connection)

    async def chat(self, chat_id: int) -> Chat | None:
        """Return a chat."""
        async with self._database.reading() as connection:
            return await chats.present(connection, chat_id)

    async def save_chat(self, chat: Chat) -> None:
        """Keep a chat."""
        async with self._database.writing() as connection:
            await chats.keep(connection, chat)

    async def move_chat(self, old_id: int, new_id: int) -> None:
        """A group became a supergroup: move its chat, watches and outbox in one transaction."""
        async with self._database.writing() as connection:
            await chats.move(connection, old_id, new_id)

    async def watches_of(self, chat_id: int) -> tuple[Watch, ...]:
        """Return a chat's watches, oldest first."""
        async with self._database.reading() as connection:
            return await chats.watches_of(connection, chat_id)

    async def add_watch(self, watch: Watch) -> Watch:
        """Keep a new watch; return it with its id. An equal watch of that chat is updated, not doubled."""
        async with self._database.writing() as connection:
            return await chats.add(connection, watch)

    async def remove_watch(self, chat_id: int, watch_id: int) -> bool:
        """Drop a chat's watch; False if that chat has none of that id."""
        async with self._database.writing() as connection:
            return await chats.remove(connection, chat_id, watch_id)

    async def prune(self, *, items_before: datetime, deliveries_before: datetime) -> int:
        """Drop what is older than its time of keeping; return the number of rows. What may still be sent stays."""
        async with self._database.writing() as connection:
            deliveries = await outbox.prune(connection, deliveries_before)
            return (
                deliveries + await memory.prune(connection, items_before) + await events.prune(connection, items_before)
            )
