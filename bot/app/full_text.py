"""Full text put together: only where a source asks for it and the extra `fulltext` is installed."""

from collections.abc import AsyncIterator, Awaitable, Callable, Iterable, Sequence
from contextlib import asynccontextmanager

from bot.model.item import Item, Source
from bot.net.fetcher import HttpFetcher
from bot.pipeline import Understanding
from bot.services.full_text import FullText
from bot.services.ports import Clock
from bot.services.robots import Robots
from bot.workers.page_reader import WorkerPageReader, is_installed


def asking(sources: Iterable[Source]) -> tuple[str, ...]:
    """Return the ids of the sources that are polled and whose pages may be read."""
    return tuple(source.id for source in sources if source.enabled and source.fulltext)


def missing(sources: Iterable[Source]) -> str:
    """Return what to tell the operator where sources ask for full text and it is not installed, else nothing."""
    wanted = asking(sources)
    if not wanted or is_installed():
        return ""
    number = "1 source asks" if len(wanted) == 1 else f"{len(wanted)} sources ask"
    return f"Full text is not installed, and {number} for it: summaries alone are read. Install outrider[fulltext]."


@asynccontextmanager
async def reading_pages(
    sources: Iterable[Source],
    *,
    fetcher: HttpFetcher,
    clock: Clock,
    take: Callable[[str, Sequence[Item]], Awaitable[object]],
    on_unread: Callable[[Item, str], None],
) -> AsyncIterator[Callable[[Understanding], None]]:
    """Give who is to hear of each item that was read; stop reading at the end. Without the extra nobody listens."""
    allowed = asking(sources)
    if not allowed or not is_installed():
        yield lambda _: None
        return
    pages, reader = fetcher.for_pages(), WorkerPageReader()
    full_text = FullText(
        allowed=allowed, fetcher=pages, robots=Robots(pages, reader, clock), reader=reader, clock=clock, take=take,
        on_unread=on_unread,
    )  # fmt: skip
    try:
        yield full_text.consider
    finally:
        await full_text.close()
        await reader.close()
