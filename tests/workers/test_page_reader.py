from collections.abc import AsyncIterator

import pytest

from bot.services.ports import Unreadable
from bot.workers.page_reader import WorkerPageReader

URL = "https://wire.example/news/ferry.html"
LINES = [f"The river rose by {n} metres overnight and the ferry of Mopti stayed at its berth." for n in range(2, 8)]


@pytest.fixture
async def reader() -> AsyncIterator[WorkerPageReader]:
    reader = WorkerPageReader()
    yield reader
    await reader.close()


def page(body: str) -> bytes:
    return f"<html><head><title>t</title></head><body>{body}</body></html>".encode()


async def test_the_main_text_comes_out_without_menus_and_footers(reader: WorkerPageReader) -> None:
    body = f"<nav><a href='/s'>Sport</a></nav><article>{''.join(f'<p>{line}</p>' for line in LINES)}</article>"
    words = await reader.article(page(f"{body}<footer>Subscribe to our newsletter</footer>"), URL)
    assert isinstance(words, str)
    assert words.splitlines() == LINES


@pytest.mark.parametrize("body", [b"", b"%PDF-1.7 \x00\x01", b"\xff\xfe\x00", page("<p></p>"), b"<" * 100_000])
async def test_what_is_no_page_is_a_value(reader: WorkerPageReader, body: bytes) -> None:
    assert isinstance(await reader.article(body, URL), Unreadable)


async def test_a_page_that_takes_too_long_costs_only_itself() -> None:
    reader = WorkerPageReader(deadline_s=3)
    await reader.pause(b"", URL)
    await reader.article(page("<p>warm</p>"), URL)
    answer = await reader.article(page("<div>" * 150_000 + "x" + "<p>y</p>" * 60_000), URL)
    assert isinstance(answer, str | Unreadable)
    assert await reader.pause(b"User-agent: *\nDisallow: /private", URL) == 0
    await reader.close()


@pytest.mark.parametrize(
    ("robots", "pause"),
    [
        (b"", 0),
        (b"User-agent: *\nDisallow: /", None),
        (b"User-agent: *\nDisallow: /\n\nUser-agent: outrider\nDisallow: /print/", 0),
        (b"User-agent: *\nDisallow: /news/\nAllow: /news/*.html$", 0),
        (b"User-agent: *\nDisallow: /*.html$", None),
        (b"User-agent: *\nCrawl-delay: 7", 7),
        (b"User-agent: OtherBot\nDisallow: /", 0),
        (b"\xff\xfe garbage", 0),
    ],
)
async def test_robots_txt_is_read_as_rfc_9309_says(reader: WorkerPageReader, robots: bytes, pause: float) -> None:
    assert await reader.pause(robots, URL) == pause
