"""docs/operating.md tells all that there is, and nothing that is not."""

import argparse
import re
from collections.abc import Iterator
from pathlib import Path

from prometheus_client.parser import text_string_to_metric_families

from bot.app.config import Tuning
from bot.app.settings import Settings
from bot.cli import _parser
from bot.storage.tables import metadata
from bot.web.metrics import Metrics

ROOT = Path(__file__).parents[2]
RULES = (ROOT / "config" / "prometheus-alerts.yml").read_text(encoding="utf-8")
PAGE = (ROOT / "docs" / "operating.md").read_text(encoding="utf-8")


def told(pattern: str) -> set[str]:
    """Return what the first cells of the page's tables name that looks like this."""
    cells = [line.split("|")[1] for line in PAGE.splitlines() if line.startswith("| ")]
    return {name for cell in cells for name in re.findall(f"`({pattern})`", cell)}


def commands(parser: argparse.ArgumentParser, before: str) -> Iterator[str]:
    parts = [one for one in parser._actions if isinstance(one, argparse._SubParsersAction)]
    if not parts:
        yield before
    for part in parts:
        for name, inner in part.choices.items():
            yield from commands(inner, f"{before} {name}")


def metric_names() -> set[str]:
    families = text_string_to_metric_families(Metrics("1", "1").page().decode())
    return {
        f"{one.name}_total" if one.type == "counter" else one.name
        for one in families
        if one.name.startswith("outrider_")
    }


def test_every_setting_of_the_environment_is_told() -> None:
    assert told("OUTRIDER_[A-Z_]+") == {f"OUTRIDER_{name.upper()}" for name in Settings.model_fields}


def test_every_setting_of_the_environment_stands_in_the_example() -> None:
    example = (ROOT / "config" / "outrider.env.example").read_text(encoding="utf-8")
    assert set(re.findall(r"OUTRIDER_[A-Z_]+(?==)", example)) == told("OUTRIDER_[A-Z_]+")


def test_every_key_of_the_tuning_is_told_with_its_default() -> None:
    keys = {
        f"{section}.{key}": getattr(value, key)
        for section, value in Tuning()
        for key in type(value).model_fields
    }  # fmt: skip
    assert told("(?:polling|delivery|retention|backups|canary)[.][a-z_]+") == set(keys)
    for key, default in keys.items():
        shown = str(default).lower() if isinstance(default, bool) else f"{default:g}"
        assert f"| `{key}` | {shown} |" in PAGE


def test_every_command_is_told() -> None:
    assert told("outrider [a-z -]+") == set(commands(_parser(), "outrider"))


def test_every_metric_is_told() -> None:
    assert told("outrider_[a-z_]+") == metric_names()


def test_every_alarm_is_told_and_asks_for_a_metric_that_there_is() -> None:
    assert told("Outrider[A-Za-z]+") == set(re.findall(r"alert: (\w+)", RULES))
    assert set(re.findall(r"outrider_[a-z_]+", RULES)) <= metric_names()


def test_every_table_has_a_stated_time_of_keeping() -> None:
    kept = PAGE.split("## How long what is kept")[1]
    assert [name for name in metadata.tables if f"`{name}`" not in kept] == []
