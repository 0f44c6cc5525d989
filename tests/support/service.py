"""The whole service in a test: the real house and chat between a feed server and a Bot API emulator."""

import os
import shutil
import socket
import sys
from asyncio import create_subprocess_exec
from asyncio.subprocess import DEVNULL, Process
from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager
from datetime import timedelta
from pathlib import Path

from service_fakes import HandClock
from support.telegram_emulator import TOKEN, TelegramEmulator

from bot.app.build import Ears, House, open_house
from bot.app.config import Delivery, Tuning
from bot.app.folders import packaged_config
from bot.app.logs import configure_logs
from bot.app.settings import Settings
from bot.app.telegram_side import TelegramSide
from bot.model.item import Source

ROOT = Path(__file__).parents[2]


@asynccontextmanager
async def service(
    folder: Path, telegram: TelegramEmulator, sources: Iterable[Source], clock: HandClock
) -> AsyncIterator[House]:
    """Open the real parts over a store in the folder; the test polls and delivers by its own clock."""
    settings = Settings(
        _env_file=None,  # type: ignore[call-arg]  # pydantic-settings' own
        telegram_token=TOKEN,
        telegram_base_url=telegram.base_url,
        database_url=f"sqlite+aiosqlite:///{folder / 'outrider.sqlite3'}",
        data_dir=folder,
        config_dir=packaged_config(),
        allow_hosts="127.0.0.1",
    )
    tuning = Tuning(delivery=Delivery(sends_per_second=500))
    side = TelegramSide(settings, tuning, clock, configure_logs(level="warning", as_json=False))
    async with (
        open_house(
            settings,
            tuning,
            tuple(sources),
            sender=side.sender,
            people=side.people,
            clock=clock,
            ears=Ears(),
            host_gap=timedelta(0),
        ) as house,
        side.chatting(house),
    ):
        yield house


def config_with(folder: Path, sources: str) -> Path:
    """Return a copy of the configuration with these sources, polled at once; no maps, so that alerts alone count."""
    config = folder / "config"
    shutil.copytree(ROOT / "config", config)
    (config / "sources.toml").write_text(sources, encoding="utf-8")
    tuning = "[polling]\nspread_seconds = 0\n[delivery]\npictures = false\n"
    (config / "outrider.toml").write_text(tuning, encoding="utf-8")
    return config


def free_port() -> int:
    """Return a port that nobody listens on."""
    with socket.create_server(("127.0.0.1", 0)) as taken:
        return int(taken.getsockname()[1])


async def start_service(folder: Path, config: Path, *arguments: str, **settings: str) -> Process:
    """Start `outrider run` as a process of its own, its logs in `service.log`."""
    inherited = {name: value for name, value in os.environ.items() if not name.startswith("OUTRIDER_")}
    environment = inherited | {
        "OUTRIDER_CONFIG_DIR": str(config), "OUTRIDER_DATA_DIR": str(folder / "data"),
        "OUTRIDER_ALLOW_HOSTS": "127.0.0.1", **settings,
    }  # fmt: skip
    with (folder / "service.log").open("ab") as log:
        return await create_subprocess_exec(
            sys.executable, "-m", "bot", "run", *arguments,
            cwd=folder, env=environment | {"PYTHONPATH": str(ROOT)}, stdin=DEVNULL, stdout=log, stderr=log,
        )  # fmt: skip
