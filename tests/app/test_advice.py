import asyncio
from dataclasses import replace
from pathlib import Path

import pytest
from builders import at

from bot.app.advice import print_advice, shown
from bot.model.advice import Advice, Level
from bot.model.assessment import Severity
from bot.storage.store import SqlStore

ON_MALI = Advice(
    subject="ML", country="ML", since=at(-30), issued_at=at(-2), link="https://us.example/mali",
    level=Level(government="US", whole=Severity.SEVERE, own_word="Level 4", words="level 4, do not travel"),
)  # fmt: skip
ON_FRANCE = replace(ON_MALI, subject="FR", country="FR", level=Level(government="US", own_word="Level 1"))


def test_a_line_has_our_level_the_governments_own_words_and_since_when() -> None:
    head, line = shown([ON_MALI])
    assert head.split()[:4] == ["country", "whole", "parts", "by"]
    assert line.split("  ")[0] == "Mali"
    for words in (
        "severe",
        "US",
        f"at least {ON_MALI.since:%Y-%m-%d}",
        "Level 4: level 4, do not travel",
        "us.example",
    ):
        assert words in line


def test_a_level_whose_rise_was_met_has_its_day() -> None:
    before = Level(government="US", whole=Severity.MODERATE)
    assert "at least" not in shown([replace(ON_MALI, turn=1, before=before)])[1]


def test_the_command_shows_a_country_or_all_that_are_warned_of(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    url = f"sqlite+aiosqlite:///{tmp_path / 'o.sqlite3'}"
    monkeypatch.setenv("OUTRIDER_DATABASE_URL", url)

    async def fill() -> None:
        async with SqlStore.open(url, "test", migrate=True) as store:
            await store.keep_advice([ON_MALI, ON_FRANCE])

    asyncio.run(fill())
    assert print_advice() == 0
    told = capsys.readouterr().out
    assert "Mali" in told
    assert "France" not in told
    assert print_advice("Paris") == 0
    assert "France" in capsys.readouterr().out
    assert print_advice("Niger") == 0
    assert capsys.readouterr().out == "No government's advice about Niger is known yet.\n"
    assert print_advice("Xqzzyq") == 1
