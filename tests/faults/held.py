"""How long the event loop is held by one callback, and how much memory a process takes."""

import asyncio
import time
from asyncio.events import Handle
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


class Held:
    """The longest time that one callback kept the loop's thread busy, in seconds of its own processor time.

    Not of the clock on the wall: on a busy machine that measures the others.
    """

    def __init__(self) -> None:
        self.longest_s = 0.0

    @contextmanager
    def watching(self) -> Iterator[None]:
        """Measure all callbacks of all loops of this process meanwhile."""
        real = Handle._run

        def run(handle: asyncio.Handle) -> None:
            began = time.thread_time()
            real(handle)
            self.longest_s = max(self.longest_s, time.thread_time() - began)

        Handle._run = run  # type: ignore[method-assign]
        try:
            yield
        finally:
            Handle._run = real  # type: ignore[method-assign]


def resident_mb(pid: int) -> float:
    """Return the resident memory of a process, 0 where there is none."""
    try:
        lines = Path(f"/proc/{pid}/status").read_text(encoding="ascii").splitlines()
    except (OSError, UnicodeDecodeError):
        return 0.0
    return next((int(line.split()[1]) / 1024 for line in lines if line.startswith("VmRSS")), 0.0)
