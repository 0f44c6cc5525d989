import asyncio
import os
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.workers.killable import Broken, Done, Killable, WorkerError


@pytest.fixture
async def worker() -> AsyncIterator[Killable]:
    worker = Killable("support.worker_jobs:misbehaving", deadline_s=1.0, memory_mb=300)
    await worker.start()
    yield worker
    await worker.close()


async def pid_of(worker: Killable) -> int:
    answer = await worker.ask("echo", 0)
    assert isinstance(answer, Done)
    assert isinstance(answer.value, tuple)
    return int(answer.value[0])


def open_files() -> int:
    return len(list(Path("/proc/self/fd").iterdir()))


def alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


async def test_it_answers_from_another_process_and_keeps_it(worker: Killable) -> None:
    first, second = await pid_of(worker), await pid_of(worker)
    assert first == second != os.getpid()


@pytest.mark.parametrize("request_", [("sleep", 30), ("spin", 0)])
async def test_what_takes_too_long_is_killed_and_the_next_request_is_served(
    worker: Killable, request_: tuple[str, int]
) -> None:
    before = await pid_of(worker)
    began = asyncio.get_running_loop().time()
    assert await worker.ask(*request_) == Broken("took longer than 1 s")
    assert asyncio.get_running_loop().time() - began < 2
    assert not alive(before)
    assert await pid_of(worker) != before


async def test_what_kills_the_process_is_told_and_the_next_request_is_served(worker: Killable) -> None:
    assert await worker.ask("exit", 7) == Broken("the worker fell (exit code 7)", died=True)
    assert isinstance(await worker.ask("echo", 1), Done)


async def test_memory_is_limited_and_given_back(worker: Killable) -> None:
    assert await worker.ask("eat", 100) == Done(100_000_000)
    assert await worker.ask("eat", 1000) == Broken("needs more than 300 MB")
    assert await worker.ask("eat", 100) == Done(100_000_000)


async def test_our_own_errors_speak_for_themselves_and_strange_ones_are_named(worker: Killable) -> None:
    before = await pid_of(worker)
    assert await worker.ask("refuse", "an empty answer") == Broken("an empty answer")
    assert await worker.ask("fail", "oh") == Broken("failed (ValueError: oh)")
    strange = await worker.ask("strange", 0)
    assert isinstance(strange, Broken)
    assert await pid_of(worker) == before


async def test_what_a_library_prints_does_not_spoil_the_answers(worker: Killable) -> None:
    answer = await worker.ask("print", "deprecated!")
    assert isinstance(answer, Done)
    assert isinstance(await worker.ask("echo", 1), Done)


async def test_an_answer_too_large_to_take_is_refused(worker: Killable) -> None:
    assert isinstance(await worker.ask("flood", 70), Broken)
    assert isinstance(await worker.ask("echo", 1), Done)


async def test_large_requests_go_through_and_each_gets_its_own_answer(worker: Killable) -> None:
    requests = [bytes([n]) * 3_000_000 for n in range(5)]
    answers = await asyncio.gather(*(worker.ask("echo", request) for request in requests))
    assert [answer.value[1] for answer in answers if isinstance(answer, Done)] == requests  # type: ignore[index]  # a pair


async def test_a_cancelled_request_does_not_answer_the_next_one(worker: Killable) -> None:
    slow = asyncio.create_task(worker.ask("sleep", 0.5))
    await asyncio.sleep(0.1)
    slow.cancel()
    await asyncio.gather(slow, return_exceptions=True)
    answer = await worker.ask("echo", "mine")
    assert isinstance(answer, Done)
    assert isinstance(answer.value, tuple)
    assert answer.value[1] == "mine"


async def test_the_event_loop_goes_on_meanwhile(worker: Killable) -> None:
    task = asyncio.create_task(worker.ask("spin", 0))
    gaps, last = [], asyncio.get_running_loop().time()
    while not task.done():
        await asyncio.sleep(0.01)
        gaps.append(asyncio.get_running_loop().time() - last)
        last = asyncio.get_running_loop().time()
    assert max(gaps) < 0.3


async def test_the_job_is_made_once_with_its_arguments() -> None:
    worker = Killable("support.worker_jobs:counting", 40, deadline_s=1.0)
    assert [await worker.ask(), await worker.ask()] == [Done(40), Done(41)]
    await worker.close()


@pytest.mark.parametrize(
    ("job", "why"),
    [
        ("support.worker_jobs:hopeless", "no gazetteer here"),
        ("support.worker_jobs:sudden", "exit code 3"),
        ("support.worker_jobs:nothing", "has no attribute 'nothing'"),
        ("no.such.module:job", "No module named 'no'"),
    ],
)
async def test_a_process_that_cannot_start_is_an_error_not_an_answer(job: str, why: str) -> None:
    worker = Killable(job, deadline_s=1.0)
    with pytest.raises(WorkerError, match=why):
        await worker.start()
    with pytest.raises(WorkerError, match=why):
        await worker.ask()


async def test_closing_ends_the_process_and_leaves_no_pipe_behind(worker: Killable) -> None:
    await worker.close()
    before = open_files()
    for _ in range(3):
        other = Killable("support.worker_jobs:misbehaving", deadline_s=1.0)
        pid = await pid_of(other)
        await other.close()
        assert not alive(pid)
    await asyncio.sleep(0.05)
    assert open_files() <= before + 1
    with pytest.raises(WorkerError, match="closed"):
        await worker.ask("echo", 1)


async def test_a_process_whose_parent_is_gone_ends_itself() -> None:
    worker = Killable("support.worker_jobs:misbehaving", deadline_s=0.5)
    pid = await pid_of(worker)
    process = worker._process
    assert process is not None
    assert process.stdin is not None
    process.stdin.close()  # what the kernel does when a parent is killed
    await asyncio.wait_for(process.wait(), 2)
    assert not alive(pid)
