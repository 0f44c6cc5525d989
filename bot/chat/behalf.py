"""Seeing to a group or a channel from private chat: for whom a person acts there now.

In memory: a restart, or half an hour of silence, ends it. The rights are asked for again at everything that is done.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

_LASTS = timedelta(minutes=30)
_MOST = 10_000


@dataclass(frozen=True, slots=True)
class Acting:
    """The chat that a person sees to, how it is called (shown, never stored), and until when."""

    chat_id: int
    title: str
    until: datetime


class Behalf:
    """Who acts for which chat."""

    def __init__(self, now: Callable[[], datetime]) -> None:
        self._now = now
        self._acting: dict[int, Acting] = {}

    def begin(self, private_id: int, chat_id: int, title: str) -> None:
        """From now on what is said in that private chat is meant for the other chat."""
        if len(self._acting) >= _MOST:
            self._acting.clear()
        self._acting[private_id] = Acting(chat_id, title, self._now() + _LASTS)

    def of(self, private_id: int) -> Acting | None:
        """Return for whom the person acts now."""
        acting = self._acting.get(private_id)
        if acting is not None and acting.until <= self._now():
            del self._acting[private_id]
            return None
        return acting

    def go_on(self, private_id: int) -> None:
        """Count the half hour anew."""
        if acting := self.of(private_id):
            self._acting[private_id] = replace(acting, until=self._now() + _LASTS)

    def end(self, private_id: int) -> bool:
        """Act for nobody but oneself; False where it was so."""
        return self._acting.pop(private_id, None) is not None
