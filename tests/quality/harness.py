"""Readings of the texts in ../shared/data by two processes, and the scorers of ../shared/tools. Nothing is stored."""

import json
import random
import sys
from collections.abc import Iterable, Sequence
from concurrent.futures import ProcessPoolExecutor
from functools import cache
from importlib.util import module_from_spec, spec_from_file_location
from multiprocessing import get_context
from pathlib import Path
from types import ModuleType
from typing import Any

from bot.app.books import load_books
from bot.app.reading_lines import read_lines
from bot.pipeline import Books

REPO = Path(__file__).resolve().parents[2]
SHARED = REPO.parent / "shared"
DATA = SHARED / "data"
PROCESSES = 2

Row = dict[str, Any]


@cache
def scorer(name: str) -> ModuleType:
    """Return a scorer of ../shared/tools as a module."""
    spec = spec_from_file_location(name, SHARED / "tools" / f"{name}.py")
    assert spec is not None
    assert spec.loader is not None
    module = module_from_spec(spec)
    sys.modules[name] = module
    spec.loader.exec_module(module)
    return module


@cache
def gold(name: str, sample: int = 0) -> tuple[Row, ...]:
    """Return the lines of a data file, or always the same sample of them."""
    rows = [json.loads(line) for line in (DATA / name).read_text(encoding="utf-8").split("\n") if line.strip()]
    return tuple(random.Random(0).sample(rows, sample) if 0 < sample < len(rows) else rows)


@cache
def predicted(name: str, sample: int = 0) -> tuple[Row, ...]:
    """Return what `outrider read` gives for them."""
    lines = [json.dumps(row) for row in gold(name, sample)]
    size = max(1, len(lines) // (PROCESSES * 4))
    parts = [lines[at : at + size] for at in range(0, len(lines), size)]
    return tuple(answer for part in _pool().map(_read_part, parts) for answer in part)


def in_languages(rows: Iterable[Row], languages: Sequence[str]) -> list[Row]:
    """Return the rows of these languages."""
    return [row for row in rows if row.get("lang") in languages]


@cache
def _pool() -> ProcessPoolExecutor:
    _books()  # a fault in the configuration shows here as itself, not as a process that died
    return ProcessPoolExecutor(PROCESSES, mp_context=get_context("spawn"), initializer=_books)


@cache
def _books() -> Books:
    return load_books(REPO / "config")


def _read_part(lines: list[str]) -> list[Row]:
    return list(read_lines(lines, _books()))
