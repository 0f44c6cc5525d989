"""The operator's moves: judged in the core, and committed with what chats are told of them."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from bot.alerts.threads import joined, parted
from bot.events.lifecycle import IllegalMoveError
from bot.events.operator import NotApartError, merge, retract, split
from bot.model.alert import HandOver, Told
from bot.model.errors import VersionClash
from bot.model.event import Event, EventChange, Neighbourhood, Report
from bot.services.ingest import MOST_CLASHES, alerts_for
from bot.services.ports import Clock, Decision, Store
from bot.watches.index import ears
from bot.watches.match import matches


class Because(StrEnum):
    """Why a move is not made."""

    UNKNOWN = "unknown"  # no event, or no report of it, is called that
    SEVERAL = "several"  # several are
    OVER = "over"  # the event is in a state from which that cannot happen
    FORGOTTEN = "forgotten"  # what its reports said is no longer kept
    NOTHING_LEFT = "nothing-left"  # one of the halves would tell of nothing that happens


@dataclass(frozen=True, slots=True)
class Refused:
    """The move is not made: why, of what was written, and which ids that may mean."""

    because: Because
    name: str
    ids: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Done:
    """The move is made: how many alerts and edits go out, and the ids of the events as they are now."""

    told: int
    ids: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Move:
    """What a move changes, and what chats know then, where that is another thing than the store has."""

    changes: tuple[EventChange, ...]
    told: Mapping[tuple[int, str], Told] | None = None
    handed: tuple[HandOver, ...] = field(default=())


class Operate:
    """What an operator may do about events; each is called by its id, how that begins, or its tag."""

    def __init__(self, store: Store, clock: Clock, *, on_alerts: Callable[[], None] = lambda: None) -> None:
        self._store, self._clock, self._on_alerts = store, clock, on_alerts

    async def reports(self, name: str) -> tuple[Report, ...] | Refused:
        """Return the reports of an event, oldest first: what it may be split into."""
        event = await self._named(name)
        if isinstance(event, Refused):
            return event
        return event.reports

    async def retract(self, name: str, why: str = "") -> Done | Refused:
        """Withdraw an event.

        Exactly the chats that were told of it are told that it was reported in error; what still waited is not sent.
        """

        async def move(now: datetime) -> _Move | Refused:
            event = await self._named(name)
            if isinstance(event, Refused):
                return event
            return _Move((retract(event, why, now),))

        return await self._made(name, move)

    async def merge(self, kept: str, gone: str, why: str = "") -> Done | Refused:
        """Make one event of two: the first goes on, with the threads of those who were told of the second alone."""

        async def move(now: datetime) -> _Move | Refused:
            one = await self._named(kept)
            if isinstance(one, Refused):
                return one
            other = await self._named(gone)
            if isinstance(other, Refused):
                return other
            changes = merge(one, other, why, now)
            told, handed = joined(await self._store.told([one.id, other.id]), other.id, one.id)
            return _Move(changes, told, handed)

        return await self._made(f"{kept} {gone}", move)

    async def split(self, name: str, items: Sequence[str], why: str = "") -> Done | Refused:
        """Make the reports of these items, called by how their ids begin, an event of their own."""

        async def move(now: datetime) -> _Move | Refused:
            event = await self._named(name)
            if isinstance(event, Refused):
                return event
            chosen = _chosen(event, items)
            if isinstance(chosen, Refused):
                return chosen
            own = {report.item_id for report in event.reports}
            nowhere = Neighbourhood(countries=(), points=(), km=0.0, since=now)
            said = [one for one in await self._store.statements(nowhere, [event.id], now) if one.item.id in own]
            if {one.item.id for one in said} != own:
                return Refused(Because.FORGOTTEN, name)
            changes = split(event, chosen, said, why, now)
            return await self._parted(changes, now)

        return await self._made(name, move)

    async def _parted(self, changes: tuple[EventChange, EventChange], now: datetime) -> _Move:
        old, new = changes
        watched = [{one.chat.id for one, _ in matches(change, await self._store.watched(ears(change, now)), now)}
                   for change in changes]  # fmt: skip
        told, handed = parted((await self._store.told([old.after.id])).values(), new.after.id, *watched)
        return _Move(changes, told, handed)

    async def _made(self, name: str, move: Callable[[datetime], Awaitable[_Move | Refused]]) -> Done | Refused:
        """Commit the move, and judge it again where an event changed meanwhile."""
        for _ in range(MOST_CLASHES):
            now = self._clock.now()
            try:
                made = await move(now)
            except IllegalMoveError:
                return Refused(Because.OVER, name)
            except NotApartError:
                return Refused(Because.NOTHING_LEFT, name)
            if isinstance(made, Refused):
                return made
            alerts = await alerts_for(made.changes, self._store, now, made.told)
            decision = Decision(item=None, changes=made.changes, alerts=alerts, at=now, handed=made.handed)
            try:
                told = await self._store.commit([decision])
            except VersionClash:
                continue
            self._on_alerts()
            return Done(told, tuple(change.after.id for change in made.changes))
        raise VersionClash(f"{name} changed {MOST_CLASHES} times while it was operated on")

    async def _named(self, name: str) -> Event | Refused:
        """Return the one event that is called so."""
        found = await self._store.event_ids(name)
        if len(found) > 1:
            return Refused(Because.SEVERAL, name, found)
        event = await self._store.event(found[0]) if found else None
        return event or Refused(Because.UNKNOWN, name)


def _chosen(event: Event, items: Sequence[str]) -> tuple[str, ...] | Refused:
    """Return the ids of the event's items whose ids begin so."""
    chosen: list[str] = []
    for name in items:
        found = tuple(report.item_id for report in event.reports if report.item_id.startswith(name.lower()))
        if len(found) != 1:
            return Refused(Because.SEVERAL if found else Because.UNKNOWN, name, found)
        chosen += found
    return tuple(chosen)
