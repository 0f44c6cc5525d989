"""One alert per event: a real week of headlines, and stories in six languages with updates, all-clears and traps."""

import json
from typing import Any

import pytest
from quality.floors import below
from quality.harness import DATA, REPO, gold, scorer
from quality.shuffles import alike, stories

from bot.app.books import load_books
from bot.app.replay import replay_lines

pytestmark = pytest.mark.quality


def replayed(name: str) -> list[dict[str, Any]]:
    """Return the events that the items of a data file make out."""
    lines = (DATA / name).read_text(encoding="utf-8").split("\n")
    return list(replay_lines(lines, load_books(REPO / "config")))


@pytest.mark.parametrize("name", ["stories", "clusters"])
def test_each_thing_is_told_once_and_its_end_when_it_ends(name: str) -> None:
    file = f"{name}/dev.jsonl"
    result = scorer(f"score_{name}").score(list(gold(file)), replayed(file))
    print(f"\n{file}\n  {json.dumps(result, ensure_ascii=False)[:900]}")  # noqa: T201 - make quality prints its tables
    assert below(name, result) == []


SHUFFLES = 20
ALIKE = 0.99  # of all shuffles, as asked for in the issue on events; 200 of each story come to it too


@pytest.mark.parametrize("hours", [0, 6], ids=["in-any-order", "up-to-six-hours-late"])
def test_the_order_in_which_items_come_in_decides_nothing(hours: float) -> None:
    found = {name: alike(items, name, SHUFFLES, hours) for name, items in stories(DATA / "stories/dev.jsonl").items()}
    broken = {name: str(one) for name, one in found.items() if one.same < one.times}
    print(f"\nshuffles of stories/dev.jsonl, {hours} hours: {broken or 'all the same'}")  # noqa: T201 - as above
    assert len(found) > 1
    assert sum(one.same for one in found.values()) >= ALIKE * sum(one.times for one in found.values()), broken
