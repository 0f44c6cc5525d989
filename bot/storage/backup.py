"""Backups of an SQLite store: made beside the running service, proved whole, thinned out, and put back.

A backup is one file, `outrider-20261122T150000Z.sqlite3`, made by SQLite's backup API in one reading transaction:
nobody waits for it, and to copy the file alone would lose what is still in the log. It has its final name only when it
was checked against what it was made of and is on the disk. Nothing here runs in the event loop.
"""

import os
import sqlite3
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from shutil import copy2

from bot.model.errors import BackupRefused, StoreDamaged
from bot.storage.lock import held
from bot.storage.schema import refuse_newer

_NAME = "outrider-%Y%m%dT%H%M%SZ.sqlite3"
_LOGS = ("-wal", "-shm")


@dataclass(frozen=True, slots=True, kw_only=True)
class Backup:
    """A whole store in a file: its schema, and the number of rows by table."""

    path: Path
    schema: str
    rows: Mapping[str, int]


def make(database: Path, to: Path) -> Backup:
    """Copy the store as it is now into a new file, and check the copy.

    Raises:
        BackupRefused: there is no store, or the new file is there already.
        StoreDamaged: the store, or the copy, is not whole; no copy is left.
        OSError, sqlite3.OperationalError: the file cannot be written; no copy is left.
    """
    if not database.is_file():
        raise BackupRefused(f"there is no store at {database}")
    if to.exists():
        raise BackupRefused(f"{to} is there already, and is not written over")
    to.parent.mkdir(parents=True, exist_ok=True)
    with _finished(to) as part, _reading(database) as source:
        source.execute("BEGIN")  # what is counted is what is copied
        expected = _counts(source, database)
        with closing(sqlite3.connect(part)) as copy:
            source.backup(copy)
            copy.execute("PRAGMA journal_mode=DELETE")  # one file, without a log beside it
        source.execute("ROLLBACK")
        found = examine(part)
        if found.rows != expected:
            raise StoreDamaged(
                f"the copy of {database} holds other rows than the store: {_unlike(expected, found.rows)}"
            )
    return examine(to)


def examine(path: Path) -> Backup:
    """Read the whole file and return what it holds; raise StoreDamaged where it is no whole store."""
    if not path.is_file():
        raise BackupRefused(f"there is no file {path}")
    with _reading(path) as raw:
        try:
            finding = str(raw.execute("PRAGMA integrity_check(1)").fetchone()[0]).splitlines()[-1]
            astray = raw.execute("PRAGMA foreign_key_check").fetchone()
            schema = raw.execute("SELECT version_num FROM alembic_version").fetchone()
        except sqlite3.DatabaseError as error:
            raise StoreDamaged(f"{path} is no whole store ({error}); it was left as it is") from None
        if finding != "ok" or astray or not schema:
            why = finding if finding != "ok" else f"a row of {astray[0]} belongs to nothing" if astray else "no schema"
            raise StoreDamaged(f"{path} is no whole store ({why}); it was left as it is")
        return Backup(path=path, schema=str(schema[0]), rows=_counts(raw, path))


def restore(backup: Path, database: Path, now: datetime) -> tuple[Backup, Path | None]:
    """Put a backup in the store's place; return it, and where the former store was kept (None where there was none).

    The former store stays whatever its state, its log beside it: it holds what came after the backup.

    Raises:
        StoreLocked: a service runs on the store.
        StoreDamaged, BackupRefused: the backup is not whole, or is the store itself; nothing was changed.
        SchemaError: it is of a newer program; nothing was changed.
    """
    found = examine(backup)
    refuse_newer(found.schema)
    if database.exists() and backup.samefile(database):
        raise BackupRefused(f"{backup} is the store itself")
    with held(database, "outrider db restore"), _finished(database) as part:
        with _reading(backup) as source, closing(sqlite3.connect(part)) as copy:
            source.backup(copy)
        if examine(part).rows != found.rows:
            raise StoreDamaged(f"the copy of {backup} holds other rows than the backup; nothing was changed")
        kept = _keep(database, now) if database.exists() else None
        for suffix in _LOGS:  # the former store's log would be played into the new one
            database.with_name(database.name + suffix).unlink(missing_ok=True)
    return found, kept


def due(folder: Path, every: timedelta, now: datetime) -> bool:
    """Tell whether the newest backup is as old as that, or there is none."""
    made = newest(folder)
    return made is None or now - made_at(made) >= every


def newest(folder: Path) -> Path | None:
    """Return the newest backup, by its name."""
    return max(_backups(folder), default=None)


def place(folder: Path, now: datetime) -> Path:
    """Return the name of a backup made now."""
    return folder / now.astimezone(UTC).strftime(_NAME)


def made_at(path: Path) -> datetime:
    """Return when a backup in the backup folder was made, as its name tells; ValueError for any other name."""
    return datetime.strptime(path.name, _NAME).replace(tzinfo=UTC)


def prune(folder: Path, *, newest: int, weekly: int) -> tuple[Path, ...]:
    """Remove backups but the newest ones and the last of each of the latest weeks; return what was removed.

    Only files with the name of a backup are looked at, so that one kept under another name stays.
    """
    found = sorted(_backups(folder), reverse=True)
    old = tuple(path for path in found if path not in _kept(found, newest, weekly))
    for path in old:
        path.unlink()
    return old


def _kept(found: Sequence[Path], newest: int, weekly: int) -> Collection[Path]:
    last_of_week: dict[tuple[int, int], Path] = {}
    for path in found:
        year, week, _ = made_at(path).isocalendar()
        last_of_week.setdefault((year, week), path)
    return {*found[:newest], *list(last_of_week.values())[:weekly]}


def _backups(folder: Path) -> Iterator[Path]:
    for path in folder.glob("outrider-*.sqlite3"):
        try:
            made_at(path)
        except ValueError:  # another file of the operator's
            continue
        yield path


@contextmanager
def _reading(path: Path) -> Iterator[sqlite3.Connection]:
    """Open for reading alone; a damaged file shows at the first question."""
    with closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True, isolation_level=None)) as raw:
        yield raw


@contextmanager
def _finished(path: Path) -> Iterator[Path]:
    """Give a file to write into; it takes its final name once it is on the disk, or goes where that fails."""
    part = path.with_name(f"{path.name}.part")
    part.unlink(missing_ok=True)
    part.touch(mode=0o600)
    try:
        yield part
        _to_disk(part)
        part.replace(path)
        _to_disk(path.parent)
    finally:
        for suffix in ("", "-journal", *_LOGS):
            part.with_name(part.name + suffix).unlink(missing_ok=True)


def _to_disk(path: Path) -> None:
    number = os.open(path, os.O_RDONLY)
    try:
        os.fsync(number)
    finally:
        os.close(number)


def _keep(database: Path, now: datetime) -> Path:
    """Give the store and its log a second name, or a copy where the disk knows no second names."""
    kept = database.with_name(now.astimezone(UTC).strftime(f"{database.name}.before-%Y%m%dT%H%M%S%fZ"))
    for suffix in ("", *_LOGS):
        file = database.with_name(database.name + suffix)
        if not file.exists():
            continue
        second = kept.with_name(kept.name + suffix)
        try:
            second.hardlink_to(file)
        except OSError:
            copy2(file, second)
    return kept


def _counts(raw: sqlite3.Connection, path: Path) -> dict[str, int]:
    """Return the number of rows by table."""
    try:
        names = [name for (name,) in raw.execute("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name")]
        return {name: raw.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0] for name in names}  # noqa: S608 - its own names
    except sqlite3.OperationalError:
        raise
    except sqlite3.DatabaseError as error:
        raise StoreDamaged(f"{path} is damaged ({error}); it was left as it is") from None


def _unlike(one: Mapping[str, int], other: Mapping[str, int]) -> str:
    return ", ".join(f"{name} {rows} and {other.get(name)}" for name, rows in one.items() if rows != other.get(name))
