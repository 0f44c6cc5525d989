"""config/scoring.toml is checked as a whole: every fault is told with file, key and why."""

from pathlib import Path

import pytest

from bot.app.scoring_file import load_scoring
from bot.assessment.scoring import Ladder, Scoring
from bot.model.assessment import Severity
from bot.model.errors import ConfigError
from bot.model.hazard import Hazard
from bot.model.reading import ImpactKind

SHIPPED = Path(__file__).parents[2] / "config" / "scoring.toml"


def faults(tmp_path: Path, *changes: tuple[str, str]) -> list[str]:
    text = SHIPPED.read_text(encoding="utf-8")
    for old, new in changes:
        assert old in text
        text = text.replace(old, new, 1)
    path = tmp_path / "scoring.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(ConfigError) as caught:
        load_scoring(path)
    return [str(fault) for fault in caught.value.faults]


def test_common_ladders_stand_where_a_hazard_has_none_of_its_own(scoring: Scoring) -> None:
    assert scoring.hazards[Hazard.FLOOD].ladders[ImpactKind.EVACUATED].at(1200) == 60
    assert scoring.hazards[Hazard.FLOOD].ladders[ImpactKind.KILLED].at(3) == 60


@pytest.mark.parametrize(("value", "points"), [(0, None), (1, 62), (9.5, 62), (10, 84), (1e6, 84)])
def test_a_ladder_gives_the_highest_step_that_is_reached(value: float, points: int | None) -> None:
    assert Ladder(((1, 62), (10, 84))).at(value) == points


@pytest.mark.parametrize(
    ("score", "severity"),
    [(1, "minor"), (10, "minor"), (29, "minor"), (30, "moderate"), (54, "moderate"), (55, "severe"), (79, "severe"),
     (80, "extreme"), (100, "extreme")],
)  # fmt: skip
def test_bands_cut_the_score_into_levels(score: int, severity: str, scoring: Scoring) -> None:
    assert scoring.severity(score) is Severity(severity)


def test_a_phrase_is_found_by_its_beginning_up_to_a_dot() -> None:
    from dataclasses import replace  # noqa: PLC0415 - only here

    table = replace(load_scoring(SHIPPED), phrases={"storm": 42, "storm.hurricane": 60})
    assert table.phrase_points("storm.hurricane.landfall") == 60
    assert table.phrase_points("storm.squall") == 42
    assert table.phrase_points("stormy") is None


def test_every_fault_is_told_at_once_with_its_key(tmp_path: Path) -> None:
    told = faults(
        tmp_path, ("needed = 25", "needed = 250"), ("unknown = 58", "unknown = -1"), ("capital = 6", "colour = 6")
    )
    assert any("evidence.needed" in line for line in told)
    assert any("hazards.armed-attack.unknown" in line for line in told)
    assert len(told) >= 2


def test_a_hazard_without_a_row_is_a_fault(tmp_path: Path) -> None:
    (told,) = faults(tmp_path, ('[hazards.coup]\nunknown = 84\nstatus = "ongoing"\n', ""))
    assert "lacks coup" in told


def test_steps_that_fall_are_a_fault(tmp_path: Path) -> None:
    (told,) = faults(tmp_path, ("evacuated = [[1, 40], [1000, 60], [10000, 82]]", "evacuated = [[1000, 40], [1, 60]]"))
    assert "impacts.evacuated" in told
    assert "rise" in told


def test_a_modifier_that_nobody_knows_is_a_fault(tmp_path: Path) -> None:
    (told,) = faults(tmp_path, ("capital = 6 ", "kapital = 6 "))
    assert "capital" in told
    assert "kapital" in told


def test_bands_must_rise(tmp_path: Path) -> None:
    (told,) = faults(tmp_path, ("severe = 55", "severe = 20"))
    assert "rise" in told


def test_a_file_that_is_no_toml_or_not_there_is_a_fault(tmp_path: Path) -> None:
    broken = tmp_path / "scoring.toml"
    broken.write_text("[bands", encoding="utf-8")
    for path in (broken, tmp_path / "none.toml"):
        with pytest.raises(ConfigError):
            load_scoring(path)
