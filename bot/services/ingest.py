"""Poll a source: fetch, decode, understand, judge, tell, and commit each item's whole effect in one transaction.

Items that change nothing share a transaction: they wait for the next that does, or for the end of their part.
"""

import asyncio
from collections import deque
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import partial

from bot.alerts.plan import plan, unreached
from bot.events.judge import overtaken, statement, worth_keeping
from bot.events.neighbourhood import neighbourhood
from bot.events.quarantine import MOST, gone_wild, opens
from bot.feeds import full_list
from bot.feeds.rhythm import rhythm_of
from bot.model.alert import Alert, Told
from bot.model.errors import VersionClash
from bot.model.event import ChangeKind, EventChange
from bot.model.item import Item, Source, SourceKind
from bot.model.watch import Watched
from bot.pipeline import Understanding, judge, tell
from bot.services.baseline import advised
from bot.services.cap_links import follow
from bot.services.country_pages import follow_countries
from bot.services.freshness import stirred
from bot.services.ports import (
    Clock,
    Decision,
    Decoder,
    Fetcher,
    FetchFailed,
    NotModified,
    SourceState,
    Store,
    Understander,
    Unreadable,
    Validators,
)
from bot.services.timetable import address, after_failure, after_success
from bot.watches.index import ears
from bot.watches.quiet import quiet_until

NEWS_IS_OLD_AFTER = timedelta(hours=72)  # RUBRIC.md section 1: within the last 72 hours before publication
MOST_CLASHES = 20
MANY = 1000
"""Watches that are judged on the event loop; more of them take longer than others should wait."""
AT_ONCE = 25
"""Items of one source that are read and judged before it is the turn of others."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Polled:
    """What one poll brought. `failing` is why it failed, in plain words; `unreadable` items cost only themselves.

    `held_back` counts events that nobody was told of, because the source opened too many (bot/events/quarantine.py).
    """

    source_id: str
    items: int = 0
    new_items: int = 0
    changes: int = 0
    alerts: int = 0
    unreadable: int = 0
    held_back: int = 0
    failing: str | None = None


class Ingest:
    """The intake. Items are judged one after the other, so that two reports of one event never open it twice."""

    def __init__(
        self,
        *,
        store: Store,
        fetcher: Fetcher,
        decoder: Decoder,
        understander: Understander,
        clock: Clock,
        first_poll_window: timedelta,
        on_alerts: Callable[[], None] = lambda: None,
        on_decision: Callable[[Decision], None] = lambda _: None,
        on_read: Callable[[Understanding], None] = lambda _: None,
    ) -> None:
        """`first_poll_window`: how old news may be to be told by the very first poll of a source.

        By the first poll after a downtime they may be that much older than the downtime. `on_read` hears of each item
        that was judged and may be told (bot/services/full_text.py).
        """
        self._store, self._fetcher, self._decoder = store, fetcher, decoder
        self._understander, self._clock = understander, clock
        self.first_poll_window = first_poll_window
        self._on_alerts, self._on_decision, self._on_read = on_alerts, on_decision, on_read
        self._judging = asyncio.Lock()
        self._waiting: list[Decision] = []  # items that changed nothing and are not committed yet
        self._opened: dict[str, deque[datetime]] = {}
        self._met: set[str] = set()  # sources that answered this process

    async def poll(self, source: Source, state: SourceState) -> tuple[Polled, SourceState]:
        """Poll once and keep the source's new state; what fails is said there and disturbs nothing else."""
        polled, after = await self._poll(source, state)
        await self._store.save_source_state(after)
        return polled, after

    async def _poll(self, source: Source, state: SourceState) -> tuple[Polled, SourceState]:
        answer = await self._fetcher.fetch(address(source, state), state.validators)
        now = self._clock.now()
        if isinstance(answer, FetchFailed):
            failed = Polled(source_id=source.id, failing=answer.why)
            return failed, after_failure(source, state, answer, now=now)
        if isinstance(answer, NotModified):
            self._met.add(source.id)
            return Polled(source_id=source.id), after_success(source, state, answer, newest=None, now=now)
        items = await self._decoder.decode(source, answer, now)
        if not isinstance(items, Unreadable) and not items and _never_empty(source, state):
            items = Unreadable("an empty feed, though it was not empty before")
        if isinstance(items, Unreadable):
            failed = Polled(source_id=source.id, failing=items.why)
            return failed, after_failure(source, state, items, now=now)
        followed = await follow(source, items, now, store=self._store, fetcher=self._fetcher, decoder=self._decoder)
        followed = await follow_countries(
            source, followed, now, store=self._store, fetcher=self._fetcher, decoder=self._decoder
        )
        if followed.missing:  # a "not modified" would hide what is still to be fetched
            answer = replace(answer, validators=Validators())
        items, ends, state = await self._compared(source, state, followed.items, now)
        advice = await advised(items, now, state.last_success_at, self._store)
        since = self._tells_since(source.id, state, now)
        polled = await self.take(source.id, (*advice.items, *ends), tell_since=since)
        if advice.learnt:
            await self._store.keep_advice(advice.learnt)
        self._met.add(source.id)
        newest = max((_dated(item) for item in items), default=None) if polled.new_items else None
        after = after_success(source, state, answer, newest=newest, now=now, rhythm=rhythm_of(answer.body))
        return replace(polled, items=len(items)), stirred(after, now) if newest else after

    async def _compared(
        self, source: Source, state: SourceState, items: tuple[Item, ...], now: datetime
    ) -> tuple[tuple[Item, ...], tuple[Item, ...], SourceState]:
        """Return the items, the ends of what left a complete list since the last poll, and the state with the list."""
        if source.format not in full_list.COMPLETE:
            return items, (), state
        found = full_list.compare(state.listed, state.shrunk, items, now)
        gone = {one.item_id: one for one in found.gone}
        stored = await self._store.items(list(gone)) if gone else ()
        ends = (full_list.ended(source, item, gone[item.id], now) for item in stored)
        after = replace(state, listed=found.listed, shrunk=found.shrunk)
        return full_list.dated(items, found.listed), tuple(end for end in ends if end is not None), after

    def _tells_since(self, source_id: str, state: SourceState, now: datetime) -> datetime | None:
        """Return from when on published news are told; None for all that is new.

        The first poll since this process began tells what was published since the downtime began, and shortly before,
        for some outlets date what they publish late. A source that was never polled has no such past.
        """
        if state.last_success_at is None:
            return now - self.first_poll_window
        return None if source_id in self._met else state.last_success_at - self.first_poll_window

    def turn(self) -> asyncio.Lock:
        """Return the turn to judge, to be held while another judges."""
        return self._judging

    async def take(self, source_id: str, items: Iterable[Item], *, tell_since: datetime | None = None) -> Polled:
        """Take in items, oldest first. What was published before `tell_since` is learnt, and nobody told of it.

        Of very many the newest part comes first, each part oldest first: in a flood what matters now does not wait
        for the rest, and an older item that is judged after newer ones is put into its place.
        """
        unseen = sorted(await self._store.unseen(tuple(items)), key=_dated)
        polled = Polled(source_id=source_id, new_items=len(unseen))
        for end in range(len(unseen), 0, -AT_ONCE):
            part = unseen[max(0, end - AT_ONCE) : end]
            answers = await self._understander.understand(part)
            for item, answer in zip(part, answers, strict=True):
                polled = await self._take_one(polled, item, answer, tell_since)
            async with self._judging:
                await self._commit()
        return polled

    async def _take_one(
        self, polled: Polled, item: Item, answer: Understanding | Unreadable, tell_since: datetime | None
    ) -> Polled:
        """Take in one item that was read, and count what came of it."""
        if isinstance(answer, Unreadable):
            self._waiting.append(Decision(item=item, changes=(), alerts=(), at=self._clock.now()))
            return replace(polled, unreadable=polled.unreadable + 1)
        silent = tell_since is not None and _dated(item) < tell_since
        wild = gone_wild(self._opened.get(polled.source_id, ()), _dated(item))
        decision, told = await self._settle(answer, silent=silent, wild=wild)
        if not silent:
            self._on_read(answer)
        opening = opens(item, decision.changes)
        if opening:
            self._opened.setdefault(polled.source_id, deque(maxlen=MOST)).append(_dated(item))
        return replace(
            polled,
            changes=polled.changes + len(decision.changes),
            alerts=polled.alerts + told,
            held_back=polled.held_back + (opening and wild),
        )

    async def _settle(self, understanding: Understanding, *, silent: bool, wild: bool) -> tuple[Decision, int]:
        """Judge and commit one item; judge again when an event changed meanwhile. Return the new alerts' number.

        What changes nothing and leaves nothing to be heard later is no other item's business: it may wait.
        """
        async with self._judging:
            for _ in range(MOST_CLASHES):
                decision = await self._decide(understanding, silent=silent, wild=wild)
                if not decision.changes and decision.said is None:
                    self._waiting.append(decision)
                    return decision, 0
                try:
                    told = await self._commit(decision)
                except VersionClash:
                    continue
                self._on_decision(decision)
                if told:
                    self._on_alerts()
                return decision, told
        raise VersionClash(f"item {understanding.item.id}: its events changed {MOST_CLASHES} times while it was judged")

    async def _commit(self, *decisions: Decision) -> int:
        """Commit what waits, and these; where that fails, what waits goes on waiting: its own poll ends with it."""
        waiting = len(self._waiting)
        group = (*self._waiting, *decisions)
        told = await self._store.commit(group) if group else 0
        del self._waiting[:waiting]
        return told

    async def _decide(self, understanding: Understanding, *, silent: bool, wild: bool) -> Decision:
        now, item = self._clock.now(), understanding.item
        near = neighbourhood(item, understanding.assessments, now)
        old = _dated(item) < now - NEWS_IS_OLD_AFTER
        if near is None or old:
            return Decision(item=item, changes=(), alerts=(), at=now)
        known, said = await self._store.known_events(near), statement(item, understanding.assessments, now)
        heard = await self._store.statements(near, [event.id for event in overtaken(known, said.at)], said.at)
        changes = judge(understanding, known, now, heard)
        silent = silent or (wild and opens(item, changes))
        alerts = () if silent else await alerts_for(changes, self._store, now)
        kept = said if changes or worth_keeping(said) else None
        met = frozenset(event.id for event in known)
        return Decision(
            item=item, changes=changes, alerts=alerts, at=now, said=kept, near=near, known=met, silent=silent
        )


async def alerts_for(
    changes: tuple[EventChange, ...],
    store: Store,
    now: datetime,
    told: Mapping[tuple[int, str], Told] | None = None,
) -> tuple[Alert, ...]:
    """Return whom these changes are to be told, from the store's watches and what their chats were told before.

    `told` is given where that is not what the store has: an operator made one event of two.
    """
    if not changes:
        return ()
    watched: dict[int, Watched] = {}
    for change in changes:
        watched.update({one.watch.id: one for one in await store.watched(ears(change, now))})
    if not watched and not any(change.before for change in changes):
        return ()
    if told is None:
        told = await store.told([change.after.id for change in changes])
    alerts = await _told_to(changes, tuple(watched.values()), told, now)
    return (*alerts, *[alert for change in changes for alert in await _to_unreached(change, alerts, told, store, now)])


async def _told_to(
    changes: tuple[EventChange, ...], watched: tuple[Watched, ...], told: Mapping[tuple[int, str], Told], now: datetime
) -> tuple[Alert, ...]:
    """Judge whom it concerns; of very many on a thread, so that nobody who asks the bot something waits for it."""
    work = partial(tell, changes, watched, told, now)
    return await asyncio.to_thread(work) if len(watched) > MANY else work()


async def _to_unreached(
    change: EventChange, alerts: tuple[Alert, ...], told: Mapping[tuple[int, str], Told], store: Store, now: datetime
) -> tuple[Alert, ...]:
    """Return the relief for chats that heard of the event and that no place of it leads to any more.

    Not for watches that were removed or muted meanwhile; but that it was false is told even then.
    """
    chats = unreached(change, alerts, told)
    matched = await store.heard(change.after.id, chats) if chats else ()
    kept = []
    for one, match in matched:
        own = {watch.id: watch for watch in await store.watches_of(one.chat.id)}
        watch = own.get(match.watch.id)
        muted = watch is not None and watch.muted_until is not None and now < watch.muted_until
        if change.kind is ChangeKind.RETRACTED or (watch is not None and not muted):
            kept.append((one, replace(match, quiet_until=quiet_until(one.chat, now))))
    return plan(change, kept, told, now)


def _never_empty(source: Source, state: SourceState) -> bool:
    """Tell whether nothing in an answer is a fault: a newsroom does not take all its news back."""
    return source.kind is SourceKind.NEWS and state.last_item_at is not None


def _dated(item: Item) -> datetime:
    """Return when the item was published, or else first seen."""
    when = item.published_at or item.fetched_at
    assert when is not None, "a decoded item carries the time of its fetch"
    return when
