"""What governments advise about countries."""

from collections.abc import Mapping, Sequence

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.model.advice import Advice
from bot.storage.engine import insert
from bot.storage.tables import advice


async def about(connection: AsyncConnection, country: str) -> tuple[Advice, ...]:
    """Return what stands for a country, strictest first."""
    rows = await connection.scalars(select(advice.c.advice).where(advice.c.country == country))
    return tuple(sorted(rows, key=lambda one: (-one.level.strictest.step, -one.level.whole.step, one.level.government)))


async def of_government(connection: AsyncConnection, government: str) -> Mapping[str, Advice]:
    """Return all that a government advises, by its own ids."""
    rows = await connection.execute(select(advice).where(advice.c.government == government))
    return {row.subject: row.advice for row in rows}


async def keep(connection: AsyncConnection, learnt: Sequence[Advice]) -> None:
    """Write each over what stood before."""
    for one in learnt:
        row = {"country": one.country, "advice": one}
        await connection.execute(
            insert(connection, advice)
            .values(government=one.level.government, subject=one.subject, **row)
            .on_conflict_do_update(index_elements=["government", "subject"], set_=row)
        )
