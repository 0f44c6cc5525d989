"""Events: their present state, what changed about them and when, and which lie near."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, and_, delete, exists, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.events.naming import index_names
from bot.model.assessment import Reason, Severity
from bot.model.errors import VersionClash
from bot.model.event import LIVE_STATES, ChangeKind, Event, EventChange, EventState, Neighbourhood, News
from bot.storage.engine import insert
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


async def present(connection: AsyncConnection, event_id: str) -> Event | None:
    """Return the event's present state."""
    found: Event | None = await connection.scalar(select(events.c.event).where(events.c.id == event_id))
    return found


async def ids(connection: AsyncConnection, beginning: str, most: int) -> tuple[str, ...]:
    """Return the ids of events that begin so, or the one that is it."""
    like = events.c.id.startswith(beginning, autoescape=True)
    found = tuple(await connection.scalars(select(events.c.id).where(like).order_by(events.c.id).limit(most)))
    return (beginning,) if beginning in found else found


async def live(connection: AsyncConnection) -> tuple[Event, ...]:
    """Return the events that go on, by id."""
    return tuple(await connection.scalars(select(events.c.event).where(_live()).order_by(events.c.id)))


async def near(connection: AsyncConnection, where: Neighbourhood) -> tuple[Event, ...]:
    """Return the events near, newest first: those of a country, within the distance, or known by one of the words."""
    in_country = events.c.id.in_(
        select(event_countries.c.event_id).where(event_countries.c.country.in_(where.countries))
    )
    by_name = events.c.id.in_(select(event_names.c.event_id).where(event_names.c.name.in_(where.words)))
    boxes = [
        and_(events.c.lat.between(box.south, box.north), events.c.lon.between(box.west, box.east))
        for point in where.points
        for box in around(point, where.km)
    ]
    rows = await connection.scalars(
        select(events.c.event)
        .where(
            events.c.last_seen_at >= where.since,
            events.c.state != EventState.MERGED,
            or_(in_country, by_name, *boxes),
        )
        .order_by(events.c.last_seen_at.desc(), events.c.id)
    )
    return tuple(event for event in rows if _is_near(event, where))


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


async def change(connection: AsyncConnection, made: EventChange) -> None:
    """Write the event's new state and the line of its history; raise VersionClash where it is no longer `before`.

    A merged event stays, and points to the one that it went into. What chats were told of it stays told of it:
    they are not told of the other event's past.
    """
    if made.before is None:
        await _open(connection, made.after)
    else:
        await _replace(connection, made.before, made.after)
    if made.before is None or countries_of(made.before.area) != countries_of(made.after.area):
        await _place(connection, made.after)
    if made.before is None or index_names(made.before) != index_names(made.after):
        await _name(connection, made.after)
    await connection.execute(
        event_changes.insert().values(
            event_id=made.after.id, version=made.after.version, kind=made.kind, item_id=made.cause, at=made.at,
            state=made.after.state, severity=made.after.severity, news=made.news, reasons=made.reasons,
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


async def _place(connection: AsyncConnection, event: Event) -> None:
    await connection.execute(delete(event_countries).where(event_countries.c.event_id == event.id))
    rows = [{"event_id": event.id, "country": country} for country in countries_of(event.area)]
    if rows:
        await connection.execute(event_countries.insert(), rows)


async def _name(connection: AsyncConnection, event: Event) -> None:
    await connection.execute(delete(event_names).where(event_names.c.event_id == event.id))
    rows = [{"event_id": event.id, "name": name} for name in index_names(event)]
    if rows:
        await connection.execute(event_names.insert(), rows)


def _columns(event: Event) -> dict[str, object]:
    return {
        "version": event.version, "state": event.state, "hazard": event.hazard, "severity": event.severity,
        "lat": event.place.point.lat, "lon": event.place.point.lon, "last_seen_at": event.last_seen_at,
        "event": event,
    }  # fmt: skip


def _is_near(event: Event, where: Neighbourhood) -> bool:
    """Decide exactly: a box has corners."""
    if not set(where.countries).isdisjoint(countries_of(event.area)):
        return True
    if not set(where.words).isdisjoint(index_names(event)):
        return True
    return any(event.place.point.km_to(point) <= where.km for point in where.points)


def _live() -> ColumnElement[bool]:
    return events.c.state.in_(sorted(LIVE_STATES))
