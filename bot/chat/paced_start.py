"""Waiting for a call's turn, on the running loop's time."""

import asyncio

from bot.chat.pacer import Call, Pacer
from bot.model.alert import Lane

_LONGEST_WAIT = 60.0


class HeldBackError(Exception):
    """Telegram takes this call only in so many seconds: too long to wait here."""

    def __init__(self, seconds: float) -> None:
        super().__init__(f"held back for {seconds:.0f} s after a refusal")
        self.seconds = seconds


class ClosedError(Exception):
    """No call can succeed any more; the message says why."""


class PacedStart:
    """Lets calls start when the pacer says so. `closed` is why none may start any more, or empty."""

    def __init__(self, pacer: Pacer) -> None:
        self.pacer = pacer
        self.closed = ""
        self._starts: dict[Call, asyncio.Future[None]] = {}
        self._timer: asyncio.TimerHandle | None = None

    async def wait(self, chat_id: int | None, lane: Lane = Lane.REPLY) -> None:
        """Return when a call for this chat may start.

        Raises:
            HeldBackError: it was refused, or everyone was. The outbox keeps alerts better than we do, so they go back
                at once; replies, which nobody keeps, wait for up to a minute.
            ClosedError: no call may start any more.
        """
        call, start = Call(lane, chat_id), asyncio.get_running_loop().create_future()
        self._starts[call] = start
        self.pacer.ask(call)
        self._turn_back()
        self._look()
        try:
            await start
        finally:
            self.pacer.withdraw(call)
            self._starts.pop(call, None)

    def refused(self, chat_id: int | None, wait: float) -> bool:
        """Heed a refusal; return whether everyone is held now."""
        everyone = self.pacer.refused(chat_id, wait, _now())
        self._turn_back()
        self._look()
        return everyone

    def close(self, why: str) -> None:
        """Let no call start any more."""
        self.closed = self.closed or why
        self._turn_back()

    def everyone_held(self) -> bool:
        """Return whether Telegram has refused all chats for the present."""
        return self.pacer.held_until(None, _now()) > _now()

    def resting(self) -> frozenset[int] | None:
        """Return the chats to which no alert may start now; None while that is so for all."""
        if self.closed or self.everyone_held():
            return None
        return self.pacer.resting(_now())

    def _look(self) -> None:
        """Start whoever may start now, and come back when the next one may."""
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
        while isinstance(found := self.pacer.grant(_now()), Call):
            start = self._starts.pop(found)
            if not start.done():
                start.set_result(None)
        if self._starts:
            self._timer = asyncio.get_running_loop().call_at(found, self._look)

    def _turn_back(self) -> None:
        """Send those away that would wait too long."""
        now = _now()
        for call, start in list(self._starts.items()):
            seconds = self.pacer.held_until(call.chat_id, now) - now
            too_long = _LONGEST_WAIT if call.lane is Lane.REPLY else 0.0
            if not self.closed and seconds <= too_long:
                continue
            self.pacer.withdraw(call)
            del self._starts[call]
            if not start.done():
                start.set_exception(ClosedError(self.closed) if self.closed else HeldBackError(seconds))


def _now() -> float:
    return asyncio.get_running_loop().time()
