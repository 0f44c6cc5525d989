"""Second contacts of chats, and which alerts were read."""

from datetime import datetime

from sqlalchemy import Row, String, cast, delete, exists, literal, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.model.alert import AlertReason, Delivery
from bot.model.assessment import Severity
from bot.model.contact import SecondContact
from bot.services.acknowledge import Unread
from bot.storage.engine import Database, insert
from bot.storage.tables import alerts_read, chats, notices, outbox, second_contacts

_LOUD = (AlertReason.FIRST.value, AlertReason.ESCALATION.value)


class ContactStore:
    """The `Contacts` port over a database."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def contact(self, chat_id: int) -> SecondContact:
        """Return what the chat wishes of a second contact; nothing, where it never said."""
        return await self._database.read(_present, chat_id)

    async def keep(self, contact: SecondContact) -> None:
        """Keep what a chat wishes."""
        await self._database.write(_keep, contact)

    async def contact_of(self, contact_id: int) -> tuple[int, ...]:
        """Return the chats whose second contact this chat is."""
        return await self._database.read(_whose, contact_id)

    async def agree(self, chat_id: int, invitation: int, contact_id: int, now: datetime) -> bool:
        """Make the second contact the one that agrees to that invitation, which is then used up; False for another."""
        return await self._database.write(_agree, chat_id, invitation, contact_id, now)

    async def withdraw(self, contact_id: int, chat_id: int) -> bool:
        """A second contact is one no more; False where it was not."""
        return await self._database.write(_withdraw, contact_id, chat_id)

    async def read(self, chat_id: int, event_id: str, now: datetime) -> bool:
        """Keep that what the chat was told of the event by now was read; False where it was told nothing of it."""
        return await self._database.write(_read, chat_id, event_id, now)

    async def unread(self, since: datetime) -> tuple[Unread, ...]:
        """Return grave alerts that arrived since then, were not read, and of which no second contact was told."""
        return await self._database.read(_unread, since)

    async def forget(self, before: datetime) -> int:
        """Drop what was read before then; return how many rows."""
        return await self._database.write(_forget, before)


async def move(connection: AsyncConnection, old_id: int, new_id: int) -> None:
    """Give a chat's wishes, and its part as a second contact of others, its new id."""
    for table in (second_contacts, alerts_read):
        await connection.execute(delete(table).where(table.c.chat_id == new_id))
        await connection.execute(update(table).where(table.c.chat_id == old_id).values(chat_id=new_id))
    await connection.execute(
        update(second_contacts).where(second_contacts.c.contact_id == old_id).values(contact_id=new_id)
    )


async def _present(connection: AsyncConnection, chat_id: int) -> SecondContact:
    row = (await connection.execute(select(second_contacts).where(second_contacts.c.chat_id == chat_id))).one_or_none()
    return _contact(row) if row else SecondContact(chat_id=chat_id)


async def _keep(connection: AsyncConnection, contact: SecondContact) -> None:
    values = {
        "after_minutes": contact.after_minutes, "contact_id": contact.contact_id, "agreed_at": contact.agreed_at,
        "invitation": contact.invitation,
    }  # fmt: skip
    await connection.execute(
        insert(connection, second_contacts)
        .values(chat_id=contact.chat_id, **values)
        .on_conflict_do_update(index_elements=["chat_id"], set_=values)
    )


async def _whose(connection: AsyncConnection, contact_id: int) -> tuple[int, ...]:
    found = select(second_contacts.c.chat_id).where(second_contacts.c.contact_id == contact_id)
    return tuple(await connection.scalars(found.order_by(second_contacts.c.agreed_at)))


async def _agree(
    connection: AsyncConnection, chat_id: int, invitation: int, contact_id: int, now: datetime
) -> bool:  # fmt: skip
    asked = (second_contacts.c.chat_id == chat_id, second_contacts.c.invitation == invitation)
    written = await connection.execute(
        update(second_contacts).where(*asked).values(contact_id=contact_id, agreed_at=now, invitation=None)
    )
    return written.rowcount > 0


async def _withdraw(connection: AsyncConnection, contact_id: int, chat_id: int) -> bool:
    both = (second_contacts.c.chat_id == chat_id, second_contacts.c.contact_id == contact_id)
    written = await connection.execute(
        update(second_contacts).where(*both).values(contact_id=None, agreed_at=None)
    )  # fmt: skip
    return written.rowcount > 0


async def _read(connection: AsyncConnection, chat_id: int, event_id: str, now: datetime) -> bool:
    told = select(outbox.c.id).where(outbox.c.chat_id == chat_id, outbox.c.event_id == event_id).limit(1)
    if await connection.scalar(told) is None:
        return False
    await connection.execute(
        insert(connection, alerts_read)
        .values(chat_id=chat_id, event_id=event_id, at=now)
        .on_conflict_do_update(index_elements=["chat_id", "event_id"], set_={"at": now})
    )
    return True


async def _unread(connection: AsyncConnection, since: datetime) -> tuple[Unread, ...]:
    key = literal("unread:", String) + cast(outbox.c.id, String)
    told = exists().where(notices.c.key == key)
    read = exists().where(
        alerts_read.c.chat_id == outbox.c.chat_id,
        alerts_read.c.event_id == outbox.c.event_id,
        alerts_read.c.at >= outbox.c.settled_at,
    )
    rows = await connection.execute(
        select(outbox.c.id, outbox.c.alert, outbox.c.settled_at, second_contacts, chats.c.chat)
        .join(second_contacts, second_contacts.c.chat_id == outbox.c.chat_id)
        .join(chats, chats.c.id == second_contacts.c.contact_id)
        .where(second_contacts.c.after_minutes > 0, outbox.c.severity >= Severity.SEVERE)
        .where(outbox.c.reason.in_(_LOUD), outbox.c.state == Delivery.SENT, outbox.c.settled_at >= since)
        .where(outbox.c.settled_at >= second_contacts.c.agreed_at, ~told, ~read)
        .order_by(outbox.c.id)
    )
    return tuple(
        Unread(key=f"unread:{row.id}", alert=row.alert, arrived_at=row.settled_at, wish=_contact(row), contact=row.chat)
        for row in rows
    )


async def _forget(connection: AsyncConnection, before: datetime) -> int:
    return (await connection.execute(delete(alerts_read).where(alerts_read.c.at < before))).rowcount


def _contact(row: Row[tuple[object, ...]]) -> SecondContact:
    return SecondContact(
        chat_id=row.chat_id, after_minutes=row.after_minutes, contact_id=row.contact_id, agreed_at=row.agreed_at,
        invitation=row.invitation,
    )  # fmt: skip
