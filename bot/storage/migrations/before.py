"""A backup before a migration: there is no way back but this."""

import asyncio
from datetime import datetime
from pathlib import Path

from sqlalchemy.exc import DatabaseError

from bot.storage import backup
from bot.storage.engine import file_of
from bot.storage.migrations import current
from bot.storage.tables import SCHEMA


async def copy_before_upgrade(url: str, folder: Path, now: datetime) -> backup.Backup | None:
    """Make a backup of a store that is older than this program; return it, None where there is nothing to upgrade."""
    file = file_of(url)
    if file is None or not file.is_file():
        return None
    try:
        found = await current(url)
    except DatabaseError:  # damaged: whoever opens it next is told so, in one sentence
        return None
    if found is None or found >= SCHEMA:
        return None
    return await asyncio.to_thread(backup.make, file, backup.place(folder, now))
