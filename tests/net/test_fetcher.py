import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from itertools import pairwise

import pytest
from builders import MORNING, at, item
from support.feed_server import FeedServer

from bot.net.addresses import AddressGuard
from bot.net.fetcher import HttpFetcher
from bot.net.headers import user_agent
from bot.net.manners import Manners
from bot.services.ports import Fetched, FetchFailed, NotModified, Validators

NONE = Validators()
WIRE = "/sahel.rss"


class StoppedClock:
    def now(self) -> datetime:
        return MORNING

    async def sleep(self, seconds: float) -> None:
        await asyncio.sleep(seconds)


def fetcher_with(*, gap_s: float = 0.0, **options: object) -> HttpFetcher:
    settings: dict[str, object] = {"deadline_s": 5.0, "max_bytes": 200_000} | options
    return HttpFetcher(
        user_agent=user_agent("https://outrider.example", "ops@outrider.example"),
        clock=StoppedClock(),
        guard=AddressGuard(allow_loopback=True),
        manners=Manners(gap_s=gap_s),
        **settings,  # type: ignore[arg-type]  # a test names real options
    )


@pytest.fixture
async def server() -> AsyncIterator[FeedServer]:
    async with FeedServer() as server:
        server.publish(WIRE, [item("Gunfire heard near the airport road")])
        yield server


@pytest.fixture
async def fetcher() -> AsyncIterator[HttpFetcher]:
    fetcher = fetcher_with()
    yield fetcher
    await fetcher.close()


async def fetched(fetcher: HttpFetcher, url: str, validators: Validators = NONE) -> Fetched:
    answer = await fetcher.fetch(url, validators)
    assert isinstance(answer, Fetched), answer
    return answer


async def failed(fetcher: HttpFetcher, url: str, validators: Validators = NONE) -> FetchFailed:
    answer = await fetcher.fetch(url, validators)
    assert isinstance(answer, FetchFailed), answer
    return answer


async def test_a_feed_comes_whole_with_its_type_and_validators(server: FeedServer, fetcher: HttpFetcher) -> None:
    answer = await fetched(fetcher, server.url(WIRE))
    assert b"Gunfire heard near the airport road" in answer.body
    assert answer.content_type == "application/rss+xml"
    assert answer.validators.etag is not None
    assert answer.validators.last_modified is not None


async def test_the_second_request_is_conditional_and_costs_no_body(server: FeedServer, fetcher: HttpFetcher) -> None:
    first = await fetched(fetcher, server.url(WIRE))
    second = await fetcher.fetch(server.url(WIRE), first.validators)
    assert second == NotModified(validators=first.validators)
    headers = server.asked(WIRE)[1].headers
    assert headers["if-none-match"] == first.validators.etag
    assert headers["if-modified-since"] == first.validators.last_modified


async def test_odd_validators_are_echoed_byte_for_byte(server: FeedServer, fetcher: HttpFetcher) -> None:
    odd = Validators(etag='W/"\xe9\xff,  x"', last_modified="yesterday, about noon")
    await fetched(fetcher, server.url(WIRE), odd)
    headers = server.asked(WIRE)[0].headers
    assert headers["if-none-match"] == odd.etag
    assert headers["if-modified-since"] == odd.last_modified


async def test_what_is_new_comes_although_asked_conditionally(server: FeedServer, fetcher: HttpFetcher) -> None:
    first = await fetched(fetcher, server.url(WIRE))
    server.publish(WIRE, [item("The airport road is open again", hours=3)])
    assert b"open again" in (await fetched(fetcher, server.url(WIRE), first.validators)).body


async def test_not_modified_without_having_been_asked_is_a_failure(server: FeedServer, fetcher: HttpFetcher) -> None:
    server.fault(WIRE, "always_304")
    assert "not modified" in (await failed(fetcher, server.url(WIRE))).why


async def test_it_says_who_it_is_and_sends_neither_cookies_nor_a_query(
    server: FeedServer, fetcher: HttpFetcher
) -> None:
    for _ in range(2):
        await fetched(fetcher, server.url(WIRE))
    headers = server.asked(WIRE)[1].headers
    assert headers["user-agent"].startswith("Outrider/")
    assert "(+https://outrider.example; ops@outrider.example)" in headers["user-agent"]
    assert "*/*" in headers["accept"]
    assert "cookie" not in headers


async def test_proxies_of_the_environment_are_not_used(server: FeedServer, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    await fetched(fetcher_with(), server.url(WIRE))


@pytest.mark.parametrize("kind", ["gzip", "deflate"])
async def test_one_layer_of_compression_is_undone(server: FeedServer, fetcher: HttpFetcher, kind: str) -> None:
    server.fault(WIRE, kind)
    assert (await fetched(fetcher, server.url(WIRE))).body.endswith(b"</rss>")


@pytest.mark.parametrize(
    ("kind", "why"),
    [
        ("gzip_twice", "more than once"),
        ("gzip_damaged", "damaged"),
        ("gzip_cut", "cut short"),
        ("gzip_bomb", "larger than 0.2 MB"),
        ("big_body", "larger than 0.2 MB"),
        ("truncated", "cut short"),
        ("brotli_cut", "cut short"),
        ("brotli_damaged", "damaged"),
        ("brotli_bomb", "larger than 0.2 MB"),
        ("reset", "connection broke off"),
        ("close", "closed the connection without an answer"),
        ("bad_status_line", "does not speak proper HTTP"),
        ("chunk_damaged", "does not speak proper HTTP"),
        ("headers_huge", "does not speak proper HTTP"),
        ("gone", "HTTP 410 Gone"),
        ("unavailable", "HTTP 503 Service Unavailable"),
    ],
)
async def test_a_bad_answer_is_a_value_in_plain_words(
    server: FeedServer, fetcher: HttpFetcher, kind: str, why: str
) -> None:
    server.fault(WIRE, kind)
    assert why in (await failed(fetcher, server.url(WIRE))).why


async def test_a_declared_size_over_the_limit_is_refused_before_it_comes(
    server: FeedServer, fetcher: HttpFetcher
) -> None:
    server.fault(WIRE, "big_body", declare=True)
    assert "larger" in (await failed(fetcher, server.url(WIRE))).why


@pytest.mark.parametrize(
    ("kind", "options"), [("hang", {}), ("hang", {"after_headers": True}), ("drip", {"pause_s": 0.05})]
)
async def test_what_never_ends_is_ended_at_the_deadline(
    server: FeedServer, kind: str, options: dict[str, object]
) -> None:
    server.fault(WIRE, kind, **options)
    fetcher = fetcher_with(deadline_s=0.5)
    began = asyncio.get_running_loop().time()
    assert "no whole answer within 0.5 s" in (await failed(fetcher, server.url(WIRE))).why
    assert asyncio.get_running_loop().time() - began < 1.5


async def test_the_deadline_holds_over_all_redirects_together(server: FeedServer) -> None:
    for number in range(4):
        server.fault(f"/{number}", "redirect", to=server.url(f"/{number + 1}"))
    server.fault("/4", "hang")
    fetcher = fetcher_with(deadline_s=0.6)
    began = asyncio.get_running_loop().time()
    await failed(fetcher, server.url("/0"))
    assert asyncio.get_running_loop().time() - began < 1.5


async def test_gone_is_told_apart_from_down(server: FeedServer, fetcher: HttpFetcher) -> None:
    server.fault(WIRE, "gone")
    assert (await failed(fetcher, server.url(WIRE))).gone
    server.fault(WIRE, "unavailable")
    assert not (await failed(fetcher, server.url(WIRE))).gone


async def test_retry_after_is_understood_in_seconds_and_as_a_date(server: FeedServer, fetcher: HttpFetcher) -> None:
    server.fault(WIRE, "unavailable", status="429 Too Many Requests", retry_after=90)
    assert (await failed(fetcher, server.url(WIRE))).retry_after == timedelta(seconds=90)
    date = format_datetime(datetime.now(UTC) + timedelta(minutes=10), usegmt=True)
    server.fault(WIRE, "unavailable", retry_after=date)
    wish = (await failed(fetcher, server.url(WIRE))).retry_after
    assert wish is not None
    assert timedelta(minutes=9) < wish <= timedelta(minutes=10)


async def test_a_wish_of_months_is_cut_to_a_day(server: FeedServer, fetcher: HttpFetcher) -> None:
    server.fault(WIRE, "unavailable", retry_after=9_000_000_000_000)
    assert (await failed(fetcher, server.url(WIRE))).retry_after == timedelta(hours=24)


async def test_redirects_are_followed_to_the_feed_and_the_last_address_is_told(
    server: FeedServer, fetcher: HttpFetcher
) -> None:
    server.fault("/old", "redirect", to="/older?x=1", status="301 Moved Permanently")
    server.fault("/older?x=1", "redirect", to=server.url(WIRE), status="308 Permanent Redirect")
    assert (await fetched(fetcher, server.url("/old"))).url == server.url(WIRE)


async def test_a_redirect_loop_ends(server: FeedServer, fetcher: HttpFetcher) -> None:
    server.fault(WIRE, "redirect", to=server.url(WIRE))
    assert (await failed(fetcher, server.url(WIRE))).why == "more than 5 redirects"
    assert len(server.asked(WIRE)) == 6


@pytest.mark.parametrize("to", ["file:///etc/hostname", "ftp://news.example/feed", "http://[::bad", "gopher:x"])
async def test_a_redirect_off_the_web_is_refused(server: FeedServer, fetcher: HttpFetcher, to: str) -> None:
    server.fault(WIRE, "redirect", to=to)
    assert "the address is" in (await failed(fetcher, server.url(WIRE))).why


@pytest.mark.parametrize(
    "url", ["", "news.example/feed", "http://", "http://0177.0.0.1/", "http://a b/", "http://\ud800/"]
)
async def test_an_address_that_is_none_is_a_failure_not_an_error(fetcher: HttpFetcher, url: str) -> None:
    assert (await failed(fetcher, url)).why


async def test_a_server_that_is_not_there_is_a_failure(fetcher: HttpFetcher) -> None:
    assert "cannot be reached" in (await failed(fetcher, "http://127.0.0.1:9/feed")).why


async def test_one_host_is_asked_one_request_at_a_time_with_a_pause_between(server: FeedServer) -> None:
    server.publish("/mali.rss", [item("Market fire in Sikasso")])
    fetcher = fetcher_with(gap_s=0.15)
    await asyncio.gather(*(fetched(fetcher, server.url(path)) for path in (WIRE, "/mali.rss", WIRE)))
    times = sorted(asked.at for asked in [*server.asked(WIRE), *server.asked("/mali.rss")])
    assert server.most_at_once == 1
    assert min(later - earlier for earlier, later in pairwise(times)) >= 0.14


async def test_a_host_that_hangs_does_not_hold_up_another(server: FeedServer) -> None:
    server.fault("/slow", "hang")
    async with FeedServer("127.0.0.2") as other:
        other.publish(WIRE, [item("Storm closes the port of Toamasina")])
        fetcher = fetcher_with(deadline_s=2.0)
        slow = asyncio.create_task(fetcher.fetch(server.url("/slow"), NONE))
        began = asyncio.get_running_loop().time()
        await fetched(fetcher, other.url(WIRE))
        assert asyncio.get_running_loop().time() - began < 1.0
        slow.cancel()
        await asyncio.gather(slow, return_exceptions=True)


async def test_a_cancelled_fetch_gives_its_turn_back(server: FeedServer, fetcher: HttpFetcher) -> None:
    server.fault("/slow", "hang")
    slow = asyncio.create_task(fetcher.fetch(server.url("/slow"), NONE))
    await asyncio.sleep(0.1)
    slow.cancel()
    await asyncio.gather(slow, return_exceptions=True)
    await fetched(fetcher, server.url(WIRE))


async def test_a_failure_is_over_with_the_next_good_answer(server: FeedServer, fetcher: HttpFetcher) -> None:
    server.publish(WIRE, [item("Curfew in Gao", hours=1)])
    server.fault(WIRE, "reset", times=1)
    await failed(fetcher, server.url(WIRE))
    assert b"Curfew in Gao" in (await fetched(fetcher, server.url(WIRE))).body
    assert at(1) > MORNING


async def test_brotli_is_asked_for_and_undone(server: FeedServer, fetcher: HttpFetcher) -> None:
    server.fault(WIRE, "brotli")
    assert (await fetched(fetcher, server.url(WIRE))).body.endswith(b"</rss>")
    assert "br" in server.asked(WIRE)[0].headers["accept-encoding"].split(", ")


async def test_where_permanent_redirects_alone_led_is_told(server: FeedServer, fetcher: HttpFetcher) -> None:
    for_good, for_now = "301 Moved Permanently", "302 Found"
    server.fault("/a", "redirect", to="/b", status=for_good)
    server.fault("/b", "redirect", to=WIRE, status="308 Permanent Redirect")
    server.fault("/c", "redirect", to="/d", status=for_good)
    server.fault("/d", "redirect", to=WIRE, status=for_now)
    server.fault("/e", "redirect", to="/a", status=for_now)
    moved = [(await fetched(fetcher, server.url(path))).moved_to for path in ("/a", "/c", "/e", WIRE)]
    assert moved == [server.url(WIRE), server.url("/d"), "", ""]


async def test_a_redirect_is_seen_behind_an_answer_without_a_body_too(server: FeedServer, fetcher: HttpFetcher) -> None:
    server.fault("/a", "redirect", to=WIRE, status="301 Moved Permanently")
    first = await fetched(fetcher, server.url("/a"))
    second = await fetcher.fetch(server.url("/a"), first.validators)
    assert isinstance(second, NotModified)
    assert second.moved_to == server.url(WIRE)
