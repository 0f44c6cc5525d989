"""Plays the recorded day: its feeds over HTTP, the real worker between, the alerts in the terminal."""

import asyncio
import sys
import time
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from bot.app.build import Ears, House, open_house
from bot.app.config import Tuning
from bot.app.demo.day import Day, DayItem, load_day
from bot.app.demo.feeds import DayFeeds
from bot.app.folders import packaged_config
from bot.app.settings import Settings
from bot.app.terminal import TerminalSender
from bot.model.alert import Outcome
from bot.model.item import Source
from bot.model.watch import Chat, ChatKind
from bot.services.ports import Claimed, SourceState

ALICE, BORIS, CHLOE, DAVID = 1, 2, 3, 4
CHATS = (
    (Chat(id=ALICE, kind=ChatKind.TERMINAL, language="en", timezone="Europe/London"), ("Mali",), None),
    (Chat(id=BORIS, kind=ChatKind.TERMINAL, language="en", timezone="Africa/Bamako"), ("Bamako",), 50.0),
    (Chat(id=CHLOE, kind=ChatKind.TERMINAL, language="fr", timezone="Europe/Paris"), ("BKO",), None),
    (Chat(id=DAVID, kind=ChatKind.TERMINAL, timezone="UTC"), ("Niger", "Burkina Faso", "France", "Russia"), None),
)
# Boris is told what Alice is told: of his messages the demo shows the first line.
LABELS = {
    ALICE: "Alice watches Mali",
    BORIS: "Boris watches Bamako and 50 km around",
    CHLOE: "Chloé surveille l'aéroport BKO",
    DAVID: "David watches Niger, Burkina Faso, France and Russia",
}


class DayClock:
    """A clock turned by hand to the time of each item."""

    def __init__(self, start: datetime) -> None:
        self._now = start

    def turn_to(self, moment: datetime) -> None:
        """Set the time of day."""
        self._now = moment

    def now(self) -> datetime:
        """Return the day's time."""
        return self._now

    async def sleep(self, seconds: float) -> None:
        """Wait for real: only the day's time is made."""
        await asyncio.sleep(seconds)


def run_demo() -> int:
    """Play the day in a temporary folder; return 0, or 1 where a source or an item failed."""
    with TemporaryDirectory(prefix="outrider-demo-", ignore_cleanup_errors=True) as folder:
        return asyncio.run(_play(load_day(), Path(folder)))


async def _play(day: Day, folder: Path) -> int:
    started = time.monotonic()
    settings = Settings(
        _env_file=None,
        data_dir=folder,
        database_url=f"sqlite+aiosqlite:///{folder / 'demo.sqlite3'}",
        config_dir=packaged_config(),
        allow_hosts="127.0.0.1",
        telegram_token=None,
    )
    clock = DayClock(day.items[0].at - timedelta(minutes=10))
    messages: dict[int, int] = dict.fromkeys(LABELS, 0)

    def count(claimed: Claimed, _: Outcome) -> None:
        messages[claimed.chat.id] += 1

    print("A recorded day: Bamako, 17 September 2024. Seven sources, fourteen items, four chats.\n", flush=True)
    async with (
        DayFeeds(day.sources).serving() as feeds,
        open_house(
            settings,
            Tuning(),
            tuple(source.at(feeds.url) for source in day.sources),
            sender=TerminalSender(labels=LABELS, brief=frozenset({BORIS})),
            clock=clock,
            ears=Ears(on_outcome=count),
            host_gap=timedelta(0),
        ) as house,
    ):
        await _subscribe(house)
        player = _Player(house, feeds, clock)
        for number, item in enumerate(day.items, start=1):
            await player.play(item, number, len(day.items))
    return _close(messages, player.failures, time.monotonic() - started)


async def _subscribe(house: House) -> None:
    for chat, places, radius in CHATS:
        await house.store.save_chat(chat)
        for name in places:
            place = house.gazetteer.search(name, limit=1)[0]
            await house.subscriptions.watch(chat.id, place, radius)


class _Player:
    """Publishes an item, turns the clock, polls every source as the service does, and delivers."""

    def __init__(self, house: House, feeds: DayFeeds, clock: DayClock) -> None:
        self._house, self._feeds, self._clock = house, feeds, clock
        self._states = {source.id: SourceState(source_id=source.id) for source in house.sources}
        self.failures: list[str] = []

    async def play(self, item: DayItem, number: int, of: int) -> None:
        self._feeds.publish(item)
        self._clock.turn_to(item.at + timedelta(seconds=40))
        outlet = next(source.name for source in self._house.sources if source.id == item.source)
        print(f"[{number:>2}/{of}] {item.at:%H:%M} UTC  {outlet}: {item.title}", flush=True)
        changes = sum([await self._poll(source) for source in self._house.sources])
        settled = await self._house.deliver.sweep()
        if not settled:
            print("        " + ("(joined its event; nothing to tell)" if changes else "(nothing to alert)"), flush=True)

    async def _poll(self, source: Source) -> int:
        polled, state = await self._house.ingest.poll(source, self._states[source.id])
        self._states[source.id] = replace(state, next_at=None)
        if polled.failing or polled.unreadable:
            self.failures.append(f"{source.name}: {polled.failing or 'an item could not be read'}")
        return polled.changes


def _close(messages: dict[int, int], failures: list[str], seconds: float) -> int:
    told = "; ".join(f"{LABELS[chat]}: {number or 'nothing, as it should be'}" for chat, number in messages.items())
    print(f"\nMessages and edits. {told}.\nPlayed in {seconds:.1f} s.", flush=True)
    for failure in failures:
        print(failure, file=sys.stderr)
    return 1 if failures else 0
