"""A thin item gets its place and toll from the page behind it, and nobody waits for that page."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from builders import at, item
from service_fakes import HandClock
from support.feed_server import FeedServer
from support.service import service
from support.telegram_emulator import Shown, TelegramEmulator

from bot.app.build import House
from bot.model.item import Source
from bot.services.ports import SourceState

ADA = 7
FEED, PAGE, ROBOTS = "/wire.rss", "/monday-market.html", "/robots.txt"
THIN = "Suicide bombing at crowded market, witnesses say"
FIRST = "A suicide bomber killed at least 14 people at the Monday Market in Maiduguri on Tuesday morning, police said."
FILLER = "Stalls were burning when the first ambulances came, and traders carried their neighbours out on handcarts."


def page(first: str = FIRST, title: str = THIN) -> bytes:
    words = "".join(f"<p>{line}</p>" for line in (first, f"{FILLER} The market was closed.", FILLER.replace("S", "s")))
    menu = "<nav><ul><li><a href='/sport'>Sport</a></li><li><a href='/paris'>Paris</a></li></ul></nav>"
    return (
        f"<!doctype html><html lang='en'><head><title>{title}</title></head><body>{menu}"
        f"<article><h1>{title}</h1>{words}</article><footer>All rights reserved.</footer></body></html>"
    ).encode()


@dataclass
class Stage:
    telegram: TelegramEmulator
    feeds: FeedServer
    house: House

    async def publish(self, title: str, text: str = "", *, fulltext: bool = True) -> None:
        self.feeds.publish(FEED, [item(title, text, url=self.feeds.url(PAGE))])
        (source,) = self.house.sources
        assert source.fulltext is fulltext
        polled, _ = await self.house.ingest.poll(source, SourceState(source_id=source.id, last_success_at=at(-1)))
        assert (polled.failing, polled.new_items) == (None, 1)
        await self.house.deliver.sweep()

    async def read(self) -> None:
        """Wait until nothing of the page is under way, and deliver what came of it."""
        async with asyncio.timeout(30):
            while pages := [task for task in asyncio.all_tasks() if task.get_name().startswith("pages of")]:
                await asyncio.gather(*pages)
        await self.house.deliver.sweep()

    def told(self) -> list[Shown]:
        return [shown for shown in self.telegram.in_chat(ADA) if shown.links]


@pytest.fixture
def allowed() -> bool:
    return True


@pytest.fixture
async def stage(tmp_path: Path, allowed: bool) -> AsyncIterator[Stage]:  # noqa: FBT001 - a fixture
    async with TelegramEmulator() as telegram, FeedServer() as feeds:
        wire = Source(id="sahel-wire", name="Sahel Wire", url=feeds.url(FEED), languages=("en",), fulltext=allowed)
        async with service(tmp_path, telegram, [wire], HandClock(at(0.1))) as house:
            for wish in ("/start", "/watch Nigeria", "/watch Lebanon"):
                telegram.say(ADA, wish)
                await telegram.next_message(ADA)
            feeds.serve(PAGE, page(), "text/html; charset=utf-8")
            yield Stage(telegram, feeds, house)


async def test_place_and_toll_come_from_the_page_and_not_a_sentence_of_it_is_shown(stage: Stage) -> None:
    await stage.publish(THIN)
    assert stage.told() == []
    await stage.read()
    (alert,) = stage.told()
    assert "Maiduguri" in alert.text
    assert "14" in alert.text
    assert THIN in alert.text
    assert "Sahel Wire" in alert.text
    assert stage.feeds.url(PAGE) in alert.links
    assert not any(words in alert.text for words in ("handcarts", "Monday Market", "All rights"))


async def test_the_page_is_asked_for_once_and_the_feed_shown_again_takes_nothing_back(stage: Stage) -> None:
    await stage.publish(THIN)
    await stage.read()
    (source,) = stage.house.sources
    polled, _ = await stage.house.ingest.poll(source, SourceState(source_id=source.id, last_success_at=at(0)))
    await stage.read()
    assert (polled.new_items, len(stage.feeds.asked(PAGE)), len(stage.told())) == (0, 1, 1)


async def test_a_grave_headline_waits_for_no_page_and_the_page_is_its_update(stage: Stage) -> None:
    grave, deaths = (
        "Massive explosion devastates port of Beirut",
        "The explosion at the port of Beirut killed 60 people.",
    )
    stage.feeds.serve(PAGE, page(deaths, grave), "text/html")
    stage.feeds.fault(PAGE, "late", before_s=1.5)
    await stage.publish(grave)
    (alert,) = stage.told()
    assert "Beirut" in alert.text
    assert "60" not in alert.text
    await stage.read()
    assert {shown.reply_to for shown in stage.told()[1:]} <= {alert.message_id}
    assert any("60" in shown.text for shown in stage.told())


async def test_what_robots_txt_forbids_is_not_read(stage: Stage) -> None:
    stage.feeds.serve(ROBOTS, b"User-agent: *\nAllow: /\n\nUser-agent: Outrider\nDisallow: /*.html$\n", "text/plain")
    await stage.publish(THIN)
    await stage.read()
    assert (len(stage.feeds.asked(ROBOTS)), stage.feeds.asked(PAGE), stage.told()) == (1, [], [])


async def test_a_site_whose_robots_txt_cannot_be_had_is_left_alone(stage: Stage) -> None:
    stage.feeds.fault(ROBOTS, "unavailable")
    await stage.publish(THIN)
    await stage.read()
    assert stage.feeds.asked(PAGE) == []


@pytest.mark.parametrize("title", ["Minister opens new stadium before the cup", "Local elections: what to know"])
async def test_the_page_of_a_harmless_headline_is_never_asked_for(stage: Stage, title: str) -> None:
    await stage.publish(title)
    await stage.read()
    assert stage.feeds.asked(ROBOTS) + stage.feeds.asked(PAGE) == []


async def test_a_full_summary_needs_no_page(stage: Stage) -> None:
    await stage.publish(THIN, f"{FIRST} {FILLER} {FILLER}")
    await stage.read()
    assert stage.feeds.asked(PAGE) == []
    assert len(stage.told()) == 1


@pytest.mark.parametrize("allowed", [False])
async def test_no_page_of_a_source_that_does_not_allow_it_is_read(stage: Stage) -> None:
    await stage.publish(THIN, fulltext=False)
    await stage.read()
    assert stage.feeds.asked(ROBOTS) + stage.feeds.asked(PAGE) == []


@pytest.mark.parametrize("kind", ["gzip_bomb", "big_body", "reset", "gone", "empty", "bad_status_line"])
async def test_a_bad_page_costs_only_itself(stage: Stage, kind: str) -> None:
    stage.feeds.fault(PAGE, kind)
    await stage.publish(THIN)
    await stage.read()
    assert stage.told() == []
    assert len(stage.feeds.asked(PAGE)) == 1
