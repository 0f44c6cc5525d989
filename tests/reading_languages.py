"""Items of one language, read and judged with the configured words: the fixtures of tests/reading/<language>."""

from collections.abc import Callable
from pathlib import Path

from builders import item

from bot.app.books import load_books
from bot.pipeline import Books, Understanding, understand

CONFIG = Path(__file__).parent.parent / "config"

Understand = Callable[..., Understanding]


def configured_books() -> Books:
    """Return the books of the repo's own configuration."""
    return load_books(CONFIG)


def understanding_in(language: str, books: Books) -> Understand:
    """Return a function that reads and judges an item of that language, of 17 September 2024."""

    def told(text: str = "", *, title: str = "", **fields: object) -> Understanding:
        return understand(item(title, text, language=language, **fields), books)

    return told
