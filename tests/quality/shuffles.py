"""How far the events of stories depend on the order in which their items arrive.

`python -m quality.shuffles FILE [SHUFFLES] [HOURS]` in tests/ (PYTHONPATH the repo's root): FILE as for `outrider
replay`, with `gold.story` for each item. Every item arrives up to HOURS late (0: all in any order), at random but the
same in each run. An end counts as the same when the events are: their items, state and severity.
"""

import json
import random
import sys
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import replace
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


def main() -> None:
    """Print for each story how many of its shuffles come to the commonest outcome, and to the same items together."""
    path, times, hours = Path(sys.argv[1]), int((sys.argv[2:] or ["200"])[0]), float((sys.argv[3:] or ["6"])[0])
    say, same, together, total = sys.stdout.write, 0, 0, 0
    for name, items in stories(path).items():
        dice = random.Random(name)
        ends = [outcome(shuffled(items, dice, hours)) for _ in range(times)]
        alike = sum(end == outcome(items) for end in ends)
        parts = Counter(frozenset(members for members, _, _ in end) for end in ends)
        joined = parts[frozenset(members for members, _, _ in outcome(items))]
        say(f"{name:28} same {100 * alike / times:5.1f} %   same items together {100 * joined / times:5.1f} %\n")
        same, together, total = same + alike, together + joined, total + times
    say(f"{'all':28} same {100 * same / total:5.1f} %   same items together {100 * together / total:5.1f} %\n")


if __name__ == "__main__":
    main()
