import asyncio
from pathlib import Path

import pytest
from builders import BAMAKO, BKO, GAO, MALI, NIGER, at, event, report
from contract.outbox_builders import decision, opened

from bot.app.board import print_board, shown
from bot.app.clock import SystemClock
from bot.events.board import board
from bot.model.assessment import TargetState
from bot.model.hazard import Target
from bot.model.place import Place
from bot.model.reading import Cue
from bot.storage.store import SqlStore


def way(cue: Cue, place: Place, target: Target, hours: float = 1) -> TargetState:
    return TargetState(target=target, cue=cue, place=place, since=at(hours))


SHUT = event(
    targets=(way(Cue.SUSPENDED, BKO, Target.AIRPORT), way(Cue.CLOSED, NIGER, Target.BORDER, 2)),
    reports=(report(hours=1), report("Ministry", hours=2, official=True)),
    last_seen_at=at(2),
)


def test_each_airport_and_border_has_a_line_with_since_when_and_who_says_so() -> None:
    lines, both = shown(board((SHUT,), at(3))), "Ministry (official), Sahel Wire"
    assert [" ".join(line.split()) for line in lines] == [
        "state what where since (UTC) last heard event sources",
        "closed border Niger, NE 2024-09-17 09:00 2024-09-17 09:00 event-1 Ministry (official)",
        f"suspended airport {BKO.name} (BKO), ML 2024-09-17 08:00 2024-09-17 09:00 event-1 {both}",
    ]


@pytest.mark.parametrize(("place", "lines"), [(MALI, 1), (BAMAKO, 1), (BKO, 1), (NIGER, 1), (GAO, 0)])
def test_a_place_shows_what_lies_there_and_what_holds_it(place: Place, lines: int) -> None:
    told = shown(board((SHUT,), at(3)), place)
    assert len(told) - 1 == lines
    assert lines or told == ["Nothing was told about Gao of airports and borders in the last 14 days."]


def test_the_command_reads_the_store_and_knows_places_by_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    url = f"sqlite+aiosqlite:///{tmp_path}/outrider.db"
    monkeypatch.setenv("OUTRIDER_DATABASE_URL", url)
    monkeypatch.setattr(SystemClock, "now", lambda _: at(5))

    async def keep() -> None:
        async with SqlStore.open(url, "a test", migrate=True) as store:
            await store.commit([decision(opened(SHUT))])

    asyncio.run(keep())
    assert print_board() == 0
    assert len(capsys.readouterr().out.splitlines()) == 3
    assert print_board("Niger") == 0
    assert "border" in capsys.readouterr().out
    assert print_board("Xqzzzvw") == 1
    assert "No place 'Xqzzzvw' is known." in capsys.readouterr().out
