"""The world as the services see it: a clock turned by hand, feeds that say what they are told, chats that keep all."""

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from builders import MORNING

from bot.model.alert import Message, Outcome, Sent
from bot.model.assessment import Assessment
from bot.model.item import Item, Source
from bot.model.reading import Reading
from bot.model.watch import Chat
from bot.pipeline import Understanding
from bot.services.ports import Fetched, FetchFailed, NotModified, Unreadable, Validators


class HandClock:
    """Shows what it was turned to; waiting turns it on."""

    def __init__(self, start: datetime = MORNING) -> None:
        self._now = start

    def turn(self, **by: float) -> None:
        self._now += timedelta(**by)

    def now(self) -> datetime:
        return self._now

    async def sleep(self, seconds: float) -> None:
        self.turn(seconds=seconds)
        await asyncio.sleep(0)


class ScriptedFetcher:
    """Answers each poll with the next answer of its script, the last one for ever."""

    def __init__(self, *answers: Fetched | NotModified | FetchFailed) -> None:
        self._answers = list(answers) or [Fetched(body=b"", content_type="", validators=Validators(), url="")]
        self.asked_with: list[Validators] = []

    async def fetch(self, url: str, validators: Validators) -> Fetched | NotModified | FetchFailed:
        del url
        self.asked_with.append(validators)
        return self._answers.pop(0) if len(self._answers) > 1 else self._answers[0]


class ListDecoder:
    """Decodes whatever it is given into the items that it holds, or fails as it is told."""

    def __init__(self, *items: Item, failing: str = "") -> None:
        self.items: tuple[Item, ...] = items
        self.failing = failing

    async def decode(self, source: Source, fetched: Fetched, now: datetime) -> tuple[Item, ...] | Unreadable:
        del source, fetched
        return Unreadable(self.failing) if self.failing else tuple(replace(one, fetched_at=now) for one in self.items)


class ToldUnderstander:
    """Understands each item as it is told; `unreadable` titles cannot be read."""

    def __init__(self, meaning: Callable[[Item], Assessment], *, unreadable: Sequence[str] = ()) -> None:
        self._meaning, self._unreadable = meaning, unreadable
        self.understood: list[str] = []

    async def understand(self, items: Sequence[Item]) -> tuple[Understanding | Unreadable, ...]:
        return tuple(self._one(one) for one in items)

    def _one(self, item: Item) -> Understanding | Unreadable:
        self.understood.append(item.title)
        if item.title in self._unreadable:
            return Unreadable("reading took longer than 5 s")
        assessment = replace(self._meaning(item), item_id=item.id)
        return Understanding(item, Reading(item_id=item.id, language="en"), (assessment,))


class ListeningChats:
    """A sender that keeps what each chat was sent; `outcomes` come first, then everything arrives."""

    def __init__(self, *outcomes: Outcome) -> None:
        self._outcomes = list(outcomes)
        self.sent: list[tuple[int, Message]] = []

    async def send(self, chat: Chat, message: Message) -> Outcome:
        await asyncio.sleep(0)
        self.sent.append((chat.id, message))
        return self._outcomes.pop(0) if self._outcomes else Sent(len(self.sent))

    def to(self, chat_id: int) -> list[Message]:
        return [message for chat, message in self.sent if chat == chat_id]
