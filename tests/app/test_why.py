import asyncio
from datetime import timedelta
from pathlib import Path

import pytest
from builders import BAMAKO, FRANCE, GAO, MALI, assessment, at, chat, item, watch
from service_fakes import HandClock

from bot.app.why import why
from bot.events.judge import judge_item
from bot.model.assessment import Severity
from bot.model.event import Event
from bot.model.hazard import Hazard
from bot.services.ingest import alerts_for
from bot.services.operate import Operate
from bot.services.ports import Decision
from bot.storage.store import SqlStore


async def told_day(url: str) -> Event:
    """Keep two reports of an attack, one chat that is told and three that are not; return the event."""
    async with SqlStore.open(url, "a test", migrate=True) as store:
        watches = (
            watch(MALI, chat_id=1),
            watch(MALI, chat_id=2, min_severity=Severity.EXTREME),
            watch(MALI, chat_id=3, hazards=frozenset({Hazard.FLOOD})),
            watch(MALI, chat_id=4, muted_until=at(24 * 9000)),
            watch(FRANCE, chat_id=5),
        )
        for one in watches:
            await store.save_chat(chat(one.chat_id))
            await store.add_watch(one)
        known: tuple[Event, ...] = ()
        for turn, outlet in enumerate(("Sahel Wire", "Le Fleuve")):
            heard = item(f"Gunmen attack Bamako, {outlet} says", outlet=outlet, hours=turn)
            changes = judge_item(heard, (assessment(BAMAKO),), known, at(turn))
            alerts = await alerts_for(changes, store, at(turn))
            await store.commit([Decision(item=heard, changes=changes, alerts=alerts, at=at(turn))])
            known = tuple(change.after for change in changes)
        (row,) = await store.claim("a test", at(1), 1, timedelta(seconds=30))
        assert row.chat.id == 1
        return known[0]


@pytest.fixture
def url(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    made = f"sqlite+aiosqlite:///{tmp_path}/outrider.db"
    monkeypatch.setenv("OUTRIDER_DATABASE_URL", made)
    return made


def account(url: str, capsys: pytest.CaptureFixture[str], beginning: int = 16) -> list[str]:
    event = asyncio.run(told_day(url))
    assert why(event.id[:beginning]) == 0
    return capsys.readouterr().out.splitlines()


def test_it_tells_reports_changes_with_their_grounds_and_what_came_of_each_alert(
    url: str, capsys: pytest.CaptureFixture[str]
) -> None:
    lines = account(url, capsys)
    said = "\n".join(lines)
    assert "armed-attack at Bamako (ML)" in said
    assert "open, severe, version 2; 2 voices" in said
    assert "2024-09-17 08:00  severe, ongoing  Le Fleuve: Gunmen attack Bamako, Le Fleuve says" in said
    (confirmed,) = (line for line in lines if "2. confirmed: severe, open" in line)
    assert "near +100" in confirmed
    assert "independent-voice" in confirmed
    assert "chat 1: first, severe: sending" in said


def test_it_tells_who_was_not_told_and_why(url: str, capsys: pytest.CaptureFixture[str]) -> None:
    said = "\n".join(account(url, capsys, beginning=5))
    assert "chat 2 (Mali): below the least severity of the watch" in said
    assert "chat 3 (Mali): only other hazards are wanted" in said
    assert "chat 4 (Mali): muted" in said
    assert "chat 5" not in said, "who watches elsewhere is not asked"


def test_an_event_that_is_not_known_is_said_so(url: str, capsys: pytest.CaptureFixture[str]) -> None:
    account(url, capsys)
    assert why("no-such-event") == 1
    assert capsys.readouterr().out == "No event 'no-such-event'.\n"


async def operated(url: str) -> tuple[str, str]:
    """Keep two attacks, merge them, and withdraw what they are; return the ids of both."""
    async with SqlStore.open(url, "a test", migrate=True) as store:
        for number, severity in ((1, Severity.MODERATE), (2, Severity.EXTREME)):
            await store.save_chat(chat(number))
            await store.add_watch(watch(MALI, chat_id=number, min_severity=severity))
        ids = []
        for turn, place in enumerate((BAMAKO, GAO)):
            heard = item(f"Gunfire in {place.name}", outlet=f"Outlet {turn}", hours=turn)
            (change,) = judge_item(heard, (assessment(place),), (), at(turn))
            alerts = await alerts_for((change,), store, at(turn))
            await store.commit([Decision(item=heard, changes=(change,), alerts=alerts, at=at(turn))])
            ids.append(change.after.id)
        operate = Operate(store, HandClock(at(2)))
        await operate.merge(*ids, "one raid")
        await operate.retract(ids[0], "a drill")
        return ids[0], ids[1]


def test_it_tells_what_the_operator_decided_and_why(url: str, capsys: pytest.CaptureFixture[str]) -> None:
    kept, gone = asyncio.run(operated(url))
    assert why(kept) == 0
    said = capsys.readouterr().out
    assert f"2. updated: severe, open  (one-event {gone!r}, operator 'one raid')  the operator" in said
    assert "3. retracted: none, retracted  (retracted, operator 'a drill')  the operator" in said
    assert why(gone) == 0
    said = capsys.readouterr().out
    assert f"merged into {kept}" in said
    assert f"2. merged: severe, merged  (one-event {kept!r}, operator 'one raid')  the operator" in said
    assert "chat 2 (Mali): below the least severity of the watch" in said
