"""Messages of no event that must arrive, though the process end half way: written down, sent, and settled."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Protocol

from bot.alerts.roll_call import marked_as_repeat
from bot.model.alert import Delivery, Message, Never, Sent, TryLater
from bot.model.watch import Chat
from bot.services.ports import Clock, Sender

LEASE = timedelta(seconds=60)
LONGEST_WAIT = timedelta(days=1)
_AT_ONCE = 50
_MOST_TRIES = 3
_AGAIN = timedelta(seconds=10)


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """A message to a chat. `key` says what is told, so that it is told once."""

    key: str
    chat_id: int
    message: Message


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    """A notice on its way; `repeat`: an earlier try of it may have arrived."""

    row: int
    attempt: int
    chat: Chat
    message: Message
    repeat: bool


class NoticeBox(Protocol):
    """Where notices are kept."""

    async def put(self, notice: Notice, now: datetime) -> bool:
        """Keep a notice that is to be sent; False where one of its key was."""
        ...

    async def take(self, now: datetime, lease: timedelta, oldest: datetime, limit: int) -> tuple[Taken, ...]:
        """Take notices that are due and were made since `oldest`; the attempt is committed before this returns."""
        ...

    async def settle(self, taken: Taken, state: Delivery, next_at: datetime, now: datetime) -> None:
        """Write what came of an attempt, unless another attempt holds the row by now."""
        ...

    async def forget(self, before: datetime) -> int:
        """Drop notices that were made before then."""
        ...


class Notices:
    """Sends what waits."""

    def __init__(self, box: NoticeBox, sender: Sender, clock: Clock) -> None:
        self._box, self._sender, self._clock = box, sender, clock

    async def look(self) -> int:
        """Send what is due; return how many arrived."""
        now, arrived = self._clock.now(), 0
        for one in await self._box.take(now, LEASE, now - LONGEST_WAIT, _AT_ONCE):
            message = marked_as_repeat(one.message, one.chat) if one.repeat else one.message
            outcome = await self._sender.send(one.chat, replace(message, thread_id=one.chat.thread_id))
            now = self._clock.now()
            match outcome:
                case Sent():
                    arrived += 1
                    await self._box.settle(one, Delivery.SENT, now, now)
                case TryLater(at):
                    await self._box.settle(one, Delivery.AMBIGUOUS if one.repeat else Delivery.NEW, at, now)
                case Never():
                    await self._box.settle(one, Delivery.DEAD, now, now)
                case _:
                    again = Delivery.AMBIGUOUS if one.attempt < _MOST_TRIES else Delivery.UNKNOWN
                    await self._box.settle(one, again, now + _AGAIN, now)
        return arrived
