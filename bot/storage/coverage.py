"""Which chats were told that no source about a country works."""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import delete, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.storage.engine import insert
from bot.storage.tables import coverage_told


async def told(connection: AsyncConnection) -> Mapping[tuple[int, str], datetime]:
    """Return since when there was no source, by (chat id, country)."""
    rows = await connection.execute(select(coverage_told))
    return {(row.chat_id, row.country): row.since for row in rows}


async def keep(connection: AsyncConnection, chat_id: int, country: str, since: datetime | None) -> None:
    """Write down that the chat was told of the loss; with None, of the return."""
    if since is None:
        same = (coverage_told.c.chat_id == chat_id, coverage_told.c.country == country)
        await connection.execute(delete(coverage_told).where(*same))
        return
    row = {"chat_id": chat_id, "country": country, "since": since}
    await connection.execute(insert(connection, coverage_told).values(row).on_conflict_do_nothing())
