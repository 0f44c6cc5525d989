"""The real delivery, sender, bot library and pacer, between a line in memory and Telegram in virtual time."""

import asyncio
from collections.abc import AsyncIterator, Iterable, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta

from builders import BAMAKO, MALI, event, watch
from support.line import MemoryLine
from support.virtual_telegram import VirtualTelegram
from support.virtual_time import START, LoopClock
from telegram.ext import ExtBot

from bot.chat.paced_start import PacedStart
from bot.chat.pacer import Pacer
from bot.chat.sender import TelegramSender
from bot.chat.transport import Paced
from bot.model.alert import Alert, AlertReason, Lane, Message
from bot.model.assessment import Severity
from bot.model.event import Event
from bot.model.watch import Chat, Match
from bot.services.deliver import Deliver

_MATCH = Match(watch=watch(MALI), why="in-country", place=BAMAKO)


def alerts(
    chats: Iterable[int], severity: Severity = Severity.MODERATE, *, event_id: str = "event-1", after: float = 0
) -> Iterator[Alert]:
    """Return a first alert for each chat, made that many seconds after the start."""
    made = START + timedelta(seconds=after)
    for chat_id in chats:
        yield Alert(
            key=f"{chat_id}:{event_id}:first", chat_id=chat_id, event_id=event_id, event_version=1,
            reason=AlertReason.FIRST, severity=severity, silent=False, match=_MATCH, created_at=made,
            expires_at=made + timedelta(days=1),
        )  # fmt: skip


@dataclass
class FanOut:
    """What a story needs: the line to fill, the bot to answer people with, and what Telegram saw."""

    line: MemoryLine
    telegram: VirtualTelegram
    bot: ExtBot[Lane]
    pace: PacedStart
    deliver: Deliver

    async def until_all_is_sent(self) -> float:
        """Sweep each second, as the service does, until nothing waits; return how long that took in all."""
        while self.line.unsent:
            await self.deliver.sweep()
            await asyncio.sleep(1)
        return max(one.at for one in self.telegram.arrived)


@asynccontextmanager
async def fan_out(
    telegram: VirtualTelegram, *, in_flight: int = 8, paid_per_second: float | None = None
) -> AsyncIterator[FanOut]:
    """Put the parts together."""
    pace, line = PacedStart(Pacer(paid_per_second=paid_per_second)), MemoryLine(event())
    async with ExtBot(
        "1:virtual", request=telegram, get_updates_request=telegram, rate_limiter=Paced(pace)
    ) as bot:  # fmt: skip
        deliver = Deliver(
            store=line,  # type: ignore[arg-type]
            sender=TelegramSender(bot, LoopClock().now, pace.everyone_held, paid=paid_per_second is not None),
            render=plainly, clock=LoopClock(), owner="test", in_flight=in_flight, resting=pace.resting,
        )  # fmt: skip
        yield FanOut(line, telegram, bot, pace, deliver)


def plainly(alert: Alert, event: Event, chat: Chat, now: datetime, *, repeat: bool) -> Message:
    """Put an alert into as few words as a test needs."""
    del event, chat, now, repeat
    text = f"{alert.severity.name} {alert.event_id}"
    return Message(html=text, plain=text)
