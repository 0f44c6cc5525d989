import httpcore
import pytest
from support.feed_server import FeedServer
from support.inward import INWARD

from bot.net.addresses import AddressGuard, AddressRefused, _system_resolve, is_public
from bot.net.fetcher import HttpFetcher
from bot.services.ports import FetchFailed, Validators


class AnyClock:
    def now(self) -> None: ...

    async def sleep(self, seconds: float) -> None: ...


def fetcher_behind(guard: AddressGuard) -> HttpFetcher:
    return HttpFetcher(user_agent="Outrider", clock=AnyClock(), guard=guard, deadline_s=3)  # type: ignore[arg-type]


@pytest.mark.parametrize("url", INWARD)
async def test_nothing_inside_is_connected_to(url: str, connects: list[object]) -> None:
    answer = await fetcher_behind(AddressGuard()).fetch(url, Validators())
    assert isinstance(answer, FetchFailed)
    assert connects == []


@pytest.mark.parametrize("url", INWARD)
async def test_no_redirect_leads_inside(url: str, connects: list[object]) -> None:
    async with FeedServer() as server:
        server.fault("/feed", "redirect", to=url)
        guard = AddressGuard(allow_hosts=["feeds.example"], resolve=_names({"feeds.example": ["127.0.0.1"]}))
        answer = await fetcher_behind(guard).fetch(f"http://feeds.example:{server.port}/feed", Validators())
    assert isinstance(answer, FetchFailed)
    assert [address for address in connects if address != ("127.0.0.1", server.port)] == []


async def test_a_name_is_looked_up_once_so_it_cannot_change_its_mind(connects: list[object]) -> None:
    answers = iter([["127.0.0.1"], ["10.0.0.1"]])
    asked: list[str] = []

    async def resolve(host: str, _: int) -> list[str]:
        asked.append(host)
        return next(answers)

    async with FeedServer() as server:
        server.serve("/feed", b"<rss></rss>")
        guard = AddressGuard(allow_loopback=True, resolve=resolve)
        await fetcher_behind(guard).fetch(f"http://feeds.example:{server.port}/feed", Validators())
        assert connects == [("127.0.0.1", server.port)]
        assert server.asked("/feed")[0].headers["host"] == f"feeds.example:{server.port}"
    assert asked == ["feeds.example"]


async def test_of_several_addresses_only_public_ones_are_taken() -> None:
    guard = AddressGuard(resolve=_names({"mixed.example": ["10.0.0.1", "8.8.8.8", "fe80::1%eth0"]}))
    assert await guard.addresses("mixed.example", 443) == ["8.8.8.8"]


@pytest.mark.parametrize("port", [22, 25, 6379, 8080])
async def test_other_ports_than_the_webs_are_refused(port: int) -> None:
    guard = AddressGuard(resolve=_names({"news.example": ["8.8.8.8"]}))
    with pytest.raises(AddressRefused, match="no web port"):
        await guard.addresses("news.example", port)


async def test_a_host_of_the_operators_own_network_can_be_allowed_by_name() -> None:
    guard = AddressGuard(allow_hosts=["Bridge.internal"], resolve=_names({"bridge.internal": ["10.0.0.7"]}))
    assert await guard.addresses("bridge.internal", 1200) == ["10.0.0.7"]


async def test_allowing_loopback_allows_nothing_else_inside() -> None:
    guard = AddressGuard(allow_loopback=True, resolve=_names({"a.example": ["127.0.0.3"], "b.example": ["10.0.0.1"]}))
    assert await guard.addresses("a.example", 8080) == ["127.0.0.3"]
    with pytest.raises(AddressRefused, match="private network"):
        await guard.addresses("b.example", 443)


async def test_a_name_that_nobody_knows_is_a_connection_error() -> None:
    with pytest.raises(httpcore.ConnectError):
        await AddressGuard().addresses("no-such-host.invalid", 443)


@pytest.mark.parametrize("address", ["8.8.8.8", "2606:4700::1111", "64:ff9b::808:808", "2002:808:808::1"])
def test_public_addresses_are_public_whatever_their_dress(address: str) -> None:
    assert is_public(address)


@pytest.mark.parametrize(
    "address",
    ["192.0.2.1", "198.18.0.1", "240.0.0.1", "255.255.255.255", "2001:db8::1", "::127.0.0.1", "fec0::1",
     "64:ff9b:1::7f00:1", "64:ff9b::a00:1", "2002:a00:1::", "::ffff:10.0.0.1", "100::1", "fc00::1"],
)  # fmt: skip
def test_special_addresses_are_not_public(address: str) -> None:
    assert not is_public(address)


def _names(book: dict[str, list[str]]):  # noqa: ANN202 - a resolver over a little book of names
    async def resolve(host: str, port: int) -> list[str]:
        return book.get(host.lower()) or await _system_resolve(host, port)

    return resolve
