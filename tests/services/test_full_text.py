"""Which pages are read, how many at once, and what a site's rules do. The story: tests/stories/test_full_text.py."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import timedelta

import pytest
from builders import assessment, at, item
from service_fakes import HandClock

from bot.model.hazard import Category, Hazard
from bot.model.item import Item
from bot.model.reading import HazardMention, Polarity, Reading, TimeFrame
from bot.model.text import Field, Span
from bot.pipeline import Understanding
from bot.services.full_text import MOST_WAITING, FullText
from bot.services.ports import Fetched, FetchFailed, NotModified, Unreadable, Validators
from bot.services.robots import KEPT_FOR, Robots

LONG = "Gunmen attacked the village of Dogofry before dawn and killed nine herders, the mayor said. " * 5


@dataclass
class Web:
    """Serves the same page everywhere, slowly, and counts; robots.txt as it is told."""

    robots: Fetched | FetchFailed = field(default_factory=lambda: FetchFailed(why="HTTP 404", status=404))
    lands: str = ""
    said: float | Unreadable | None = 0.0
    asked: list[str] = field(default_factory=list)
    at_once: dict[str, int] = field(default_factory=dict)
    most_of_a_host: int = 0
    most: int = 0

    async def fetch(self, url: str, validators: Validators) -> Fetched | NotModified | FetchFailed:
        assert validators == Validators()
        self.asked.append(url)
        if url.endswith("/robots.txt"):
            return self.robots
        host = url.split("/")[2]
        self.at_once[host] = self.at_once.get(host, 0) + 1
        self.most_of_a_host = max(self.most_of_a_host, self.at_once[host])
        self.most = max(self.most, sum(self.at_once.values()))
        await asyncio.sleep(0.01)
        self.at_once[host] -= 1
        return Fetched(body=b"page", content_type="text/html", validators=Validators(), url=self.lands or url)

    async def article(self, page: bytes, url: str) -> str | Unreadable:
        del url
        assert page == b"page"
        return LONG

    async def pause(self, robots: bytes, url: str) -> float | Unreadable | None:
        del robots, url
        return self.said

    @property
    def pages(self) -> list[str]:
        return [url for url in self.asked if not url.endswith("/robots.txt")]


def attack(number: int, host: str = "wire.example", **fields: object) -> Understanding:
    thin = item(f"Gunmen attack village {number}", url=f"https://{host}/{number}", **fields)  # type: ignore[arg-type]
    mention = HazardMention(
        hazard=Hazard.ARMED_ATTACK, category=Category.SECURITY, span=Span(Field.TITLE, 0, 13),
        time_frame=TimeFrame.CURRENT, polarity=Polarity.ASSERTED, phrase="gunmen attack",
    )  # fmt: skip
    return Understanding(thin, Reading(item_id=thin.id, language="en", hazards=(mention,)), (assessment(),))


class Desk:
    """Considers items, and keeps what came of their pages."""

    def __init__(self, web: Web, clock: HandClock | None = None) -> None:
        self.taken: list[Item] = []
        self.unread: list[str] = []
        self.clock = clock or HandClock(at(1))
        self.full_text = FullText(
            allowed=["sahel-wire"], fetcher=web, robots=Robots(web, web, self.clock), reader=web, clock=self.clock,
            take=self._take, on_unread=lambda _, why: self.unread.append(why),
        )  # fmt: skip

    async def _take(self, source_id: str, items: Sequence[Item]) -> None:
        assert source_id == "sahel-wire"
        self.taken += items

    async def read(self, *understood: Understanding) -> None:
        for one in understood:
            self.full_text.consider(one)
        while pages := [task for task in asyncio.all_tasks() if task.get_name().startswith("pages of")]:
            await asyncio.gather(*pages)


async def test_one_page_of_a_host_at_a_time_and_four_in_all_newest_first() -> None:
    web = Web()
    desk = Desk(web)
    await desk.read(*(attack(n, f"host{n % 6}.example") for n in range(30)))
    assert (web.most_of_a_host, web.most, len(desk.taken)) == (1, 4, 30)
    mine = [url for url in web.pages if "host0" in url]
    assert mine[0].endswith("/24")


async def test_a_flood_asks_for_the_newest_pages_alone() -> None:
    web = Web()
    await Desk(web).read(*(attack(n) for n in range(200)))
    assert len(web.pages) == MOST_WAITING
    assert web.pages[0].endswith("/199")


async def test_old_news_has_no_page_read() -> None:
    web = Web()
    await Desk(web).read(attack(1, hours=-30))
    assert web.asked == []


async def test_robots_txt_is_asked_for_once_a_day() -> None:
    web = Web()
    desk = Desk(web)
    await desk.read(attack(1), attack(2))
    assert web.asked.count("https://wire.example/robots.txt") == 1
    desk.clock.turn(seconds=KEPT_FOR.total_seconds())
    await desk.read(attack(3, hours=24))
    assert web.asked.count("https://wire.example/robots.txt") == 2


@pytest.mark.parametrize(("status", "pages"), [(404, 1), (403, 1), (429, 0), (503, 0), (None, 0)])
async def test_no_rules_allow_all_and_rules_that_cannot_be_had_forbid_all(status: int | None, pages: int) -> None:
    web = Web(robots=FetchFailed(why="failed", status=status))
    await Desk(web).read(attack(1))
    assert len(web.pages) == pages


RULES = Fetched(body=b"rules", content_type="text/plain", validators=Validators(), url="")


@pytest.mark.parametrize("said", [None, Unreadable("took longer than 5 s"), 3600.0])
async def test_a_forbidden_page_and_a_site_that_wants_long_pauses_are_left_alone(said: float | None) -> None:
    web = Web(robots=RULES, said=said)
    desk = Desk(web)
    await desk.read(attack(1))
    assert web.pages == []
    assert desk.unread == ["robots.txt forbids it, or cannot be had"]


async def test_a_sites_wish_for_pauses_is_kept() -> None:
    desk = Desk(Web(robots=RULES, said=7.0))
    await desk.read(attack(1), attack(2))
    assert desk.clock.now() - at(1) >= timedelta(seconds=14)


async def test_where_a_link_leads_is_asked_about_too() -> None:
    web = Web(lands="https://elsewhere.example/1")
    desk = Desk(web)
    await desk.read(attack(1))
    assert "https://elsewhere.example/robots.txt" in web.asked
    assert len(desk.taken) == 1


async def test_what_waits_when_the_service_stops_is_let_go() -> None:
    web = Web()
    desk = Desk(web)
    for n in range(5):
        desk.full_text.consider(attack(n))
    await asyncio.sleep(0)
    await desk.full_text.close()
    assert desk.taken == []
