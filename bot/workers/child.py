"""The worker process: `python -m bot.workers.child JOB DEADLINE_S MEMORY_MB`, spoken to by `killable`.

Both ways go frames: eight bytes of length, then a pickle. The first frame holds the arguments of the job, and is
answered when the job is ready; each frame after it is one request. An answer is a pair of its kind and its value.
"""

import os
import pickle
import resource
import signal
import struct
import sys
from typing import BinaryIO

from bot.model.errors import OutriderError
from bot.workers.jobs import load

LENGTH = struct.Struct(">Q")

DONE, REFUSED, FAILED, OUT_OF_MEMORY = "done", "refused", "failed", "out of memory"


def frame(value: object) -> bytes:
    """Return a value as a frame."""
    body = pickle.dumps(value, protocol=pickle.HIGHEST_PROTOCOL)
    return LENGTH.pack(len(body)) + body


def main(job: str, deadline_s: float, memory_mb: int) -> int:
    """Answer requests until there are no more."""
    requests, answers = sys.stdin.buffer, os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())  # what a library prints must not stand among the answers
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C means the parent, which ends us in its own time
    if memory_mb:
        resource.setrlimit(resource.RLIMIT_AS, (memory_mb * 1_000_000,) * 2)
    arguments = _next(requests)
    try:
        handle = load(job)(*(arguments or ()))
    except Exception as error:  # noqa: BLE001 - whatever it is, the parent has to say it
        _answer(answers, FAILED, _words(error))
        return 1
    _answer(answers, DONE, None)
    while (request := _next(requests)) is not None:
        # Should the parent be gone, nobody would end us in an endless request: the alarm does.
        signal.setitimer(signal.ITIMER_REAL, 2 * deadline_s)
        try:
            _answer(answers, DONE, handle(*request))  # type: ignore[operator]  # a job returns a function
        except OutriderError as error:
            _answer(answers, REFUSED, str(error))
        except MemoryError:
            _answer(answers, OUT_OF_MEMORY, "")
            return 1  # what is left of the heap is not to be trusted with the next request
        except Exception as error:  # noqa: BLE001 - one bad request costs only itself
            _answer(answers, FAILED, _words(error))
        signal.setitimer(signal.ITIMER_REAL, 0)
    return 0


def _next(requests: BinaryIO) -> tuple[object, ...] | None:
    head = requests.read(LENGTH.size)
    if len(head) < LENGTH.size:
        return None
    request: tuple[object, ...] = pickle.loads(requests.read(LENGTH.unpack(head)[0]))  # noqa: S301 - from our parent
    return request


def _answer(answers: BinaryIO, kind: str, value: object) -> None:
    answers.write(frame((kind, value)))
    answers.flush()


def _words(error: Exception) -> str:
    return f"{type(error).__name__}: {error}"[:500]


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], float(sys.argv[2]), int(sys.argv[3])))
