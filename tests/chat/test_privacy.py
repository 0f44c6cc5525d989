"""What is kept of a chat: told, handed out, forgotten; over the real store in a file, searched byte by byte."""

import json
import sqlite3
from collections.abc import AsyncIterator
from datetime import time
from pathlib import Path

import pytest
from builders import event
from contract.outbox_builders import alert, decision, opened
from fakes import GROUPS, FakeAtlas
from service_fakes import HandClock
from support.chat_stage import Stage, ask, press
from support.telegram_emulator import TOKEN, TelegramEmulator

from bot.chat.application import build_application, close_chat, open_chat
from bot.chat.offer import Offer
from bot.chat.paced_start import PacedStart
from bot.chat.pacer import Pacer
from bot.chat.transport import make_bot
from bot.model.watch import Brief, Chat, ChatKind
from bot.services.privacy import Privacy
from bot.services.regions import Regions
from bot.services.subscriptions import Subscriptions
from bot.storage.store import SqlStore

AWA, NEIGHBOUR = 7_123_456_789, 7_123_456_999
SECRETS = ("Aminata Keïta-Zerbo", "my passport is X4471902", "aminata_zerbo")


@pytest.fixture
async def kept(telegram: TelegramEmulator, tmp_path: Path) -> AsyncIterator[tuple[Stage, SqlStore, Path]]:
    """The application over a store in a file, and the folder that the file lies in."""
    clock, fatal = HandClock(), list[str]()
    async with SqlStore.open(f"sqlite+aiosqlite:///{tmp_path / 'outrider.sqlite3'}", "this", migrate=True) as store:
        subscriptions = Subscriptions(store, Regions(FakeAtlas(), GROUPS), clock)  # type: ignore[arg-type]
        pace = PacedStart(Pacer(per_second=1000, private_gap=0, group_gap=0))
        bot = make_bot(TOKEN, base_url=telegram.base_url, pace=pace, on_fatal=fatal.append)
        offer = Offer(privacy=Privacy(store, deliveries_days=30, backups_days=28))
        application = build_application(bot, subscriptions, clock.now, offer=offer)
        await open_chat(application, fatal.append)
        yield Stage(telegram, store, subscriptions, bot, application, fatal, clock), store, tmp_path  # type: ignore[arg-type]
        await close_chat(application)


async def lived_in(stage: Stage, store: SqlStore, chat_id: int) -> None:
    """Let the chat use all that leaves something in the store."""
    await ask(stage, chat_id, "/watch Mali")
    await ask(stage, chat_id, "/quiet 22:30-6:45")
    await ask(stage, chat_id, "/brief daily 08:00")
    await ask(stage, chat_id, "/trip Bamako 20-28 Sep 2030")
    await store.tell_coverage(chat_id, "ML", stage.clock.now())
    await store.commit([decision(alerts=(alert(chat_id=chat_id),))])


def where_it_stands(folder: Path, chat_id: int) -> list[str]:
    """Return the files that hold the chat's id, as digits or as SQLite writes whole numbers of that size."""
    forms = (str(chat_id).encode(), chat_id.to_bytes(6, "big", signed=True))
    return [
        file.name for file in sorted(folder.rglob("*")) if file.is_file() and any(f in file.read_bytes() for f in forms)
    ]


def tables_with(folder: Path, chat_id: int) -> set[str]:
    """Return the tables in a row of which the chat's id stands, in whatever column and form."""
    with sqlite3.connect(f"file:{folder / 'outrider.sqlite3'}?mode=ro", uri=True) as database:
        names = [name for (name,) in database.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        return {
            name for name in names for row in database.execute(f"SELECT * FROM {name}")  # noqa: S608 - our own names
            if str(chat_id) in repr(row)
        }  # fmt: skip


async def test_a_chat_is_forgotten_in_every_table_and_every_file_and_its_neighbour_is_not(
    kept: tuple[Stage, SqlStore, Path],
) -> None:
    stage, store, folder = kept
    await store.commit([decision(opened(event(id="event-1")))])
    for chat_id in (AWA, NEIGHBOUR):
        await lived_in(stage, store, chat_id)
    before = tables_with(folder, AWA)
    assert {"chats", "watches", "outbox", "coverage_told", "briefs"} <= before
    assert where_it_stands(folder, AWA)

    asked = await ask(stage, AWA, "/forget")
    assert "28 days" in asked.text
    assert tables_with(folder, AWA) == before, "nothing goes before it is confirmed"
    assert "Forgotten" in (await press(stage, AWA, asked, "Forget everything")).text

    assert tables_with(folder, AWA) == set()
    assert where_it_stands(folder, AWA) == []
    assert tables_with(folder, NEIGHBOUR) == before
    assert where_it_stands(folder, NEIGHBOUR)


async def test_who_keeps_it_is_not_forgotten_and_an_old_button_needs_a_chat_that_is_known(
    kept: tuple[Stage, SqlStore, Path],
) -> None:
    stage, store, folder = kept
    await ask(stage, AWA, "/watch Mali")
    asked = await ask(stage, AWA, "/forget")
    assert "Closed" in (await press(stage, AWA, asked, "Keep it")).text
    assert len(await store.watches_of(AWA)) == 1
    assert where_it_stands(folder, AWA)


async def test_what_came_in_while_a_chat_was_forgotten_goes_with_the_next_round(
    kept: tuple[Stage, SqlStore, Path],
) -> None:
    stage, store, folder = kept
    await store.commit([decision(opened(event(id="event-1")))])
    await ask(stage, AWA, "/watch Mali")
    await store.forget(AWA)
    await store.commit([decision(alerts=(alert(chat_id=AWA),))])
    assert tables_with(folder, AWA) == {"outbox"}
    assert await store.forget_strays() == 1
    assert tables_with(folder, AWA) == set()


async def test_an_export_holds_all_rows_of_the_chat_and_none_of_another(kept: tuple[Stage, SqlStore, Path]) -> None:
    stage, store, folder = kept
    await store.commit([decision(opened(event(id="event-1")))])
    for chat_id in (AWA, NEIGHBOUR):
        await lived_in(stage, store, chat_id)
    handed = await ask(stage, AWA, "/export")
    told = json.loads(handed.document)
    assert set(told) - {"schema"} == tables_with(folder, AWA)
    assert told["chats"][0]["chat"]["brief"]["at"] == "08:00:00"
    assert {row["watch"]["label"] for row in told["watches"]} == {"Mali", "Bamako"}
    assert told["outbox"][0]["severity"] == "severe"
    assert str(NEIGHBOUR) not in handed.document.decode()


async def test_names_and_words_of_people_are_written_nowhere(kept: tuple[Stage, SqlStore, Path]) -> None:
    stage, _, folder = kept
    name, text, user = SECRETS
    await ask(stage, AWA, f"Hello, I am {name}; {text}")
    stage.telegram.send_update(AWA, text=text, **{"from": {
        "id": AWA, "is_bot": False, "first_name": name, "username": user, "language_code": "en"}})  # fmt: skip
    await stage.telegram.next_message(AWA)
    await ask(stage, AWA, f"/watch {name}")
    held = b"".join(file.read_bytes() for file in folder.rglob("*") if file.is_file())
    assert [secret for secret in SECRETS if secret.encode() in held] == []


async def test_privacy_is_told_to_anybody_and_writes_nothing(kept: tuple[Stage, SqlStore, Path]) -> None:
    stage, store, _ = kept
    told = await ask(stage, AWA, "/privacy")
    assert "30 days" in told.text
    assert "28 days" in told.text
    assert "/forget" in told.text
    assert await store.chat(AWA) is None


async def test_in_a_group_only_administrators_export_and_forget(kept: tuple[Stage, SqlStore, Path]) -> None:
    stage, store, _ = kept
    group = -1_001_234_567_890
    await store.save_chat(Chat(id=group, kind=ChatKind.SUPERGROUP, brief=Brief(time(8))))
    for command in ("/export", "/forget"):
        assert "Only administrators" in (await ask(stage, group, command, user_id=5)).text
    assert await store.chat(group) is not None
