"""A worker that ends without any goodbye: `python crashing.py URL MOMENT`."""

import asyncio
import os
import signal
import sys

from builders import at, chat, event
from contract.outbox_builders import LEASE, alert, decision, opened, sent

from bot.storage.store import SqlStore

NUMBER = 20


async def main(url: str, moment: str) -> None:
    async with SqlStore.open(url, "the ended") as store:
        alerts = tuple(alert(chat_id=number) for number in range(1, NUMBER + 1))
        for one in alerts:
            await store.save_chat(chat(one.chat_id))
        if moment == "before the commit":
            os.kill(os.getpid(), signal.SIGKILL)
        await store.commit([decision(opened(event()), alerts=alerts)])
        if moment == "after the commit":
            os.kill(os.getpid(), signal.SIGKILL)
        claimed = await store.claim("the ended", at(1), 8, LEASE)
        await store.settle(claimed[0], sent(), at(1))
        os.kill(os.getpid(), signal.SIGKILL)


if __name__ == "__main__":
    asyncio.run(main(*sys.argv[1:]))
