"""Whether a database has the tables that this program works with."""

from sqlalchemy import Connection, inspect, text

from bot.model.errors import SchemaError
from bot.storage.engine import Database
from bot.storage.tables import SCHEMA, metadata


async def ready(database: Database, *, migrate: bool) -> None:
    """Make sure that the schema is this program's; raise SchemaError with what to do where it is not.

    A database in memory is made anew. A newer schema is never touched: an older program does not know its rules.
    """
    if database.in_memory:
        async with database.writing() as connection:
            await connection.run_sync(metadata.create_all)
        return
    found = await version(database)
    if migrate and (found is None or found < SCHEMA):
        from bot.storage.migrations import run  # noqa: PLC0415 - Alembic is loaded only where it is used

        await run(database)
        found = await version(database)
    if found is None:
        raise SchemaError("the database is empty: run `outrider db upgrade` first")
    if found < SCHEMA:
        raise SchemaError(f"the database has schema {found}, this program needs {SCHEMA}: run `outrider db upgrade`")
    if found > SCHEMA:
        raise SchemaError(f"the database has schema {found}, this program knows {SCHEMA} at most: use a newer program")


async def version(database: Database) -> str | None:
    """Return the schema's number ("0001"), or None where there are no tables yet."""
    if database.path is not None and not database.path.exists():
        return None
    async with database.reading() as connection:
        return await connection.run_sync(_version)


def _version(connection: Connection) -> str | None:
    if not inspect(connection).has_table("alembic_version"):
        return None
    found: str | None = connection.scalar(text("SELECT version_num FROM alembic_version"))
    return found
