"""The process ends at every statement, commit and call, once and twice: nothing is lost, repeats are few and marked."""

import random
import shutil
from pathlib import Path

import pytest
from faults.history import copies
from faults.world import IN_FLIGHT, Points, World
from support.seeds import drawn

from bot.storage import engine, parcels


@pytest.fixture(autouse=True)
def no_power_cut(monkeypatch: pytest.MonkeyPatch) -> None:
    """The process ends here and the machine goes on: what was written is in the file, with or without a flush."""
    monkeypatch.setitem(engine._PRAGMAS, "synchronous", "OFF")


async def prepared(folder: Path) -> Path:
    """Make a database to copy, for migrations take longer than a life."""
    world = World(folder / "prepared.sqlite3", 0)
    await world.begin()
    return world.file


def copied(prepared: Path, name: str, seed: int) -> World:
    folder = prepared.parent / name
    shutil.rmtree(folder, ignore_errors=True)  # with the log that a life left there
    folder.mkdir()
    shutil.copy(prepared, folder)
    return World(folder / prepared.name, seed)


async def points_of_a_quiet_life(prepared: Path, seed: int) -> list[str]:
    points, world = Points(), copied(prepared, "quiet", seed)
    assert await world.live(points)
    assert world.faults(repeats=0) == []
    return points.names


@pytest.mark.parametrize("share", [0.04, pytest.param(1.0, marks=pytest.mark.heavy)])
async def test_wherever_the_process_ends_nothing_is_lost(tmp_path: Path, share: float) -> None:
    seed = drawn()
    dice = random.Random(seed)
    source = await prepared(tmp_path)
    number = len(await points_of_a_quiet_life(source, seed))
    tried, repeats = 0, 0
    for fatal in range(1, number + 1):
        if dice.random() >= share:
            continue
        world = copied(source, "crash", seed + fatal)
        ended = await world.live(Points(fatal))
        assert await world.live()
        assert world.faults(repeats=0 if ended else IN_FLIGHT) == [], f"seed {seed}, point {fatal}"
        tried, repeats = tried + 1, repeats + copies(world.telegram.seen)
    print(f"one crash: {tried} of {number} points, {repeats} repeats, seed {seed}")  # noqa: T201


@pytest.mark.parametrize("number", [5, pytest.param(200, marks=pytest.mark.heavy)])
async def test_a_second_crash_while_it_recovers_loses_nothing_either(tmp_path: Path, number: int) -> None:
    seed = drawn()
    dice = random.Random(seed)
    source = await prepared(tmp_path)
    points = len(await points_of_a_quiet_life(source, seed))
    for run in range(number):
        world = copied(source, "crash", seed + run)
        pair = dice.randrange(1, points + 1), dice.randrange(1, points // 2)
        for fatal in pair:
            await world.live(Points(fatal))
        assert await world.live()
        assert world.faults(repeats=2 * IN_FLIGHT) == [], f"seed {seed}, points {pair}"
    print(f"two crashes: {number} pairs among {points} points, seed {seed}")  # noqa: T201


@pytest.mark.parametrize("share", [0.15, pytest.param(1.0, marks=pytest.mark.heavy)])
async def test_wherever_the_process_ends_while_it_unpacks_a_fan_out_every_chat_is_told_once(
    tmp_path: Path, share: float, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(parcels, "AT_ONCE", 2)  # of the seven chats: so each fan-out leaves three parcels
    seed = drawn()
    dice = random.Random(seed)
    source = await prepared(tmp_path)
    names = await points_of_a_quiet_life(source, seed)
    near = {
        number + step
        for number, name in enumerate(names, start=1)
        if "parcels" in name or "unpack" in name
        for step in range(3)  # the rows are written between
    }
    assert any("DELETE FROM parcels" in name for name in names)
    tried, repeats = 0, 0
    for fatal in sorted(near):
        if dice.random() >= share:
            continue
        world = copied(source, "crash", seed)
        ended = await world.live(Points(fatal))
        assert await world.live()
        assert world.faults(repeats=0 if ended else IN_FLIGHT) == [], f"seed {seed}, point {fatal}"
        tried, repeats = tried + 1, repeats + copies(world.telegram.seen)
    print(f"unpacking: {tried} of {len(near)} points, {repeats} repeats, seed {seed}")  # noqa: T201
