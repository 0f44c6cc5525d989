"""How far the events of stories depend on the order in which their items arrive.

`python -m quality.shuffles FILE [SHUFFLES] [HOURS]` in tests/ (PYTHONPATH the repo's root): FILE as for `outrider
replay`, with `gold.story` for each item. Every item arrives up to HOURS late (0: all in any order), at random but the
same in each run. An end counts as the same when the events are: their items, state and severity.
"""

import json
import random
import sys
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path

from bot.app.books import load_books
from bot.app.reading_lines import Line
from bot.app.replay import Replay
from bot.pipeline import Understanding, understand

CONFIG = Path(__file__).resolve().parents[2] / "config"
Named = tuple[str, Understanding]
Outcome = frozenset[tuple[frozenset[str], str, str]]


def stories(path: Path) -> dict[str, list[Named]]:
    """Return the understood items of each story, in time order."""
    books = load_books(CONFIG)
    found: dict[str, list[Named]] = defaultdict(list)
    for line in path.read_text(encoding="utf-8").splitlines():
        data = json.loads(line)
        if data["gold"]["change"] != "unrelated":
            entry = Line.model_validate(data)
            item = replace(entry.item(), fetched_at=entry.item().published_at)
            found[data["gold"]["story"]].append((str(entry.id), understand(item, books)))
    return found


def outcome(items: Sequence[Named]) -> Outcome:
    """Return the events that the items make in this order: whose items, which state, how severe."""
    replay = Replay()
    for name, understanding in items:
        replay.take(understanding, name)
    return frozenset(
        (frozenset(map(str, event["item_ids"])), str(event["state"]), str(event["severity"]))
        for event in replay.events()
    )


def shuffled(items: Sequence[Named], dice: random.Random, hours: float) -> list[Named]:
    """Return the items in the order of their arrival, each up to so many hours late; 0 is any order at all."""
    if not hours:
        return dice.sample(items, len(items))
    arrival = {name: _published(one) + timedelta(hours=dice.uniform(0, hours)) for name, one in items}
    return sorted(items, key=lambda pair: arrival[pair[0]])


def _published(understanding: Understanding) -> datetime:
    published = understanding.item.published_at
    assert published is not None
    return published


@dataclass(frozen=True, slots=True)
class Alike:
    """Of how many shuffles of one story how many came to the events that its items make in time order."""

    times: int
    same: int
    together: int

    def __str__(self) -> str:
        share = 100 / self.times
        return f"same {self.same * share:5.1f} %   same items together {self.together * share:5.1f} %"


def alike(items: Sequence[Named], name: str, times: int, hours: float) -> Alike:
    """Return how many shuffles of the story came to the same events, and how many at least to the same items together.

    The dice fall by the story's name: always the same way.
    """
    dice = random.Random(name)
    base = outcome(items)
    ends = [outcome(shuffled(items, dice, hours)) for _ in range(times)]
    return Alike(times, sum(end == base for end in ends), sum(_members(end) == _members(base) for end in ends))


def _members(end: Outcome) -> frozenset[frozenset[str]]:
    return frozenset(members for members, _, _ in end)


def main() -> None:
    """Print for each story how many of its shuffles come to the events of the time order, and then for all."""
    path, times, hours = Path(sys.argv[1]), int((sys.argv[2:] or ["200"])[0]), float((sys.argv[3:] or ["6"])[0])
    found = {name: alike(items, name, times, hours) for name, items in stories(path).items()}
    rows = [(one.times, one.same, one.together) for one in found.values()]
    for name, one in (*found.items(), ("all", Alike(*map(sum, zip(*rows, strict=True))))):
        sys.stdout.write(f"{name:28} {one}\n")


if __name__ == "__main__":
    main()
