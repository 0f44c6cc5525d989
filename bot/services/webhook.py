"""Changes of events, told to a system of the operator's choice: one signed POST each, in their order, none lost.

How far it has come is a mark in the store: after an outage, or a restart, it goes on where it was. It reads the history
by itself and sends from a task of its own, so that alerts never wait for it. A change is sent again until it is
answered with 2xx; whoever takes it knows by `id` what was there before.
"""

import hmac
import json
from collections.abc import Callable
from datetime import datetime, timedelta
from hashlib import sha256

from bot.alerts.plan import is_told
from bot.model.event import EventChange
from bot.services.heartbeat import Caller
from bot.services.ports import Clock
from bot.services.record import Record, RecordedChange

MARK = "webhook"
AT_ONCE = 50
OVERLAP = 500
"""Changes behind the newest one that are looked through again: transactions need not end in the order of numbers."""
FIRST_PAUSE, LONGEST_PAUSE = timedelta(seconds=5), timedelta(minutes=15)


class Webhook:
    """Sends what was not sent yet."""

    def __init__(
        self,
        *,
        url: str,
        secret: str,
        store: Record,
        caller: Caller,
        clock: Clock,
        body: Callable[[RecordedChange], dict[str, object]],
        on_trouble: Callable[[str, datetime], None] = lambda *_: None,
    ) -> None:
        """`body` says what a change is told as; `on_trouble` hears why a call failed, and when it is tried again."""
        self._url, self._secret, self._store, self._caller, self._clock = url, secret, store, caller, clock
        self._body, self._on_trouble = body, on_trouble
        self._pause, self._not_before = FIRST_PAUSE, datetime.min.replace(tzinfo=clock.now().tzinfo)

    async def look(self) -> int:
        """Send what waits, until nothing does or a call fails; return how many were sent.

        The very first time it only notes where it begins: what happened before is not told.
        """
        if self._clock.now() < self._not_before:
            return 0
        marked = await self._store.mark(MARK)
        if not marked:
            await self._keep([await self._store.last_change()])
            return 0
        done = [int(number) for number in marked.split(",")]
        sent = 0
        while waiting := await self._waiting(done):
            for change in waiting:
                if _is_told(change):
                    if not await self._send(change):
                        return sent
                    sent += 1
                done = [*done, change.number]
                await self._keep(done)
                done = done[-OVERLAP:]
        return sent

    async def _waiting(self, done: list[int]) -> list[RecordedChange]:
        """Return the changes that are not done; of those before the first that is remembered all are."""
        known = set(done)
        found = await self._store.changes_after(min(known), AT_ONCE + len(known))
        return [change for change in found if change.number not in known][:AT_ONCE]

    async def _keep(self, done: list[int]) -> None:
        await self._store.keep_mark(MARK, ",".join(map(str, done[-OVERLAP:])))

    async def _send(self, change: RecordedChange) -> bool:
        now = self._clock.now()
        body = json.dumps(self._body(change), ensure_ascii=False).encode()
        why = await self._caller.call(self._url, body, signed(body, self._secret, now, change.number))
        if not why:
            self._pause = FIRST_PAUSE
            return True
        self._not_before = now + self._pause
        self._pause = min(self._pause * 2, LONGEST_PAUSE)
        self._on_trouble(why, self._not_before)
        return False


def signed(body: bytes, secret: str, now: datetime, number: int) -> dict[str, str]:
    """Return the headers: the signature is HMAC-SHA256, in hexadecimal, of "<timestamp>.<body>"."""
    stamp = str(int(now.timestamp()))
    signature = hmac.new(secret.encode(), f"{stamp}.".encode() + body, sha256).hexdigest()
    return {
        "content-type": "application/json",
        "x-outrider-id": str(number),
        "x-outrider-timestamp": stamp,
        "x-outrider-signature": f"sha256={signature}",
    }


def _is_told(change: RecordedChange) -> bool:
    """Tell whether people were to be told of it, had anybody watched."""
    seen = EventChange(
        kind=change.kind, before=None, after=change.event, cause=None, at=change.at, news=change.news
    )  # fmt: skip
    return change.told and is_told(seen)
