"""Work that is counted, not timed: the same on a busy machine as on an idle one."""

import sys
from collections.abc import Callable


def work_of(step: Callable[[], object]) -> int:
    """Return how many calls the step makes: of functions, of builtins, of each turn of a generator.

    A loop that calls nothing is not seen, nor how long one builtin takes.
    """
    calls = 0

    def count(_frame: object, event: str, _arg: object) -> None:
        nonlocal calls
        calls += event in {"call", "c_call"}

    before = sys.getprofile()
    sys.setprofile(count)
    try:
        step()
    finally:
        sys.setprofile(before)
    return calls
