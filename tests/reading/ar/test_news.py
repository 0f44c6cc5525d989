"""News as Arabic papers and agencies write it (news.toml): what is alerted, where, in which state, and what is not."""

import tomllib
from pathlib import Path
from typing import Any

import pytest
from reading_languages import Understand

CASES = tomllib.loads((Path(__file__).parent / "news.toml").read_text(encoding="utf-8"))
Case = dict[str, Any]


def head(case: Case) -> str:
    return str(case.get("title") or case["text"])[:40]


@pytest.mark.parametrize("case", CASES["alerted"], ids=head)
def test_news_of_danger_is_alerted_where_it_happens(case: Case, understood: Understand) -> None:
    told = understood(case.get("lead", ""), title=case["title"])
    first = told.assessments[0]
    assert first.alertable
    assert str(first.status) == case["status"]
    assert {place.country for place in told.reading.event_places} == set(case["countries"])
    assert case["hazard"] in {str(first.hazard), *map(str, first.also)}


@pytest.mark.parametrize("case", CASES["silent"], ids=head)
def test_other_writing_of_danger_is_silent(case: Case, understood: Understand) -> None:
    assert not understood(case.get("lead", ""), title=case["title"]).assessments[0].alertable


@pytest.mark.parametrize("case", CASES["traps"], ids=head)
def test_it_happens_there_and_nowhere_else(case: Case, understood: Understand) -> None:
    assert {place.country for place in understood(case["text"]).reading.event_places} == set(case["countries"])
