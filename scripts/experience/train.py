"""Learn config/experience.tsv: the second opinion beside the rules (bot/assessment/experience.py).

    python scripts/experience/train.py [--shared ../shared] [--dry]

The headlines and reports are those of `data/stream` beside the repo; labels.tsv holds what judges said of each by the
rubric (id, y or n or ?), no text. Printed is what the second opinion is worth on news that it was not trained on: the
stream is cut into six spans of time, each judged by weights learnt from the other five; then the gold items, which are
in no training. The weights are those of all labels. The same input gives the same file, byte by byte.
"""

import argparse
import json
import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import numpy as np
from learn import learn

from bot.app.books import load_books
from bot.app.folders import config_dir
from bot.app.reading_lines import Line
from bot.assessment.alertable import second_traits, verdict
from bot.assessment.experience import Experience
from bot.assessment.facts import Facts
from bot.assessment.matter import matters
from bot.pipeline import Books
from bot.reading.read import read

HERE = Path(__file__).parent
STREAMS = ("headlines-2025.jsonl", "reports-2023-2025.jsonl")
LANGUAGE = "en"
SPANS = 6
LABELS = {"y": 1.0, "n": 0.0, "?": 0.5}
STEPS = ((-1.0, 1.5), (-0.5, 1.0), (-0.3, 0.7), (0.0, 0.5), (0.3, 0.7))
"""Pairs of `keep` and `raises` to compare; the one chosen stands in config/scoring.toml."""


@dataclass(frozen=True, slots=True)
class Example:
    """An item whose label is known: its day, its traits, what the rules say; `label` 0.5 is unsure."""

    id: str
    day: str
    traits: tuple[str, ...]
    ruled: bool
    label: float


def examples(path: Path, labels: dict[str, float], books: Books) -> list[Example]:
    """Return the labelled items of a file in which the rules found a hazard at all."""
    found = []
    for text in path.read_text(encoding="utf-8").splitlines():
        row = json.loads(text)
        if row["id"] not in labels:
            continue
        item = Line.model_validate(row).item()
        facts = Facts(item, read(item, books.gazetteer, books.lexicon), books.scoring)
        if not (hazards := matters(facts)):
            continue
        ruled = verdict(facts, hazards).alertable
        day = item.published_at.date().isoformat() if item.published_at else ""
        found.append(Example(row["id"], day, tuple(second_traits(facts, hazards)), ruled, labels[row["id"]]))
    return found


def compared(judged: Iterable[tuple[Example, float]]) -> None:
    """Print precision and recall of the rules alone, and with the second opinion at several steps."""
    sure = [(each, leaning) for each, leaning in judged if each.label != LABELS["?"]]
    for keep, raises in ((-np.inf, np.inf), *STEPS):
        told = [each for each, leaning in sure if (leaning >= keep if each.ruled else leaning > raises)]
        right = sum(each.label for each in told)
        events = sum(each.label for each, _ in sure)
        name = "rules alone" if np.isinf(keep) else f"keep {keep:+.1f}, raises {raises:+.1f}"
        print(f"  {name:26} precision {right / len(told):6.1%}  recall {right / events:6.1%}  of {len(sure)}")


def held_out(known: Sequence[Example]) -> list[tuple[Example, float]]:
    """Return each example with its leaning by weights that were learnt from other spans of time."""
    ordered = sorted(known, key=lambda each: (each.day, each.id))
    cuts = [len(ordered) * at // SPANS for at in range(SPANS + 1)]
    judged = []
    for low, high in pairwise(cuts):
        weights = learn([(each.traits, each.label) for each in (*ordered[:low], *ordered[high:])])
        judged += [(each, leaning(each, weights)) for each in ordered[low:high]]
    return judged


def leaning(each: Example, weights: dict[str, float]) -> float:
    """Return the log-odds of an example."""
    return Experience({LANGUAGE: weights}).leaning(LANGUAGE, dict.fromkeys(each.traits))


def main() -> int:
    """Learn, compare, write."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--shared", type=Path, default=HERE.parents[2] / "shared")
    parser.add_argument("--dry", action="store_true", help="compare only, write nothing")
    arguments = parser.parse_args()
    books = load_books(config_dir())
    books = Books(books.gazetteer, books.lexicon, books.scoring.without_experience())
    rows = (line.split("\t") for line in (HERE / "labels.tsv").read_text(encoding="utf-8").splitlines())
    labels = {row[0]: LABELS[row[1]] for row in rows}
    data = arguments.shared / "data"
    known = [each for name in STREAMS for each in examples(data / "stream" / name, labels, books)]
    headlines = [each for each in known if "titled" in each.traits]
    reports = [each for each in known if "titled" not in each.traits]
    judged = held_out(known)
    for name, part in (("headlines", headlines), ("reports", reports)):
        ids = {each.id for each in part}
        print(f"{name}, each span of time judged by the others")
        compared((each, lean) for each, lean in judged if each.id in ids)
    weights = learn([(each.traits, each.label) for each in known])
    gold = [json.loads(text) for text in (data / "gold" / "dev.jsonl").read_text(encoding="utf-8").splitlines()]
    sure = {row["id"]: float(row["alertable"]) for row in gold if row["sure"] and row["lang"] == LANGUAGE}
    print("gold, English, sure, not trained on (where the rules found a hazard)")
    compared((each, leaning(each, weights)) for each in examples(data / "gold" / "dev.jsonl", sure, books))
    if not arguments.dry:
        lines = [f"{LANGUAGE}\t{trait}\t{weight:.2f}" for trait, weight in sorted(weights.items()) if round(weight, 2)]
        head = "# Learnt by scripts/experience/train.py; do not edit. language, trait, weight (log-odds)."
        (config_dir() / "experience.tsv").write_text("\n".join([head, *lines, ""]), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
