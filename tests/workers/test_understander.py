from collections.abc import AsyncIterator, Callable
from pathlib import Path

import pytest
from builders import item

from bot.services.ports import Unreadable
from bot.workers.killable import Killable
from bot.workers.understander import WorkerUnderstander


@pytest.fixture
async def understander_of() -> AsyncIterator[Callable[..., WorkerUnderstander]]:
    made: list[WorkerUnderstander] = []

    def make(job: str, *args: object) -> WorkerUnderstander:
        understander = WorkerUnderstander("unused:books")
        understander._worker = Killable(f"support.worker_jobs:{job}", *args, deadline_s=1.0)
        made.append(understander)
        return understander

    yield make
    for understander in made:
        await understander.close()


async def test_answers_come_in_order_and_a_bad_item_costs_only_itself(
    understander_of: Callable[..., WorkerUnderstander],
) -> None:
    titles = ["Curfew in Gao", "kill", "Port of Dakar shut", "hang", "fail", "Flood in Niamey"]
    answers = await understander_of("reading").understand([item(title) for title in titles])
    assert answers == (
        "read: Curfew in Gao",
        Unreadable("the worker fell (exit code 9)"),
        "read: Port of Dakar shut",
        Unreadable("took longer than 1 s"),
        Unreadable("failed (ValueError: no such word)"),
        "read: Flood in Niamey",
    )


async def test_an_item_is_not_lost_to_a_worker_that_fell_for_another_reason(
    understander_of: Callable[..., WorkerUnderstander], tmp_path: Path
) -> None:
    answers = await understander_of("frail", str(tmp_path / "fell")).understand([item("Airport of Gao shut")])
    assert answers == ("read: Airport of Gao shut",)


async def test_no_items_need_no_process(understander_of: Callable[..., WorkerUnderstander]) -> None:
    understander = understander_of("hopeless")
    assert await understander.understand([]) == ()
