import asyncio
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from builders import chat

from bot.model.errors import StoreLocked
from bot.storage.store import SqlStore

OPEN = """
import asyncio, sys
from bot.model.errors import StoreLocked
from bot.storage.store import SqlStore

async def main():
    async with SqlStore.open(sys.argv[1], "the other", migrate=True):
        print("open", flush=True)
        await asyncio.sleep(60)

try:
    asyncio.run(main())
except StoreLocked as error:
    print(error)
    raise SystemExit(3)
"""


def started(url: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", OPEN, url], stdout=subprocess.PIPE, text=True
    )  # fmt: skip


async def test_a_second_process_is_told_who_holds_the_store_and_the_first_goes_on(
    store: SqlStore, url: str, file: Path
) -> None:
    with started(url) as second:
        said, _ = await asyncio.to_thread(second.communicate, timeout=30)

    assert second.returncode == 3
    assert said.startswith(f"{file} is in use by this process (process ")
    await store.save_chat(chat(1))
    assert await store.chat(1) == chat(1)


@pytest.mark.usefixtures("file")
async def test_one_process_cannot_open_a_store_twice(store: SqlStore, url: str) -> None:
    with pytest.raises(StoreLocked):
        async with SqlStore.open(url, "again"):
            pass
    await store.save_chat(chat(1))


@pytest.mark.usefixtures("file")
async def test_the_lock_ends_with_its_process_however_that_ends(url: str) -> None:
    with started(url) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == "open\n"
        with pytest.raises(StoreLocked, match="the other"):
            async with SqlStore.open(url, "me"):
                pass
        other.send_signal(signal.SIGKILL)
        other.wait()

    async with SqlStore.open(url, "me") as store:
        await store.save_chat(chat(1))


async def test_stores_in_memory_do_not_know_each_other() -> None:
    async with (
        SqlStore.open("sqlite+aiosqlite://", "me") as one,
        SqlStore.open("sqlite+aiosqlite://", "me") as other,
    ):
        await one.save_chat(chat(1))
        assert await other.chat(1) is None
