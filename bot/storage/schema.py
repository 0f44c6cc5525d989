"""Whether a database has the tables that this program works with."""

from sqlalchemy import Connection, inspect, text
from sqlalchemy.exc import DatabaseError, OperationalError

from bot.model.errors import SchemaError, StoreDamaged
from bot.storage.engine import Database
from bot.storage.tables import SCHEMA, metadata

_SAME_AGAIN = "UPDATE alembic_version SET version_num = version_num"


async def sound(database: Database) -> None:
    """Make sure that an SQLite file is whole, before anything is written into it; raise StoreDamaged where it is not.

    A service that goes on with a damaged file tells some chats twice and others never, and spoils what could be saved.
    """
    if database.path is None or not database.path.exists():
        return
    try:
        found = await database.read(lambda connection: connection.run_sync(_quick_check))
    except OperationalError:  # locked or unreadable: no word on what is in it
        raise
    except DatabaseError as error:
        found = str(error.orig)
    if found != "ok":
        raise StoreDamaged(
            f"{database.path} is damaged ({found}): `outrider db restore BACKUP` puts a backup in its place and keeps "
            "this file, to save what it holds"
        )


async def ready(database: Database) -> None:
    """Make sure that the schema is this program's; raise SchemaError with what to do where it is not.

    A database in memory is made anew: a test proves that the migrations come to the same.
    """
    if database.in_memory:
        await database.write(lambda connection: connection.run_sync(metadata.create_all))
        return
    found = await version(database)
    refuse_newer(found)
    if found is None:
        raise SchemaError("the database is empty: run `outrider db upgrade` first")
    if found < SCHEMA:
        raise SchemaError(f"the database has schema {found}, this program needs {SCHEMA}: run `outrider db upgrade`")


def refuse_newer(found: str | None) -> None:
    """Raise SchemaError for a schema newer than this program, which does not know its rules and must not touch it."""
    if found is not None and found > SCHEMA:
        raise SchemaError(f"the database has schema {found}, this program knows {SCHEMA} at most: use a newer program")


async def touch(database: Database) -> str:
    """Commit a write that changes nothing, and return the schema's number; raises what the database raises."""
    if database.in_memory:
        return SCHEMA
    await database.write(lambda connection: connection.execute(text(_SAME_AGAIN)))
    return str(await version(database))


async def version(database: Database) -> str | None:
    """Return the schema's number ("0001"), or None where there are no tables yet."""
    if database.path is not None and not database.path.exists():
        return None
    return await database.read(lambda connection: connection.run_sync(_version))


def _quick_check(connection: Connection) -> str:
    return str(connection.exec_driver_sql("PRAGMA quick_check(1)").scalar_one()).splitlines()[-1]


def _version(connection: Connection) -> str | None:
    if not inspect(connection).has_table("alembic_version"):
        return None
    found: str | None = connection.scalar(text("SELECT version_num FROM alembic_version"))
    return found
