"""When each call to Telegram may start, and whose turn it is. Pure: `paced_start` does the waiting.

The numbers are those published for bots (notes on Telegram, section 2): about 30 messages a second for all, one a
second to a private chat after a short burst, 20 a minute to a group. Starts are spaced, never bunched: a sender that
fills windows gets refused when the network bunches its calls. Times are seconds of any clock that only goes forward.
"""

from collections import deque
from dataclasses import dataclass, field
from math import floor, inf

from bot.model.alert import Lane
from bot.services.lanes import Turns

PER_SECOND = 28.0
PAID_PER_SECOND = 1000.0
PRIVATE_GAP = 1.0
GROUP_GAP = 3.0
GROUP_MOST, GROUP_WINDOW = 20, 60.0
_NEVER_PAID = frozenset({Lane.REPLY, Lane.QUIET})
# By how many of its gaps a chat may run ahead. Groups: replies alone, so that who presses buttons need not wait.
_BURST = 1
_GROUP_BURST = 4
# Two chats that are refused within this time mean that the token is, not the chat.
_TOGETHER = 10.0
_FORGET_EVERY = 5.0
# A busy machine wakes us late, and the pace would sink below its rate by it. So up to this many seconds are made good,
# by starts that lie closer, but never closer than this part of a gap, and never more than 29 in the time that 28.9 take
# at the rate: what a network bunches by 66 ms then stays within Telegram's 30 a second.
_MADE_GOOD, _CLOSEST, _WHOLE = 1.0, 0.5, 0.995
# After a refusal: halve, keep that for a minute, then win back a hundredth of the full rate each two seconds.
_CALM, _RECOVERY = 60.0, 0.005
_LOWEST = 1 / 8


@dataclass(slots=True, eq=False)
class Call:
    """A call that waits for its turn. `chat_id` None puts no message into a chat (an answer to a button)."""

    lane: Lane
    chat_id: int | None


class _Row:
    """The row that all calls of a token stand in: one start each 1/rate seconds, fewer after refusals (AIMD)."""

    def __init__(self, per_second: float) -> None:
        self._full = self._low = per_second
        self._slowed_at = self._due = self._closest = -inf
        most = floor(per_second) + 1
        self._window = _WHOLE * most / per_second
        self._starts: deque[float] = deque(maxlen=most)

    def rate(self, now: float) -> float:
        """Return how many calls a second may start at present."""
        calm = max(0.0, now - self._slowed_at - _CALM)
        return self._full if calm == inf else min(self._full, self._low + self._full * _RECOVERY * calm)

    def free(self) -> float:
        """Return from when the next call may start."""
        return max(self._due, self._closest, self._uncrowded())

    def take(self, now: float) -> None:
        """Take a start."""
        gap = 1.0 / self.rate(now)
        late = now - self._due <= _MADE_GOOD  # else nobody was there
        self._due = (max(self._due, self._uncrowded()) if late else now) + gap
        self._closest = now + _CLOSEST * gap
        self._starts.append(now)

    def _uncrowded(self) -> float:
        """Return from when a start is not one too many; what was late before then is not made good any more."""
        return self._starts[0] + self._window if len(self._starts) == self._starts.maxlen else -inf

    def slow(self, now: float) -> None:
        """Halve the rate."""
        self._low = max(self.rate(now) / 2, self._full * _LOWEST)
        self._slowed_at = now


@dataclass(slots=True)
class _ChatPace:
    """When one chat's next message is due at its steady pace, and until when the chat refuses more.

    `starts` are a group's latest, at most as many as a minute may hold. Until `slow_until` its pace is half.
    """

    due: float = -inf
    refused_until: float = -inf
    slow_until: float = -inf
    starts: deque[float] = field(default_factory=lambda: deque(maxlen=GROUP_MOST))


class Pacer:
    """Gives out starts, one at a time, to the most urgent call that may go; a chat's own wait holds no other back.

    Calls of one chat and lane start in the order in which they asked.
    """

    def __init__(
        self,
        *,
        per_second: float = PER_SECOND,
        paid_per_second: float | None = None,
        private_gap: float = PRIVATE_GAP,
        group_gap: float = GROUP_GAP,
    ) -> None:
        """`paid_per_second`: alerts are paid for and have a row of their own, beside that of replies and edits.

        The gaps are seconds between messages to one chat; a private one may run ahead by one message.
        """
        free = _Row(per_second)
        paid = _Row(paid_per_second) if paid_per_second else free
        self._rows = {lane: free if lane in _NEVER_PAID else paid for lane in Lane}
        self._private_gap, self._group_gap = private_gap, group_gap
        self._waiting: dict[Lane, list[Call]] = {lane: [] for lane in Lane}
        self._turns = Turns()
        self._chats: dict[int, _ChatPace] = {}
        self._everyone_until = -inf
        self._last_refusal: tuple[float, int | None, float] = (-inf, None, -inf)
        self._forgot_at = -inf

    def ask(self, call: Call) -> None:
        """Put the call into its lane."""
        self._waiting[call.lane].append(call)

    def withdraw(self, call: Call) -> None:
        """Take back a call that waits; one that does not is left alone."""
        if call in self._waiting[call.lane]:
            self._waiting[call.lane].remove(call)

    def grant(self, now: float) -> Call | float:
        """Return the call that starts now, or when to ask next; infinity if nobody waits."""
        self._forget(now)
        soonest, ready = inf, dict[Lane, Call]()
        for lane, calls in self._waiting.items():
            row_free = max(self._rows[lane].free(), self._everyone_until)
            if calls and row_free > now:
                soonest = min(soonest, row_free)
                continue
            for call in calls:
                free = self._chat_free(call.chat_id, lane)
                if free <= now:
                    ready[lane] = call
                    break
                soonest = min(soonest, free)
        if not ready:
            return soonest
        lane = self._turns.first(ready)
        self._turns.took(lane)
        self._start(ready[lane], now)
        return ready[lane]

    def held_until(self, chat_id: int | None, now: float) -> float:
        """Return until when Telegram has refused this chat, or everyone; `now` if it has not."""
        pace = self._chats.get(chat_id) if chat_id is not None else None
        return max(now, self._everyone_until, pace.refused_until if pace else -inf)

    def rate(self, now: float) -> float:
        """Return how many alerts a second may start at present."""
        return self._rows[Lane.REST].rate(now)

    def resting(self, now: float) -> frozenset[int]:
        """Return the chats to which no alert may start now."""
        return frozenset(chat_id for chat_id in self._chats if self._chat_free(chat_id, Lane.REST) > now)

    def refused(self, chat_id: int | None, wait: float, now: float) -> bool:
        """Heed a refusal: hold the chat for `wait` seconds and slow it down. Return whether everyone is held now.

        Two chats refused shortly after each other mean that the whole token is, for as long as both say, and that the
        common pace is too fast.
        """
        until = now + wait
        last_at, last_chat, last_until = self._last_refusal
        together = last_chat is not None and last_chat != chat_id and now - last_at <= _TOGETHER
        self._last_refusal = (now, chat_id, until)
        if chat_id is None or together:
            if self._everyone_until <= now:
                for row in set(self._rows.values()):
                    row.slow(now)
            common = until if chat_id is None else min(until, last_until)
            self._everyone_until = max(self._everyone_until, common)
        if chat_id is not None:
            pace = self._chats.setdefault(chat_id, _ChatPace())
            pace.refused_until = max(pace.refused_until, until)
            pace.slow_until = until + _CALM
        return self._everyone_until > now

    def _chat_free(self, chat_id: int | None, lane: Lane) -> float:
        """Return from when the chat alone would let a call of that lane start."""
        pace = self._chats.get(chat_id) if chat_id is not None else None
        if chat_id is None or pace is None:
            return -inf
        gap = self._gap(chat_id)
        if chat_id > 0:
            return max(pace.refused_until, pace.due - _BURST * gap)
        ahead = _GROUP_BURST * gap if lane is Lane.REPLY else 0.0
        full = pace.starts[0] + GROUP_MOST * gap if len(pace.starts) == GROUP_MOST else -inf
        return max(pace.refused_until, pace.due - ahead, full)

    def _start(self, call: Call, now: float) -> None:
        self._waiting[call.lane].remove(call)
        self._rows[call.lane].take(now)
        if call.chat_id is None:
            return
        pace = self._chats.setdefault(call.chat_id, _ChatPace())
        slowness = 2.0 if now < pace.slow_until else 1.0
        pace.due = max(pace.due, now) + self._gap(call.chat_id) * slowness
        if call.chat_id < 0:
            pace.starts.append(now)

    def _gap(self, chat_id: int) -> float:
        return self._group_gap if chat_id < 0 else self._private_gap

    def _forget(self, now: float) -> None:
        """Forget chats that were quiet for a while."""
        if now - self._forgot_at < _FORGET_EVERY:
            return
        self._forgot_at = now
        self._chats = {
            chat_id: pace
            for chat_id, pace in self._chats.items()
            if max(pace.refused_until, pace.due, pace.slow_until) > now
            or (pace.starts and pace.starts[-1] + GROUP_WINDOW > now)
        }
