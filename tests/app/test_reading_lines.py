"""`outrider read`: the contract of DESIGN.md, "The command line"."""

import json
from pathlib import Path
from typing import Any

import pytest

from bot.app.books import load_books
from bot.app.folders import packaged_config
from bot.app.reading_lines import read_file, read_lines
from bot.pipeline import Books

KEYS = {
    "id", "language", "alertable", "severity", "score", "urgency", "certainty", "status", "hazard", "also", "countries",
    "places", "impacts", "reasons",
}  # fmt: skip
ATTACK = {
    "id": "1",
    "lang": "en",
    "date": "2024-09-17",
    "title": "At least 14 killed as gunmen attack market in Gao, Mali",
    "text": "Gunmen on motorcycles opened fire in Gao on Tuesday, killing at least 14 people, the army said.",
}


@pytest.fixture(scope="module")
def books() -> Books:
    return load_books(packaged_config())


def read(books: Books, *rows: object) -> list[dict[str, Any]]:
    lines = [row if isinstance(row, str) else json.dumps(row) for row in rows]
    return list(read_lines(lines, books))


def test_an_answer_has_the_keys_of_the_contract(books: Books) -> None:
    (answer,) = read(books, ATTACK)
    assert set(answer) == KEYS
    assert (answer["id"], answer["language"], answer["alertable"]) == ("1", "en", True)
    assert (answer["hazard"], answer["severity"], answer["countries"]) == ("armed-attack", "extreme", ["ML"])
    assert answer["impacts"]["killed"] == [14, None]
    assert sum(reason["points"] for reason in answer["reasons"]) == answer["score"]


def test_offsets_lead_back_to_the_words_of_the_field(books: Books) -> None:
    (answer,) = read(books, ATTACK)
    gao = [place for place in answer["places"] if place["name"] == "Gao"]
    assert {place["field"] for place in gao} == {"title", "text"}
    assert all(ATTACK[place["field"]][place["start"] : place["end"]] == "Gao" for place in gao)
    assert {(place["role"], place["country"], place["kind"]) for place in gao} == {("event", "ML", "city")}


def test_places_are_given_for_what_is_not_alerted(books: Books) -> None:
    (answer,) = read(books, {"id": 2, "lang": "en", "title": "New bridge opens to traffic in Bamako"})
    assert (answer["id"], answer["alertable"], answer["severity"], answer["score"]) == (2, False, "none", 0)
    assert answer["countries"] == ["ML"]


@pytest.mark.parametrize(
    "row",
    [
        {"id": "n", "lang": None, "date": None, "title": None, "text": None, "outlet": None},
        {"id": "n"},
        {"id": "n", "text": "", "colour": "blue", "nested": {"a": [1, 2]}},
    ],
)
def test_null_absent_and_unknown_keys_are_taken_lightly(row: dict[str, Any], books: Books) -> None:
    (answer,) = read(books, row)
    assert (answer["id"], answer["alertable"]) == ("n", False)
    assert "error" not in answer


@pytest.mark.parametrize(
    "date", ["2024-09-17", "2024-09-17T08:00:00Z", "2024-09-17T10:00:00+02:00", "2024-09-17T08:00"]
)
def test_dates_are_days_or_moments(date: str, books: Books) -> None:
    (answer,) = read(books, {**ATTACK, "date": None, "published_at": date})
    assert answer["alertable"]


@pytest.mark.parametrize("date", ["17/09/2024 08h00", "yesterday", "0001-01-01T00:00:00+14:00", ""])
def test_a_date_in_another_manner_is_no_date_and_no_fault(date: str, books: Books) -> None:
    (dated,) = read(books, {**ATTACK, "date": date})
    (undated,) = read(books, {**ATTACK, "date": None})
    assert dated == undated


def test_without_a_date_the_clock_is_not_asked(books: Books) -> None:
    undated = {key: value for key, value in ATTACK.items() if key != "date"}
    assert read(books, undated) == read(books, undated)
    assert read(books, undated)[0]["alertable"]


@pytest.mark.parametrize(
    ("line", "native", "why"),
    [
        ("{", None, "no JSON"),
        ("[1, 2]", None, "dictionary"),
        ('"text"', None, "dictionary"),
        ('{"title": "Quake"}', None, "id"),
        ('{"id": "x", "text": 5}', "x", "text"),
        ('{"id": "x", "date": 20240917}', "x", "date"),
        ("[" * 100_000, None, "no JSON"),
    ],
)
def test_a_bad_line_costs_only_itself_and_says_why(line: str, native: str | None, why: str, books: Books) -> None:
    first, bad, last = read(books, ATTACK, line, {**ATTACK, "id": "3"})
    assert (first["id"], last["id"]) == ("1", "3")
    assert first["alertable"]
    assert last["alertable"]
    assert set(bad) == {"id", "error"}
    assert bad["id"] == native
    assert why in bad["error"]


def test_blank_lines_are_passed_over(books: Books) -> None:
    assert [answer["id"] for answer in read(books, "", "  \n", ATTACK, "\n")] == ["1"]


def test_a_file_is_read_to_its_end_and_a_bad_line_shows_in_the_status(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    good, bad = tmp_path / "good.jsonl", tmp_path / "bad.jsonl"
    good.write_text(json.dumps(ATTACK) + "\n\n", encoding="utf-8")
    bad.write_text("{\n" + json.dumps(ATTACK) + "\n", encoding="utf-8")
    assert read_file(str(good)) == 0
    assert [json.loads(line)["id"] for line in capsys.readouterr().out.splitlines()] == ["1"]
    assert read_file(str(bad)) == 1
    assert [json.loads(line)["id"] for line in capsys.readouterr().out.splitlines()] == [None, "1"]


def test_a_file_that_is_not_there_is_told_in_one_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert read_file(str(tmp_path / "none.jsonl")) == 2
    assert "No such file" in capsys.readouterr().err
