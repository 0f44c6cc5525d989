"""Events: their present state, what changed about them and when, and which lie near."""

from collections import OrderedDict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import ColumnElement, Select, delete, exists, select, union, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.events.naming import index_names
from bot.events.neighbourhood import is_near, is_wide, signs
from bot.model.assessment import Reason, Severity
from bot.model.errors import VersionClash
from bot.model.event import LIVE_STATES, ChangeKind, Event, EventChange, EventState, Neighbourhood, News
from bot.services.ports import Decision
from bot.storage.engine import insert
from bot.storage.server import Lock, lock
from bot.storage.tables import event_changes, event_countries, event_names, events, outbox
from bot.storage.where import around, countries_of


@dataclass(frozen=True, slots=True, kw_only=True)
class PastChange:
    """One line of an event's history. `item_id` is None for what time did; `state` and `severity` are those after."""

    at: datetime
    kind: ChangeKind
    version: int
    item_id: str | None
    state: EventState
    severity: Severity
    news: tuple[News, ...]
    reasons: tuple[Reason, ...]


_AT_ONCE = 500  # ids in one statement; databases limit the number of parameters


@dataclass(slots=True)
class Held:
    """Events that were read or written lately, by id: what stands under an id and a version stays as it is."""

    most: int = 16_384
    _events: OrderedDict[str, Event] = field(default_factory=OrderedDict)

    def at(self, versions: Mapping[str, int]) -> dict[str, Event]:
        """Return those of the events that are held in these versions."""
        found = {}
        for event_id, version in versions.items():
            event = self._events.get(event_id)
            if event is not None and event.version == version:
                self._events.move_to_end(event_id)
                found[event_id] = event
        return found

    def hold(self, event: Event) -> None:
        """Hold the event, and let go what was longest not asked for."""
        self._events[event.id] = event
        self._events.move_to_end(event.id)
        while len(self._events) > self.most:
            self._events.popitem(last=False)

    def clear(self) -> None:
        """Let all go: ids whose rows are dropped may come again."""
        self._events.clear()


async def present(connection: AsyncConnection, event_id: str) -> Event | None:
    """Return the event's present state."""
    found: Event | None = await connection.scalar(select(events.c.event).where(events.c.id == event_id))
    return found


async def live(connection: AsyncConnection) -> tuple[Event, ...]:
    """Return the events that go on, by id."""
    return tuple(await connection.scalars(select(events.c.event).where(_live()).order_by(events.c.id)))


async def near(connection: AsyncConnection, where: Neighbourhood, held: Held) -> tuple[Event, ...]:
    """Return the events near, newest first: those of a country, within the distance, or known by one of the words."""
    rows = await connection.execute(
        select(events.c.id, events.c.version)
        .where(
            events.c.id.in_(union(*_places_to_look(where))),
            events.c.last_seen_at >= where.since,
            events.c.state != EventState.MERGED,
        )
        .order_by(events.c.last_seen_at.desc(), events.c.id)
    )
    versions: dict[str, int] = {row.id: row.version for row in rows}
    found = held.at(versions)
    missing = [one for one in versions if one not in found]
    for start in range(0, len(missing), _AT_ONCE):
        part = events.c.id.in_(missing[start : start + _AT_ONCE])
        for event in await connection.scalars(select(events.c.event).where(part)):
            held.hold(event)
            found[event.id] = event
    return tuple(found[one] for one in versions if is_near(found[one], where))


def _places_to_look(where: Neighbourhood) -> Iterator[Select[tuple[str]]]:
    """Give the ids of all events that can be near, each time by one index; `is_near` decides exactly."""
    yield select(event_names.c.event_id).where(event_names.c.name.in_(where.words))
    in_country = select(event_countries.c.event_id).where(event_countries.c.country.in_(where.countries))
    if where.signs is None:
        yield in_country
    else:
        bears = event_names.c.event_id == event_countries.c.event_id
        yield in_country.where(event_countries.c.wide)
        yield in_country.join(event_names, bears).where(event_names.c.name.in_(where.signs))
    if where.signs is not None and where.at is not None:
        here = exists().where(event_countries.c.event_id == events.c.id, event_countries.c.country.in_(where.countries))
        yield select(events.c.id).where(events.c.last_seen_at >= where.at, here)
    for point in where.points:
        for box in around(point, where.km):
            yield select(events.c.id).where(
                events.c.lat.between(box.south, box.north), events.c.lon.between(box.west, box.east)
            )


async def history(connection: AsyncConnection, event_id: str) -> tuple[PastChange, ...]:
    """Return what changed about the event, oldest first."""
    rows = await connection.execute(
        select(event_changes).where(event_changes.c.event_id == event_id).order_by(event_changes.c.id)
    )
    return tuple(
        PastChange(
            at=row.at, kind=ChangeKind(row.kind), version=row.version, item_id=row.item_id,
            state=EventState(row.state), severity=row.severity, news=row.news, reasons=row.reasons,
        )
        for row in rows
    )  # fmt: skip


async def alone(connection: AsyncConnection, decisions: Sequence[Decision], held: Held) -> None:
    """Where events are opened: raise VersionClash if another process has opened one that was not known to the judge.

    Until this transaction ends no other opens any. So two reports that two processes read at the same moment make one
    event: the later judge finds the first one's event and judges again.
    """
    opening = [one for one in decisions if one.near and any(change.before is None for change in one.changes)]
    if not opening:
        return
    await lock(connection, Lock.OPENING)
    for one in opening:
        assert one.near is not None
        for event in await near(connection, one.near, held):
            if event.id not in one.known:
                raise VersionClash(f"event {event.id} was opened meanwhile")


async def change(connection: AsyncConnection, made: EventChange, *, told: bool = True) -> None:
    """Write the event's new state and the line of its history; raise VersionClash where it is no longer `before`.

    With `told` False the history says that nobody was to be told.

    A merged event stays, and points to the one that it went into. What chats were told of it stays told of it:
    they are not told of the other event's past.
    """
    if made.before is None:
        await _open(connection, made.after)
    else:
        await _replace(connection, made.before, made.after)
    if made.before is None or _found_by(made.before) != _found_by(made.after):
        await _index(connection, made.after)
    await connection.execute(
        event_changes.insert().values(
            event_id=made.after.id, version=made.after.version, kind=made.kind, item_id=made.cause, at=made.at,
            state=made.after.state, severity=made.after.severity, news=made.news, reasons=made.reasons, told=told,
        )
    )  # fmt: skip


async def prune(connection: AsyncConnection, before: datetime) -> int:
    """Drop the events that are over, last heard of before then, and of which no delivery is kept."""
    return (
        await connection.execute(
            delete(events).where(
                ~_live(), events.c.last_seen_at < before, ~exists().where(outbox.c.event_id == events.c.id)
            )
        )
    ).rowcount


async def _open(connection: AsyncConnection, event: Event) -> None:
    added = await connection.execute(
        insert(connection, events).on_conflict_do_nothing().values(id=event.id, **_columns(event))
    )
    if not added.rowcount:
        raise VersionClash(f"event {event.id} was opened already")


async def _replace(connection: AsyncConnection, before: Event, after: Event) -> None:
    if before.id != after.id or (before != after and before.version >= after.version):
        raise ValueError(f"event {after.id} version {after.version} cannot follow {before.id} version {before.version}")
    changed = await connection.execute(
        update(events).where(events.c.id == before.id, events.c.version == before.version).values(**_columns(after))
    )
    if not changed.rowcount:
        raise VersionClash(f"event {before.id} is no longer at version {before.version}")


def _found_by(event: Event) -> tuple[tuple[str, ...], bool, tuple[str, ...]]:
    """Return by what the event is found: its countries, whether it is wide there, its names and signs."""
    return countries_of(event.area), is_wide(event), (*index_names(event), *signs(event))


async def _index(connection: AsyncConnection, event: Event) -> None:
    countries, wide, names = _found_by(event)
    for table in (event_countries, event_names):
        await connection.execute(delete(table).where(table.c.event_id == event.id))
    if countries:
        rows = [{"event_id": event.id, "country": country, "wide": wide} for country in countries]
        await connection.execute(event_countries.insert(), rows)
    if names:
        await connection.execute(event_names.insert(), [{"event_id": event.id, "name": name} for name in names])


def _columns(event: Event) -> dict[str, object]:
    return {
        "version": event.version, "state": event.state, "hazard": event.hazard, "severity": event.severity,
        "lat": event.place.point.lat, "lon": event.place.point.lon, "last_seen_at": event.last_seen_at,
        "event": event,
    }  # fmt: skip


def _live() -> ColumnElement[bool]:
    return events.c.state.in_(sorted(LIVE_STATES))
