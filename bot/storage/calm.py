"""When chats sleep and want a brief: what follows of it for what waits to be sent, and the briefs that are due."""

from datetime import datetime, timedelta

from sqlalchemy import delete, func, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.model.alert import Delivery
from bot.model.event import Event, EventState
from bot.model.watch import Chat
from bot.services.briefs import DueBrief
from bot.storage import chats as chats_of
from bot.storage import posting
from bot.storage.engine import insert
from bot.storage.peace_tables import briefs
from bot.storage.tables import chats, event_changes, events, outbox

_OVER = (EventState.ENDED, EventState.EXPIRED, EventState.RETRACTED)


async def keep(
    connection: AsyncConnection, chat: Chat, wakes_at: datetime, brief_at: datetime | None, now: datetime
) -> None:
    """Write the chat; what waits longer for its morning is due then; plan its brief."""
    await chats_of.keep(connection, chat)
    await posting.unpack_all(connection, chat_ids=[chat.id])
    waits = (outbox.c.chat_id == chat.id, outbox.c.state == Delivery.NEW, outbox.c.attempt == 0)
    await connection.execute(update(outbox).where(*waits, outbox.c.next_at > wakes_at).values(next_at=wakes_at))
    if brief_at is None:
        await connection.execute(delete(briefs).where(briefs.c.chat_id == chat.id))
        return
    planned = insert(connection, briefs).values(chat_id=chat.id, due_at=brief_at, told_at=now)
    await connection.execute(
        planned.on_conflict_do_update(index_elements=["chat_id"], set_={"due_at": brief_at, "taken_until": None})
    )


async def take(connection: AsyncConnection, now: datetime, lease: timedelta, limit: int) -> tuple[DueBrief, ...]:
    """Take briefs that are due and that nobody else is sending, longest due first."""
    free = or_(briefs.c.taken_until.is_(None), briefs.c.taken_until <= now)
    rows = await connection.execute(
        select(briefs.c.due_at, briefs.c.told_at, chats.c.chat)
        .join(chats, chats.c.id == briefs.c.chat_id)
        .where(briefs.c.due_at <= now, free)
        .order_by(briefs.c.due_at, briefs.c.chat_id)
        .limit(limit)
        .with_for_update(of=briefs, skip_locked=True)
    )
    taken = tuple(DueBrief(chat=row.chat, due_at=row.due_at, since=row.told_at) for row in rows)
    mine = briefs.c.chat_id.in_([one.chat.id for one in taken])
    await connection.execute(update(briefs).where(mine).values(taken_until=now + lease))
    return taken


async def settle(
    connection: AsyncConnection, brief: DueBrief, due_at: datetime | None, told_at: datetime | None
) -> None:
    """Write when the next is due, None for never, and if it went out when; not where it was planned anew meanwhile."""
    this = (briefs.c.chat_id == brief.chat.id, briefs.c.due_at == brief.due_at)
    if due_at is None:
        await connection.execute(delete(briefs).where(*this))
        return
    told = {} if told_at is None else {"told_at": told_at}
    await connection.execute(update(briefs).where(*this).values(due_at=due_at, taken_until=None, **told))


async def over_for(connection: AsyncConnection, chat_id: int, since: datetime) -> tuple[Event, ...]:
    """Return the events of which the chat was told and that are over since then, the last first."""
    ended = (
        select(event_changes.c.event_id, func.max(event_changes.c.at).label("at"))
        .join(outbox, outbox.c.event_id == event_changes.c.event_id)
        .where(
            outbox.c.chat_id == chat_id,
            outbox.c.state == Delivery.SENT,
            event_changes.c.at > since,
            event_changes.c.state.in_(_OVER),
        )
        .group_by(event_changes.c.event_id)
        .subquery()
    )
    rows = await connection.scalars(
        select(events.c.event)
        .join(ended, ended.c.event_id == events.c.id)
        .where(events.c.state.in_(_OVER))
        .order_by(ended.c.at.desc(), events.c.id)
    )
    return tuple(rows)
