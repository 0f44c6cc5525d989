"""Events take turns: the place of each new row among the rows of its severity.

Start-time fair queueing: the rows of an event are numbered on, and an event that is new begins at the number that is
being served. A line in the order of these numbers serves its events round-robin: a later one neither waits for all of
an earlier one, nor overtakes it, and within an event the order is that in which the alerts were given.
"""

from collections.abc import Collection, Mapping
from datetime import datetime

from sqlalchemy import String, func, literal, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.model.alert import Delivery
from bot.model.assessment import Severity
from bot.storage.parcels import Line
from bot.storage.tables import outbox

# Written into the statement, not bound: else the databases do not see that the indexes on waiting rows serve it.
_WAITING = [literal(state.value, String, literal_execute=True) for state in (Delivery.NEW, Delivery.AMBIGUOUS)]
_SENDING = literal(Delivery.SENDING.value, String, literal_execute=True)


async def beginnings(connection: AsyncConnection, lines: Collection[Line], now: datetime) -> Mapping[Line, int]:
    """Return the turn of the first new alert of each event and severity; those behind it are numbered on."""
    served = {severity: await _served(connection, severity, now) for severity in sorted({one[1] for one in lines})}
    return {
        (event, severity): max(served[severity], await _behind(connection, event, severity))
        for event, severity in sorted(lines)
    }


async def _served(connection: AsyncConnection, severity: Severity, now: datetime) -> int:
    """Return the turn that is being sent; where nothing is, the first that could be; 0 where nobody waits."""
    sending: int | None = await connection.scalar(
        select(func.max(outbox.c.turn)).where(outbox.c.state == _SENDING, outbox.c.severity == severity)
    )
    if sending is not None:
        return sending
    first: int | None = await connection.scalar(
        select(outbox.c.turn)
        .where(outbox.c.state.in_(_WAITING), outbox.c.severity == severity, outbox.c.next_at <= now)
        .order_by(outbox.c.severity.desc(), outbox.c.turn, outbox.c.created_at, outbox.c.id)
        .limit(1)
    )
    return first or 0


async def _behind(connection: AsyncConnection, event_id: str, severity: Severity) -> int:
    """Return the turn behind the last row of the event that waits."""
    last: int | None = await connection.scalar(
        select(outbox.c.turn)
        .where(outbox.c.event_id == event_id, outbox.c.severity == severity, outbox.c.state.in_(_WAITING))
        .order_by(outbox.c.turn.desc())
        .limit(1)
    )
    return 0 if last is None else last + 1
