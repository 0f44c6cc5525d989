"""How long a reply takes when very many chats are in the store. Run: python -m benchmarks commands.

A hundred thousand chats with three watches each, two alerts told to each, and five hundred events of the last days;
thirty more chats have a few watches and a trip, and ask. What is measured is from the update in the emulator of
Telegram to the answer there: the application of the service, its store in a SQLite file, and the emulator itself, all
in this process, so that its processor time is of them all. OUTRIDER_BENCH_WATCHES=3000 asks for less.
"""

import asyncio
import os
import sys
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from random import Random
from time import perf_counter, process_time

from bot.gazetteer import Gazetteer
from bot.model.alert import Alert, AlertReason, Delivery
from bot.model.assessment import Severity
from bot.model.event import Event, EventChange
from bot.model.hazard import Hazard
from bot.model.item import Source, SourceKind
from bot.model.place import Place
from bot.model.watch import Match, Watch, WatchKind
from bot.services.ports import Decision
from bot.storage import tables
from bot.storage.store import SqlStore

sys.path.insert(0, str(Path(__file__).resolve().parent))
sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests"))
from service_fakes import HandClock
from support.service import service
from support.telegram_emulator import TelegramEmulator
from watchers import NOW, PART, PER_CHAT, _change, _fill, _insert, _spread, _towns

SIZE = "300000"
ASKERS, FIRST = 30, 9_000_001
TOLD = 2  # alerts a chat
COUNTRIES = ("ML", "NE", "BF", "NG", "UA", "LB", "NP", "FR", "MX", "PH")
EVENTS = 50  # of each country
AGES = timedelta(hours=60)
HAZARDS = (Hazard.ARMED_ATTACK, Hazard.FLOOD, Hazard.STORM, Hazard.COUP)
SEVERITIES = (Severity.MINOR, Severity.MODERATE, Severity.SEVERE, Severity.EXTREME)
MADE = ("/watch Mali", "/watch Timbuktu", "/watch Niger", "/watch Kathmandu", "/trip Mopti 20-28 Mar")
ASKED = ("/watches", "/watch Bamako", "/settings", "/trips", "/risk Mali", "/latest", "/missed", "/status")
PAUSE_S = 1.2  # between two messages to one chat, which the pacer holds a second apart


def rows() -> Iterator[tuple[str, str]]:
    """Give what was measured, one (what, figure) a line."""
    yield from asyncio.run(_rows(int(os.environ.get("OUTRIDER_BENCH_WATCHES", SIZE).split(",")[0])))


async def _rows(size: int) -> list[tuple[str, str]]:
    with tempfile.TemporaryDirectory() as named:
        folder = Path(named)
        begun = perf_counter()
        async with SqlStore.open(f"sqlite+aiosqlite:///{folder / 'outrider.sqlite3'}", "me", migrate=True) as store:
            dice = Random(5)  # noqa: S311 - the same world at every run
            await _fill(store, _towns(dice), size, dice)
            events = _events(dice)
            for event in events:
                await store.commit([Decision(item=None, changes=(_opened(event),), alerts=(), at=event.first_seen_at)])
            await _tell(store, events, range(1, size + 1, PER_CHAT))
        built = perf_counter() - begun
        file = (folder / "outrider.sqlite3").stat().st_size / 1e6
        async with TelegramEmulator() as telegram, service(folder, telegram, [_source()], HandClock(NOW)):
            for text in MADE:
                await _ask(telegram, text)
            asked = [(f"    {text}", await _ask(telegram, text)) for text in ASKED]
    return [(f"{size // PER_CHAT:,} chats, {size:,} watches: written", f"{built:.0f} s, {file:,.0f} MB"), *asked]


async def _ask(telegram: TelegramEmulator, text: str) -> str:
    """Let each of the chats write this, one after the other; say how long the answers took."""
    await asyncio.sleep(PAUSE_S)
    taken, worked, letters = [], [], 0
    for chat_id in range(FIRST, FIRST + ASKERS):
        begun, used = perf_counter(), process_time()
        telegram.say(chat_id, text)
        letters = len((await telegram.next_message(chat_id, within=60)).text)
        taken.append(1000 * (perf_counter() - begun))
        worked.append(1000 * (process_time() - used))
    return f"{_spread(taken)} (processor {_spread(worked)}); {letters:,} letters"


async def _tell(store: SqlStore, events: Sequence[Event], chats: Sequence[int]) -> None:
    """Write down that chats were told of events, straight into the table, as `_fill` does with watches."""
    numbered = [(chat_id, events[(chat_id + turn) % len(events)]) for chat_id in chats for turn in range(TOLD)]
    for start in range(0, len(numbered), PART):
        part = enumerate(numbered[start : start + PART], start + 1)
        values = [_told(number, chat_id, event) for number, (chat_id, event) in part]
        async with store._database.writing() as connection:  # noqa: SLF001 - see there
            await _insert(connection, tables.outbox, values)


def _told(number: int, chat_id: int, event: Event) -> dict[str, object]:
    at = event.first_seen_at
    alert = Alert(
        key=f"{chat_id}:{event.id}:first", chat_id=chat_id, event_id=event.id, event_version=1,
        reason=AlertReason.FIRST, severity=event.severity, silent=False, created_at=at,
        expires_at=at + timedelta(hours=24), match=_match(chat_id, event),
    )  # fmt: skip
    return {
        "id": number, "key": alert.key, "chat_id": chat_id, "event_id": event.id, "event_version": 1,
        "reason": alert.reason, "severity": alert.severity, "alert": alert, "state": Delivery.SENT, "next_at": at,
        "expires_at": alert.expires_at, "attempt": 1, "ambiguous": 0, "message_id": number, "why": "",
        "created_at": at, "settled_at": at, "turn": 0,
    }  # fmt: skip


def _match(chat_id: int, event: Event) -> Match:
    place = event.place
    watch = Watch(id=1, chat_id=chat_id, kind=WatchKind.PLACE, area=(place,), label=place.name)
    return Match(watch=watch, why="inside", place=place)


def _events(dice: Random) -> list[Event]:
    """Return events of the last days in real towns; a tenth of them in the country that is asked about."""
    book = Gazetteer.open()
    return [
        _event(f"event-{code}-{number}", town, dice)
        for code in COUNTRIES
        for number, town in enumerate(dice.choices(_cities(book, code), k=EVENTS))
    ]


def _cities(book: Gazetteer, code: str) -> list[Place]:
    country = book.country(code)
    assert country is not None
    return [town for town in book.cities_near(country.point, 600, 20_000) if town.country == code]


def _event(event_id: str, town: Place, dice: Random) -> Event:
    at = NOW - AGES * dice.random()
    event = _change(town, dice.choice(SEVERITIES), dice.choice(HAZARDS)).after
    return replace(event, id=event_id, first_seen_at=at, last_seen_at=at)


def _opened(event: Event) -> EventChange:
    return replace(_change(event.place, event.severity), after=event, at=event.first_seen_at, cause=None)


def _source() -> Source:
    return Source(
        id="wire", name="Wire", url="http://127.0.0.1:9/news.rss", regions=("ML",), kind=SourceKind.NEWS,
        owner_group="wire",
    )  # fmt: skip


if __name__ == "__main__":
    for what, figure in rows():
        print(f"{what:60} {figure}", flush=True)
