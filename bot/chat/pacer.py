"""When each call to Telegram may start: spaced for the whole token and for each chat. Pure; the shell sleeps.

The numbers are those published for bots (notes on Telegram, section 2): about 30 messages a second for all, one a
second to a private chat after a short burst, 20 a minute to a group. Starts are spaced, never bunched: a sender that
fills windows gets refused when the network bunches its calls.
"""

import asyncio
from bisect import bisect_left, insort
from collections.abc import Callable
from dataclasses import dataclass
from time import monotonic

PER_SECOND = 28.0
PRIVATE_GAP = 1.0
GROUP_GAP = 3.0
# Two chats that are refused within this time mean that the token is, not the chat.
_TOGETHER = 10.0
_FORGET_AFTER = 60.0


@dataclass(slots=True)
class _ChatPace:
    """When one chat's next message is due at its steady pace, and until when the chat refuses more."""

    due: float = float("-inf")
    refused_until: float = 0.0


class Pacer:
    """Hands out start times, in seconds of any clock that only goes forward.

    A chat's own wait never holds others back: its start is put into the next free gap of the common row.
    """

    def __init__(
        self, *, per_second: float = PER_SECOND, private_gap: float = PRIVATE_GAP, group_gap: float = GROUP_GAP
    ) -> None:
        """The gaps are seconds between messages to one chat; a private one may run ahead by one message."""
        self._gap = 1.0 / per_second
        self._private_gap, self._group_gap = private_gap, group_gap
        self._row: list[float] = []
        self._chats: dict[int, _ChatPace] = {}
        self._everyone_until = 0.0
        self._last_refusal: tuple[float, int | None] = (float("-inf"), None)
        self._swept = 0.0

    def reserve(self, chat_id: int | None, now: float) -> float:
        """Return when the next call for this chat may start, and keep that time for it.

        `chat_id` None is a call to no chat (an answer to a button): it only keeps the common pace.
        """
        self._sweep(now)
        start = max(now, self._everyone_until)
        if chat_id is not None:
            pace = self._chats.setdefault(chat_id, _ChatPace())
            gap, ahead = (self._group_gap, 0.0) if chat_id < 0 else (self._private_gap, self._private_gap)
            start = self._free_from(max(start, pace.refused_until, pace.due - ahead))
            pace.due = max(pace.due, start) + gap
        else:
            start = self._free_from(start)
        insort(self._row, start)
        return start

    def held_until(self, chat_id: int | None, now: float) -> float:
        """Return until when Telegram has refused this chat, or everyone; `now` if it has not."""
        pace = self._chats.get(chat_id) if chat_id is not None else None
        return max(now, self._everyone_until, pace.refused_until if pace else 0.0)

    @property
    def everyone_held(self) -> bool:
        """Whether the latest refusal holds everyone, not one chat alone."""
        return self._everyone_until > self._last_refusal[0]

    def refused(self, chat_id: int | None, wait: float, now: float) -> bool:
        """Heed a refusal: hold the chat for `wait` seconds. Return whether everyone is held now.

        Two chats refused shortly after each other mean that the whole token is.
        """
        until = now + wait
        last_at, last_chat = self._last_refusal
        everyone = chat_id is None or (last_chat != chat_id and now - last_at <= _TOGETHER)
        self._last_refusal = (now, chat_id)
        if everyone:
            self._everyone_until = max(self._everyone_until, until)
        if chat_id is not None:
            pace = self._chats.setdefault(chat_id, _ChatPace())
            pace.refused_until = max(pace.refused_until, until)
        return everyone

    def _free_from(self, start: float) -> float:
        """Return the first time from `start` that lies a whole gap from every start in the row."""
        index = bisect_left(self._row, start)
        if index > 0:
            start = max(start, self._row[index - 1] + self._gap)
        while index < len(self._row) and self._row[index] - start < self._gap:
            start = max(start, self._row[index] + self._gap)
            index += 1
        return start

    def _sweep(self, now: float) -> None:
        """Forget starts that lie behind, and chats that were quiet for a while."""
        del self._row[: bisect_left(self._row, now - self._gap)]
        if now - self._swept < _FORGET_AFTER:
            return
        self._swept = now
        self._chats = {
            chat_id: pace for chat_id, pace in self._chats.items() if max(pace.refused_until, pace.due) > now
        }


class PacedStart:
    """Waits until a call may start: the pacer on the running loop's time."""

    def __init__(self, pacer: Pacer, clock: Callable[[], float] = monotonic) -> None:
        self.pacer, self._clock = pacer, clock

    async def wait(self, chat_id: int | None) -> None:
        """Return when a call for this chat may start; waits anew where it was refused meanwhile."""
        while True:
            now = self._clock()
            await asyncio.sleep(self.pacer.reserve(chat_id, now) - now)
            now = self._clock()
            if self.pacer.held_until(chat_id, now) <= now:
                return

    def refused(self, chat_id: int | None, wait: float) -> bool:
        """Heed a refusal; return whether everyone is held now."""
        return self.pacer.refused(chat_id, wait, self._clock())
