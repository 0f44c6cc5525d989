from pathlib import Path

from builders import BAMAKO, MALI, chat, watch
from sqlalchemy import delete, update

from bot.model.assessment import Severity
from bot.model.watch import Disc, Ears
from bot.storage.store import SqlStore
from bot.storage.tables import watch_discs, watch_keys, watches

EVENT = Ears(severity=Severity.SEVERE, keys=("in ML",), places=(Disc(point=BAMAKO.point, km=10),))


async def test_watches_of_an_older_schema_are_heard_once_the_store_is_open(tmp_path: Path) -> None:
    url = f"sqlite+aiosqlite:///{tmp_path / 'outrider.sqlite3'}"
    async with SqlStore.open(url, "older", migrate=True) as store:
        for number in range(1, 701):  # more than are done at once
            await store.save_chat(chat(number))
            await store.add_watch(watch(MALI if number % 2 else BAMAKO, chat_id=number))
        async with store._database.writing() as connection:  # as the migration leaves them
            await connection.execute(update(watches).values(listens=False))
            await connection.execute(delete(watch_keys))
            await connection.execute(delete(watch_discs).where(watch_discs.c.watch_id > 100))

    async with SqlStore.open(url, "newer") as store:
        assert len(await store.watched(EVENT)) == 700


async def test_nothing_is_left_of_a_watch_that_was_removed() -> None:
    async with SqlStore.open("sqlite+aiosqlite://", "me") as store:
        await store.save_chat(chat())
        kept = await store.add_watch(watch(BAMAKO))
        await store.remove_watch(1, kept.id)
        async with store._database.reading() as connection:
            for table in (watch_keys, watch_discs):
                assert not (await connection.execute(table.select())).all()
