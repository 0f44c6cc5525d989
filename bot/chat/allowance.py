"""How much one chat may change in a minute: a person never comes near it, a script does at once."""

from collections import deque
from datetime import datetime, timedelta

MOST_CHANGES = 10
_MINUTE = timedelta(minutes=1)
_MOST_REMEMBERED = 10_000


class Allowance:
    """Counts each chat's changes of the last minute. In memory: a restart forgives."""

    def __init__(self) -> None:
        self._changes: dict[int, deque[datetime]] = {}

    def take(self, chat_id: int, now: datetime) -> bool:
        """Tell whether the chat may change one thing more now; if so it is counted."""
        if chat_id not in self._changes and len(self._changes) >= _MOST_REMEMBERED:
            self._forget(now)
        changes = self._changes.setdefault(chat_id, deque(maxlen=MOST_CHANGES))
        if len(changes) == MOST_CHANGES and now - changes[0] < _MINUTE:
            return False
        changes.append(now)
        return True

    def _forget(self, now: datetime) -> None:
        self._changes = {number: times for number, times in self._changes.items() if now - times[-1] < _MINUTE}
