"""Spanish items, read and judged with the configured words."""

from collections.abc import Callable
from pathlib import Path

import pytest
from builders import item

from bot.app.books import load_books
from bot.pipeline import Books, Understanding, understand

CONFIG = Path(__file__).parents[3] / "config"

Understand = Callable[..., Understanding]


@pytest.fixture(scope="session")
def books() -> Books:
    return load_books(CONFIG)


@pytest.fixture(scope="session")
def understood(books: Books) -> Understand:
    """Read and judge a Spanish item of 17 September 2024."""

    def told(text: str = "", *, title: str = "", **fields: object) -> Understanding:
        return understand(item(title, text, language="es", **fields), books)

    return told
