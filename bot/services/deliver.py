"""Send what waits in the outbox: claim, send, settle, each send on its own row."""

import asyncio
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Protocol

from bot.model.alert import Alert, AlertReason, Delivery, Message, Never, Outcome, TryLater
from bot.model.event import Event
from bot.model.watch import Chat, ChatState
from bot.services.ports import Claimed, Clock, Sender, Settlement, Store
from bot.services.retry import settlement

LEASE = timedelta(seconds=60)


class Render(Protocol):
    """How an alert's text is made: `bot.alerts.render.render` with its books bound."""

    def __call__(self, alert: Alert, event: Event, chat: Chat, now: datetime, *, repeat: bool) -> Message:
        """Return the message; reply, edit and thread are filled in here."""
        ...


class Deliver:
    """The delivery loop. Its attempt is committed before each call, its outcome after it (notes on reliability)."""

    def __init__(
        self,
        *,
        store: Store,
        sender: Sender,
        render: Render,
        clock: Clock,
        owner: str,
        in_flight: int = 8,
        on_outcome: Callable[[Claimed, Outcome], None] = lambda *_: None,
    ) -> None:
        """`in_flight`: sends at once; each is one possible repeat if the process is killed."""
        self._store, self._sender, self._render, self._clock = store, sender, render, clock
        self._owner, self._in_flight, self._on_outcome = owner, in_flight, on_outcome
        self._held_until: datetime | None = None
        self._stopping = False

    async def recover(self) -> int:
        """Mark what an ended process left in flight as ambiguous; return how many rows."""
        return await self._store.recover(self._owner, self._clock.now())

    def stop(self) -> None:
        """Claim no more; sends in flight are finished by `sweep`."""
        self._stopping = True

    async def sweep(self) -> int:
        """Send all that is due now, several at once; return how many rows were settled."""
        settled = 0
        running: set[asyncio.Task[None]] = set()
        while True:
            claimed = await self._claim(self._in_flight - len(running))
            running |= {asyncio.create_task(self._send(one)) for one in claimed}
            if not running:
                return settled
            done, running = await asyncio.wait(running, return_when=asyncio.FIRST_COMPLETED)
            settled += len(done)
            for task in done:
                task.result()

    async def _claim(self, limit: int) -> tuple[Claimed, ...]:
        now = self._clock.now()
        held = self._held_until is not None and now < self._held_until
        if self._stopping or held or limit <= 0:
            return ()
        return await self._store.claim(self._owner, now, limit, LEASE)

    async def _send(self, claimed: Claimed) -> None:
        message = self._message(claimed)
        if message is None:
            nothing = Settlement(state=Delivery.SUPERSEDED, why="there is no message to edit")
            await self._store.settle(claimed, nothing, self._clock.now())
            return
        outcome = await self._sender.send(claimed.chat, message)
        now = self._clock.now()
        await self._store.settle(claimed, settlement(claimed, outcome, now), now)
        await self._heed(claimed, outcome)
        self._on_outcome(claimed, outcome)

    def _message(self, claimed: Claimed) -> Message | None:
        """Return the message as a first one, a reply or an edit; None for an edit of what never arrived."""
        alert, now = claimed.alert, self._clock.now()
        message = self._render(alert, claimed.event, claimed.chat, now, repeat=claimed.ambiguous > 0)
        message = replace(message, silent=alert.silent, thread_id=claimed.chat.thread_id)
        if alert.reason is AlertReason.EDIT:
            return replace(message, edit=claimed.message_id) if claimed.message_id else None
        return replace(message, reply_to=None if alert.reason is AlertReason.FIRST else claimed.message_id)

    async def _heed(self, claimed: Claimed, outcome: Outcome) -> None:
        """Act on what an outcome says of the chat, or of all chats."""
        match outcome:
            case TryLater(at, everyone=True):
                self._held_until = at
            case Never(moved_to=int(new_id)):
                await self._store.move_chat(claimed.chat.id, new_id)
            case Never(chat_gone=True):
                await self._store.save_chat(replace(claimed.chat, state=ChatState.UNREACHABLE))
            case _:
                pass
