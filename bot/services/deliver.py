"""Send what waits in the outbox: claim, send, settle, each send on its own row."""

import asyncio
from collections.abc import Callable, Collection
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Protocol

from bot.model.alert import Alert, AlertReason, Delivery, Lane, Message, Never, Outcome, Sent, TryLater, Unknown
from bot.model.assessment import Severity
from bot.model.event import Event
from bot.model.watch import Chat, ChatState
from bot.services.lanes import Turns
from bot.services.ports import Claimed, Clock, Sender, Settlement, Store
from bot.services.retry import settlement

LEASE = timedelta(seconds=60)
_SET_BACK = timedelta(seconds=1)
_LOOK_EVERY = timedelta(seconds=1)
_FIRST_PAUSE, _LONGEST_PAUSE = 0.1, 2.0  # seconds
_LANES = {Severity.EXTREME: Lane.EXTREME, Severity.SEVERE: Lane.SEVERE}
_ALERTS = (Lane.EXTREME, Lane.SEVERE, Lane.REST)


class Render(Protocol):
    """How an alert's text is made: `bot.alerts.render.render` with its books bound."""

    def __call__(self, alert: Alert, event: Event, chat: Chat, now: datetime, *, repeat: bool) -> Message:
        """Return the message; reply, edit and thread are filled in here."""
        ...


class Parcelled(Store, Protocol):
    """A store that keeps the alerts of one commit, where they are very many, in parcels behind the first of them."""

    async def unpack(self) -> bool:
        """Let the alerts of one more parcel be claimed; False where none waits."""
        ...


class Deliver:
    """The delivery loop. Its attempt is committed before each call, its outcome after it (notes on reliability)."""

    def __init__(
        self,
        *,
        store: Parcelled,
        sender: Sender,
        render: Render,
        clock: Clock,
        owner: str,
        in_flight: int = 8,
        resting: Callable[[], Collection[int] | None] = frozenset,
        on_outcome: Callable[[Claimed, Outcome], None] = lambda *_: None,
        on_unconfirmed: Callable[[Claimed], None] = lambda _: None,
        on_trouble: Callable[[Exception], None] = lambda _: None,
    ) -> None:
        """`in_flight`: sends at once; each is one possible repeat if the process is killed.

        `resting` gives the chats that take no message just now, None when no chat does: their rows are not claimed, so
        that a slow group or a refused chat keeps no place from others. `on_unconfirmed` hears of an alert whose last
        try had no answer either, `on_trouble` of what nobody foresaw and of a store that cannot be written to.
        """
        self._store, self._sender, self._render, self._clock = store, sender, render, clock
        self._owner, self.in_flight, self._on_outcome = owner, in_flight, on_outcome
        self._resting, self._turns = resting, Turns()
        self._on_unconfirmed, self._on_trouble = on_unconfirmed, on_trouble
        self._held_until: datetime | None = None
        self._latest: datetime | None = None
        self._stopping = False
        self._unpacking: asyncio.Task[None] | None = None
        self._unpacks_at: datetime | None = None

    async def recover(self) -> int:
        """Mark what an ended process left in flight as ambiguous; return how many rows."""
        return await self._store.recover(self._owner, self._clock.now())

    def stop(self) -> None:
        """Claim no more; sends in flight are finished by `sweep`."""
        self._stopping = True

    async def sweep(self) -> int:
        """Send all that is due now, several at once; return how many rows were settled.

        However it ends, no send of it is under way any more: so what the store still takes for one is nobody's.
        """
        await self._set_right()
        settled = 0
        done, running = set[asyncio.Task[None]](), set[asyncio.Task[None]]()
        try:
            while True:
                self._keep_unpacking()
                claimed = await self._claim(self.in_flight - len(running))
                running |= {asyncio.create_task(self._send(one)) for one in claimed}
                if not running and self._unpacking is not None:
                    await asyncio.wait([self._unpacking])
                    continue
                if not running:
                    return settled
                done, running = await asyncio.wait(running, return_when=asyncio.FIRST_COMPLETED)
                settled += len(done)
                for task in done:
                    task.result()
        except asyncio.CancelledError:
            for task in running:
                task.cancel()
            if self._unpacking is not None:
                self._unpacking.cancel()
            raise
        finally:
            unpacking = () if self._unpacking is None else (self._unpacking,)
            await asyncio.gather(*done, *running, *unpacking, return_exceptions=True)

    def _keep_unpacking(self) -> None:
        """See to it, beside the sending and once a second, that no alerts stay in parcels."""
        now = self._clock.now()
        due = self._unpacks_at is None or not self._unpacks_at - _LOOK_EVERY <= now < self._unpacks_at
        if self._unpacking is None and due and not self._stopping:
            self._unpacks_at = now + _LOOK_EVERY
            self._unpacking = asyncio.create_task(self._unpack())

    async def _unpack(self) -> None:
        """Unpack all that waits; it ends with the sending, and what failed is tried again in a second."""
        try:
            while not self._stopping and await self._store.unpack():
                pass
        except Exception as error:  # noqa: BLE001 - locked, full, away: the parcels stay, and it may pass
            self._on_trouble(error)
        finally:
            self._unpacking = None

    async def _set_right(self) -> None:
        """Find rows that a failed claim or settlement left behind; heed a clock that was set back."""
        now = self._clock.now()
        if self._latest is not None and now < self._latest - _SET_BACK:
            self._held_until = None
            await self._store.rouse(now)
        self._latest, self._unpacks_at = now, None
        await self._store.recover(self._owner, now)

    async def _claim(self, limit: int) -> tuple[Claimed, ...]:
        now = self._clock.now()
        held = self._held_until is not None and now < self._held_until
        resting = self._resting()
        if self._stopping or held or limit <= 0 or resting is None:
            return ()
        claimed = await self._claim_below(now, resting)
        if len(claimed) < limit:
            claimed += await self._store.claim(self._owner, now, limit - len(claimed), LEASE, resting=resting)
        for one in claimed:
            self._turns.took(_LANES.get(one.alert.severity, Lane.REST))
        return claimed

    async def _claim_below(self, now: datetime, resting: Collection[int]) -> tuple[Claimed, ...]:
        """Claim one row of the lesser severities, if it is their turn."""
        first = self._turns.first(_ALERTS)
        if first is Lane.EXTREME:
            return ()
        most = Severity.SEVERE if first is Lane.SEVERE else Severity.MODERATE
        claimed = await self._store.claim(self._owner, now, 1, LEASE, most=most, resting=resting)
        if not claimed:
            self._turns.nobody(first)
        return claimed

    async def _send(self, claimed: Claimed) -> None:
        try:
            message = self._message(claimed)
        except Exception as error:  # noqa: BLE001 - one event that cannot be put into words must not stop the others
            self._on_trouble(error)
            await self._done(claimed, Never(f"it could not be put into words: {type(error).__name__}"))
            return
        if message is None:
            await self._settle(claimed, Settlement(state=Delivery.SUPERSEDED, why="there is no message to edit"))
            return
        try:
            outcome = await self._sender.send(claimed.chat, message)
        except Exception as error:  # noqa: BLE001 - what is not on the list of "certainly not sent" may have arrived
            self._on_trouble(error)
            outcome = Unknown(f"{type(error).__name__}: {error}")
        await self._done(claimed, outcome)

    async def _done(self, claimed: Claimed, outcome: Outcome) -> None:
        settled = settlement(claimed, outcome, self._clock.now())
        await self._settle(claimed, settled)
        if settled.state is Delivery.UNKNOWN:
            self._on_unconfirmed(claimed)
        await self._heed(claimed, outcome)
        self._on_outcome(claimed, outcome)

    async def _settle(self, claimed: Claimed, settled: Settlement) -> None:
        """Write what came of it, however long the store refuses: only here it is known, and forgotten it is a repeat.

        Meanwhile it keeps its place among the sends in flight: a store that takes nothing soon stops the sending.
        """
        pause = _FIRST_PAUSE
        while True:
            try:
                await self._store.settle(claimed, settled, self._clock.now())
            except Exception as error:  # noqa: BLE001 - locked, full, away: whatever it is, it may pass
                self._on_trouble(error)
            else:
                return
            await self._clock.sleep(pause)
            pause = min(pause * 2, _LONGEST_PAUSE)

    def _message(self, claimed: Claimed) -> Message | None:
        """Return the message as a first one, a reply or an edit; None for an edit of what never arrived."""
        alert, now = claimed.alert, self._clock.now()
        message = self._render(alert, claimed.event, claimed.chat, now, repeat=claimed.ambiguous > 0)
        lane = _LANES.get(alert.severity, Lane.REST)
        message = replace(message, silent=alert.silent, thread_id=claimed.chat.thread_id, lane=lane)
        if alert.reason is AlertReason.EDIT:
            return replace(message, edit=claimed.message_id, lane=Lane.QUIET) if claimed.message_id else None
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
            case Sent(topic_gone=True):
                await self._store.save_chat(replace(claimed.chat, thread_id=None))
            case _:
                pass
