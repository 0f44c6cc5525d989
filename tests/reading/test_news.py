"""News as Arabic and Russian papers and agencies write it (<language>/news.toml): what is alerted, and where."""

import tomllib
from pathlib import Path
from typing import Any

import pytest
from reading_languages import configured_books, understanding_in

from bot.pipeline import Books, Understanding

LANGUAGES = ("ar", "ru")
Case = dict[str, Any]


def named(language: str, case: Case) -> str:
    return f"{language} {case.get('title') or case['text']}"[:40]


def cases(kind: str) -> list[Any]:
    return [
        pytest.param(language, case, id=named(language, case))
        for language in LANGUAGES
        for case in tomllib.loads((Path(__file__).parent / language / "news.toml").read_text(encoding="utf-8"))[kind]
    ]


@pytest.fixture(scope="module")
def books() -> Books:
    return configured_books()


def understood(language: str, case: Case, books: Books) -> Understanding:
    told = understanding_in(language, books)
    return told(case["text"]) if "text" in case else told(case.get("lead", ""), title=case["title"])


@pytest.mark.parametrize(("language", "case"), cases("alerted"))
def test_news_of_danger_is_alerted_where_it_happens(language: str, case: Case, books: Books) -> None:
    told = understood(language, case, books)
    first = told.assessments[0]
    assert first.alertable
    assert str(first.status) == case["status"]
    assert {place.country for place in told.reading.event_places} == set(case["countries"])
    assert case["hazard"] in {str(first.hazard), *map(str, first.also)}


@pytest.mark.parametrize(("language", "case"), cases("silent"))
def test_other_writing_of_danger_is_silent(language: str, case: Case, books: Books) -> None:
    assert not understood(language, case, books).assessments[0].alertable


@pytest.mark.parametrize(("language", "case"), cases("traps"))
def test_it_happens_there_and_nowhere_else(language: str, case: Case, books: Books) -> None:
    happens = understood(language, case, books).reading.event_places
    assert {place.country for place in happens} == set(case["countries"])
