"""Where it happens: hard sentences, analysts' event notes, and local news with every place name located."""

import json
from typing import Any

import pytest
from quality.floors import below
from quality.harness import Row, gold, predicted, scorer

pytestmark = pytest.mark.quality


def scored(rows: list[Row], answers: list[Row], section: str) -> dict[str, Any]:
    result: dict[str, Any] = scorer("score_places").score(rows, answers)
    print(f"\n{section}")  # noqa: T201 - make quality prints its tables
    for name, value in result.items():
        print(f"  {name:16} {json.dumps(value, ensure_ascii=False)[:600]}")  # noqa: T201
    return result


def test_hard_sentences() -> None:
    rows = list(gold("traps/dev.jsonl"))
    assert below("traps", scored(rows, list(predicted("traps/dev.jsonl")), "traps, six languages")) == []


@pytest.mark.parametrize(
    ("name", "sample", "section"),
    [
        ("places/acled_asia.jsonl", 500, "acled"),
        ("places/lgl.jsonl", 150, "lgl"),
        ("places/geovirus.jsonl", 0, "geovirus"),
    ],
)
def test_place_sets(name: str, sample: int, section: str) -> None:
    result = scored(list(gold(name, sample)), list(predicted(name, sample)), section)
    assert below(section, result) == []
