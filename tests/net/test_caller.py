"""Webhook and heartbeat: under the address guard, without redirects, and no text of a secret address comes back."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
from aiohttp import web

from bot.net.addresses import AddressGuard
from bot.net.caller import HttpCaller

SECRET_PATH = "/hook/aVerySecretPath"  # noqa: S105 - made up


@asynccontextmanager
async def partner(status: int, *, hangs: float = 0) -> AsyncIterator[tuple[str, list[web.BaseRequest]]]:
    """Give the address of a server that answers so, and the requests that it gets."""
    asked: list[web.BaseRequest] = []

    async def answer(request: web.BaseRequest) -> web.StreamResponse:
        asked.append(request)
        await request.read()
        await asyncio.sleep(hangs)
        return web.Response(status=status, headers={"location": "http://127.0.0.1:1/"}, body=b"x" * 100_000)

    runner = web.ServerRunner(web.Server(answer))
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    try:
        yield f"http://127.0.0.1:{runner.addresses[0][1]}{SECRET_PATH}", asked
    finally:
        await runner.cleanup()


@pytest.mark.parametrize(("status", "why"), [(200, ""), (204, ""), (302, "answers 302"), (410, "answers 410")])
async def test_only_an_answer_of_two_hundred_and_some_is_one(status: int, why: str) -> None:
    caller = HttpCaller(AddressGuard(allow_hosts=("127.0.0.1",)), agent="outrider")
    async with partner(status) as (url, asked):
        assert await caller.call(url, b"{}", {"x-outrider-id": "1"}) == why
        assert await caller.call(url) == why
    assert [request.method for request in asked] == ["POST", "GET"], "no redirect is followed"
    assert asked[0].headers["x-outrider-id"] == "1"
    await caller.close()


async def test_what_is_private_slow_or_away_is_a_reason_without_the_address() -> None:
    guarded = HttpCaller(AddressGuard(), agent="outrider")
    open_to_all = HttpCaller(AddressGuard(allow_hosts=("127.0.0.1",)), agent="outrider", longest=0.3)
    async with partner(200, hangs=2) as (url, asked):
        refused = await guarded.call(url, b"{}")
        assert asked == [], "the guard let nothing out"
        slow = await open_to_all.call(url, b"{}")
    away = await open_to_all.call(url, b"{}")
    assert (refused, slow) == ("cannot be reached: ConnectError", "does not answer within 0.3 s")
    assert away.startswith("cannot be reached: ")
    assert not any("127.0.0.1" in why or "Secret" in why for why in (refused, slow, away))
    for one in (guarded, open_to_all):
        await one.close()
