"""Settings of all tests, and the server that those of the store share."""

import os
from collections.abc import Iterator

import pytest
from hypothesis import settings
from support.postgres import TestServer, running

# By hand each run tries other examples and finds new faults; a landing is judged by the same ones each time.
settings.register_profile("landing", derandomize=True, deadline=None)
settings.register_profile("by hand", deadline=None)
settings.load_profile("landing" if os.environ.get("CI") else "by hand")


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[TestServer]:
    with running() as server:
        yield server


@pytest.fixture
def postgres_url(postgres_server: TestServer) -> Iterator[str]:
    """A database of one test, with the program's tables, empty."""
    url = postgres_server.database()
    yield url
    postgres_server.drop(url)


@pytest.fixture
def empty_postgres_url(postgres_server: TestServer) -> Iterator[str]:
    """A database of one test without any table."""
    url = postgres_server.database(empty=True)
    yield url
    postgres_server.drop(url)
