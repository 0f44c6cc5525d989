from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import time, timedelta

import pytest
from builders import BAMAKO, MALI, NIGER, at, chat, watch
from service_fakes import HandClock, ListeningChats

from bot.model.alert import TryLater
from bot.model.item import Source
from bot.model.watch import QuietHours
from bot.services.coverage import Coverage, blind
from bot.services.ports import SourceState
from bot.storage.store import SqlStore

RADIO = Source(id="radio", name="Radio", url="https://radio.example/rss", regions=("ML",))
PAPER = Source(id="paper", name="Paper", url="https://paper.example/rss", regions=("ML", "NE"))
WORLD = Source(id="world", name="World", url="https://world.example/rss")
WORKS = SourceState(source_id="x", last_success_at=at(0))


def down(hours: float) -> SourceState:
    return SourceState(source_id="x", failing="HTTP 503", failing_since=at(hours), failures=9)


@pytest.fixture
async def store() -> AsyncIterator[SqlStore]:
    async with SqlStore.open("sqlite+aiosqlite://", "test", migrate=True) as opened:
        for number, place in ((1, MALI), (2, BAMAKO), (3, NIGER)):
            await opened.save_chat(chat(number, language="fr" if number == 2 else "en"))
            await opened.add_watch(watch(place, chat_id=number))
        yield opened


def test_a_country_is_lost_when_the_last_source_about_it_is_down() -> None:
    sources = (RADIO, PAPER, WORLD)
    assert blind(sources, {"radio": down(0), "paper": WORKS, "world": WORKS}, at(3)) == {}
    assert blind(sources, {"radio": down(0), "paper": down(1), "world": WORKS}, at(3)) == {"ML": at(1), "NE": at(1)}


def test_a_source_that_was_not_polled_yet_is_no_loss() -> None:
    assert blind((RADIO, PAPER), {"radio": down(0)}, at(3)) == {}


async def test_who_watches_the_country_or_a_town_of_it_is_told_once_and_once_when_it_is_over(store: SqlStore) -> None:
    chats, clock = ListeningChats(), HandClock(at(1))
    for lost in ({"ML": at(0)}, {"ML": at(0)}, {}, {}):
        await Coverage(store=store, sender=chats, clock=clock).look(lost)
        clock.turn(minutes=1)
    assert [number for number, _ in chats.sent] == [1, 2, 1, 2]
    first, second = chats.to(1)
    assert first.plain.startswith("No working source for Mali since 17 Sep, 07:00 UTC.")
    assert second.plain.startswith("Sources for Mali work again.")
    assert first.silent
    assert chats.to(2)[0].plain.startswith("Aucune source ne fonctionne pour ce pays depuis")


async def test_in_quiet_hours_a_notice_waits_and_is_dropped_when_it_is_over_by_morning(store: SqlStore) -> None:
    asleep = QuietHours(time(6), time(9))
    await store.save_chat(replace(chat(1), quiet=asleep))
    chats, clock = ListeningChats(), HandClock(at(0))
    coverage = Coverage(store=store, sender=chats, clock=clock)
    await coverage.look({"ML": at(0)})
    assert chats.to(1) == []
    clock.turn(hours=3)
    await coverage.look({"ML": at(0)})
    assert len(chats.to(1)) == 1
    await coverage.look({"NE": at(0)})
    assert len(chats.to(3)) == 1


async def test_what_the_messenger_puts_off_is_told_at_the_next_look(store: SqlStore) -> None:
    chats = ListeningChats(TryLater(at(2), "slow down"))
    coverage = Coverage(store=store, sender=chats, clock=HandClock(at(1)))
    assert await coverage.look({"NE": at(0)}) == 0
    assert await coverage.look({"NE": at(0)}) == 1
    assert await coverage.look({"NE": at(0)}) == 0


async def test_a_country_lost_again_is_told_again(store: SqlStore) -> None:
    chats = ListeningChats()
    coverage = Coverage(store=store, sender=chats, clock=HandClock(at(1)))
    for lost in ({"NE": at(0)}, {}, {"NE": at(0) + timedelta(hours=1)}):
        await coverage.look(lost)
    assert len(chats.to(3)) == 3
