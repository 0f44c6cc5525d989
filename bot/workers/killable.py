"""A process that does one job and is killed when it takes too long.

A thread cannot be killed: a parser that never returns would hold it, and the source with it, for ever
(kurtmckee/feedparser issue 263). A process can; the next request gets a new one.
"""

import asyncio
import os
import pickle
import signal
import sys
from asyncio.subprocess import Process
from contextlib import suppress
from dataclasses import dataclass

from bot.model.errors import OutriderError
from bot.workers.child import DONE, FAILED, LENGTH, OUT_OF_MEMORY, REFUSED, frame

START_S = 60.0
MAX_ANSWER = 64_000_000


class WorkerError(OutriderError):
    """The process cannot be started at all: the installation is at fault, not the request."""


@dataclass(frozen=True, slots=True)
class Done:
    """The answer to a request."""

    value: object


@dataclass(frozen=True, slots=True)
class Broken:
    """There is no answer, in plain words why. `died` means that the process fell without having overrun its time."""

    why: str
    died: bool = False


class Killable:
    """One job in a process of its own, started when first needed; one request at a time, the others wait.

    Args:
        job: "module:name" of a function that returns the function which answers requests (see `jobs`).
        args: what the job is called with; must be picklable, as must requests and answers.
        deadline_s: seconds that one request may take, from its turn to its answer.
        memory_mb: limit of the process's address space; 0 for none.
    """

    def __init__(self, job: str, *args: object, deadline_s: float, memory_mb: int = 0) -> None:
        self._job = job
        self._args = args
        self._deadline_s = deadline_s
        self._memory_mb = memory_mb
        self._process: Process | None = None
        self._turn = asyncio.Lock()
        self._closed = False

    async def start(self) -> None:
        """Start the process now.

        Raises:
            WorkerError: it cannot be started.
        """
        async with self._turn:
            await self._running()

    async def ask(self, *request: object) -> Done | Broken:
        """Send a request and return its answer.

        Raises:
            WorkerError: there was no process, and a new one cannot be started.
        """
        async with self._turn:
            process = await self._running()
            try:
                async with asyncio.timeout(self._deadline_s):
                    kind, value = await _exchange(process, request)
            except TimeoutError:
                await self._kill()
                return Broken(f"took longer than {self._deadline_s:g} s")
            except (EOFError, ConnectionError, pickle.UnpicklingError):
                return Broken(f"the worker fell ({_ending(await self._kill(patience_s=1.0))})", died=True)
            except BaseException:
                await self._kill()  # its answer would be taken for that of the next request
                raise
            if kind == OUT_OF_MEMORY:
                await self._kill()
        return self._judged(kind, value)

    async def close(self) -> None:
        """End the process; whoever waits for it gets a WorkerError."""
        self._closed = True
        await self._kill()

    async def retire(self) -> None:
        """End the process when all have their answers who wait for one."""
        async with self._turn:
            await self.close()

    def _judged(self, kind: str, value: object) -> Done | Broken:
        if kind == DONE:
            return Done(value)
        if kind == REFUSED:
            return Broken(str(value))
        return Broken(f"needs more than {self._memory_mb} MB" if kind == OUT_OF_MEMORY else f"failed ({value})")

    async def _running(self) -> Process:
        if self._closed:
            raise WorkerError("the worker is closed")
        if self._process is None or self._process.returncode is not None:
            self._process = await self._started()
        return self._process

    async def _started(self) -> Process:
        command = (sys.executable, "-m", "bot.workers.child", self._job, str(self._deadline_s), str(self._memory_mb))
        # The child imports from where we import, be it an installation or a working tree.
        environment = os.environ | {"PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
        pipe = asyncio.subprocess.PIPE
        self._process = process = await asyncio.create_subprocess_exec(
            *command, stdin=pipe, stdout=pipe, env=environment
        )
        try:
            async with asyncio.timeout(START_S):
                kind, value = await _exchange(process, self._args)
        except (TimeoutError, EOFError, ConnectionError) as error:
            raise WorkerError(f"{self._job} does not start ({_ending(await self._kill(patience_s=1.0))})") from error
        except BaseException:
            await self._kill()
            raise
        if kind == FAILED:
            await self._kill()
            raise WorkerError(f"{self._job} does not start ({value})")
        return process

    async def _kill(self, *, patience_s: float = 0.0) -> int:
        """End the process and return its exit code, negative for a signal.

        One that seems to have ended by itself is given a little time to do so, that its own code be seen.
        """
        process, self._process = self._process, None
        if process is None:
            return 0
        if patience_s:
            with suppress(TimeoutError):
                await asyncio.wait_for(process.wait(), patience_s)
        if process.returncode is None:
            with suppress(ProcessLookupError):
                os.kill(process.pid, signal.SIGKILL)  # Process.kill would take the exit code away from asyncio
        assert process.stdout is not None
        with suppress(RuntimeError):  # somebody waits at the pipe already
            await process.stdout.read()  # `wait` does not return while a pipe is held back half read
        return await process.wait()


async def _exchange(process: Process, request: tuple[object, ...]) -> tuple[str, object]:
    assert process.stdin is not None
    assert process.stdout is not None
    process.stdin.write(frame(request))
    await process.stdin.drain()
    size = LENGTH.unpack(await process.stdout.readexactly(LENGTH.size))[0]
    if size > MAX_ANSWER:
        raise EOFError("an answer too large to be taken")
    kind, value = pickle.loads(await process.stdout.readexactly(size))  # noqa: S301 - from our own code in the child
    return str(kind), value


def _ending(code: int) -> str:
    if code >= 0:
        return f"exit code {code}"
    with suppress(ValueError):
        return signal.Signals(-code).name
    return f"signal {-code}"
