"""Migrations, forward only: `versions/NNNN_what.py`, each in one transaction of its own.

A process that ends in the middle leaves the former version, and the next `upgrade` goes on from there. They run from
the installed package; Alembic is imported only here, when one is to run.
"""

from contextlib import AbstractAsyncContextManager, nullcontext

from sqlalchemy import Connection
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.storage.engine import Database
from bot.storage.lock import held
from bot.storage.schema import refuse_newer, version
from bot.storage.server import migrating
from bot.storage.tables import SCHEMA


async def upgrade(url: str) -> str:
    """Bring the database to the newest schema and return its number.

    Raises:
        StoreLocked: a service runs on it.
        SchemaError: it is newer than this program.
    """
    database = Database(url)
    with held(database.path, "outrider db upgrade") if database.path else nullcontext():
        try:
            await run(database)
            return str(await version(database))
        finally:
            await database.close()


async def current(url: str) -> str | None:
    """Return the number of the database's schema, or None where it is empty."""
    database = Database(url)
    try:
        return await version(database)
    finally:
        await database.close()


async def run(database: Database) -> None:
    """Run what is missing, on a database that this process holds; SchemaError where it is newer than this program."""
    found = await version(database)
    refuse_newer(found)
    if found == SCHEMA:
        return
    async with database.writer() as connection, _alone(database, connection):
        await connection.run_sync(_run)


def _alone(database: Database, connection: AsyncConnection) -> AbstractAsyncContextManager[None]:
    """Keep others from migrating meanwhile: SQLite's file is held already."""
    return nullcontext() if database.one_process else migrating(connection)


def _run(connection: Connection) -> None:
    from alembic import command  # noqa: PLC0415 - see above
    from alembic.config import Config  # noqa: PLC0415 - see above

    config = Config()
    config.set_main_option("script_location", "bot.storage:migrations")
    config.attributes["connection"] = connection
    command.upgrade(config, "head")
