"""The store: each method is one transaction over the statements of the other files."""

import asyncio
from collections.abc import AsyncIterator, Callable, Collection, Mapping, Sequence
from contextlib import asynccontextmanager, nullcontext
from datetime import datetime, timedelta

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.model.advice import Advice
from bot.model.alert import Delivery, Told
from bot.model.assessment import Severity
from bot.model.event import ChangeKind, Event, Neighbourhood, Statement
from bot.model.item import Item
from bot.model.watch import Chat, Ears, Match, Watch, Watched
from bot.services.duty_log import Record
from bot.services.ports import Claimed, Decision, Pending, Settlement, SourceState, Store
from bot.services.recent import PastAlert
from bot.services.sharing import Sharing
from bot.storage import (
    advice,
    board,
    chats,
    coverage,
    duty_log,
    events,
    forget,
    hearing,
    leases,
    line,
    naming,
    outbox,
    parcels,
    posting,
    schema,
    sources,
    statements,
    threads,
)
from bot.storage import items as memory
from bot.storage.announce import announce, listen
from bot.storage.contacts import ContactStore
from bot.storage.engine import Database
from bot.storage.events import PastChange
from bot.storage.lock import held
from bot.storage.logbook import Logbook
from bot.storage.notices import NoticeStore
from bot.storage.outbox import PastDelivery
from bot.storage.parcels import Post
from bot.storage.peace_store import PeaceStore
from bot.storage.roll_calls import RollCallStore
from bot.storage.settling import Settling
from bot.storage.unpacking import Unpacking, events_of


class SqlStore(Logbook, PeaceStore, Store, Sharing, Unpacking):
    """All that is kept, in one SQL database. Made by `open`, or by `look` for reading alone."""

    def __init__(self, database: Database, owner: str = "") -> None:
        self._database = database
        self._owner = owner
        self._held = events.Held()
        self._settling = Settling(database)

    @classmethod
    @asynccontextmanager
    async def open(cls, url: str, owner: str, *, migrate: bool = False) -> AsyncIterator["SqlStore"]:
        """Open the store until the context ends: for this process alone, where it is a file.

        Args:
            url: SQLAlchemy's async URL. `sqlite+aiosqlite://` is a store in memory, made anew.
            owner: who holds it, as another process is told that wants it too.
            migrate: bring an empty or older database up to date first.

        Raises:
            StoreLocked: another process holds the file.
            StoreDamaged: the file is not whole.
            SchemaError: the database is not at this program's schema.
        """
        database = Database(url)
        with held(database.path, owner) if database.path else nullcontext():
            try:
                await schema.sound(database)
                if migrate and not database.in_memory:
                    from bot.storage import migrations  # noqa: PLC0415 - only they need Alembic

                    await migrations.run(database)
                await schema.ready(database)
                await hearing.complete(database)
                yield cls(database, owner)
            finally:  # before the lock is freed: what is under way still writes
                await database.close()

    @classmethod
    @asynccontextmanager
    async def look(cls, url: str) -> AsyncIterator["SqlStore"]:
        """Open the store for reading, beside the process that holds it; SchemaError as above."""
        database = Database(url, read_only=True)
        try:
            await schema.ready(database)
            yield cls(database)
        finally:
            await database.close()

    async def told_since(self, chat_id: int, since: datetime) -> tuple[Record, ...]:
        """Return what the chat was told and did since then, in the order of time."""
        return await self._database.read(duty_log.told_since, chat_id, since)

    @property
    def roll_calls(self) -> RollCallStore:
        """Where roll calls are kept."""
        return RollCallStore(self._database)

    @property
    def contacts(self) -> ContactStore:
        """Where second contacts are kept, and what was read."""
        return ContactStore(self._database)

    @property
    def notices(self) -> NoticeStore:
        """Where messages of no event wait."""
        return NoticeStore(self._database)

    async def source_states(self) -> Mapping[str, SourceState]:
        """Return the state of each source that was ever polled, by source id."""
        return await self._database.read(sources.states)

    async def save_source_state(self, state: SourceState) -> None:
        """Keep a source's state; not where another process polls the source by now: it knows more."""
        if self._database.one_process:
            await self._database.write(sources.keep, state)
        else:
            await self._database.write(_keep_own, state, self._owner)

    async def take_sources(self, ids: Sequence[str], length: timedelta, most: int) -> Mapping[str, SourceState | None]:
        """Take leases on polling sources, at most so many; return what is known of each that was taken."""
        if self._database.one_process:
            known = await self._database.read(sources.states)
            return {one: known.get(one) for one in ids[:most]}
        return await self._database.write(leases.take_sources, ids, self._owner, length, most)

    async def hear_of_alerts(self, wake: Callable[[], None]) -> None:
        """Call `wake` whenever another process has put alerts into the outbox, until cancelled."""
        if not self._database.one_process:
            await listen(self._database.url, wake)

    async def give_source_back(self, source_id: str) -> None:
        """End the lease on a source that was polled."""
        await self.give_lease_back(leases.of_source(source_id))

    async def take_lease(self, name: str, length: timedelta) -> int | None:
        """Take or renew a lease; return its fence, None where another process has it."""
        if self._database.one_process:
            return 0
        return (await self._database.write(leases.take, [name], self._owner, length)).get(name)

    async def give_lease_back(self, name: str) -> None:
        """End a lease before its time."""
        if not self._database.one_process:
            await self._database.write(leases.give_back, [name], self._owner)

    async def coverage_told(self) -> Mapping[tuple[int, str], datetime]:
        """Return since when there was no source about a country, by (chat id, country) of who was told so."""
        return await self._database.read(coverage.told)

    async def tell_coverage(self, chat_id: int, country: str, since: datetime | None) -> None:
        """Keep that the chat was told of the loss; with None, of the return."""
        await self._database.write(coverage.keep, chat_id, country, since)

    async def advice(self, country: str) -> tuple[Advice, ...]:
        """Return what each government advises about a country (ISO 3166), the strictest first."""
        return await self._database.read(advice.about, country)

    async def advice_of(self, government: str) -> Mapping[str, Advice]:
        """Return all that a government (ISO 3166) advises, by its own ids."""
        return await self._database.read(advice.of_government, government)

    async def keep_advice(self, learnt: Sequence[Advice]) -> None:
        """Keep what governments advise, each in place of what the same one advised about the same before."""
        await self._database.write(advice.keep, learnt)

    async def unseen(self, items: Sequence[Item]) -> tuple[Item, ...]:
        """Return the items that were not committed before, in these words; duplicates once."""
        fresh, met = await self._database.read(memory.unseen, items)
        if met:
            await self._database.write(memory.meet, met)
        return fresh

    async def items(self, ids: Sequence[str]) -> tuple[Item, ...]:
        """Return the items of these ids that are still kept, each in its newest words; in no order."""
        return await self._database.read(memory.newest, ids)

    async def known_events(self, near: Neighbourhood) -> tuple[Event, ...]:
        """Return the events near, live and closed, not merged ones; newest last_seen_at first."""
        return await self._database.read(events.near, near, self._held)

    async def statements(self, near: Neighbourhood, event_ids: Sequence[str], since: datetime) -> tuple[Statement, ...]:
        """Return what the reports of these events said, and what was said since then near and belongs to no event."""
        return await self._database.read(statements.near, near, event_ids, since)

    async def live_events(self) -> tuple[Event, ...]:
        """Return all events that still go on."""
        return await self._database.read(events.live)

    async def events_with_ways(self, since: datetime) -> tuple[Event, ...]:
        """Return the events last seen since then that tell how an airport, an air space or a border stands."""
        return await self._database.read(board.events_with_ways, since)

    async def event(self, event_id: str) -> Event | None:
        """Return one event's present state."""
        return await self._database.read(events.present, event_id)

    async def history(self, event_id: str) -> tuple[PastChange, ...]:
        """Return what changed about an event, oldest first."""
        return await self._database.read(events.history, event_id)

    async def event_ids(self, name: str, most: int = 9) -> tuple[str, ...]:
        """Return the ids of events whose id begins so, or whose tag it is, or the one that is it."""
        return await self._database.read(naming.ids, name, most)

    async def deliveries(self, event_id: str) -> tuple[PastDelivery, ...]:
        """Return what was to be told of an event to whom, and what came of it, oldest first."""
        return await self._database.read(outbox.history, event_id)

    async def watched(self, ears: Ears) -> tuple[Watched, ...]:
        """Return the watches of active chats that these ears may mean, with their chats, by id."""
        return await self._database.read(hearing.watched, ears)

    async def told(self, event_ids: Sequence[str]) -> Mapping[tuple[int, str], Told]:
        """Return what each chat was told of these events, by (chat id, event id)."""
        await self.unpacked(event_ids)
        return await self._database.read(outbox.told, event_ids)

    async def heard(self, event_id: str, chat_ids: Sequence[int]) -> tuple[tuple[Watched, Match], ...]:
        """Return how the event concerned these chats when they were first told of it."""
        await self.unpacked([event_id])
        return await self._database.read(outbox.heard, event_id, chat_ids)

    async def alerts_to(self, chat_id: int, since: datetime) -> tuple[PastAlert, ...]:
        """Return the chat's rows of the outbox that were made since then, oldest first."""
        return await self._database.read(outbox.alerts_to, chat_id, since)

    async def told_by(self, chat_id: int, message_id: int) -> str | None:
        """Return the id of the event of which that message of the chat tells, or None."""
        return await self._database.read(outbox.told_by, chat_id, message_id)

    async def commit(self, decisions: Sequence[Decision]) -> int:
        """Write all decisions in one transaction; return how many alerts were new. VersionClash writes nothing."""
        alerts = [alert for decision in decisions for alert in decision.alerts]
        many = len(alerts) > parcels.AT_ONCE
        post = await asyncio.to_thread(parcels.sort, alerts) if many else parcels.sort(alerts)
        if self._database.one_process:
            told = await self._database.write(_commit, decisions, post)
        else:
            told = await self._database.write(_commit_among_others, decisions, post, self._held)
        for decision in decisions:
            for change in decision.changes:
                self._held.hold(change.after)
        return told

    async def claim(
        self,
        owner: str,
        now: datetime,
        limit: int,
        lease: timedelta,
        *,
        most: Severity = Severity.EXTREME,
        resting: Collection[int] = (),
    ) -> tuple[Claimed, ...]:
        """Take rows that are due, most severe first, events in turn, one of each chat; the attempt is committed.

        Better not cancelled: what was taken and told to nobody is ambiguous after its lease, and sent as a repeat.
        """
        return await self._database.write(line.claim, owner, now, limit, lease, most=most, resting=resting)

    async def settle(self, claimed: Claimed, settlement: Settlement, now: datetime) -> bool:
        """Write what came of the attempt; False where another attempt holds the row by now."""
        return await self._settling.settle(claimed, settlement, now)

    async def recover(self, owner: str, now: datetime, in_flight: Collection[int] = ()) -> int:
        """Make rows `ambiguous` that nobody is sending any more: those of this owner not `in_flight`, ended owners."""
        alone = self._database.one_process
        return await self._database.write(outbox.recover, owner, now, in_flight, alone=alone)

    async def rouse(self, now: datetime) -> int:
        """Make due now what waits for a retry: the clock was set back. Quiet hours stay."""
        while await self.unpack():
            pass
        return await self._database.write(outbox.rouse, now)

    async def next_due(self, now: datetime) -> datetime | None:
        """Return when the next row is due, `now` at the soonest, or None."""
        dues = [await self._database.read(line.next_due), await self._database.read(parcels.next_due)]
        return min((max(due, now) for due in dues if due is not None), default=None)

    async def outbox_counts(self) -> Mapping[Delivery, int]:
        """Return the number of rows in each state."""
        return await self._database.read(outbox.counts)

    async def outbox_pending(self, now: datetime) -> tuple[Pending, ...]:
        """Return what active chats are still to be sent, by severity."""
        return await self._database.read(outbox.pending, now)

    async def touch(self) -> str:
        """Write something that changes nothing, durably; return the number of the schema."""
        return await schema.touch(self._database)

    async def chat(self, chat_id: int) -> Chat | None:
        """Return a chat."""
        return await self._database.read(chats.present, chat_id)

    async def save_chat(self, chat: Chat) -> None:
        """Keep a chat."""
        await self._database.write(chats.keep, chat)

    async def move_chat(self, old_id: int, new_id: int) -> None:
        """A group became a supergroup: move its chat, watches and outbox in one transaction."""
        await self._database.write(chats.move, old_id, new_id)

    async def watches_of(self, chat_id: int) -> tuple[Watch, ...]:
        """Return a chat's watches, oldest first."""
        return await self._database.read(chats.watches_of, chat_id)

    async def add_watch(self, watch: Watch) -> Watch:
        """Keep a new watch; return it with its id. An equal watch of that chat is updated, not doubled."""
        return await self._database.write(chats.add, watch)

    async def remove_watch(self, chat_id: int, watch_id: int) -> bool:
        """Drop a chat's watch; False if that chat has none of that id."""
        return await self._database.write(chats.remove, chat_id, watch_id)

    async def due_watches(self, now: datetime, limit: int) -> tuple[Watched, ...]:
        """Return at most so many watches whose `due_at` has come, with their chats in any state, longest due first."""
        return await self._database.read(chats.due, now, limit)

    async def prune(
        self,
        *,
        items_before: datetime,
        statements_before: datetime,
        events_before: datetime,
        deliveries_before: datetime,
    ) -> int:
        """Drop what is older than its time of keeping; return the number of rows. What may still be sent stays."""
        dropped = await self._database.write(_prune, items_before, statements_before, events_before, deliveries_before)
        self._held.clear()
        return dropped


async def _keep_own(connection: AsyncConnection, state: SourceState, owner: str) -> None:
    if await leases.holds(connection, leases.of_source(state.source_id), owner):
        await sources.keep(connection, state)


async def _commit_among_others(
    connection: AsyncConnection, decisions: Sequence[Decision], post: Post, held: events.Held
) -> int:
    await events.alone(connection, decisions, held)
    added = await _commit(connection, decisions, post)
    if added:
        await announce(connection)
    return added


async def _commit(connection: AsyncConnection, decisions: Sequence[Decision], post: Post) -> int:
    if touched := events_of(decisions):
        await posting.unpack_all(connection, touched)
    seen = [(decision.item, decision.at) for decision in decisions if decision.item is not None]
    await memory.keep(connection, seen)
    await statements.keep(connection, [decision.said for decision in decisions if decision.said is not None])
    for decision in decisions:
        for change in decision.changes:
            await events.change(connection, change, told=not decision.silent)
            await statements.belong(connection, change)
            if change.kind is ChangeKind.RETRACTED or change.moved:
                await outbox.withdraw(connection, change.after.id, decision.at, moved=change.moved)
        await threads.hand_over(connection, decision.handed, decision.at)
        for change in decision.changes:
            if change.kind is ChangeKind.MERGED and change.rearranged:
                await outbox.withdraw(connection, change.after.id, decision.at)
    return await posting.add(connection, post)


async def _prune(
    connection: AsyncConnection,
    items_before: datetime,
    statements_before: datetime,
    events_before: datetime,
    deliveries_before: datetime,
) -> int:
    """Drop deliveries before the events that they belong to."""
    deliveries = await outbox.prune(connection, deliveries_before)
    items = await memory.prune(connection, items_before)
    loose = await statements.prune(connection, statements_before)
    strays = await forget.forget_strays(connection)
    return deliveries + items + loose + strays + await events.prune(connection, events_before)
