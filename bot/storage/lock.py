"""One process at a time: a lock file beside the database."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from bot.model.errors import StoreLocked


@contextmanager
def held(database: Path, owner: str) -> Iterator[None]:
    """Hold the database's lock; raise StoreLocked where another process (or another store) holds it.

    The kernel frees the lock when its process ends, however it ends. The file itself stays: to remove it would let
    a third process lock another file of the same name.
    """
    database.parent.mkdir(parents=True, exist_ok=True)
    path = database.with_name(f"{database.name}.lock")
    with path.open("a+", encoding="utf-8") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            file.seek(0)
            raise StoreLocked(f"{database} is in use by {file.read().strip() or 'another process'}") from None
        file.seek(0)
        file.truncate()
        file.write(f"{owner} (process {os.getpid()})\n")
        file.flush()
        yield
