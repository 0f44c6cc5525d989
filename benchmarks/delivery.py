"""Delivery from the store on SQLite through the whole bot library to the emulated Bot API. Run: -m benchmarks delivery.

The emulator runs in the same process and takes its part of the time, so the figures are lower bounds.
"""

import asyncio
import sys
import tempfile
from pathlib import Path
from time import perf_counter, process_time

from bot.app.clock import SystemClock
from bot.chat.paced_start import PacedStart
from bot.chat.pacer import PAID_PER_SECOND, PER_SECOND, Pacer
from bot.chat.sender import TelegramSender
from bot.chat.transport import make_bot
from bot.model.alert import Delivery
from bot.services.deliver import Deliver
from bot.storage.store import SqlStore

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests"))
from faults.test_real_time import fill
from support.fan_out import plainly
from support.telegram_emulator import TOKEN, TelegramEmulator

ALERTS = 400


def rows() -> list[tuple[str, str]]:
    """Return what was measured, one (what, figure) a line."""
    return asyncio.run(_rows())


async def _rows() -> list[tuple[str, str]]:
    paced = await _measured(Pacer(), in_flight=8)
    free = await _measured(Pacer(per_second=PAID_PER_SECOND), in_flight=100)
    return [
        (f"alerts at {PER_SECOND:g}/s, 8 in flight", f"{paced[0]:.1f}/s, {paced[1]:.1f} ms of CPU each"),
        (f"alerts at up to {PAID_PER_SECOND:g}/s, 100 in flight", f"{free[0]:.0f}/s, {free[1]:.1f} ms of CPU each"),
    ]


async def _measured(pacer: Pacer, *, in_flight: int) -> tuple[float, float]:
    """Return alerts a second, and milliseconds of CPU an alert."""
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite+aiosqlite:///{Path(folder) / 'bench.sqlite3'}"
        async with SqlStore.open(url, "me", migrate=True) as store, TelegramEmulator() as telegram:
            await fill(store, ALERTS)
            pace = PacedStart(pacer)
            async with make_bot(TOKEN, base_url=telegram.base_url, pace=pace, on_fatal=print) as bot:
                delivery = Deliver(
                    store=store, sender=TelegramSender(bot, SystemClock().now), render=plainly, clock=SystemClock(),
                    owner="me", in_flight=in_flight, resting=pace.resting,
                )  # fmt: skip
                start, worked = perf_counter(), process_time()
                while (await store.outbox_counts())[Delivery.NEW]:
                    await delivery.sweep()
                return ALERTS / (perf_counter() - start), 1000 * (process_time() - worked) / ALERTS


if __name__ == "__main__":
    for what, figure in rows():
        print(f"{what:70} {figure}")
