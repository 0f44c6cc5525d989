"""The jobs and their clock: polling what is due, delivering what waits, keeping house (APScheduler)."""

import asyncio
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import datetime, timedelta
from time import monotonic

from apscheduler.schedulers.asyncio import AsyncIOScheduler

from bot.app.build import House
from bot.app.database import back_up_if_due
from bot.app.logs import Log
from bot.app.roles import Leads, Role
from bot.app.signs import Signs
from bot.model.item import Source
from bot.services.coverage import blind
from bot.services.ingest import Polled
from bot.services.ports import SourceState
from bot.services.timetable import backfill, due_at, is_urgent, resume, urgent_countries
from bot.web.metrics import Metrics

TICK = timedelta(seconds=1)
LOOK_ROUND = timedelta(minutes=1)
CREW = timedelta(seconds=5)
HOUSEKEEPING = timedelta(minutes=5)
POLL_LEASE = timedelta(minutes=2)
STUCK_AFTER = timedelta(seconds=5)
LONGEST_DRAIN = timedelta(seconds=15)  # of the 20 s in which the process ends


class Jobs:
    """What the scheduler calls. No job dies of an error: it is logged, and the next tick tries again."""

    def __init__(
        self,
        house: House,
        log: Log,
        metrics: Metrics,
        *,
        role: Role = Role.ALL,
        leads: Leads | None = None,
        signs: Signs | None = None,
    ) -> None:
        """`leads` say which duties are this process's now; without them all of its role's are, always."""
        self._house, self._log, self._metrics = house, log, metrics
        self._role, self._leads, self._signs = role, leads, signs or Signs()
        self._ticked = monotonic()
        self.stopping = False
        self._states: dict[str, SourceState] = {}
        self._polls: dict[str, asyncio.Task[None]] = {}
        self._listening: dict[str, asyncio.Task[None]] = {}
        self._urgent: frozenset[str] = frozenset()
        self._blind: dict[str, datetime] = {}
        self._delivery: asyncio.Task[None] | None = None
        self._broadcasting: asyncio.Task[None] | None = None

    async def start(self, scheduler: AsyncIOScheduler) -> None:
        """Load what is known of the sources, settle what a crash left, and start ticking."""
        house = self._house
        await self._know(house.sources)
        recovered = await house.deliver.recover()
        if recovered:
            self._log.warning("sends of an ended process are sent again, marked as repeats", rows=recovered)
        ticking = ((self.poll_due, TICK), (self.deliver_due, TICK))
        seldom = (
            (self.see_to_chats, CREW),
            (self.broadcast_due, CREW),
            (self.look_round, LOOK_ROUND),
            (self.tend_watches, LOOK_ROUND),
            (self.keep_house, HOUSEKEEPING),
            (self.back_up, HOUSEKEEPING),
        )
        for job, every in (*ticking, *seldom):
            scheduler.add_job(
                job, "interval", seconds=every.total_seconds(), coalesce=True, max_instances=1, misfire_grace_time=None
            )
        self._ticked = monotonic()
        scheduler.start()
        self._listen_to(house.sources)

    async def _know(self, sources: Sequence[Source]) -> None:
        """Take up what is kept of these sources: of one that is new, or was taken out once, too."""
        known, house = await self._house.store.source_states(), self._house
        spread = timedelta(seconds=house.tuning.polling.spread_seconds)
        for source in sources:
            self._states[source.id] = resume(source, known.get(source.id), house.clock.now(), spread)

    def _listen_to(self, sources: Sequence[Source]) -> None:
        for stream in (source for source in sources if source.pushed and self._role.takes_in):
            self._listening[stream.id] = asyncio.create_task(self._listen(stream), name=f"listen to {stream.id}")

    async def change_sources(self, sources: tuple[Source, ...]) -> tuple[int, int]:
        """Poll these from now on; return how many are new or other than before, and how many are asked no more.

        What is kept of a source that is taken out stays: its items are known should it come back.
        """
        before = {source.id: source for source in self._house.sources}
        fresh = [source for source in sources if before.get(source.id) != source]
        gone = before.keys() - {source.id for source in sources}
        await self._know(fresh)
        ended = [self._listening.pop(one) for one in [*gone, *(new.id for new in fresh)] if one in self._listening]
        for task in ended:
            task.cancel()
        await asyncio.gather(*ended, return_exceptions=True)
        self._house.sources = sources
        for one in gone:
            self._states.pop(one, None)
        self._listen_to(fresh)
        return len(fresh), len(gone)

    async def poll_due(self) -> None:
        """Start a poll of each source whose time has come and that is not being polled."""
        ticked, self._ticked = self._ticked, monotonic()
        self._metrics.ticked(max(0.0, self._ticked - ticked - TICK.total_seconds()))
        if not self._role.takes_in:
            return
        for source in await self._of_this_process([one for one in self._house.sources if self._due(one)]):
            if self.stopping:
                return
            task = asyncio.create_task(self._poll(source), name=f"poll {source.id}")
            self._polls[source.id] = task
            task.add_done_callback(lambda _, name=source.id: self._polls.pop(name, None))  # type: ignore[misc]

    def _due(self, source: Source) -> bool:
        state = self._states[source.id]
        if source.pushed or state.disabled or source.id in self._polls:
            return False
        due = due_at(state, urgent=is_urgent(source, self._urgent))
        return due is None or due <= self._house.clock.now()

    async def _of_this_process(self, due: Sequence[Source]) -> Sequence[Source]:
        """Return those of the sources that no other process polls or has just polled; what that learnt is known now."""
        if self._leads is None or not due:
            return due
        room = self._house.tuning.polling.requests_at_once - len(self._polls)
        try:
            taken = (
                await self._house.sharing.take_sources([one.id for one in due], POLL_LEASE, room) if room > 0 else {}
            )
        except Exception as error:  # noqa: BLE001 - the database is away: the next tick tries again
            self._log.error("no sources could be taken", exc_info=error)
            return ()
        own = []
        for one in due:
            known = taken.get(one.id)
            if known is not None:
                self._states[one.id] = resume(one, known, self._house.clock.now(), timedelta(0))
            if one.id in taken and self._due(one):
                own.append(one)
            elif one.id in taken:
                await self._give_back(one)
        return own

    async def _give_back(self, source: Source) -> None:
        if self._leads is not None:
            with suppress(Exception):  # else the lease ends by itself
                await self._house.sharing.give_source_back(source.id)

    async def _poll(self, source: Source) -> None:
        before, begun = self._states[source.id], monotonic()
        try:
            polled, after = await self._house.ingest.poll(source, before)
        except Exception as error:  # noqa: BLE001 - one source's trouble, of whatever kind, must not reach the others
            self._log.error("poll broke off", source=source.id, exc_info=error)
            now = self._house.clock.now()
            self._states[source.id] = replace(before, next_at=now + max(source.every, timedelta(minutes=1)))
            self._metrics.polled(source.id, monotonic() - begun, None)
            return
        if source.id in self._states:  # else it was taken out meanwhile
            self._states[source.id] = after
        self._metrics.polled(source.id, monotonic() - begun, polled)
        self._tell_operator(source, before, polled)
        await self._give_back(source)

    async def _listen(self, source: Source) -> None:
        """Listen to a stream for as long as the service runs."""

        def taken(polled: Polled) -> None:
            self._metrics.polled(source.id, 0.0, polled)
            self._tell_operator(source, SourceState(source_id=source.id), polled)

        def changed(state: SourceState) -> None:
            before, self._states[source.id] = self._states[source.id], state
            self._say_if_failing(source, before.failing, state.failing)

        def connected() -> None:
            lists = backfill(source, self._house.sources, self._states)
            self._states |= {one.source_id: one for one in lists if one.source_id not in self._polls}

        while not self._states[source.id].disabled:
            if self._leads is not None:
                await self._leads.house.won()
            try:
                await self._house.listen.listen(
                    source, self._states[source.id], on_state=changed, on_connected=connected, on_taken=taken
                )
            except Exception as error:  # noqa: BLE001 - one source's trouble must not reach the others
                self._log.error("listening broke off", source=source.id, exc_info=error)
                await self._house.clock.sleep(LOOK_ROUND.total_seconds())

    def _tell_operator(self, source: Source, before: SourceState, polled: Polled) -> None:
        self._say_if_failing(source, before.failing, polled.failing)
        if polled.held_back:
            self._log.warning(
                "too many new events from one source: not told", source=source.id, events=polled.held_back
            )
        if polled.unreadable:
            self._log.warning("items could not be read", source=source.id, items=polled.unreadable)
        if polled.changes:
            self._log.info(
                "taken in", source=source.id, items=polled.new_items, changes=polled.changes, alerts=polled.alerts
            )

    def _say_if_failing(self, source: Source, before: str | None, failing: str | None) -> None:
        if failing and failing != before:
            self._log.warning("source fails", source=source.id, why=failing)
        elif before and not failing:
            self._log.info("source is back", source=source.id)

    async def deliver_due(self) -> None:
        """Deliver at the scheduler's tick; async, for it runs other functions in threads."""
        self.wake_delivery()

    def wake_delivery(self) -> None:
        """Start to send what is due, unless that is under way.

        The sending is a task of its own, for the scheduler cancels what still runs in its jobs when it is shut down.
        """
        if self._leads_bot() and (self._delivery is None or self._delivery.done()):
            self._delivery = asyncio.create_task(self._deliver(), name="delivery")

    def _leads_bot(self) -> bool:
        return self._role.sends and (self._leads is None or self._leads.bot.held())

    def keeps_house(self) -> bool:
        """Whether what only one process may do is this one's now."""
        return self._role.takes_in and (self._leads is None or self._leads.house.held())

    async def _deliver(self) -> None:
        try:
            await self._house.deliver.sweep()
        except Exception as error:  # noqa: BLE001 - the rows are still there, and the next tick sends them
            self._log.error("delivery broke off", exc_info=error)

    async def broadcast_due(self) -> None:
        """Go on with the operator's notices to all chats, unless that is under way; a task of its own, as above."""
        if self._goes_on() and (self._broadcasting is None or self._broadcasting.done()):
            self._broadcasting = asyncio.create_task(self._broadcast(), name="broadcast")

    def _goes_on(self) -> bool:
        return self._leads_bot() and not self.stopping

    async def _broadcast(self) -> None:
        try:
            await self._house.broadcast.look(self._goes_on)
        except Exception as error:  # noqa: BLE001 - what waits is kept, and goes out in five seconds
            self._log.error("a notice to all chats broke off", exc_info=error)

    async def look_round(self) -> None:
        """See where something grave goes on, for feeds about it are asked more often; and where no source works."""
        house, now = self._house, self._house.clock.now()
        await self._know_what_others_learnt()
        lost = blind(house.sources, self._states, now)
        for country in sorted(lost.keys() ^ self._blind.keys()):
            words = "no working source" if country in lost else "sources work again"
            self._log.warning(words, country=country, since=str(lost.get(country) or self._blind[country]))
        self._blind = lost
        try:
            self._urgent = urgent_countries(await house.store.live_events(), now)
            if self._leads_bot():
                await house.coverage.look(lost)
        except Exception as error:  # noqa: BLE001 - it is tried again in a minute
            self._log.error("looking round broke off", exc_info=error)

    async def tend_watches(self) -> None:
        """Brief before trips, and end what is over."""
        if not self._leads_bot():  # it sends to chats
            return
        try:
            await self._house.tend.look()
            await self._house.briefs.look()
        except Exception as error:  # noqa: BLE001 - it is tried again in a minute
            self._log.error("tending watches broke off", exc_info=error)

    async def see_to_chats(self) -> None:
        """Remind in roll calls, tell second contacts, and send what waits for them."""
        if not self._leads_bot():
            return
        try:
            await self._house.crew.look()
        except Exception as error:  # noqa: BLE001 - it is tried again in five seconds
            self._log.error("seeing to chats broke off", exc_info=error)

    async def _know_what_others_learnt(self) -> None:
        """Learn how the sources stand that other processes poll."""
        if self._leads is None:
            return
        try:
            known = await self._house.store.source_states()
        except Exception as error:  # noqa: BLE001 - it is tried again in a minute
            self._log.error("the sources' state cannot be read", exc_info=error)
            return
        self._states |= {name: known[name] for name in self._states.keys() & known.keys() if name not in self._polls}

    async def keep_house(self) -> None:
        """Let silent events expire, and drop what is old."""
        if not self.keeps_house():
            return
        try:
            await self._house.housekeeping.expire_events()
            await self._house.housekeeping.prune()
        except Exception as error:  # noqa: BLE001 - it is tried again in five minutes
            self._log.error("housekeeping broke off", exc_info=error)

    async def back_up(self) -> None:
        """Make a backup if it is time, in a thread: the river goes on meanwhile."""
        if not self.keeps_house():
            return
        house = self._house
        try:
            newest, made = await asyncio.to_thread(
                back_up_if_due, house.settings, house.tuning.backups, house.clock.now()
            )
        except Exception as error:  # noqa: BLE001 - it is tried again in five minutes
            self._log.error("no backup could be made", exc_info=error)
            self._signs.backup.ill(f"failed: {type(error).__name__}")
            return
        if newest is not None:
            self._metrics.backed_up(newest)
            self._signs.backup.well(newest)
        if made is not None:
            self._log.info("backup made and checked", file=str(made))

    def states(self) -> Mapping[str, SourceState]:
        """Return what is known of each source, by its id."""
        return self._states

    def stuck(self) -> str:
        """Return why the service does not live, empty while its clock ticks or it is stopping; waits for nothing."""
        silent = monotonic() - self._ticked
        if self.stopping or silent <= STUCK_AFTER.total_seconds():
            return ""
        return f"the jobs have not ticked for {silent:.0f} s"

    async def stop(self) -> None:
        """Take in no more, finish the sends in flight (at most 15 s), and return."""
        self.stopping = True
        intake = [*self._polls.values(), *self._listening.values()]
        for task in intake:
            task.cancel()
        self._house.deliver.stop()
        await asyncio.gather(*intake, return_exceptions=True)
        sending = [task for task in (self._delivery, self._broadcasting) if task is not None]
        if sending:
            _, late = await asyncio.wait(sending, timeout=LONGEST_DRAIN.total_seconds())
            if late:
                self._log.warning("sends in flight did not finish in time; the next start repeats alerts, marked")
                for task in late:
                    task.cancel()
                await asyncio.wait(late)
