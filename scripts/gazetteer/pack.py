"""Packs the entries: a trie of all names, a read-only SQLite book of the places, both in one compressed file."""

import hashlib
import io
import lzma
import shutil
import sqlite3
import tarfile
from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path

import marisa_trie

from scripts.gazetteer.entry import Entry, Kind, Naming
from scripts.gazetteer.names import READ, forms

# How far a kind of name carries: an alternate name of a large city yields to a smaller city's own name.
WEIGHT = {
    Naming.OFFICIAL: 1.0, Naming.EXONYM: 1.0, Naming.SHORT: 1.0, Naming.ABBREVIATION: 1.0, Naming.FORMER: 0.2,
    Naming.ALTERNATE: 0.1,
}  # fmt: skip
# What an airport is called for short is mostly somebody's or some town's name.
AIRPORT_SHORT = 0.05
# What a city is called in a language that nobody reads yet is rather the name of a city elsewhere.
FOREIGN = 0.3

SCHEMA = """
CREATE TABLE place (
    number INTEGER PRIMARY KEY, kind INTEGER, name TEXT, country TEXT, lat INTEGER, lon INTEGER, region INTEGER,
    city INTEGER, radius INTEGER, population INTEGER, capital INTEGER, code TEXT, icao TEXT, size TEXT,
    countries TEXT, cell INTEGER
);
CREATE TABLE named (
    key INTEGER, rank INTEGER, place INTEGER, naming INTEGER, language TEXT, PRIMARY KEY (key, rank)
) WITHOUT ROWID;
CREATE TABLE label (place INTEGER, language TEXT, name TEXT, PRIMARY KEY (place, language)) WITHOUT ROWID;
CREATE TABLE neighbour (country TEXT, other TEXT, PRIMARY KEY (country, other)) WITHOUT ROWID;
"""
INDEXES = """
CREATE INDEX place_cell ON place (cell, kind, population);
CREATE UNIQUE INDEX place_code ON place (kind, code) WHERE code IS NOT NULL;
CREATE INDEX place_icao ON place (icao) WHERE icao IS NOT NULL;
CREATE INDEX place_city ON place (city) WHERE city IS NOT NULL;
CREATE INDEX place_capital ON place (country) WHERE capital = 1;
ANALYZE;
VACUUM;
"""

Named = dict[str, list[tuple[float, int, Naming, str]]]


def pack(entries: list[Entry], neighbours: dict[str, list[str]], folder: Path) -> Path:
    """Write `gazetteer-<hash>.tar.xz` into the folder, in place of older ones; return its path."""
    named = _collect(entries)
    trie = marisa_trie.Trie(sorted(named))
    book = _book(entries, named, trie, neighbours)
    plain = _tar({"names.marisa": trie.tobytes(), "places.sqlite": book})
    digest = hashlib.sha256(plain).hexdigest()[:12]
    packed = lzma.compress(plain, preset=9 | lzma.PRESET_EXTREME)
    for old in folder.glob("gazetteer-*"):
        shutil.rmtree(old) if old.is_dir() else old.unlink()
    path = folder / f"gazetteer-{digest}.tar.xz"
    path.write_bytes(packed)
    pairs = sum(map(len, named.values()))
    print(f"  {len(entries)} places, {len(named)} names, {pairs} pairs; trie {len(trie.tobytes()) / 1e6:.1f} MB, "
          f"book {len(book) / 1e6:.1f} MB, packed {len(packed) / 1e6:.1f} MB")  # fmt: skip
    return path


def _collect(entries: Iterable[Entry]) -> Named:
    """Return the places of each folded name with the best kind of name, most prominent first."""
    named: Named = defaultdict(list)
    for entry in entries:
        best: dict[str, tuple[Naming, str]] = {}
        for name, naming, language in sorted(entry.names, key=_sureness):
            for form in forms(name):
                best.setdefault(form, (naming, language))
        for form, (naming, language) in best.items():
            fame = entry.fame if entry.kind is Kind.COUNTRY else entry.fame * WEIGHT[naming]
            if entry.kind is Kind.AIRPORT and naming is not Naming.OFFICIAL:
                fame *= AIRPORT_SHORT
            if naming is Naming.EXONYM and entry.kind is Kind.CITY and language not in READ:
                fame *= FOREIGN
            named[form].append((-fame, entry.number, naming, language))
    for pairs in named.values():
        pairs.sort()
    return named


def _sureness(name: tuple[str, Naming, str]) -> float:
    """Rank the kinds of one name: what we wrote down stands above the exonyms of languages that nobody reads yet."""
    _, naming, language = name
    foreign = naming is Naming.EXONYM and language not in READ
    return Naming.FORMER + 0.5 if foreign else float(naming)


def _book(entries: Iterable[Entry], named: Named, trie: marisa_trie.Trie, neighbours: dict[str, list[str]]) -> bytes:
    connection = sqlite3.connect(":memory:")
    connection.execute("PRAGMA page_size = 4096")
    connection.executescript(SCHEMA)
    connection.executemany(f"INSERT INTO place VALUES ({','.join('?' * 16)})", map(_row, entries))  # noqa: S608 - question marks only
    connection.executemany(
        "INSERT INTO named VALUES (?, ?, ?, ?, ?)",
        (
            (trie[form], rank, number, int(naming), language or None)
            for form, pairs in named.items()
            for rank, (_, number, naming, language) in enumerate(pairs)
        ),
    )
    connection.executemany(
        "INSERT INTO label VALUES (?, ?, ?)",
        (
            (entry.number, language, label)
            for entry in entries
            for language, label in entry.labels.items()
            if label != entry.name
        ),
    )
    connection.executemany(
        "INSERT INTO neighbour VALUES (?, ?)",
        ((code, other) for code, others in neighbours.items() for other in others),
    )
    connection.commit()
    connection.executescript(INDEXES)
    return connection.serialize()


def cell(lat: float, lon: float) -> int:
    """Return the number of the one-degree cell that holds the point."""
    return int(min(lat + 90, 179)) * 360 + int(lon + 180) % 360


def _row(entry: Entry) -> tuple[object, ...]:
    return (
        entry.number, int(entry.kind), entry.name, entry.country, round(entry.lat * 1e4), round(entry.lon * 1e4),
        entry.region, entry.city, round(entry.radius_km * 10), entry.population, int(entry.capital), entry.code,
        entry.icao, entry.size, ",".join(entry.countries) or None, cell(entry.lat, entry.lon),
    )  # fmt: skip


def _tar(files: dict[str, bytes]) -> bytes:
    """Return an archive that depends on the contents alone."""
    stream = io.BytesIO()
    with tarfile.open(fileobj=stream, mode="w", format=tarfile.USTAR_FORMAT) as archive:
        for name, content in files.items():
            member = tarfile.TarInfo(name)
            member.size = len(content)
            archive.addfile(member, io.BytesIO(content))
    return stream.getvalue()
