"""Invitations: made, used up, dropped."""

from datetime import datetime, timedelta

from sqlalchemy import delete, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.services.invitations import Invitation
from bot.storage.peace_tables import invitations


async def keep(connection: AsyncConnection, invitation: Invitation) -> None:
    """Write a new one; drop those that are used up."""
    await connection.execute(delete(invitations).where(invitations.c.uses <= 0))
    await connection.execute(
        invitations.insert().values(code=invitation.code, uses=invitation.uses, until=invitation.until)
    )  # fmt: skip


async def use(connection: AsyncConnection, code: str, now: datetime) -> bool:
    """Use it once; drop those that are over."""
    await connection.execute(delete(invitations).where(invitations.c.until <= now - timedelta(days=7)))
    left = (invitations.c.code == code, invitations.c.uses > 0, invitations.c.until > now)
    used = await connection.execute(update(invitations).where(*left).values(uses=invitations.c.uses - 1))
    return used.rowcount > 0
