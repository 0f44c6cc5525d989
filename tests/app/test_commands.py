"""The command line as a person types it, in a process of its own."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


def outrider(
    *arguments: str, folder: Path, given: str | None = None, **settings: str
) -> subprocess.CompletedProcess[str]:
    inherited = {name: value for name, value in os.environ.items() if not name.startswith("OUTRIDER_")}
    return subprocess.run(
        [sys.executable, "-m", "bot", *arguments], cwd=folder, input=given, capture_output=True, text=True,
        timeout=60, check=False, env=inherited | {"PYTHONPATH": str(ROOT)} | settings,
    )  # fmt: skip


def test_the_demo_tells_the_day_offline_within_fifteen_seconds(tmp_path: Path) -> None:
    run = outrider("demo", folder=tmp_path)
    assert run.returncode == 0, run.stderr
    assert "[14/14]" in run.stdout
    assert "nothing, as it should be" in run.stdout
    seconds = float(run.stdout.split("Played in ")[1].split(" s")[0])
    assert seconds < 15
    assert list(tmp_path.iterdir()) == []


def test_check_says_that_all_is_well(tmp_path: Path) -> None:
    run = outrider("check", folder=tmp_path)
    assert run.returncode == 0, run.stderr
    assert run.stdout.startswith("All well.")


def test_check_and_run_print_every_fault_and_exit_2(tmp_path: Path) -> None:
    settings = {"OUTRIDER_CONFIG_DIR": str(tmp_path / "nowhere"), "OUTRIDER_WEB_HOST": "x"}
    for command in ("check", "run"):
        run = outrider(command, folder=tmp_path, **settings)
        assert run.returncode == 2
        assert {line.split(": ")[0].rsplit("/", 1)[-1] for line in run.stderr.splitlines()} >= {
            "outrider.toml", "sources.toml", "scoring.toml",
        }  # fmt: skip
        assert "Traceback" not in run.stderr


def test_a_place_that_is_not_known_is_said_with_the_nearest_names(tmp_path: Path) -> None:
    run = outrider("run", "--watch", "Bamakko", folder=tmp_path)
    assert run.returncode == 2
    assert "Bamako" in run.stderr


def test_a_bad_line_is_an_error_of_its_own_and_the_rest_is_read(tmp_path: Path) -> None:
    good = {"id": "a", "lang": "en", "date": "2024-09-17", "title": "Gunmen kill nine in Timbuktu market", "text": None}
    run = outrider("read", folder=tmp_path, given=f"{json.dumps(good)}\nnot json\n")
    first, second = map(json.loads, run.stdout.splitlines())
    assert run.returncode == 1
    assert first["countries"] == ["ML"]
    assert first["alertable"]
    assert set(second) == {"id", "error"}


def test_read_takes_nothing_from_the_clock_without_a_date(tmp_path: Path) -> None:
    line = json.dumps({"id": "a", "lang": "en", "title": "Gunmen kill nine in Timbuktu market"})
    outputs = {outrider("read", folder=tmp_path, given=line).stdout for _ in range(2)}
    assert len(outputs) == 1


def test_the_schema_can_be_upgraded_again_and_again(tmp_path: Path) -> None:
    for _ in range(2):
        run = outrider("db", "upgrade", folder=tmp_path)
        assert run.returncode == 0, run.stderr
    assert (tmp_path / "data" / "outrider.sqlite3").is_file()


def test_a_test_message_without_a_token_shows_in_the_terminal(tmp_path: Path) -> None:
    run = outrider("send-test", "42", folder=tmp_path)
    assert run.returncode == 0, run.stderr
    assert "TEST" in run.stdout


def test_sources_lists_them_before_the_service_ever_ran(tmp_path: Path) -> None:
    run = outrider("sources", "--only", "ML", folder=tmp_path)
    assert run.returncode == 0, run.stderr
    assert "not polled yet" in run.stdout
    assert outrider("sources", "--only", "nosuchword", folder=tmp_path).returncode == 1


@pytest.mark.parametrize("arguments", [(), ("fly",), ("read", "no-such-file.jsonl"), ("send-test", "me")])
def test_wrong_use_is_one_clear_line_and_never_a_traceback(tmp_path: Path, arguments: tuple[str, ...]) -> None:
    run = outrider(*arguments, folder=tmp_path)
    assert run.returncode == 2
    assert run.stderr
    assert "Traceback" not in run.stderr
