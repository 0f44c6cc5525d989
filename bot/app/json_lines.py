"""JSON Lines in, JSON Lines out: what `outrider read` and `outrider replay` have in common."""

import json
import sys
from collections.abc import Callable, Iterable
from io import TextIOWrapper
from pathlib import Path
from typing import IO, Any

EXIT_FAULTY_LINES = 1
EXIT_NO_FILE = 2


def answer_lines(name: str, answers: Callable[[Iterable[str]], Iterable[dict[str, Any]]]) -> int:
    """Print the answers to the lines of a file (or - for standard input) and return the exit status.

    0 when all is well, 1 when an answer is an error, 2 when the file cannot be read.
    """
    if name == "-":
        if isinstance(sys.stdin, TextIOWrapper):
            sys.stdin.reconfigure(encoding="utf-8", errors="replace")
        return _print(answers(sys.stdin), sys.stdout)
    try:
        lines = Path(name).open(encoding="utf-8", errors="replace")  # noqa: SIM115 - closed below, outside this try
    except OSError as error:
        sys.stderr.write(f"outrider: {name}: {error.strerror}\n")
        return EXIT_NO_FILE
    with lines:
        return _print(answers(lines), sys.stdout)


def _print(answers: Iterable[dict[str, Any]], out: IO[str]) -> int:
    """Print; half a character of a broken pair is written as the escape that JSON has for it."""
    if isinstance(out, TextIOWrapper):
        out.reconfigure(encoding="utf-8", errors="backslashreplace")
    faulty = False
    for answer in answers:
        faulty = faulty or "error" in answer
        out.write(json.dumps(answer, ensure_ascii=False) + "\n")
    out.flush()
    return EXIT_FAULTY_LINES if faulty else 0
