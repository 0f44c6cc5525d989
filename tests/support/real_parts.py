"""The real decoders and the real reading, in the test's own process."""

from collections.abc import Sequence
from datetime import datetime

from bot.feeds import decode
from bot.model.errors import DecodeError
from bot.model.item import Item, Source
from bot.pipeline import Books, Understanding, understand
from bot.services.ports import Fetched, Unreadable


class RealDecoder:
    async def decode(self, source: Source, fetched: Fetched, now: datetime) -> tuple[Item, ...] | Unreadable:
        try:
            return decode(source, fetched.body, fetched.content_type, now)
        except DecodeError as error:
            return Unreadable(str(error))


class RealUnderstander:
    def __init__(self, books: Books) -> None:
        self._books = books

    async def understand(self, items: Sequence[Item]) -> tuple[Understanding | Unreadable, ...]:
        return tuple(understand(item, self._books) for item in items)
