import socket
from collections.abc import Mapping

import httpx
import pytest

from bot.web.health import Pages, serving


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as probe:
        number: int = probe.getsockname()[1]
        return number


async def get(port: int, page: str) -> httpx.Response:
    async with httpx.AsyncClient(trust_env=False) as client:
        return await client.get(f"http://127.0.0.1:{port}{page}")


def pages(findings: Mapping[str, str], *, stuck: str = "") -> Pages:
    async def ready() -> Mapping[str, str]:
        return findings

    async def metrics() -> bytes:
        return b"outrider_build_info 1.0\n"

    return Pages(live=lambda: stuck, ready=ready, metrics=metrics)


async def test_ready_says_which_check_fails_and_live_does_not_care() -> None:
    findings = {"database": "ok", "sources": "all 3 polled sources fail"}

    port = free_port()
    async with serving("127.0.0.1", port, pages(findings)):
        not_ready = await get(port, "/readyz")
        assert not_ready.status_code == 503
        assert not_ready.json() == {"ready": False, "checks": findings}
        assert (await get(port, "/livez")).json() == {"live": True}
        findings["sources"] = "ok"
        assert (await get(port, "/readyz")).json()["ready"]
    with pytest.raises(httpx.ConnectError):
        await get(port, "/livez")


async def test_what_is_stuck_does_not_live_and_says_why() -> None:
    port = free_port()
    async with serving("127.0.0.1", port, pages({}, stuck="the jobs have not ticked for 9 s")):
        answer = await get(port, "/livez")
    assert answer.status_code == 503
    assert answer.json() == {"live": False, "why": "the jobs have not ticked for 9 s"}


async def test_metrics_come_as_prometheus_asks_for_them() -> None:
    port = free_port()
    async with serving("127.0.0.1", port, pages({})):
        answer = await get(port, "/metrics")
        assert (await get(port, "/")).status_code == 404
    assert answer.headers["content-type"].startswith("text/plain; version=0.0.4")
    assert answer.text == "outrider_build_info 1.0\n"


async def test_a_port_that_is_taken_is_an_error_and_no_end_of_the_process() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken, pytest.raises(OSError, match="in use"):
        async with serving("127.0.0.1", taken.getsockname()[1], pages({})):
            pass


async def test_port_nought_serves_nothing() -> None:
    async with serving("127.0.0.1", 0, pages({})):
        pass
