"""What the operator hears where full text is asked for and not installed."""

from dataclasses import replace

import pytest

from bot.app import check, full_text
from bot.app.clock import SystemClock
from bot.app.config import SourceEntry
from bot.model.item import Source
from bot.net.fetcher import HttpFetcher
from bot.workers import page_reader

WIRE = Source(id="wire", name="Wire", url="https://wire.example/rss", fulltext=True)


@pytest.fixture
def without_the_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(page_reader, "NEEDED", ("no_such_library",))


def test_full_text_is_off_until_the_catalogue_allows_it() -> None:
    entry = {"id": "wire", "name": "Wire", "url": "https://wire.example/rss"}
    assert not SourceEntry.model_validate(entry).source().fulltext
    assert SourceEntry.model_validate(entry | {"fulltext": True}).source().fulltext


@pytest.mark.usefixtures("without_the_extra")
def test_check_says_in_one_line_what_is_missing(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    settings, tuning, sources = check.load_checked()
    monkeypatch.setattr(check, "load_checked", lambda: (settings, tuning, (*sources, WIRE)))
    assert check.check() == 0
    said, well = capsys.readouterr().out.splitlines()
    assert said == (
        "Full text is not installed, and 1 source asks for it: summaries alone are read. Install outrider[fulltext]."
    )
    assert well.startswith("All well.")


def test_nothing_is_said_where_it_is_installed_or_nobody_asks() -> None:
    assert full_text.missing([WIRE]) == ""
    assert full_text.missing([replace(WIRE, fulltext=False), replace(WIRE, enabled=False)]) == ""


@pytest.mark.usefixtures("without_the_extra")
async def test_the_service_runs_on_without_it() -> None:
    fetcher = HttpFetcher(user_agent="Outrider", clock=SystemClock())

    async def take(*_: object) -> None: ...

    async with full_text.reading_pages(
        [WIRE], fetcher=fetcher, clock=SystemClock(), take=take, on_unread=lambda *_: None
    ) as consider:
        consider(None)  # type: ignore[arg-type]  # nobody listens
    await fetcher.close()
