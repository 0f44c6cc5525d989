"""What worker processes do. A job is made once in its process and returns the function that answers each request.

Imports stand inside the jobs: the process that decodes strangers' bytes loads the decoders and nothing else.
"""

from collections.abc import Callable
from datetime import datetime
from importlib import import_module
from typing import TYPE_CHECKING, cast

from bot.model.item import Item, Source

if TYPE_CHECKING:
    from bot.pipeline import Books, Understanding

ROBOTS_NAME = "Outrider"
ROBOTS_BYTES = 512_000
"""What RFC 9309, section 2.5, wants to be read at least."""


def load(path: str) -> Callable[..., object]:
    """Return what a path "package.module:name" names.

    Raises:
        ValueError: the path is not of that form.
        ImportError, AttributeError: there is no such thing.
    """
    module, separator, name = path.partition(":")
    if not separator:
        raise ValueError(f"{path!r} is not of the form module:name")
    return cast("Callable[..., object]", getattr(import_module(module), name))


def decoding() -> Callable[[Source, bytes, str, datetime], tuple[Item, ...]]:
    """Return the decoder of feeds."""
    from bot.feeds import decode  # noqa: PLC0415 - see the head of this file

    return decode


def page_reading() -> Callable[[str, bytes, str], str | float | None]:
    """Return the reader of web pages ("article") and of robots.txt ("pause"), each of bytes and an address."""
    from protego import Protego  # noqa: PLC0415 - see the head of this file
    from trafilatura import extract  # noqa: PLC0415 - the same

    def article(page: bytes, url: str) -> str:
        return extract(page, url=url, favor_precision=True, include_comments=False, include_tables=False) or ""

    def pause(robots: bytes, url: str) -> float | None:
        rules = Protego.parse(robots[:ROBOTS_BYTES].decode("utf-8", "replace"))
        return float(rules.crawl_delay(ROBOTS_NAME) or 0) if rules.can_fetch(url, ROBOTS_NAME) else None

    jobs: dict[str, Callable[[bytes, str], str | float | None]] = {"article": article, "pause": pause}
    return lambda job, body, url: jobs[job](body, url)


def understanding(books_factory: str, *args: object) -> "Callable[[Item], Understanding]":
    """Return the reader and assessor of items, with books that are opened once.

    Args:
        books_factory: "module:name" of a function that returns Books.
        args: what it is called with.
    """
    from bot.pipeline import understand  # noqa: PLC0415 - see the head of this file

    books = cast("Books", load(books_factory)(*args))
    return lambda item: understand(item, books)
