"""Portuguese items, read and judged with the configured words."""

import pytest
from reading_languages import Understand, configured_books, understanding_in

from bot.pipeline import Books


@pytest.fixture(scope="session")
def books() -> Books:
    return configured_books()


@pytest.fixture(scope="session")
def understood(books: Books) -> Understand:
    return understanding_in("pt", books)
