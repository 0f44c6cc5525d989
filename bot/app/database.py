"""`outrider db ...`, and the backups that the service makes: looking after the database."""

import asyncio
from datetime import datetime, timedelta
from pathlib import Path

from bot.app.clock import SystemClock
from bot.app.config import Backups
from bot.app.settings import Settings, known_engine, load_settings
from bot.model.errors import BackupRefused
from bot.storage import backup, dump
from bot.storage.copy import Copied, copy
from bot.storage.engine import file_of, shown
from bot.storage.migrations import upgrade
from bot.storage.migrations.before import copy_before_upgrade

_SHOWN = ("events", "items", "outbox", "chats", "watches")


def upgrade_database() -> int:
    """Bring the schema up to date, after a backup of an older one; it is safe to call again."""
    settings = load_settings()
    kept = asyncio.run(copy_before_upgrade(settings.database, settings.backups, SystemClock().now()))
    if kept is not None:
        print(f"Backup before the upgrade: {_told(kept)}")
    asyncio.run(upgrade(settings.database))
    print(f"The schema of {shown(settings.database)} is up to date.")
    return 0


def back_up(to: str | None) -> int:
    """Make a verified backup now, beside a running service; `to` is a new file, or a folder to make one in."""
    settings, now = load_settings(), SystemClock().now()
    if settings.shared:
        name = backup.place(settings.backups, now).with_suffix(".pgdump")
        path = name if to is None else Path(to) / name.name if Path(to).is_dir() else Path(to)
        print(f"Backup: {dump.make(settings.database, path)}, checked. Put it back with pg_restore --clean.")
        return 0
    target = backup.place(settings.backups, now) if to is None else Path(to)
    made = backup.make(_file(settings), backup.place(target, now) if target.is_dir() else target)
    print(f"Backup: {_told(made)}")
    return 0


def restore(source: str) -> int:
    """Put a backup in the store's place while no service runs; the former store is kept beside it."""
    settings = load_settings()
    found, kept = backup.restore(Path(source), _file(settings), SystemClock().now())
    print(f"Restored: {_told(found)}")
    if kept is not None:
        print(f"The former store was kept as {kept}.")
    print("At its next start the service brings the schema up to date and reads again what its feeds still show.")
    return 0


def copy_database(source: str, target: str) -> int:
    """Copy all rows of one database into another, and prove that they are the same."""
    asyncio.run(copy(known_engine(source), known_engine(target), _say_copied))
    print("Both sides hold the same. Set OUTRIDER_DATABASE_URL to the new one, and start the service.")
    return 0


def _say_copied(one: Copied) -> None:
    print(f"{one.table}: {one.rows} rows, {one.new} of them new, checked", flush=True)


def back_up_if_due(settings: Settings, tuning: Backups, now: datetime) -> tuple[datetime | None, Path | None]:
    """Make a backup if it is time, then remove those that are too many; not for the event loop.

    Returns when the newest backup was made, if there is one, and the one that was made now, if any.
    """
    file, made = file_of(settings.database), None
    if file is None or not tuning.every_hours:
        return None, None
    if backup.due(settings.backups, timedelta(hours=tuning.every_hours), now):
        made = backup.make(file, backup.place(settings.backups, now)).path
        backup.prune(settings.backups, newest=tuning.keep_newest, weekly=tuning.keep_weekly)
    newest = backup.newest(settings.backups)
    return backup.made_at(newest) if newest is not None else None, made


def _file(settings: Settings) -> Path:
    file = file_of(settings.database)
    if file is None:
        raise BackupRefused(
            "only a file is put back by this command; on PostgreSQL, while no service runs: "
            "`pg_restore --clean --dbname=NAME BACKUP`"
        )
    return file


def _told(one: backup.Backup) -> str:
    rows = ", ".join(f"{one.rows.get(name, 0)} {name}" for name in _SHOWN)
    size = one.path.stat().st_size / 1e6
    return f"{one.path} ({size:.1f} MB, schema {one.schema}: {rows}), checked."
