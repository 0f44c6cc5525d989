"""From one database to another, from SQLite to PostgreSQL or back: every row of every table, unchanged.

Table by table in the order of the keys, in parts, each with a transaction of its own: a copy that was broken off goes
on after the last row that arrived. At the end both sides are counted and summed up, every column of every row. What
was told stays told, for the outbox comes with its keys.
"""

from collections.abc import Callable, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from hashlib import blake2b
from typing import Any

from sqlalchemy import Column, ColumnElement, MetaData, Select, String, Table, func, select, text, tuple_
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlalchemy.types import TypeDecorator

from bot.model.errors import BackupRefused, StoreDamaged, StoreLocked
from bot.storage.engine import Database
from bot.storage.leases import at_work
from bot.storage.lock import held
from bot.storage.migrations import run
from bot.storage.schema import ready
from bot.storage.tables import metadata

_PART = 2000  # rows
_PARAMETERS = 30_000  # of one statement
_TEMPORARY = frozenset({"leases"})  # who does what just now is no business of the other database's processes
_PLACES = 1 << 128


@dataclass(frozen=True, slots=True, kw_only=True)
class Copied:
    """One table that is the same on both sides: its rows, and how many of them came this time."""

    table: str
    rows: int
    new: int


async def copy(source_url: str, target_url: str, on_table: Callable[[Copied], None] = lambda _: None) -> None:
    """Copy all rows into the target, whose schema is made or brought up to date first.

    Raises:
        StoreLocked: a service runs on one of them.
        SchemaError: the source is not at this program's schema, or the target is newer.
        BackupRefused: the target holds what the source does not have.
        StoreDamaged: the sides differ after the copy.
    """
    source, target = Database(source_url, read_only=True), Database(target_url)
    try:
        with ExitStack() as stack:
            for one in (source, target):
                if one.path is not None:
                    stack.enter_context(held(one.path, "outrider db copy"))
            await ready(source)
            await run(target)
            for one in (source, target):
                if not one.one_process and await one.read(at_work):
                    raise StoreLocked("a service works on the server's database: stop all of its processes first")
            for table in metadata.sorted_tables:  # what is referred to comes first
                if table.name not in _TEMPORARY:
                    on_table(await _copy_table(source, target, _plain(table)))
            if not target.one_process:
                await target.write(_number_on)
    finally:
        await source.close()
        await target.close()


async def _copy_table(source: Database, target: Database, table: Table) -> Copied:
    last, new = await target.read(_last, table), 0
    async with source.reading() as connection:
        rows = await connection.stream(_after(connection, table, last))
        async for part in rows.partitions(min(_PART, _PARAMETERS // len(table.c))):
            await target.write(_write, table, [row._asdict() for row in part])
            new += len(part)
    there, here = await source.read(_sum, table), await target.read(_sum, table)
    if here[0] > there[0]:
        raise BackupRefused(f"{table.name}: the target has {here[0]} rows, the source {there[0]}: it is another store")
    if here != there:
        raise StoreDamaged(f"{table.name}: the copy ({here[0]} rows) differs from its source ({there[0]} rows)")
    return Copied(table=table.name, rows=here[0], new=new)


def _plain(table: Table) -> Table:
    """Return the table as it is stored: nouns stay text, and are neither read nor written anew."""
    columns = (
        Column(one.name, one.type.impl if isinstance(one.type, TypeDecorator) else one.type, key=one.key)
        for one in table.c
    )
    plain = Table(table.name, MetaData(), *columns)
    plain.info["key"] = [one.name for one in table.primary_key]
    return plain


def _key(connection: AsyncConnection, table: Table) -> list[ColumnElement[Any]]:
    """Return the key's columns as they sort alike everywhere: text by its bytes."""
    bytewise = {"collation": "C"} if connection.dialect.name == "postgresql" else {"collation": "BINARY"}
    columns: list[ColumnElement[Any]] = [table.c[name] for name in table.info["key"]]
    return [one.collate(**bytewise) if isinstance(one.type, String) else one for one in columns]


def _after(connection: AsyncConnection, table: Table, last: Sequence[object] | None) -> Select[Any]:
    key = _key(connection, table)
    rows = select(table).order_by(*key)
    return rows if last is None else rows.where(tuple_(*key) > tuple_(*last))


async def _last(connection: AsyncConnection, table: Table) -> Sequence[object] | None:
    """Return the key of the last row that arrived."""
    key = _key(connection, table)
    found = await connection.execute(select(*key).order_by(*(one.desc() for one in key)).limit(1))
    row = found.one_or_none()
    return None if row is None else tuple(row)


async def _write(connection: AsyncConnection, table: Table, rows: Sequence[dict[str, Any]]) -> None:
    await connection.execute(table.insert(), rows)


async def _sum(connection: AsyncConnection, table: Table) -> tuple[int, int]:
    """Return the number of rows and a sum over all of their values, whatever their order."""
    number = total = 0
    rows = await connection.stream(select(table))
    async for part in rows.partitions(_PART):
        number += len(part)
        for row in part:
            total += int.from_bytes(blake2b(repr(tuple(row)).encode(), digest_size=16).digest())
    return number, total % _PLACES


async def _number_on(connection: AsyncConnection) -> None:
    """Let the server number new rows from where the copied ones end."""
    for table in metadata.sorted_tables:
        column = table.autoincrement_column
        if column is None or table.name in _TEMPORARY:
            continue
        most = await connection.scalar(select(func.max(column)))
        if most is not None:
            sequence = "SELECT setval(s, :most) FROM pg_get_serial_sequence(:name, :key) AS s WHERE s IS NOT NULL"
            await connection.execute(text(sequence), {"most": most, "name": table.name, "key": column.name})
