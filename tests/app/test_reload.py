"""SIGHUP: the whole configuration is taken, or nothing of it; what a source told once it never tells again."""

import os
import signal
from datetime import UTC, datetime
from pathlib import Path

from builders import item
from support.feed_server import FeedServer
from support.push_server import until
from support.service import config_with, free_port, start_service

from bot.storage.store import SqlStore

SOURCE = '[[source]]\nid = "{id}"\nname = "{id}"\nurl = "{url}"\nkind = "official"\nevery_s = 1\n'
ATTACK = "Gunmen attack gendarmerie school in Bamako, several killed"


async def test_a_hangup_takes_a_good_configuration_whole_and_a_bad_one_not_at_all(tmp_path: Path) -> None:
    log = tmp_path / "service.log"

    def said(words: str) -> int:
        return log.read_text(encoding="utf-8").count(words) if log.exists() else 0

    async with FeedServer() as feeds:
        for path in ("/one.rss", "/two.rss"):
            feeds.publish(path, [item(ATTACK, published_at=datetime.now(UTC))])
        one, two = (SOURCE.format(id=name, url=feeds.url(f"/{name}.rss")) for name in ("one", "two"))
        config = config_with(tmp_path, one)
        service = await start_service(
            tmp_path, config, "--watch", "Mali", OUTRIDER_LOG_JSON="true", OUTRIDER_WEB_PORT=str(free_port())
        )

        async def hang_up(sources: str, words: str, scoring: str = "") -> None:
            before = said(words)
            (config / "sources.toml").write_text(sources, encoding="utf-8")
            if scoring:
                (config / "scoring.toml").write_text(scoring, encoding="utf-8")
            os.kill(service.pid, signal.SIGHUP)
            await until(lambda: said(words) > before, within_s=40)

        await until(lambda: said('"event": "told"') == 1, within_s=60)
        scoring = (config / "scoring.toml").read_text(encoding="utf-8")
        await hang_up(one + two, "was not taken", scoring="nonsense = [")
        assert feeds.asked("/two.rss") == [], "one bad file, and the good one is not taken either"
        await hang_up(two, "was read again", scoring=scoring)
        await until(lambda: len(feeds.asked("/two.rss")) > 1, within_s=20)
        asked = len(feeds.asked("/one.rss"))
        await hang_up(one + two, "was read again")
        await until(lambda: len(feeds.asked("/one.rss")) > asked, within_s=20)
        service.send_signal(signal.SIGTERM)
        assert await service.wait() == 0
    assert said('"event": "told"') == 1, "what was taken out and came back tells nothing twice"
    assert said("Traceback") == 0
    url = f"sqlite+aiosqlite:///{tmp_path / 'data' / 'outrider.sqlite3'}"
    async with SqlStore.look(url) as store:
        assert set(await store.source_states()) == {"one", "two"}
