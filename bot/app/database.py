"""`outrider db ...`: looking after the database."""

import asyncio

from bot.app.build import make_folders
from bot.app.settings import load_settings
from bot.storage.migrations import upgrade


def upgrade_database() -> int:
    """Bring the schema up to date; it is safe to call again."""
    settings = load_settings()
    make_folders(settings)
    asyncio.run(upgrade(settings.database))
    print(f"The schema of {settings.database} is up to date.")
    return 0
