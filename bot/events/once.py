"""What is asked of one and the same event over and over is worked out once.

An event never changes: what changes is another event under the same id. So what follows from it holds as long as it
is in memory, and it is known again by being that very object; to compare or to hash events would cost more than most
of what is asked of them.
"""

from collections.abc import Callable
from functools import partial, wraps
from typing import TypeVar
from weakref import ref

from bot.model.event import Event

T = TypeVar("T")


def once_each(question: Callable[[Event], T]) -> Callable[[Event], T]:
    """Return the question with a memory of its answers; each is forgotten with its event."""
    answers: dict[int, tuple[ref[Event], T]] = {}

    def forget(key: int, gone: ref[Event]) -> None:
        if key in answers and answers[key][0] is gone:  # else another event has the number of the one that is gone
            del answers[key]

    @wraps(question)
    def ask(event: Event) -> T:
        key = id(event)
        held = answers.get(key)
        if held is not None and held[0]() is event:
            return held[1]
        answer = question(event)
        answers[key] = (ref(event, partial(forget, key)), answer)
        return answer

    return ask
