"""The floors of quality (floors.toml): they rise when the product does, and sink only when a person says why."""

import tomllib
from pathlib import Path
from typing import Any

FLOORS: dict[str, dict[str, float]] = tomllib.loads((Path(__file__).parent / "floors.toml").read_text(encoding="utf-8"))


def figure(result: dict[str, Any], path: str) -> float | None:
    """Return the value at a dotted path of a scorer's result."""
    at: Any = result
    for step in path.split("."):
        at = at[step]
    return at["value"] if isinstance(at, dict) else at


def below(section: str, result: dict[str, Any]) -> list[str]:
    """Return one line for each figure on the wrong side of its floor; keys that begin with "max " are ceilings."""
    faults = []
    for key, bound in FLOORS[section].items():
        ceiling = key.startswith("max ")
        value = figure(result, key.removeprefix("max "))
        if value is None or (value > bound if ceiling else value < bound):
            faults.append(f"{section}: {key} is {value}, bound {bound}")
    return faults
