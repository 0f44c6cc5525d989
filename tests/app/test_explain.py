"""`outrider explain`: the answer first, then the words that decided, the places and the score."""

import re
from pathlib import Path

import pytest

from bot.app.books import load_books
from bot.app.explain import explain, lines_of
from bot.app.folders import packaged_config
from bot.app.reading_lines import Line
from bot.model.errors import ConfigError
from bot.pipeline import Books, understand

ATTACK = "Gunmen attacked a hotel in Bamako on Tuesday, killing at least 12 people, the army said."
COURT = "A court in Bamako sentenced three men to life in prison over the 2015 attack on a hotel."
ESCAPE = re.compile(r"\x1b\[[\d;]*m")


@pytest.fixture(scope="module")
def books() -> Books:
    return load_books(packaged_config())


def explained(text: str, books: Books, *, colour: bool = False) -> str:
    line = Line.model_validate({"id": "x", "lang": "en", "date": "2024-09-17", "text": text})
    return "\n".join(lines_of(understand(line.item(), books), colour=colour))


def test_the_first_line_says_that_it_alerts_how_severely_and_where(books: Books) -> None:
    first = explained(ATTACK, books).splitlines()[0]
    assert first.startswith("ALERT, extreme: armed-attack in Bamako, ML")


def test_the_first_line_says_why_it_does_not_alert(books: Books) -> None:
    first = explained(COURT, books).splitlines()[0]
    assert first.startswith("NO ALERT: ")


def test_the_text_stands_there_in_full(books: Books) -> None:
    assert ATTACK in explained(ATTACK, books)
    assert ATTACK in ESCAPE.sub("", explained(ATTACK, books, colour=True))


def test_plain_output_has_no_colour_and_the_same_words(books: Books) -> None:
    plain, coloured = explained(ATTACK, books), explained(ATTACK, books, colour=True)
    assert "\x1b" not in plain
    assert "\x1b[" in coloured
    assert ESCAPE.sub("", coloured) == plain


def test_the_score_adds_up_from_named_reasons(books: Books) -> None:
    lines = explained(ATTACK, books).splitlines()
    rows = [line.split() for line in lines[lines.index("Score") + 1 :]]
    points = [int(row[0]) for row in rows[:-1] if re.fullmatch(r"[+-]\d+", row[0])]
    assert sum(points) == int(rows[-1][0])
    assert any(row[1] == "killed" for row in rows)


def test_places_are_told_with_role_and_why(books: Books) -> None:
    lines = explained(ATTACK, books).splitlines()
    (row,) = [line for line in lines if "“Bamako”" in line and line.strip().startswith("event")]
    assert "Bamako, ML (city)" in row


def test_a_file_name_is_read_and_no_colour_goes_into_a_pipe(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "item.txt"
    path.write_text(ATTACK, encoding="utf-8")
    assert explain(str(path), language="en", date="2024-09-17") == 0
    out = capsys.readouterr().out
    assert ATTACK in out
    assert "\x1b" not in out


def test_a_wrong_date_is_a_fault_of_the_command_line() -> None:
    with pytest.raises(ConfigError, match="date"):
        explain(ATTACK, date="someday")
