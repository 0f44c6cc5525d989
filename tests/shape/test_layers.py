"""The rules of imports are checked, not remembered."""

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
ROOMS_OF_THE_CORE = (
    "model", "gazetteer", "lexicon", "wording", "feeds", "reading", "assessment", "events", "watches", "alerts",
)  # fmt: skip


def test_each_room_imports_only_what_stands_below_it() -> None:
    run = subprocess.run(
        [Path(sys.executable).with_name("lint-imports"), "--no-cache"],
        cwd=ROOT, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert run.returncode == 0, run.stdout + run.stderr


@pytest.mark.parametrize("command", ["read", "explain"])
def test_reading_loads_no_chat_no_storage_and_no_network(command: str) -> None:
    module = {"read": "bot.app.reading_lines", "explain": "bot.app.explain"}[command]
    heavy = ("telegram", "sqlalchemy", "httpx", "apscheduler", "alembic", "feedparser")
    code = f"import {module}, bot.cli, sys; print([name for name in {heavy!r} if name in sys.modules])"
    run = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "[]"


@pytest.mark.parametrize("room", ROOMS_OF_THE_CORE)
def test_the_core_asks_nobody_for_the_time_and_rolls_no_dice(room: str) -> None:
    forbidden = ("datetime.now", "utcnow", "time.time(", "import random", "import logging", "print(", "import secrets")
    for path in (ROOT / "bot" / room).rglob("*.py"):
        if path.name == "__main__.py":  # unpacks the gazetteer at set-up, for a person
            continue
        words = path.read_text(encoding="utf-8")
        assert not [bad for bad in forbidden if bad in words], path


def test_no_file_of_the_package_is_longer_than_four_hundred_lines() -> None:
    long = {
        str(path.relative_to(ROOT)): lines
        for path in (ROOT / "bot").rglob("*.py")
        if (lines := path.read_text(encoding="utf-8").count("\n")) > 400
    }
    assert long == {}
