"""Who may look at the pages: T-U6 of the plan. Loopback alone, or who brings the token; nothing is changed by a GET."""

import httpx
import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.routing import Route

from bot.web.gate import COOKIE, Gate

TOKEN = "a-token-of-some-length"  # noqa: S105 - made up


async def shown(request: Request) -> PlainTextResponse:
    return PlainTextResponse(f"shown {request.url.path}")


ROUTES = [Route(path, shown) for path in ("/", "/livez", "/readyz", "/metrics", "/desk.json", "/events.geojson")]
SHUT = ("/", "/metrics", "/desk.json", "/events.geojson")


def browser(*, token: str = "", host: str = "127.0.0.1", base: str = "http://localhost:8090") -> httpx.AsyncClient:
    gate = Gate(Starlette(routes=ROUTES), token=token, host=host)
    return httpx.AsyncClient(transport=httpx.ASGITransport(gate), base_url=base)


async def test_on_loopback_all_is_shown_to_who_asks_for_localhost() -> None:
    async with browser() as client:
        for path in (*SHUT, "/livez", "/readyz"):
            assert (await client.get(path)).text == f"shown {path}"


async def test_a_page_of_another_site_cannot_ask_under_a_name_of_its_own() -> None:
    async with browser(base="http://rebound.example:8090") as client:
        assert [(await client.get(path)).status_code for path in SHUT] == [421] * len(SHUT)
        assert (await client.get("/livez")).status_code == 200


async def test_beyond_loopback_nothing_is_shown_without_a_token_but_whether_it_lives() -> None:
    async with browser(host="0.0.0.0") as client:  # noqa: S104 - nothing is bound
        assert [(await client.get(path)).status_code for path in SHUT] == [403] * len(SHUT)
        assert (await client.get("/readyz")).status_code == 200


@pytest.mark.parametrize(
    "header", ["", "Bearer", "Bearer wrong", f"Basic {TOKEN}", f"Bearer {TOKEN}x", "Bearer \u00e9"]
)
async def test_where_a_token_is_set_only_the_token_opens(header: str) -> None:
    async with browser(token=TOKEN) as client:
        for path in SHUT:
            answer = await client.get(path, headers={"authorization": header.encode()})
            assert answer.status_code == 401
            assert "shown" not in answer.text
            assert TOKEN not in answer.text
            right = await client.get(path, headers={"authorization": f"Bearer {TOKEN}"})
            assert right.text == f"shown {path}"


async def test_who_types_in_the_token_gets_a_cookie_that_is_not_the_token() -> None:
    async with browser(token=TOKEN) as client:
        wrong = await client.post("/enter", data={"token": "wrong"})
        assert (wrong.status_code, "set-cookie" in wrong.headers) == (401, False)
        entered = await client.post("/enter", data={"token": TOKEN})
        cookie = entered.headers["set-cookie"]
        assert entered.status_code == 303
        assert TOKEN not in cookie
        assert {"HttpOnly", "SameSite=strict"} <= set(cookie.split("; "))
        assert (await client.get("/desk.json")).text == "shown /desk.json"
        client.cookies.clear()
        forged = await client.get("/desk.json", headers={"cookie": f"{COOKIE}={TOKEN}"})
        assert forged.status_code == 401


async def test_a_form_of_any_length_is_not_read_to_its_end() -> None:
    async with browser(token=TOKEN) as client:
        assert (await client.post("/enter", content=b"token=" + b"x" * 100_000)).status_code == 413


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE"])
async def test_no_page_takes_anything_but_a_question(method: str) -> None:
    async with browser() as client:
        assert [(await client.request(method, path)).status_code for path in SHUT] == [405] * len(SHUT)


async def test_every_answer_forbids_what_the_pages_do_not_need() -> None:
    async with browser(token=TOKEN) as client:
        for path in ("/", "/livez", "/nowhere"):
            headers = (await client.get(path)).headers
            assert headers["content-security-policy"].startswith("default-src 'none'; script-src 'self';")
            assert "unsafe" not in headers["content-security-policy"]
            assert headers["x-content-type-options"] == "nosniff"
