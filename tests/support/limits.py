"""The Bot API emulator with Telegram's published limits: what goes beyond them is refused and counted."""

import asyncio
import math
from collections import deque
from typing import Any

from support.telegram_emulator import Refusal, TelegramEmulator

EVERYONE, SECOND = 30, 1.0
GROUP, MINUTE = 20, 60.0
PRIVATE, PRIVATE_WINDOW = 3, 2.0  # one a second after a burst


class LimitedTelegram(TelegramEmulator):
    """Takes 30 messages in any second, 20 a minute for a group, one a second for a person after a short burst.

    After too many in a second the whole bot is refused until the time is over. Answers take 40 to 100 ms, as on the
    way to Telegram. `taken` are the times of the messages that it took.
    """

    def __init__(self) -> None:
        super().__init__()
        self.refused = 0
        self.taken: deque[float] = deque()
        self._of_chat: dict[int, deque[float]] = {}
        self._blocked_until = 0.0

    async def _api_sendMessage(self, chat_id: int, *given: Any, **named: Any) -> dict[str, Any]:  # noqa: ANN401, N802
        now = asyncio.get_running_loop().time()
        mine = self._of_chat.setdefault(chat_id, deque(maxlen=GROUP))
        many, window = (GROUP, MINUTE) if chat_id < 0 else (PRIVATE, PRIVATE_WINDOW)
        if now < self._blocked_until:
            self._refuse(self._blocked_until - now)
        if len(mine) >= many and mine[-many] > now - window:
            self._refuse(mine[-many] + window - now)
        if len(self.taken) >= EVERYONE and self.taken[-EVERYONE] > now - SECOND:
            self._blocked_until = now + math.ceil(self.taken[-EVERYONE] + SECOND - now)
            self._refuse(self._blocked_until - now)
        mine.append(now)
        self.taken.append(now)
        answer = await super()._api_sendMessage(chat_id, *given, **named)
        await asyncio.sleep(0.04 + 0.06 * (answer["message_id"] % 7) / 6)
        return answer

    def _refuse(self, wait: float) -> None:
        self.refused += 1
        seconds = math.ceil(wait)
        raise Refusal(429, f"Too Many Requests: retry after {seconds}", retry_after=seconds)
