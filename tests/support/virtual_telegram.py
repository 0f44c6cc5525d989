"""Telegram in virtual time: under the library's own request class, with a round trip, limits and refusals."""

import asyncio
import json
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from random import Random

from telegram.request import BaseRequest, RequestData

_BOT = {"id": 1, "is_bot": True, "first_name": "Outrider", "username": "outrider_test_bot"}


@dataclass(frozen=True, slots=True)
class Arrived:
    """A message that was taken: when the call was made, and to whom."""

    at: float
    chat_id: int
    text: str
    paid: bool = False


class VirtualTelegram(BaseRequest):
    """Takes messages after 20-50 ms and answers after as much again.

    `refuse` is asked for each message: for how many seconds this chat (True: everyone) is refused from now, or None.
    What comes while the refusal lasts is refused too, and counted in `too_soon` if the bot had been told before it
    called: of its chat, or of two chats where everyone is refused.
    """

    def __init__(self, seed: int, refuse: Callable[[int, Random], tuple[int, bool] | None] = lambda *_: None) -> None:
        self.dice = Random(seed)
        self._refuse = refuse
        self.arrived: list[Arrived] = []
        self.calls: list[tuple[float, int]] = []
        self.too_soon: list[tuple[float, int]] = []
        self.refusals = 0
        self.held: list[tuple[float, float, int | None]] = []
        self._chat_until: dict[int, float] = {}
        self._everyone_until = 0.0
        self._told_chat: dict[int, float] = {}
        self._told: deque[tuple[int, float, float]] = deque(maxlen=20)
        self._numbers = iter(range(1, 10**9))

    @property
    def read_timeout(self) -> float | None:
        return 30.0

    async def initialize(self) -> None:
        """Nothing to open."""

    async def shutdown(self) -> None:
        """Nothing to close."""

    async def do_request(  # type: ignore[override]  # timeouts mean nothing here
        self, url: str, method: str, request_data: RequestData | None = None, **_: object
    ) -> tuple[int, bytes]:
        """Answer one call."""
        del method
        if request_data is None or not url.endswith("/sendMessage"):
            return 200, json.dumps({"ok": True, "result": _BOT}).encode()
        called = _now()
        given = request_data.parameters
        chat_id = given["chat_id"]
        self.calls.append((called, chat_id))
        if called < max(self._told_chat.get(chat_id, 0.0), self._known_hold()):
            self.too_soon.append((called, chat_id))
        await asyncio.sleep(self.dice.uniform(0.02, 0.05))
        seconds = self._refused(chat_id)
        await asyncio.sleep(self.dice.uniform(0.02, 0.05))
        if seconds is not None:
            self.refusals += 1
            until = _now() + seconds
            self._told_chat[chat_id] = max(self._told_chat.get(chat_id, 0.0), until)
            self._told.append((chat_id, _now(), until))
            return 429, json.dumps({
                "ok": False, "error_code": 429, "description": f"Too Many Requests: retry after {seconds}",
                "parameters": {"retry_after": seconds},
            }).encode()  # fmt: skip
        paid = bool(given.get("allow_paid_broadcast"))
        self.arrived.append(Arrived(called, chat_id, str(given["text"]), paid))
        return 200, json.dumps({
            "ok": True,
            "result": {"message_id": next(self._numbers), "date": 0, "chat": {"id": chat_id, "type": "private"}},
        }).encode()  # fmt: skip

    def _refused(self, chat_id: int) -> int | None:
        now = _now()
        left = max(self._everyone_until, self._chat_until.get(chat_id, 0.0)) - now
        if left > 0:
            return int(left) + 1
        found = self._refuse(chat_id, self.dice)
        if found is None:
            return None
        seconds, everyone = found
        self.held.append((now, now + seconds, None if everyone else chat_id))
        if everyone:
            self._everyone_until = now + seconds
        else:
            self._chat_until[chat_id] = now + seconds
        return seconds

    def _known_hold(self) -> float:
        """Return until when the bot knows that everyone is refused: as long as two chats were told so within 10 s."""
        known = 0.0
        for chat_id, at, until in self._told:
            for other, before, other_until in self._told:
                if other != chat_id and 0 <= at - before <= 10.0:
                    known = max(known, min(until, other_until))
        return known


def most_within(starts: list[float], window: float) -> int:
    """Return the most starts in any window that is open at its end."""
    ordered, first, most = sorted(starts), 0, 0
    for last, start in enumerate(ordered):
        while ordered[first] <= start - window + 1e-9:
            first += 1
        most = max(most, last - first + 1)
    return most


def by_chat(calls: list[tuple[float, int]]) -> dict[int, list[float]]:
    """Return the times of each chat's calls."""
    found: dict[int, list[float]] = {}
    for at, chat_id in calls:
        found.setdefault(chat_id, []).append(at)
    return found


def _now() -> float:
    return asyncio.get_running_loop().time()
