"""An event loop whose time is made of timers: it jumps to the next one instead of waiting, so a day takes seconds.

What is no timer (a database in its threads) takes no time: while `outside` lasts, the clock stands still.
"""

import asyncio
import selectors
from collections.abc import Callable, Coroutine, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from typing import Any, TypeVar

T = TypeVar("T")

START = datetime(2024, 9, 17, 7, 0, tzinfo=UTC)


_PATIENCE = 60.0
"""Seconds for which what is outside is waited for."""


class _Jumping(selectors.DefaultSelector):  # type: ignore[misc,valid-type]  # the platform decides which it is
    """Waits for nobody but what is outside: else the loop's time is turned on instead."""

    def __init__(self) -> None:
        super().__init__()
        self.now = 0.0
        self.outside = 0

    def select(self, timeout: float | None = None) -> list[Any]:
        idle = timeout is None or timeout > 0
        happened: list[Any] = super().select(_PATIENCE if self.outside and idle else 0)
        if happened or not idle:
            return happened
        if timeout is None or self.outside:
            raise AssertionError("everything waits for something that never comes")
        self.now += timeout
        return []


class VirtualLoop(asyncio.SelectorEventLoop):
    """The loop. `time()` starts at 0 and goes on by jumps."""

    def __init__(self) -> None:
        self.jumping = _Jumping()
        super().__init__(self.jumping)

    def time(self) -> float:
        return self.jumping.now

    def run_in_executor(self, executor: Any, func: Callable[..., T], *args: Any) -> asyncio.Future[T]:  # noqa: ANN401
        """Do it in a thread, which takes no time."""
        done: asyncio.Future[T] = super().run_in_executor(executor, func, *args)
        self.jumping.outside += 1
        done.add_done_callback(self._inside)
        return done

    def _inside(self, _: object) -> None:
        self.jumping.outside -= 1


@contextmanager
def outside() -> Iterator[None]:
    """Stop the running virtual clock while something is waited for that is no timer."""
    loop = asyncio.get_running_loop()
    assert isinstance(loop, VirtualLoop)
    loop.jumping.outside += 1
    try:
        yield
    finally:
        loop.jumping.outside -= 1


def in_virtual_time(story: Coroutine[Any, Any, T]) -> T:
    """Run the story to its end."""
    with asyncio.Runner(loop_factory=VirtualLoop) as runner:
        return runner.run(story)


class LoopClock:
    """The services' clock by the running loop's time."""

    def now(self) -> datetime:
        return START + timedelta(seconds=asyncio.get_running_loop().time())

    async def sleep(self, seconds: float) -> None:
        await asyncio.sleep(seconds)
