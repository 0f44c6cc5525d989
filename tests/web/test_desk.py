"""The operator's page: whole without script, everything escaped, nothing from elsewhere; in a browser where one is."""

import asyncio
import json
import re
import shutil
from collections.abc import Mapping
from itertools import pairwise

import httpx
import pytest
from starlette.applications import Starlette
from web.test_health import free_port

from bot.app.desk import outlines
from bot.web.desk import Account, Cell, Desk, Dot, Standing, Table, desk, html
from bot.web.health import Pages, serving

EVIL = "<script>alert('x')</script><img src=x onerror=alert(1)> \" ' & \u202e"
STANDING = Standing(
    at="2026-11-22 17:35:27 UTC",
    version="0.1.0",
    facts=(("Service", Cell(text=f"not ready: {EVIL}", mark="bad", link="/readyz")),),
    tables=(
        Table(
            id="events", title="Open events", columns=("Severity", "Event"),
            rows=((Cell(text="extreme", mark="extreme"), Cell(text=f"coup {EVIL}", link="/event/abc")),),
        ),
        Table(
            id="sources", title="Sources", columns=("Source", "State"), note=EVIL,
            rows=((Cell(text=EVIL, link="javascript:alert(1)"), Cell(text="down", mark="bad")),),
        ),
    ),
    dots=(Dot(id="abc", lon=-8.0, lat=12.6, severity="extreme", title=EVIL),),
)  # fmt: skip
TOLD = Account(id="abc", title=f"Coup {EVIL}", lines=(EVIL,), sources=(Cell(text=EVIL, link="https://wire.example/1"),))


async def standing() -> Standing:
    return STANDING


async def account(event_id: str) -> Account | None:
    return TOLD if event_id == "abc" else None


async def world() -> bytes:
    return outlines()


PARTS = Desk(standing=standing, account=account, world=world, colours={"extreme": "#be0e24"})


async def get(path: str) -> httpx.Response:
    transport = httpx.ASGITransport(Starlette(routes=list(desk(PARTS))))
    async with httpx.AsyncClient(transport=transport, base_url="http://localhost") as client:
        return await client.get(path)


def test_without_script_it_is_a_page_of_tables() -> None:
    page = html(STANDING)
    assert page.count("<table>") == 2
    assert 'href="/event/abc"' in page
    assert '<section id="map" hidden>' in page, "the map needs the script, so it is hidden without"


@pytest.mark.parametrize("path", ["/", "/event/abc"])
async def test_what_feeds_say_is_text_and_never_markup(path: str) -> None:
    page = (await get(path)).text
    assert page.count("<script") == (1 if path == "/" else 0)
    assert "<img" not in page
    assert 'href="javascript' not in page
    assert "&lt;script&gt;" in page


async def test_nothing_comes_from_another_host_and_nothing_is_written_inline() -> None:
    page, style, script = [(await get(path)).text for path in ("/", "/desk.css", "/desk.js")]
    assert set(re.findall(r'(?:src|href|action)="([^"/][^"]*)"', page)) == set()
    assert not re.findall(r"\son\w+=|\sstyle=", html(Standing(at="", version="", facts=(), tables=(), dots=())))
    assert "url(" not in style
    assert "@import" not in style
    assert "innerHTML" not in script
    assert set(re.findall(r"https?://[\w.]+", script)) == {"http://www.w3.org"}, "a namespace, no address"


async def test_the_script_gets_the_same_as_json() -> None:
    found = (await get("/desk.json")).json()
    assert found["dots"] == [{"id": "abc", "lon": -8.0, "lat": 12.6, "severity": "extreme", "title": EVIL}]
    assert found["tables"][0]["rows"][0][1] == {"text": f"coup {EVIL}", "mark": "", "link": "/event/abc"}
    assert (await get("/event/abc.json")).json()["title"] == TOLD.title
    assert [(await get(path)).status_code for path in ("/event/none", "/event/abc.xml")] == [404, 404]


async def test_the_world_is_drawn_from_our_own_outlines_without_a_line_across_the_date_line() -> None:
    land = json.loads((await get("/world.json")).content)["land"]
    assert len(land) < 200_000
    for ring in land.strip("Z").split("ZM"):
        lons = [int(point.split()[0]) for point in ring.lstrip("M").split("L")]
        assert max(abs(a - b) for a, b in pairwise(lons)) < 1800


@pytest.mark.skipif(not shutil.which("chromium"), reason="no Chromium here: the page's HTML and JSON are tested above")
async def test_in_a_browser_the_map_is_drawn_and_no_text_of_a_feed_runs() -> None:
    async def ready() -> Mapping[str, str]:
        return {}

    async def metrics() -> bytes:
        return b""

    port = free_port()
    pages = Pages(live=lambda: "", ready=ready, metrics=metrics, published=list(desk(PARTS)))
    async with serving("127.0.0.1", port, pages):
        browser = await asyncio.create_subprocess_exec(
            "chromium", "--headless=new", "--no-sandbox", "--disable-gpu", "--virtual-time-budget=4000", "--dump-dom",
            f"http://127.0.0.1:{port}/", stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.DEVNULL,
        )  # fmt: skip
        dom = (await asyncio.wait_for(browser.communicate(), 60))[0].decode()
    assert '<circle cx="-80" cy="-126"' in dom
    assert re.search(r'<path id="land" d="M[^"]{10000,}', dom)
    assert 'type="search"' in dom
    assert "<img" not in dom
    assert dom.count("<script") == 1
