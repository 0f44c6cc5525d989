"""Lexicon files (config/lexicon/<language>.toml): read, checked, compiled. Every fault is told, not the first alone."""

import tomllib
from pathlib import Path

from pydantic import TypeAdapter, ValidationError

from bot.lexicon.language import LanguageLexicon, LexiconError, compile_language
from bot.lexicon.tables import LanguageTables
from bot.model.errors import ConfigError, Fault

_TABLES = TypeAdapter(LanguageTables)


def load_lexicon(path: Path) -> LanguageLexicon:
    """Return the compiled lexicon of a file; raises ConfigError with every fault in it."""
    try:
        raw = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise ConfigError((Fault(str(path), "", f"cannot be read: {error}"),)) from error
    try:
        tables = _TABLES.validate_python(raw)
    except ValidationError as error:
        faults = tuple(
            Fault(str(path), _key(raw, each["loc"]), each["msg"]) for each in error.errors(include_url=False)
        )
        raise ConfigError(faults) from error
    if tables.language != path.stem:
        raise ConfigError((Fault(str(path), "language", f"is {tables.language!r}, the file is {path.name!r}"),))
    try:
        return compile_language(tables)
    except LexiconError as error:
        raise ConfigError(tuple(Fault(str(path), key, why) for key, why in error.faults)) from error


def _key(raw: dict[str, object], loc: tuple[int | str, ...]) -> str:
    """Name the place in the file: "hazard[gunmen].strength" rather than "hazard.12.strength"."""
    words: list[str] = []
    at: object = raw
    for step in loc:
        if isinstance(at, dict):
            at = at.get(step)
        elif isinstance(at, list) and isinstance(step, int):
            at = at[step] if step < len(at) else None
        else:
            at = None
        if isinstance(step, int) and words:
            words[-1] += f"[{at.get('key', step) if isinstance(at, dict) else step}]"
        else:
            words.append(str(step))
    return ".".join(words)
