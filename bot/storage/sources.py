"""What is known of polling each source."""

from collections.abc import Mapping

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.services.ports import SourceState
from bot.storage.engine import insert
from bot.storage.tables import source_states


async def states(connection: AsyncConnection) -> Mapping[str, SourceState]:
    """Return each source's state, by source id."""
    rows = await connection.execute(select(source_states))
    return {row.source_id: row.state for row in rows}


async def keep(connection: AsyncConnection, state: SourceState) -> None:
    """Write a source's state over the former one."""
    await connection.execute(
        insert(connection, source_states)
        .values(source_id=state.source_id, state=state)
        .on_conflict_do_update(index_elements=["source_id"], set_={"state": state})
    )
