"""How the watchers of an event are found among a million watches: by keys, and by nearness.

What follows from a watch (bot/watches/index.py) stands in two tables beside it, and these alone are searched: a key is
looked up as it is, a place by the cells of a grid around it, and then by its distance, as the straight line through the
globe: (x-x')² + (y-y')² + (z-z')², which every engine can reckon. Only what is found is read and decoded.

Discs are kept in rings by their size, each with a grid of its own: those that hear as far as the severity carries, and
the rest by the next of `_SIZES`. So an event need not look as far for small ones as for the largest.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import timedelta
from itertools import chain
from math import cos, pi, radians, sin
from typing import TypeVar

from sqlalchemy import (
    Column,
    ColumnElement,
    Select,
    Table,
    Text,
    and_,
    between,
    bindparam,
    case,
    cast,
    delete,
    func,
    insert,
    or_,
    select,
    update,
)
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.model.assessment import Severity
from bot.model.place import Point
from bot.model.watch import ChatState, Disc, Ears, Watch, Watched
from bot.storage.cells import CELL_BITS, cell_of, cells_around
from bot.storage.engine import Database
from bot.storage.tables import chats, watch_discs, watch_keys, watches
from bot.watches.index import hearing
from bot.watches.match import DEFAULT_KM, DEFAULT_LEAST_KM
from bot.watches.sphere import EARTH_RADIUS_KM, KM_PER_DEGREE

T = TypeVar("T")

_PART = 500  # rows that are read before the event loop has its turn again
_DAY = timedelta(days=1)  # that a date may differ by between two time zones, and more

_BY_SEVERITY = 0
_SIZES = (32.0, 128.0, 512.0, 2048.0, EARTH_RADIUS_KM * pi)
_SMALLEST = 0.5  # degrees: the height of the smallest cells
_ROUNDING = 1e-7  # of the globe's radius, about 0.6 m
"""Rings: 0 by severity, then one a size; then one a size for regions, which only what happens at sea looks for."""

_d = watch_discs.c
_gap = sum((_d[axis] - bindparam(axis)) * (_d[axis] - bindparam(axis)) for axis in "xyz")
_reach = case((_d.cell < 1 << CELL_BITS, bindparam("by_severity")), else_=_d.chord) + bindparam("wide")
_near: ColumnElement[bool] = and_(_d.least <= bindparam("most"), _gap <= _reach * _reach)


def _ids(of: Column[int]) -> Select[tuple[str]]:
    """Return a query for all the ids in one text: as rows they would hold the event loop, ten times as long."""
    return select(func.aggregate_strings(cast(of, Text), ","))


_IN_CELLS = _ids(_d.watch_id).where(_d.cell.in_(bindparam("cells", expanding=True)), _near)
_IN_BAND = _ids(_d.watch_id).where(between(_d.cell, bindparam("first"), bindparam("last")), _near)
_BY_KEY = _ids(watch_keys.c.watch_id).where(
    watch_keys.c.key.in_(bindparam("keys", expanding=True)), watch_keys.c.least <= bindparam("most")
)


async def watched(connection: AsyncConnection, ears: Ears) -> tuple[Watched, ...]:
    """Return the watches of active chats that the ears mean, by id."""
    found = sorted(await meant(connection, ears))
    return tuple([one for part in _parts(found) for one in await _read(connection, part, ears)])


async def listen(connection: AsyncConnection, changed: Sequence[Watch]) -> None:
    """Write by what these watches are found, in place of what stood there."""
    if not changed:
        return
    ids = [watch.id for watch in changed]
    await connection.execute(delete(watch_keys).where(watch_keys.c.watch_id.in_(ids)))
    await connection.execute(delete(watch_discs).where(watch_discs.c.watch_id.in_(ids)))
    for table, rows in rows_of(changed).items():
        if rows:
            await connection.execute(insert(table), rows)
    columns = ("hazards", "active_from", "active_until", "muted_until")
    await connection.execute(
        update(watches)
        .where(watches.c.id == bindparam("watch_id"))
        .values(listens=True, **{name: bindparam(f"new_{name}") for name in columns}),
        [{"watch_id": one.id, **{f"new_{name}": value for name, value in filters(one).items()}} for one in changed],
    )


async def complete(database: Database) -> None:
    """Write by what watches are found where that was not done yet: after a migration that changed how they are."""
    while await database.write(_complete_some):
        pass


def rows_of(many: Sequence[Watch]) -> Mapping[Table, list[dict[str, object]]]:
    """Return the rows by which watches are found, by table."""
    keys: list[dict[str, object]] = []
    discs: list[dict[str, object]] = []
    for watch in many:
        own, found = {"watch_id": watch.id, "least": watch.min_severity}, hearing(watch)
        keys += ({**own, "key": key} for key in found.keys)
        discs += ({**own, "part": part, **_disc_row(disc)} for part, disc in enumerate(found.discs))
    return {watch_keys: keys, watch_discs: discs}


def filters(watch: Watch) -> dict[str, object]:
    """Return the columns that tell what the watch does not listen to, and when."""
    hazards = None if watch.hazards is None else f",{','.join(sorted(watch.hazards))},"
    return {
        "hazards": hazards, "active_from": watch.active_from, "active_until": watch.active_until,
        "muted_until": watch.muted_until,
    }  # fmt: skip


async def _complete_some(connection: AsyncConnection) -> int:
    deaf = select(watches.c.id, watches.c.watch).where(~watches.c.listens).limit(_PART)
    rows = (await connection.execute(deaf.with_for_update(skip_locked=True))).all()
    await listen(connection, [replace(row.watch, id=row.id) for row in rows])
    return len(rows)


async def meant(connection: AsyncConnection, ears: Ears) -> set[int]:
    """Return the ids of the watches that the ears mean by place and severity, whether they listen now or not."""
    asked: list[tuple[Select[tuple[str]], dict[str, object]]] = [
        (_BY_KEY, {"keys": keys, "most": ears.severity}) for keys in _parts(ears.keys)
    ]
    asked += [one for place in ears.places for one in _nearby(place, ears.severity)]
    found: set[int] = set()
    for query, values in asked:
        ids: str | None = await connection.scalar(query, values)
        found.update(map(int, ids.split(",")) if ids else ())
    return found


def _nearby(place: Disc, severity: Severity) -> list[tuple[Select[tuple[str]], dict[str, object]]]:
    """Return the queries for the watches that hear a place, with their values."""
    km, carries = place.km or 0.0, DEFAULT_KM.get(severity, DEFAULT_LEAST_KM)
    x, y, z = _vector(place.point)
    values = {
        "x": x, "y": y, "z": z, "most": severity, "wide": _chord(km) + _ROUNDING, "by_severity": _chord(carries),
    }  # fmt: skip
    parts = [_asked(_BY_SEVERITY, place.point, carries + km)]
    for number, size in enumerate(_SIZES):
        parts += [_asked(_ring(number, land=land), place.point, size + km) for land in (False, *((True,) * place.sea))]
    cells = list(chain.from_iterable(part for part in parts if isinstance(part, list)))
    bands = [(_IN_BAND, {**values, "first": part[0], "last": part[-1]}) for part in parts if isinstance(part, range)]
    return [(_IN_CELLS, {**values, "cells": cells}), *bands]


def _asked(ring: int, point: Point, km: float) -> list[int] | range:
    """Return the numbers of the ring's cells within that distance of the point."""
    cells = cells_around(point, km, _height(ring))
    base = ring << CELL_BITS
    return range(base + cells.start, base + cells.stop) if isinstance(cells, range) else [base + one for one in cells]


def _disc_row(disc: Disc) -> dict[str, object]:
    number = (
        _BY_SEVERITY if disc.km is None else next(n for n, size in enumerate((*_SIZES[:-1], 1e9)) if disc.km <= size)
    )
    ring = _BY_SEVERITY if disc.km is None else _ring(number, land=disc.land)
    x, y, z = _vector(disc.point)
    cell = (ring << CELL_BITS) + cell_of(disc.point, _height(ring))
    return {"cell": cell, "x": x, "y": y, "z": z, "chord": _chord(disc.km or 0.0)}


def _ring(size: int, *, land: bool) -> int:
    return 1 + size + len(_SIZES) * land


def _height(ring: int) -> float:
    """Return the height of the ring's cells, about as large as its discs: few cells are asked for then."""
    return _SMALLEST if ring == _BY_SEVERITY else max(_SMALLEST, _SIZES[(ring - 1) % len(_SIZES)] / KM_PER_DEGREE)


def _chord(km: float) -> float:
    """Return the straight line between two points that are so far apart, in radii of the globe.

    That of a sum is never longer than the sum of those of its parts: so what is within reach is never missed.
    """
    return 2 * sin(min(km / EARTH_RADIUS_KM, pi) / 2)


def _vector(point: Point) -> tuple[float, float, float]:
    lat, lon = radians(point.lat), radians(point.lon)
    return cos(lat) * cos(lon), cos(lat) * sin(lon), sin(lat)


def _parts(many: Sequence[T]) -> list[Sequence[T]]:
    return [many[start : start + _PART] for start in range(0, len(many), _PART)]


async def _read(connection: AsyncConnection, ids: Sequence[int], ears: Ears) -> list[Watched]:
    rows = await connection.execute(
        select(watches.c.id, watches.c.chat_id, watches.c.watch, chats.c.chat)
        .join(chats, chats.c.id == watches.c.chat_id)
        .where(watches.c.id.in_(ids), chats.c.state == ChatState.ACTIVE, *_listening(ears))
        .order_by(watches.c.id)
    )
    return [Watched(watch=replace(row.watch, id=row.id, chat_id=row.chat_id), chat=row.chat) for row in rows]


def _listening(ears: Ears) -> list[ColumnElement[bool]]:
    """Return what keeps away watches that do not listen to such hazards, or not now."""
    found: list[ColumnElement[bool]] = []
    if ears.hazards is not None:
        named = (watches.c.hazards.contains(f",{hazard},") for hazard in sorted(ears.hazards))
        found.append(or_(watches.c.hazards.is_(None), *named))
    if ears.now is not None:
        today = ears.now.date()
        found += [
            or_(watches.c.active_from.is_(None), watches.c.active_from <= today + _DAY),
            or_(watches.c.active_until.is_(None), watches.c.active_until >= today - _DAY),
        ]
        if not ears.wakes:
            found.append(or_(watches.c.muted_until.is_(None), watches.c.muted_until <= ears.now))
    return found
