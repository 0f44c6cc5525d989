"""What is alerted, what it is called and how severe, against labels by RUBRIC.md; and silence on quiet news."""

from typing import Any

import pytest
from quality.floors import below
from quality.harness import Row, gold, in_languages, predicted, scorer

pytestmark = pytest.mark.quality

WELL_LABELLED = ("en", "fr")
"""Languages with enough real labelled news for floors of their own; the others are bound together with all."""

WRITTEN = ("fr", "es", "pt", "ar", "ru")


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


@pytest.mark.parametrize("language", WELL_LABELLED)
def test_real_news_is_alerted_as_the_rubric_says(language: str) -> None:
    result = scored(in_languages(gold("gold/dev.jsonl"), [language]), "gold/dev.jsonl", by="hazard")
    show(f"gold/dev, {language}", result)
    assert below(f"gold.{language}", result) == []


def test_real_news_of_all_languages_is_alerted_as_the_rubric_says() -> None:
    result = scored(list(gold("gold/dev.jsonl")), "gold/dev.jsonl", by="lang")
    show("gold/dev, all languages", result)
    assert below("gold.all", result) == []


@pytest.mark.parametrize("language", WRITTEN)
def test_written_news_is_alerted_as_the_rubric_says(language: str) -> None:
    result = scored(in_languages(gold("gold/written.jsonl"), [language]), "gold/written.jsonl")
    show(f"gold/written, {language}", result)
    assert below(f"written.{language}", result) == []


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
