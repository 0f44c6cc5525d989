"""Jobs that misbehave, for the tests of worker processes. A request is a verb and what it acts on."""

import os
import sys
import time
from collections.abc import Callable

from bot.model.errors import DecodeError
from bot.model.item import Item


def misbehaving() -> Callable[[str, object], object]:
    """Return a function that does as it is told, however bad, and tells its process and what it was given."""
    return lambda verb, what: _VERBS[verb](what)


def _refuse(what: object) -> None:
    raise DecodeError(str(what))


def _fail(what: object) -> None:
    raise ValueError(what)


def _spin(_: object) -> None:
    while True:
        pass


_VERBS: dict[str, Callable[..., object]] = {
    "echo": lambda what: (os.getpid(), what),
    "sleep": time.sleep,
    "spin": _spin,
    "exit": os._exit,
    "eat": lambda megabytes: len(bytearray(megabytes * 1_000_000)),
    "flood": lambda megabytes: bytes(megabytes * 1_000_000),
    "print": lambda what: sys.stdout.write(f"{what}\n" * 1000),
    "refuse": _refuse,
    "fail": _fail,
    "strange": lambda what: lambda: what,  # cannot be sent back
}


def counting(start: int) -> Callable[[], int]:
    """Return a function that counts from `start`: it shows that the job was made once."""
    numbers = iter(range(start, start + 1000))
    return lambda: next(numbers)


def hopeless() -> None:
    """Fail to start."""
    raise FileNotFoundError("no gazetteer here")


def sudden() -> None:
    """Fall over at the start."""
    os._exit(3)


def reading() -> Callable[[Item], str]:
    """Return a reader that a title can kill."""

    def read(item: Item) -> str:
        match item.title:
            case "kill":
                os._exit(9)
            case "hang":
                time.sleep(60)
            case "fail":
                raise ValueError("no such word")
        return f"read: {item.title}"

    return read


def frail(marker: str) -> Callable[[Item], str]:
    """Return a reader that falls over once, as if the kernel had chosen it, and never again."""

    def read(item: Item) -> str:
        if not os.path.exists(marker):  # noqa: PTH110 - the plainest way
            with open(marker, "w", encoding="utf-8"):  # noqa: PTH123 - the same
                os._exit(9)
        return f"read: {item.title}"

    return read
