"""`outrider sources` and `outrider run --only` as an operator types them."""

import asyncio
import json
from collections.abc import Iterable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from builders import at, item
from support.feed_server import FeedServer
from support.official import collection, feature
from support.push_server import PushServer, saying

from bot.app.clock import SystemClock
from bot.app.config import Tuning
from bot.app.probe import Probed, cells, probe
from bot.app.run import run
from bot.app.settings import Settings
from bot.app.source_table import print_sources
from bot.model.errors import ConfigError
from bot.model.item import Format, Source, SourceKind
from bot.services.ports import SourceState
from bot.storage.store import SqlStore

ROOT = Path(__file__).parents[2]


def quake() -> str:
    facts = {"unid": "1", "mag": 6.1, "depth": 9, "lat": -0.3, "lon": -78.5, "time": SystemClock().now().isoformat(),
             "flynn_region": "ECUADOR"}  # fmt: skip
    return json.dumps({"action": "create", "data": feature(facts, id="1")})


async def probed(sources: Iterable[Source]) -> dict[str, Probed]:
    settings = Settings(_env_file=None, config_dir=ROOT / "config", allow_hosts="127.0.0.1")  # type: ignore[call-arg]
    return await probe(settings, Tuning(), tuple(sources))


async def test_a_probe_tells_what_a_source_gives_and_how_much_of_it_is_read() -> None:
    async with FeedServer() as feeds, PushServer(saying(quake())) as pushed:
        feeds.publish("/sahel.rss", [item("Gunmen kill nine in Gao"), item("The cabinet met", hours=-3)])
        feeds.serve("/page.rss", b"<html><body>Moved</body></html>", "text/html")
        feeds.serve("/none.json", json.dumps(collection()).encode(), "application/json")
        sources = {
            "sahel": Source(id="sahel", name="Sahel", url=feeds.url("/sahel.rss"), languages=("en",), regions=("ML",)),
            "page": Source(id="page", name="Page", url=feeds.url("/page.rss")),
            "gone": Source(id="gone", name="Gone", url=feeds.url("/gone.rss")),
            "none": Source(id="none", name="None", url=feeds.url("/none.json"), format=Format.USGS),
            "push": Source(id="push", name="Push", url=pushed.url, format=Format.EMSC, kind=SourceKind.OFFICIAL),
        }
        found = await probed(sources.values())
    sahel = found["sahel"]
    assert (sahel.status, sahel.items, sahel.newest, sahel.read, sahel.alertable) == ("ok", 2, at(0), 2, 1)
    assert found["none"] == Probed(status="ok")
    assert (found["push"].status, found["push"].items, found["push"].alertable) == ("ok", 1, 1)
    assert found["page"].status == "fails: an HTML page instead of a feed"
    assert found["gone"].failed
    assert cells(sources["sahel"], sahel)[5:] == ("ok", "2", f"{at(0):%Y-%m-%d %H:%M}", "1 of 2", "1")
    assert cells(sources["page"], found["page"])[6:] == ("-", "-", "-", "-")


@pytest.fixture
def config(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """Let the command use a store of its own; return its address."""
    url = f"sqlite+aiosqlite:///{tmp_path / 'o.sqlite3'}"
    monkeypatch.setenv("OUTRIDER_DATABASE_URL", url)
    return url


def test_the_table_shows_each_sources_group_and_both_its_clocks(
    config: str, capsys: pytest.CaptureFixture[str]
) -> None:
    now = SystemClock().now()
    heard = SourceState(source_id="emsc-ws", last_success_at=now, stirred_at=now - timedelta(minutes=50))
    failing = replace(heard, source_id="emsc-fdsn", failing="HTTP 503 Service Unavailable", failures=1)

    async def fill() -> None:
        async with SqlStore.open(config, "test", migrate=True) as store:
            await store.save_source_state(heard)
            await store.save_source_state(failing)

    asyncio.run(fill())
    assert print_sources(only="hazards", probe=False) == 0
    lines = {line.split()[0]: line.split() for line in capsys.readouterr().out.splitlines() if line.startswith("emsc")}
    assert " ".join(lines["emsc-ws"]) == "emsc-ws hazards official en world pushed heard 0 min ago, news 50 min ago"
    failing_words = "300 s fails: HTTP 503 Service Unavailable (last heard 0 min ago)"
    assert " ".join(lines["emsc-fdsn"][5:]) == failing_words


def test_a_group_that_is_not_known_is_said_with_those_that_are() -> None:
    with pytest.raises(ConfigError) as refused:
        run([], only=["sahara"])
    (fault,) = refused.value.faults
    assert str(fault).startswith("--only: sahara: is no group of sources; there are advice, africa,")
