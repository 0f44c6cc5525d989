"""Backups of a store on a PostgreSQL server: made by PostgreSQL's own pg_dump, beside the running service."""

import os
import subprocess
from pathlib import Path
from shutil import which

from sqlalchemy import make_url

from bot.model.errors import BackupRefused


def make(url: str, to: Path) -> Path:
    """Dump the server's database into a new file, in pg_dump's own packed format, and read its contents back.

    Raises:
        BackupRefused: pg_dump is not installed, the file is there already, or pg_dump says why it could not.
    """
    dump, listing = which("pg_dump"), which("pg_restore")
    if dump is None or listing is None:
        raise BackupRefused(
            "pg_dump and pg_restore are not installed here; make backups where they are, or by a server"
        )
    if to.exists():
        raise BackupRefused(f"{to} is there already, and is not written over")
    to.parent.mkdir(parents=True, exist_ok=True)
    part, parsed = to.with_name(f"{to.name}.part"), make_url(url)
    plain = parsed.set(drivername="postgresql", password=None).render_as_string()
    secret = {"PGPASSWORD": str(parsed.password)} if parsed.password else {}
    try:
        _done([dump, "--format=custom", f"--file={part}", f"--dbname={plain}"], secret)
        _done([listing, "--list", str(part)], {})
        part.chmod(0o600)
        part.replace(to)
    finally:
        part.unlink(missing_ok=True)
    return to


def _done(command: list[str], secret: dict[str, str]) -> None:
    ended = subprocess.run(command, env=os.environ | secret, capture_output=True, text=True, check=False)  # noqa: S603
    if ended.returncode:
        said = ended.stderr.strip().splitlines() or ["no reason given"]
        raise BackupRefused(f"no backup was made: {said[0]}")
