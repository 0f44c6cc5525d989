"""What is alerted, what it is called and how severe, against labels by RUBRIC.md; and silence on quiet news."""

from typing import Any

import pytest
from quality.floors import below
from quality.harness import Row, gold, in_languages, predicted, scorer

pytestmark = pytest.mark.quality

FIRST_CLASS = ("en", "fr")
"""Languages whose reading exists; the others are printed beside them and bound by issue 4."""


def scored(rows: list[Row], name: str, by: str | None = None) -> dict[str, Any]:
    result: dict[str, Any] = scorer("score_alerts").score(rows, list(predicted(name)), by)
    return result


def show(heading: str, result: dict[str, Any]) -> None:
    text = scorer("score_alerts").show
    print(f"\n{heading}")  # noqa: T201 - make quality prints its tables
    for name in ("alert", "alert_severe", "hazard", "severity", "status", "country"):
        print(f"  {name:14} {text(result[name])}")  # noqa: T201
    for group, figures in result.get("by", {}).items():
        print(f"  {group:14} {text(figures)}")  # noqa: T201


@pytest.mark.parametrize("language", FIRST_CLASS)
def test_real_news_is_alerted_as_the_rubric_says(language: str) -> None:
    result = scored(in_languages(gold("gold/dev.jsonl"), [language]), "gold/dev.jsonl", by="hazard")
    show(f"gold/dev, {language}", result)
    assert below(f"gold.{language}", result) == []


def test_written_news_is_alerted_as_the_rubric_says() -> None:
    result = scored(in_languages(gold("gold/written.jsonl"), ["fr"]), "gold/written.jsonl")
    show("gold/written, fr", result)
    assert below("written.fr", result) == []


def test_other_languages_are_measured() -> None:
    rows = [row for row in gold("gold/dev.jsonl") if row["lang"] not in FIRST_CLASS]
    show("gold/dev, not yet read languages", scored(rows, "gold/dev.jsonl", by="lang"))


@pytest.mark.parametrize(("name", "sample"), [("quiet/agnews.jsonl", 1000), ("quiet/bbc.jsonl", 0)])
def test_quiet_news_stays_quiet(name: str, sample: int) -> None:
    answers = predicted(name, sample)
    loud = [row for row in answers if row.get("alertable") and row["severity"] in {"moderate", "severe", "extreme"}]
    share = 1000 * len(loud) / len(answers)
    print(f"\n{name}: {share:.1f} alerts at moderate or more per 1,000 ({len(loud)} of {len(answers)})")  # noqa: T201
    assert below("quiet", {"per_1000": share}) == []


def test_no_line_of_the_data_fails() -> None:
    for name in ("gold/dev.jsonl", "gold/written.jsonl"):
        assert [row for row in predicted(name) if "error" in row] == []
