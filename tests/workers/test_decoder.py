from collections.abc import AsyncIterator

import pytest
from support.feed_builders import NOW, rss, source

from bot.feeds import decode
from bot.services.ports import Fetched, Unreadable, Validators
from bot.workers.decoder import WorkerDecoder


def fetched(body: bytes) -> Fetched:
    return Fetched(body=body, content_type="application/rss+xml", validators=Validators(), url="https://wire.example/")


@pytest.fixture
async def decoder() -> AsyncIterator[WorkerDecoder]:
    decoder = WorkerDecoder()
    yield decoder
    await decoder.close()


GOOD = rss("<guid>1</guid><title>Landslide blocks the road to Bujumbura</title>")


async def test_items_come_back_as_if_decoded_here(decoder: WorkerDecoder) -> None:
    assert await decoder.decode(source(), fetched(GOOD), NOW) == decode(source(), GOOD, "", NOW)


@pytest.mark.parametrize(
    ("body", "why"),
    [
        (b"<html><body>Access denied</body></html>", "an HTML page instead of a feed"),
        (b"", "an empty answer"),
        (b'<!DOCTYPE rss [<!ENTITY a "b">]><rss/>', "an entity declaration, which a feed never needs"),
    ],
)
async def test_what_is_refused_is_a_value_in_plain_words(decoder: WorkerDecoder, body: bytes, why: str) -> None:
    assert await decoder.decode(source(), fetched(body), NOW) == Unreadable(why)


async def test_a_body_that_no_parser_gets_through_costs_only_itself() -> None:
    decoder = WorkerDecoder(deadline_s=1.0)
    await decoder.start()
    many = b"".join(
        b"<item><guid>%d</guid><title>n %d</title><pubDate>x</pubDate></item>" % (n, n) for n in range(60_000)
    )
    answer = await decoder.decode(source(), fetched(b'<rss version="2.0"><channel>' + many + b"</channel></rss>"), NOW)
    assert answer == Unreadable("took longer than 1 s")
    assert await decoder.decode(source(), fetched(GOOD), NOW) == decode(source(), GOOD, "", NOW)
    await decoder.close()
