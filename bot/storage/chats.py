"""Chats and what they watch."""

from dataclasses import replace
from datetime import datetime

from sqlalchemy import delete, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.model.watch import Chat, ChatKind, Watch, Watched
from bot.storage import broadcasts, contacts, hearing, notices, outbox, posting, roll_calls
from bot.storage.engine import insert
from bot.storage.peace_tables import briefs, event_mutes, feedback
from bot.storage.tables import chats, watches


async def present(connection: AsyncConnection, chat_id: int) -> Chat | None:
    """Return the chat."""
    found: Chat | None = await connection.scalar(select(chats.c.chat).where(chats.c.id == chat_id))
    return found


async def keep(connection: AsyncConnection, chat: Chat) -> None:
    """Write the chat over its former state."""
    values = {"state": chat.state, "chat": chat}
    await connection.execute(
        insert(connection, chats).values(id=chat.id, **values).on_conflict_do_update(index_elements=["id"], set_=values)
    )


async def move(connection: AsyncConnection, old_id: int, new_id: int) -> None:
    """Give the chat its new id, with its watches and its outbox; a chat that is not known is left alone.

    Its settings win over those of a chat that has appeared under the new id meanwhile.
    """
    chat = await present(connection, old_id)
    if chat is None or old_id == new_id:
        return
    kind = ChatKind.SUPERGROUP if chat.kind is ChatKind.GROUP else chat.kind
    await keep(connection, replace(chat, id=new_id, kind=kind))
    already = select(watches.c.kind, watches.c.area_key).where(watches.c.chat_id == new_id)
    for row in (await connection.execute(already)).all():
        await connection.execute(
            delete(watches).where(
                watches.c.chat_id == old_id, watches.c.kind == row.kind, watches.c.area_key == row.area_key
            )
        )
    await connection.execute(update(watches).where(watches.c.chat_id == old_id).values(chat_id=new_id))
    for table in (briefs, event_mutes, feedback):
        await connection.execute(delete(table).where(table.c.chat_id == new_id))
        await connection.execute(update(table).where(table.c.chat_id == old_id).values(chat_id=new_id))
    await posting.unpack_all(connection, chat_ids=(old_id, new_id))
    for others in (outbox, roll_calls, contacts, notices, broadcasts):
        await others.move(connection, old_id, new_id)
    await connection.execute(delete(chats).where(chats.c.id == old_id))


async def watches_of(connection: AsyncConnection, chat_id: int) -> tuple[Watch, ...]:
    """Return the chat's watches, oldest first."""
    rows = await connection.execute(
        select(watches.c.id, watches.c.chat_id, watches.c.watch)
        .where(watches.c.chat_id == chat_id)
        .order_by(watches.c.id)
    )
    return tuple(replace(row.watch, id=row.id, chat_id=row.chat_id) for row in rows)


async def add(connection: AsyncConnection, watch: Watch) -> Watch:
    """Write a watch; one of the same chat, kind and places is changed and keeps its id and its age."""
    same = {"chat_id": watch.chat_id, "kind": watch.kind, "area_key": _area_key(watch)}
    former = (
        await connection.execute(
            select(watches.c.id, watches.c.watch).where(*(watches.c[name] == value for name, value in same.items()))
        )
    ).one_or_none()
    if former is None:
        added = await connection.execute(
            watches.insert().values(**same, watch=watch, due_at=watch.due_at).returning(watches.c.id)
        )
        kept = replace(watch, id=added.scalar_one())
    else:
        kept = replace(watch, id=former.id, created_at=former.watch.created_at or watch.created_at)
    await connection.execute(update(watches).where(watches.c.id == kept.id).values(watch=kept, due_at=kept.due_at))
    await hearing.listen(connection, [kept])
    return kept


async def remove(connection: AsyncConnection, chat_id: int, watch_id: int) -> bool:
    """Drop the chat's watch; tell whether there was one."""
    gone = await connection.execute(delete(watches).where(watches.c.id == watch_id, watches.c.chat_id == chat_id))
    return gone.rowcount > 0


async def due(connection: AsyncConnection, now: datetime, limit: int) -> tuple[Watched, ...]:
    """Return the watches that must be looked at by now, with their chats in any state, longest due first."""
    rows = await connection.execute(
        select(watches.c.id, watches.c.chat_id, watches.c.watch, chats.c.chat)
        .join(chats, chats.c.id == watches.c.chat_id)
        .where(watches.c.due_at <= now)
        .order_by(watches.c.due_at, watches.c.id)
        .limit(limit)
    )
    return tuple(Watched(watch=replace(row.watch, id=row.id, chat_id=row.chat_id), chat=row.chat) for row in rows)


def _area_key(watch: Watch) -> str:
    """Return by what an equal watch is found: its places, and the trip that it belongs to."""
    places = [place.id for place in watch.area]
    return "|".join(places if watch.trip_id is None else [f"trip:{watch.trip_id}", *places])
