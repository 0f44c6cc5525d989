"""Map pictures: after a grave alert has arrived, its map follows as a silent reply, when nothing else waits.

A picture is no promise, as an alert is: one that cannot be sent is dropped, and those that wait when the process ends
are lost. Each different map is drawn and uploaded once; whoever else needs the same one gets it by the messenger's id.
"""

import asyncio
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from bot.alerts.facts import tag
from bot.model.alert import AlertReason, Outcome, Sent
from bot.model.assessment import Severity
from bot.model.event import Event
from bot.model.sketch import Sketch
from bot.model.watch import Chat, ChatKind, Match
from bot.services.ports import Claimed

_WITH_PICTURE = frozenset({AlertReason.FIRST, AlertReason.ESCALATION})
_MOST_WAITING = 2_000  # at 28 messages a second somewhat more than a minute
_MOST_KEPT = 512


class Draughtsman(Protocol):
    """Draws maps: `bot.maps.Painter`."""

    def sketch(self, event: Event, match: Match, language: str) -> Sketch:
        """Return what a map of the event shows to this watcher."""
        ...

    def draw(self, shown: Sketch, /) -> bytes:
        """Return the picture as PNG; safe in a thread."""
        ...


class PictureSender(Protocol):
    """Brings pictures to chats."""

    async def show(self, chat: Chat, picture: bytes | str, caption: str, reply_to: int | None) -> str | None:
        """Send a picture, or one uploaded before by its id, silently; return its id, None where it did not work."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class _Wish:
    chat: Chat
    event: Event
    match: Match
    reply_to: int


class Pictures:
    """Sends maps after alerts, one after the other, and on demand."""

    def __init__(
        self,
        *,
        draughtsman: Draughtsman,
        sender: PictureSender,
        on_trouble: Callable[[Exception], None] = lambda _: None,
    ) -> None:
        self._draughtsman, self._sender, self._on_trouble = draughtsman, sender, on_trouble
        self._uploaded: OrderedDict[Sketch, str] = OrderedDict()
        self._waiting: asyncio.Queue[_Wish] = asyncio.Queue(_MOST_WAITING)

    def told(self, claimed: Claimed, outcome: Outcome) -> None:
        """Hear of a try to send an alert; a severe or extreme one that arrived gets its map."""
        alert = claimed.alert
        grave = alert.severity >= Severity.SEVERE and alert.reason in _WITH_PICTURE
        if grave and isinstance(outcome, Sent) and _wants_pictures(claimed.chat):
            wish = _Wish(chat=claimed.chat, event=claimed.event, match=alert.match, reply_to=outcome.message_id)
            if not self._waiting.full():
                self._waiting.put_nowait(wish)

    async def run(self) -> None:
        """Send what waits, for ever; nothing that goes wrong with one picture stops the next."""
        while True:
            wish = await self._waiting.get()
            try:
                await self.show(wish.chat, wish.event, wish.match, wish.reply_to)
            except Exception as error:  # noqa: BLE001 - whatever it is, the alert itself has been told
                self._on_trouble(error)

    async def show(self, chat: Chat, event: Event, match: Match, reply_to: int | None) -> bool:
        """Send the event's map to the chat; return whether it worked."""
        sketch = self._draughtsman.sketch(event, match, chat.language)
        known = self._uploaded.get(sketch)
        if known is not None and await self._sender.show(chat, known, tag(event), reply_to):
            self._uploaded.move_to_end(sketch)
            return True
        picture = await asyncio.to_thread(self._draughtsman.draw, sketch)
        uploaded = await self._sender.show(chat, picture, tag(event), reply_to)
        if uploaded is None:
            return False
        self._uploaded[sketch] = uploaded
        if len(self._uploaded) > _MOST_KEPT:
            self._uploaded.popitem(last=False)
        return True


def _wants_pictures(chat: Chat) -> bool:
    """Tell whether maps follow its alerts by themselves: a map on a lock screen names the place."""
    return chat.kind is not ChatKind.TERMINAL and chat.pictures and not chat.discreet
