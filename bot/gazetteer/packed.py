"""The packed data file and the place where it lies unpacked, since only a plain file can be memory-mapped."""

import os
import shutil
import tarfile
import tempfile
from collections.abc import Iterator
from pathlib import Path

DATA = Path(__file__).parent / "data"


class GazetteerDataError(Exception):
    """The packaged data is missing or can be unpacked nowhere."""


def unpack() -> Path:
    """Return the folder with the unpacked data; unpack it first if no folder holds it yet.

    The folder bears the hash of the contents, so another version of the data never reads this one's files. It stands
    beside the package if that is writable, else in OUTRIDER_DATA_DIR, else in the user's cache.
    """
    packed = next(iter(sorted(DATA.glob("gazetteer-*.tar.xz"))), None)
    if packed is None:
        raise GazetteerDataError(f"no gazetteer-*.tar.xz in {DATA}")
    name = packed.name.removesuffix(".tar.xz")
    homes = tuple(_homes())
    for home in homes:
        if (home / name).is_dir():
            return home / name
    for home in homes:
        try:
            return _unpack_into(home, name, packed)
        except OSError:
            continue
    raise GazetteerDataError(f"cannot write the gazetteer into any of {', '.join(map(str, homes))}")


def _homes() -> Iterator[Path]:
    yield DATA
    if chosen := os.environ.get("OUTRIDER_DATA_DIR"):
        yield Path(chosen) / "gazetteer"
    cache = os.environ.get("XDG_CACHE_HOME")
    try:
        yield (Path(cache) if cache else Path.home() / ".cache") / "outrider"
    except RuntimeError:  # a user without a home
        return


def _unpack_into(home: Path, name: str, packed: Path) -> Path:
    """Unpack beside and rename, so that nobody ever sees half a folder; whoever comes second keeps the first's."""
    home.mkdir(parents=True, exist_ok=True)
    fresh = Path(tempfile.mkdtemp(prefix=".unpacking-", dir=home))
    try:
        with tarfile.open(packed, mode="r:xz") as archive:
            archive.extractall(fresh, filter="data")
        fresh.chmod(0o755)
        try:
            fresh.rename(home / name)
        except OSError:
            if not (home / name).is_dir():
                raise
    finally:
        shutil.rmtree(fresh, ignore_errors=True)
    return home / name
