"""Several processes over one PostgreSQL: which part of the work this one does, and when it leads."""

import asyncio
from collections.abc import AsyncIterator, Callable, Coroutine
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from typing import Any

from bot.app.build import House
from bot.app.logs import Log
from bot.app.roles import Leads, Role, duties
from bot.app.settings import Settings
from bot.app.telegram_side import TelegramSide
from bot.model.alert import Message, Outcome, TryLater
from bot.model.errors import ConfigError, Fault
from bot.model.watch import Chat
from bot.services.leading import Lead
from bot.services.ports import Clock, Sender

HOUSE = "house"


def part_of(role: str, settings: Settings) -> Role:
    """Return the role; raise ConfigError for a part of the work over a database that one process has to itself."""
    part = Role(role)
    if part is not Role.ALL and not settings.shared:
        why = "needs PostgreSQL (OUTRIDER_DATABASE_URL): SQLite belongs to one process"
        raise ConfigError((Fault("--role", role, why),))
    if part in {Role.SENDER, Role.CHAT} and settings.telegram_token is None:
        raise ConfigError((Fault("--role", role, "needs OUTRIDER_TELEGRAM_TOKEN"),))
    return part


class LedSender(Sender):
    """Sends only while this process leads: one that was frozen after its claim finds out before the call."""

    def __init__(self, sender: Sender, clock: Clock, held: Callable[[], bool]) -> None:
        self._sender, self._clock, self._held = sender, clock, held

    async def send(self, chat: Chat, message: Message) -> Outcome:
        """Send, or say that this was certainly not sent."""
        if not self._held():
            return TryLater(self._clock.now(), "another process sends by now")
        return await self._sender.send(chat, message)


@asynccontextmanager
async def leading(house: House, part: Role, log: Log) -> AsyncIterator[Leads | None]:
    """Ask for the role's duties while the context lasts, and leave them to others at its end.

    None where the database is this process's own: then all duties are.
    """
    if not house.settings.shared:
        yield None
        return

    def lead(what: str, *names: str) -> Lead:
        def changed(leads: bool) -> None:  # noqa: FBT001 - it answers one question
            log.info("leads" if leads else "stands by", duty=what, role=part.value)

        def trouble(error: Exception) -> None:
            log.error("the lead could not be renewed", duty=what, exc_info=error)

        return Lead(house.sharing, names, on_change=changed, on_trouble=trouble)

    leads = Leads(bot=lead("bot", *duties(part, house.settings)), house=lead("house", HOUSE))
    mine = [leads.bot] * (part.sends or part.talks) + [leads.house] * part.takes_in
    async with AsyncExitStack() as stack:
        for one in mine:
            stack.push_async_callback(_resigned, one)
            await stack.enter_async_context(beside(one.keep()))
        yield leads


@asynccontextmanager
async def at_telegram(telegram: TelegramSide, house: House, part: Role, leads: Leads | None) -> AsyncIterator[None]:
    """Be what the role is at Telegram while the context lasts: talk (while leading), send maps, or stand by."""
    async with AsyncExitStack() as stack:
        if leads is None:
            await stack.enter_async_context(telegram.chatting(house))
        else:
            stack.push_async_callback(telegram.disconnect)
            await stack.enter_async_context(beside(telegram.reconnect()))
        if leads is not None and part.talks:
            await stack.enter_async_context(beside(_chat_while_leading(telegram, house, leads.bot)))
        if part.sends:
            await stack.enter_async_context(telegram.showing())
        yield


@asynccontextmanager
async def beside(work: Coroutine[Any, Any, None]) -> AsyncIterator[None]:
    """Do this beside what the context holds, until that ends."""
    task = asyncio.create_task(work)
    try:
        yield
    finally:
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task


async def _chat_while_leading(telegram: TelegramSide, house: House, lead: Lead) -> None:
    while True:
        await lead.won()
        async with telegram.chatting(house):
            await lead.lost()
        await telegram.reconnect()


async def _resigned(lead: Lead) -> None:
    with suppress(Exception):  # the lease ends by itself
        await lead.resign()
