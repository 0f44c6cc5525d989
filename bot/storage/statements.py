"""What items said of events, kept so that these can be judged anew when an older item comes in late."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import delete, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.model.event import EventChange, Neighbourhood, Statement
from bot.storage.engine import insert
from bot.storage.tables import statements
from bot.storage.where import countries_of


async def keep(connection: AsyncConnection, said: Sequence[Statement]) -> None:
    """Write down what was said; to which event it belongs is told by the changes."""
    rows = [
        {
            "item_id": one.item.id,
            "content_key": one.item.content_key,
            "at": one.at,
            "countries": "".join(f",{code}" for code in _countries(one)) + ",",
            "statement": one,
        }
        for one in said
    ]
    if rows:
        await connection.execute(insert(connection, statements).on_conflict_do_nothing(), rows)


async def belong(connection: AsyncConnection, change: EventChange) -> None:
    """Note for the reports that are new to an event that what they said belongs to it; a new wording of one too."""
    known = {report.item_id for report in change.before.reports} if change.before else set()
    known.discard(change.cause or "")
    fresh = [report.item_id for report in change.after.reports if report.item_id not in known]
    if fresh:
        await connection.execute(
            update(statements).where(statements.c.item_id.in_(fresh)).values(event_id=change.after.id)
        )


async def near(
    connection: AsyncConnection, where: Neighbourhood, event_ids: Sequence[str], since: datetime
) -> tuple[Statement, ...]:
    """Return what was said of these events, and what was said since then in these countries and belongs to none."""
    found = list(
        await connection.scalars(select(statements.c.statement).where(statements.c.event_id.in_(event_ids)))
        if event_ids
        else ()
    )
    if where.countries:
        there = or_(*(statements.c.countries.contains(f",{code},", autoescape=True) for code in where.countries))
        found += await connection.scalars(
            select(statements.c.statement).where(
                statements.c.event_id.is_(None), statements.c.at >= since, there
            )
        )  # fmt: skip
    return tuple(sorted(found, key=lambda one: one.order))


async def prune(connection: AsyncConnection, before: datetime) -> int:
    """Drop what belongs to no event and was said before then; the rest goes with its event."""
    old = delete(statements).where(statements.c.event_id.is_(None), statements.c.at < before)
    return (await connection.execute(old)).rowcount


def _countries(said: Statement) -> Sequence[str]:
    return sorted({code for one in said.assessments for code in countries_of(one.places)})
