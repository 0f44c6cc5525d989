"""The operator's notice to all chats: kept as a draft, confirmed, told to each chat once, silently, after all alerts.

A parcel is committed as `sending` before its call, and its outcome after it. What a process that ended was sending is
never sent again, for it may have arrived: it counts as unanswered. So no chat is told twice, and at most one is missed
by a crash.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from secrets import token_hex
from typing import Protocol

from bot.alerts.broadcast import broadcast_message, report_message
from bot.model.alert import Delivery, Never, Outcome, Sent, TryLater
from bot.model.watch import Chat, ChatState
from bot.services.ports import Clock, Sender

LONGEST = 3000  # UTF-16 units: with the line above it, it fits into one message in every language
DRAFT = timedelta(days=1)
_AT_ONCE = 200
_CHAT_GAP = timedelta(minutes=1)  # after a refusal that was this chat's alone


@dataclass(frozen=True, slots=True, kw_only=True)
class Parcel:
    """A notice on its way to one chat; its attempt is committed."""

    broadcast_id: str
    chat: Chat
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """What became of a notice: to how many chats it was told, not told, and how many sends were not answered."""

    broadcast_id: str
    told: int
    failed: int
    unanswered: int


class BroadcastBox(Protocol):
    """Where notices to all chats are kept."""

    async def draft(self, broadcast_id: str, words: str, now: datetime, oldest: datetime) -> int:
        """Keep a draft, and drop those from before `oldest`; return how many chats are active."""
        ...

    async def confirm(self, broadcast_id: str, oldest: datetime) -> int | None:
        """Let the draft go to every active chat, once; return to how many, None where it is no draft (any more)."""
        ...

    async def abandon(self) -> int:
        """Count what is being sent as unanswered: whoever sent it has ended."""
        ...

    async def waiting(self, limit: int) -> tuple[tuple[str, int], ...]:
        """Return what waits, as the id of the notice and of the chat, the oldest notice first."""
        ...

    async def take(self, broadcast_id: str, chat_id: int) -> Parcel | None:
        """Take one that waits: it is committed as being sent. None where it waits no more."""
        ...

    async def settle(self, parcel: Parcel, state: Delivery) -> None:
        """Write what came of it; a chat that was forgotten meanwhile has no parcel any more."""
        ...

    async def ended(self) -> tuple[Tally, ...]:
        """Return the confirmed notices of which nothing waits and nothing is being sent."""
        ...

    async def drop(self, broadcast_id: str) -> None:
        """Drop a notice with its parcels."""
        ...


class Chats(Protocol):
    """What is asked of the store about chats."""

    async def chat(self, chat_id: int) -> Chat | None:
        """Return a chat."""
        ...

    async def save_chat(self, chat: Chat) -> None:
        """Keep a chat."""
        ...

    async def move_chat(self, old_id: int, new_id: int) -> None:
        """Give a chat its new id."""
        ...


class Broadcast:
    """Drafts, confirms, sends and reports the operator's notices. `operator_chat` is 0 where there is none."""

    def __init__(self, *, box: BroadcastBox, store: Chats, sender: Sender, clock: Clock, operator_chat: int) -> None:
        self._box, self._store, self._sender, self._clock = box, store, sender, clock
        self._operator_chat = operator_chat
        self._held_until: datetime | None = None
        self._chats_held: dict[int, datetime] = {}

    async def draft(self, words: str) -> tuple[str, int]:
        """Keep the words until they are confirmed, a day at most; return the draft's id and how many chats are active.

        Raises:
            ValueError: they are longer than LONGEST.
        """
        if len(words.encode("utf-16-le")) > 2 * LONGEST:
            raise ValueError("the notice is too long")
        now, name = self._clock.now(), token_hex(8)
        return name, await self._box.draft(name, words.replace("\0", ""), now, now - DRAFT)

    async def confirm(self, broadcast_id: str) -> int | None:
        """Send the draft to all active chats from now on; return to how many, None where it is no draft (any more)."""
        return await self._box.confirm(broadcast_id, self._clock.now() - DRAFT)

    async def look(self, go_on: Callable[[], bool]) -> int:
        """Send what waits, one after the other, for as long as `go_on` says; return how many were told.

        Only one look may be under way, in one process: what another left being sent is given up as unanswered.
        """
        await self._box.abandon()
        told = 0
        while waiting := await self._sendable():
            for broadcast_id, chat_id in waiting:
                if not go_on() or self._held():
                    return told
                parcel = await self._box.take(broadcast_id, chat_id)
                told += parcel is not None and await self._send(parcel)
        await self._report()
        return told

    async def _sendable(self) -> list[tuple[str, int]]:
        """Return some of what waits, for no chat that has to wait longer."""
        now = self._clock.now()
        self._chats_held = {chat_id: until for chat_id, until in self._chats_held.items() if until > now}
        waiting = await self._box.waiting(_AT_ONCE + len(self._chats_held))
        return [(name, chat_id) for name, chat_id in waiting if chat_id not in self._chats_held]

    def _held(self) -> bool:
        return self._held_until is not None and self._held_until > self._clock.now()

    async def _send(self, parcel: Parcel) -> bool:
        if parcel.chat.state is not ChatState.ACTIVE:
            await self._box.settle(parcel, Delivery.DEAD)
            return False
        outcome = await self._sender.send(parcel.chat, broadcast_message(parcel.words, parcel.chat))
        await self._box.settle(parcel, _state(outcome))
        await self._learn(parcel.chat, outcome)
        return isinstance(outcome, Sent)

    async def _learn(self, chat: Chat, outcome: Outcome) -> None:
        """Take up what an outcome tells of the chat, or of all."""
        match outcome:
            case TryLater(at, everyone=True):
                self._held_until = at
            case TryLater(at):
                self._chats_held[chat.id] = max(at, self._clock.now() + _CHAT_GAP)
            case Never(moved_to=int(new_id)):
                await self._store.move_chat(chat.id, new_id)
            case Never(chat_gone=True):
                await self._store.save_chat(replace(chat, state=ChatState.UNREACHABLE))
            case Sent(topic_gone=True):
                await self._store.save_chat(replace(chat, thread_id=None))
            case _:
                pass

    async def _report(self) -> None:
        """Tell the operator what became of each notice that has ended; one whose report must wait is told later."""
        for tally in await self._box.ended():
            chat = await self._store.chat(self._operator_chat)
            if chat is not None:
                message = report_message(tally.told, tally.failed, tally.unanswered, chat)
                if isinstance(await self._sender.send(chat, message), TryLater):
                    return
            await self._box.drop(tally.broadcast_id)


def _state(outcome: Outcome) -> Delivery:
    """Return what becomes of the parcel: it waits on where it was certainly not sent and still can be."""
    match outcome:
        case Sent():
            return Delivery.SENT
        case TryLater() | Never(moved_to=int()):
            return Delivery.NEW
        case Never():
            return Delivery.DEAD
        case _:
            return Delivery.UNKNOWN
