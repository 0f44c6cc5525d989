"""`make bench`: speed and memory, each part in a process of its own, printed as a table.

Figures of shared machines are noisy: read ratios of one run, not absolutes. docs/benchmarks.md holds the last table.
"""

import importlib
import subprocess
import sys
from pathlib import Path

PARTS = ("reading", "gazetteer", "feeds", "storage", "watchers", "commands", "river", "delivery", "maps", "service")


def main() -> None:
    """Print the table; with the name of a part, that part's rows alone."""
    if len(sys.argv) > 1:
        sys.path.insert(0, str(Path(__file__).parent))
        for what, figure in importlib.import_module(sys.argv[1]).rows():
            print(f"| {sys.argv[1]} | {what} | {figure} |", flush=True)
        return
    print("| part | what | figure |\n|---|---|---|", flush=True)
    for part in PARTS:  # a process each: the memory of one part is not counted for the next
        subprocess.run([sys.executable, "-m", "benchmarks", part], check=True)


if __name__ == "__main__":
    main()
