import socket
from collections.abc import Mapping

import httpx
import pytest

from bot.web.health import serving


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as probe:
        number: int = probe.getsockname()[1]
        return number


async def get(port: int, page: str) -> httpx.Response:
    async with httpx.AsyncClient(trust_env=False) as client:
        return await client.get(f"http://127.0.0.1:{port}{page}")


async def test_ready_says_which_check_fails_and_live_does_not_care() -> None:
    findings = {"database": "ok", "sources": "all 3 polled sources fail"}

    async def checks() -> Mapping[str, str]:
        return findings

    port = free_port()
    async with serving("127.0.0.1", port, checks):
        not_ready = await get(port, "/readyz")
        assert not_ready.status_code == 503
        assert not_ready.json() == {"ready": False, "checks": findings}
        assert (await get(port, "/livez")).json() == {"live": True}
        findings["sources"] = "ok"
        assert (await get(port, "/readyz")).json()["ready"]
    with pytest.raises(httpx.ConnectError):
        await get(port, "/livez")


async def test_a_port_that_is_taken_is_an_error_and_no_end_of_the_process() -> None:
    async def checks() -> Mapping[str, str]:
        return {}

    with socket.create_server(("127.0.0.1", 0)) as taken, pytest.raises(OSError, match="in use"):
        async with serving("127.0.0.1", taken.getsockname()[1], checks):
            pass


async def test_port_nought_serves_nothing() -> None:
    async def checks() -> Mapping[str, str]:
        raise AssertionError

    async with serving("127.0.0.1", 0, checks):
        pass
