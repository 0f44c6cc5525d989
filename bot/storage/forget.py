"""All that is kept of one chat: handed out, or dropped.

Found by the columns that hold a chat's id, in whatever table: a table that is added later is covered without a word
here. What hangs on such a row (a watch's index, a roll call's answers) goes with it.
"""

import json
from collections.abc import Mapping
from typing import Any

from sqlalchemy import Column, Table, delete, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.storage import posting
from bot.storage.columns import Instant, Rank, metadata
from bot.storage.stored_json import Stored, dumps
from bot.storage.tables import SCHEMA, chats

Belongings = Mapping[str, list[dict[str, Any]]]
"""Rows by table, each with its columns as JSON has them."""

_OTHERS = ("contact_id",)  # columns by which another chat's row names this one
_OWN = "chat_id"


async def belongings(connection: AsyncConnection, chat_id: int) -> Belongings:
    """Return every row of the chat, by table; tables with none are left out."""
    found: dict[str, list[dict[str, Any]]] = {"schema": [{"number": SCHEMA}]}
    for table, column in _holding():
        rows = await connection.execute(select(table).where(column == chat_id))
        told = [{one.name: _plain(one, row[one.name]) for one in table.columns} for row in rows.mappings()]
        if told:
            found[table.name] = told
    return found


async def forget(connection: AsyncConnection, chat_id: int) -> int:
    """Drop every row of the chat, and its name from those of others; return how many rows went."""
    await posting.unpack_all(connection, chat_ids=[chat_id])
    gone = 0
    for table, column in reversed(_holding()):
        gone += (await connection.execute(delete(table).where(column == chat_id))).rowcount
    for table in metadata.sorted_tables:
        for name in _OTHERS:
            if name in table.c:
                await connection.execute(update(table).where(table.c[name] == chat_id).values({name: None}))
    return gone


async def forget_strays(connection: AsyncConnection) -> int:
    """Drop what came in for a chat while it was forgotten: alerts that were judged just before."""
    known = select(chats.c.id)
    strays = [delete(table).where(column.not_in(known)) for table, column in _holding() if table is not chats]
    return sum([(await connection.execute(stray)).rowcount for stray in strays])


def _holding() -> list[tuple[Table, Column[Any]]]:
    """Return the tables that hold chats' ids, each with that column, those first on which others hang."""
    own = [(table, table.c[_OWN]) for table in metadata.sorted_tables if _OWN in table.c]
    return [(chats, chats.c.id), *own]


def _plain(column: Column[Any], value: Any) -> Any:  # noqa: ANN401 - whatever a column holds
    if value is None or (isinstance(value, int | float | str) and not isinstance(column.type, Rank)):
        return value
    if isinstance(column.type, Stored):
        return json.loads(dumps(column.type.noun, value))
    return value.isoformat() if isinstance(column.type, Instant) or hasattr(value, "isoformat") else str(value)
