"""`outrider sources --probe`: each source asked once, now: does it answer, is it read, and what comes of its items."""

import asyncio
from collections.abc import Sequence
from contextlib import AsyncExitStack, aclosing
from dataclasses import dataclass
from datetime import datetime

from bot.app.build import make_fetcher, make_stream
from bot.app.clock import SystemClock
from bot.app.config import Tuning
from bot.app.settings import Settings
from bot.model.item import Item, Source
from bot.net.fetcher import HttpFetcher
from bot.net.stream import SocketStream
from bot.services.listen import StreamBroken
from bot.services.ports import Fetched, FetchFailed, Unreadable, Validators
from bot.workers.decoder import WorkerDecoder
from bot.workers.understander import WorkerUnderstander

HEAD = ("source", "kind", "languages", "regions", "format", "status", "items", "newest (UTC)", "placed", "alertable")
READ = 40
"""Items of a source that are read, the newest: enough to see whether its words and places are understood."""

_NOTHING = "-"


@dataclass(frozen=True, slots=True, kw_only=True)
class Probed:
    """What a source gave: "ok" or why it fails, and of its newest items how many were placed and are alertable."""

    status: str
    items: int = 0
    newest: datetime | None = None
    read: int = 0
    placed: int = 0
    alertable: int = 0

    @property
    def failed(self) -> bool:
        """Whether it is of no use."""
        return self.status != "ok"


async def probe(settings: Settings, tuning: Tuning, sources: Sequence[Source]) -> dict[str, Probed]:
    """Return what each source gives now, by its id."""
    async with AsyncExitStack() as stack:
        fetcher, decoder = make_fetcher(settings, tuning, SystemClock()), WorkerDecoder()
        understander = WorkerUnderstander("bot.app.books:load_books", str(settings.config_dir))
        for part in (fetcher, decoder, understander):
            stack.push_async_callback(part.close)
        await understander.start()
        stream = make_stream(settings)

        async def one(source: Source) -> tuple[str, Probed]:
            answer = await (_heard(source, stream) if source.pushed else _fetched(source, fetcher))
            if isinstance(answer, str):
                return source.id, Probed(status=f"fails: {answer}")
            items = await decoder.decode(source, answer, SystemClock().now()) if answer.body else ()
            if isinstance(items, Unreadable):
                return source.id, Probed(status=f"fails: {items.why}")
            return source.id, await _read(items, understander)

        return dict(await asyncio.gather(*map(one, sources)))


def cells(source: Source, probed: Probed) -> tuple[str, ...]:
    """Return a row of the table."""
    return (
        source.id,
        source.kind,
        ",".join(source.languages) or "?",
        ",".join(source.regions) or "world",
        source.format,
        probed.status,
        str(probed.items) if not probed.failed else _NOTHING,
        f"{probed.newest:%Y-%m-%d %H:%M}" if probed.newest else _NOTHING,
        f"{probed.placed} of {probed.read}" if probed.read else _NOTHING,
        str(probed.alertable) if probed.read else _NOTHING,
    )


async def _fetched(source: Source, fetcher: HttpFetcher) -> Fetched | str:
    answer = await fetcher.fetch(source.url, Validators())
    if isinstance(answer, FetchFailed):
        return answer.why
    assert isinstance(answer, Fetched), "a request without validators is never answered by 304"
    return answer


async def _heard(source: Source, stream: SocketStream) -> Fetched | str:
    """Return the first message of a stream, or an empty answer where it lives and has nothing to say just now."""
    try:
        async with aclosing(stream.listen(source.url)) as messages:
            message = await anext(messages)
    except StreamBroken as error:
        return error.why
    return Fetched(body=message or b"", content_type="application/json", validators=Validators(), url=source.url)


async def _read(items: Sequence[Item], understander: WorkerUnderstander) -> Probed:
    dated = sorted(items, key=lambda item: item.published_at.timestamp() if item.published_at else 0.0, reverse=True)
    answers = await understander.understand(dated[:READ])
    found = [answer for answer in answers if not isinstance(answer, Unreadable)]
    return Probed(
        status="ok",
        items=len(items),
        newest=dated[0].published_at if dated else None,
        read=len(answers),
        placed=sum(any(one.places for one in answer.assessments) for answer in found),
        alertable=sum(any(one.alertable for one in answer.assessments) for answer in found),
    )
