"""Alerts for very many chats: the first thousand become rows at once, the rest parcels that are unpacked soon after.

To write a hundred thousand rows takes seconds, in which nobody else could write. So what cannot be sent at once anyway
(Telegram takes some thirty a second) is committed as a few rows with a thousand alerts in each. A parcel is unpacked in
one transaction: its alerts become rows of the outbox and it is gone, or neither; and a key is there once, whatever
happens. What must know exactly what a chat is told (`told`, a move, a withdrawal) has its parcels unpacked first.
"""

import asyncio
import zlib
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby

from sqlalchemy import ColumnElement, delete, func, insert, or_, select, true
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.model.alert import Alert
from bot.model.assessment import Severity
from bot.storage.stored_json import dumps, loads
from bot.storage.tables import outbox, parcels

AT_ONCE = 1000
"""Alerts of one commit that become rows with it; and of one parcel at most."""

Line = tuple[str, Severity]
"""The alerts of one event and severity: they are sent in their order (turns.py)."""
Placed = tuple[int, Alert]
"""An alert, and how many of its line are before it in its commit."""

_PART = 1000  # keys that are read before the event loop has its turn again
_FAST = 1  # zlib's level: a fifteenth of the size for 7 ms a parcel


@dataclass(frozen=True, slots=True, kw_only=True)
class Parcel:
    """At most a thousand alerts of one line, packed."""

    line: Line
    keys: tuple[str, ...]
    chat_ids: tuple[int, ...]
    due_at: datetime
    alerts: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Post:
    """What one commit puts into the outbox: at once, and in parcels."""

    now: tuple[Placed, ...] = ()
    later: tuple[Parcel, ...] = ()


def sort(alerts: Sequence[Alert]) -> Post:
    """Return what is written at once, the most severe of what may be sent now, and the rest in parcels. Pure."""
    following: Counter[Line] = Counter()
    placed: list[Placed] = []
    for alert in alerts:
        line = alert.event_id, alert.severity
        placed.append((following[line], alert))
        following[line] += 1
    if len(placed) > AT_ONCE:
        placed.sort(key=lambda one: (one[1].not_before is not None, -one[1].severity.step))
    later: list[Parcel] = []
    for line, group in groupby(placed[AT_ONCE:], key=lambda one: (one[1].event_id, one[1].severity)):
        rest = list(group)
        later += [_packed(line, rest[start : start + AT_ONCE]) for start in range(0, len(rest), AT_ONCE)]
    return Post(now=tuple(placed[:AT_ONCE]), later=tuple(later))


async def keep(connection: AsyncConnection, many: Sequence[Parcel], begins: Mapping[Line, int]) -> int:
    """Write the parcels, whose lines begin at these turns; return how many of their alerts are new."""
    if not many:
        return 0
    for one in many:
        values = {
            "event_id": one.line[0], "severity": one.line[1], "turn": begins[one.line], "size": len(one.keys),
            "due_at": one.due_at, "chat_ids": f",{','.join(map(str, one.chat_ids))},", "alerts": one.alerts,
        }  # fmt: skip
        await connection.execute(insert(parcels).values(values))
    known = await _keys(connection, {one.line[0] for one in many})
    return sum(key not in known for one in many for key in one.keys)


async def wait(connection: AsyncConnection, event_ids: Collection[str] | None = None) -> bool:
    """Tell whether parcels wait, of these events or of any."""
    return await connection.scalar(select(parcels.c.id).where(_of(event_ids)).limit(1)) is not None


async def take(connection: AsyncConnection, event_ids: Collection[str] | None = None) -> list[Placed] | None:
    """Take out the most severe and oldest parcel that nobody else is unpacking; None where there is none."""
    found = await connection.execute(
        select(parcels.c.id, parcels.c.turn, parcels.c.alerts)
        .where(_of(event_ids))
        .order_by(parcels.c.severity.desc(), parcels.c.id)
        .limit(1)
        .with_for_update(skip_locked=True)
    )
    row = found.one_or_none()
    return None if row is None else (await _taken(connection, [row.id], [(row.turn, row.alerts)]))


async def take_all(
    connection: AsyncConnection, event_ids: Collection[str] = (), chat_ids: Collection[int] = ()
) -> list[Placed]:
    """Take out all parcels of these events or for these chats, once nobody else is unpacking one of them."""
    named = [parcels.c.chat_ids.contains(f",{chat_id},", autoescape=True) for chat_id in chat_ids]
    found = await connection.execute(
        select(parcels.c.id, parcels.c.turn, parcels.c.alerts)
        .where(or_(parcels.c.event_id.in_(event_ids), *named))
        .order_by(parcels.c.id)
        .with_for_update()
    )
    rows = found.all()
    return await _taken(connection, [row.id for row in rows], [(row.turn, row.alerts) for row in rows])


async def seen(connection: AsyncConnection, event_id: str) -> list[Alert]:
    """Return the alerts of an event that wait in parcels, and leave them there."""
    packed = await connection.scalars(
        select(parcels.c.alerts).where(parcels.c.event_id == event_id).order_by(parcels.c.id)
    )
    return [alert for one in packed.all() for _, alert in await asyncio.to_thread(_unpacked, 0, one)]


async def next_due(connection: AsyncConnection) -> datetime | None:
    """Return when the first of the alerts in parcels is due."""
    due: datetime | None = await connection.scalar(select(func.min(parcels.c.due_at)))
    return due


async def sums(connection: AsyncConnection) -> Mapping[Severity, tuple[int, datetime]]:
    """Return how many alerts wait in parcels, and since when the oldest could be sent, by severity."""
    columns = (parcels.c.severity, func.sum(parcels.c.size), func.min(parcels.c.due_at))
    rows = await connection.execute(select(*columns).group_by(parcels.c.severity))
    return {severity: (int(number), due_at) for severity, number, due_at in rows}


def _of(event_ids: Collection[str] | None) -> ColumnElement[bool]:
    return true() if event_ids is None else parcels.c.event_id.in_(event_ids)


def _packed(line: Line, part: Sequence[Placed]) -> Parcel:
    alerts = [alert for _, alert in part]
    return Parcel(
        line=line,
        keys=tuple(one.key for one in alerts),
        chat_ids=tuple(one.chat_id for one in alerts),
        due_at=min(one.not_before or one.created_at for one in alerts),
        alerts=zlib.compress(dumps(tuple[Placed, ...], tuple(part)).encode(), _FAST),
    )


def _unpacked(turn: int, alerts: bytes) -> list[Placed]:
    """Return the alerts with their turns."""
    return [(turn + place, alert) for place, alert in loads(tuple[Placed, ...], zlib.decompress(alerts).decode())]


async def _taken(connection: AsyncConnection, ids: Sequence[int], packed: Sequence[tuple[int, bytes]]) -> list[Placed]:
    if ids:
        await connection.execute(delete(parcels).where(parcels.c.id.in_(ids)))
    return [one for turn, alerts in packed for one in await asyncio.to_thread(_unpacked, turn, alerts)]


async def _keys(connection: AsyncConnection, event_ids: Collection[str]) -> set[str]:
    rows = await connection.stream(select(outbox.c.key).where(outbox.c.event_id.in_(event_ids)))
    return {key async for part in rows.scalars().partitions(_PART) for key in part}
