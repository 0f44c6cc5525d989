"""What the jobs ask when: the feeds of a country where something severe goes on come first."""

import asyncio
from datetime import timedelta
from pathlib import Path

from apscheduler.schedulers.asyncio import AsyncIOScheduler
from builders import GAO, at, chat, event, item
from contract.outbox_builders import decision, opened
from service_fakes import HandClock
from support.feed_server import FeedServer
from support.push_server import until
from support.service import service
from support.telegram_emulator import TelegramEmulator

from bot.app.jobs import Jobs
from bot.app.logs import configure_logs
from bot.app.watching import new_metrics
from bot.model.assessment import Severity
from bot.model.item import Source

EVERY = timedelta(minutes=10)


async def test_feeds_about_a_country_with_an_open_severe_event_are_asked_sooner(tmp_path: Path) -> None:
    clock = HandClock(at(0))
    async with TelegramEmulator() as telegram, FeedServer() as feeds:
        regions = {"/mali.rss": ("ML",), "/niger.rss": ("NE",), "/world.rss": ()}
        for path in regions:
            feeds.publish(path, [item("The cabinet met")])
        sources = [
            Source(id=path[1:-4], name=path, url=feeds.url(path), regions=about, every=EVERY)
            for path, about in regions.items()
        ]
        async with service(tmp_path, telegram, sources, clock) as house:
            jobs = Jobs(house, configure_logs(level="error", as_json=False), new_metrics())
            scheduler = AsyncIOScheduler(timezone="UTC")
            await jobs.start(scheduler)
            scheduler.pause()
            clock.turn(minutes=2)
            await jobs.poll_due()
            await until(lambda: all(state.last_success_at is not None for state in jobs.states().values()))

            async def asked_after(minutes: float) -> list[int]:
                clock.turn(minutes=minutes)
                await jobs.look_round()
                await jobs.poll_due()
                await asyncio.sleep(0.3)
                return [len(feeds.asked(path)) for path in regions]

            assert await asked_after(3) == [1, 1, 1]
            await house.store.commit([decision(opened(event(GAO, severity=Severity.SEVERE, last_seen_at=clock.now())))])
            assert await asked_after(0) == [2, 1, 1]
            assert await asked_after(1) == [2, 1, 1], "never more than five times as often as the catalogue wishes"
            assert await asked_after(1.5) == [3, 1, 1]
            await jobs.stop()
            scheduler.shutdown(wait=False)


async def test_a_notice_to_all_chats_goes_out_by_the_jobs_and_what_a_stop_leaves_by_those_of_the_next_start(
    tmp_path: Path,
) -> None:
    clock = HandClock(at(0))
    log = configure_logs(level="error", as_json=False)
    async with TelegramEmulator() as telegram:
        async with service(tmp_path, telegram, [], clock) as house:
            for number in range(1, 4):
                await house.store.save_chat(chat(number))
            name, _ = await house.broadcast.draft("We move house on Sunday.")
            await house.broadcast.confirm(name)
            jobs = Jobs(house, log, new_metrics())
            await jobs.broadcast_due()
            await jobs.stop()
        assert len(telegram.messages) <= 1, "it goes on with no other chat once the process is ending"
        async with service(tmp_path, telegram, [], clock) as house:
            jobs = Jobs(house, log, new_metrics())
            await jobs.broadcast_due()
            await until(lambda: len(telegram.messages) == 3)
            await jobs.stop()
    assert sorted(one.chat_id for one in telegram.messages) == [1, 2, 3]
