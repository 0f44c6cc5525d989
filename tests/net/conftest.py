import socket
from collections.abc import Iterator

import pytest


@pytest.fixture
def connects(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[object]]:
    """Every address that anything in this process connects to."""
    seen: list[object] = []
    for name in ("connect", "connect_ex"):
        real = getattr(socket.socket, name)

        def spy(self: socket.socket, address: object, real: object = real) -> object:
            seen.append(address)
            return real(self, address)  # type: ignore[operator]  # a method of socket

        monkeypatch.setattr(socket.socket, name, spy)
    return seen
