"""Mutation testing of a room: change one thing at a time, and see whether a test notices.

    python scripts/mutants.py bot/assessment tests/assessment [--sample 120] [--seed 7]

Comparisons, conditions, numbers, boolean words and returns are changed, in a copy of the tree. Printed: the share of
mutants killed, and each survivor with its line. A survivor is a test to write, or a line that does nothing.
"""

import argparse
import ast
import copy
import random
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

ROOT = Path(__file__).resolve().parent.parent
LONGEST_RUN_S = 120
_COMPARED: dict[type[ast.cmpop], type[ast.cmpop]] = {
    ast.Lt: ast.LtE, ast.LtE: ast.Lt, ast.Gt: ast.GtE, ast.GtE: ast.Gt, ast.Eq: ast.NotEq, ast.NotEq: ast.Eq,
    ast.Is: ast.IsNot, ast.IsNot: ast.Is, ast.In: ast.NotIn, ast.NotIn: ast.In,
}  # fmt: skip
_ADDED: dict[type[ast.operator], type[ast.operator]] = {
    ast.Add: ast.Sub, ast.Sub: ast.Add, ast.Mult: ast.FloorDiv, ast.BitOr: ast.BitAnd, ast.BitAnd: ast.BitOr,
}  # fmt: skip


def changes(node: ast.AST) -> Iterator[ast.AST]:
    """Give the changed forms of one node."""
    match node:
        case ast.Compare(ops=[op]) if type(op) in _COMPARED:
            yield _with(node, ops=[_COMPARED[type(op)]()])
        case ast.BoolOp(op=op):
            yield _with(node, op=ast.Or() if isinstance(op, ast.And) else ast.And())
        case ast.UnaryOp(op=ast.Not(), operand=operand):
            yield operand
        case ast.BinOp(op=op) if type(op) in _ADDED:
            yield _with(node, op=_ADDED[type(op)]())
        case ast.IfExp(body=body, orelse=orelse):
            yield _with(node, body=orelse, orelse=body)
        case ast.Constant(value=bool(value)):
            yield ast.Constant(value=not value)
        case ast.Constant(value=int(value) | float(value)):
            yield ast.Constant(value=value + 1)


def _with(node: ast.AST, **fields: object) -> ast.AST:
    changed = copy.copy(node)
    for name, value in fields.items():
        setattr(changed, name, value)
    return changed


class _Swap(ast.NodeTransformer):
    def __init__(self, target: ast.AST, changed: ast.AST) -> None:
        self._target, self._changed = target, changed

    def visit(self, node: ast.AST) -> ast.AST:
        """Put the changed node in the place of the target."""
        if node is self._target:
            return ast.copy_location(self._changed, node)
        return self.generic_visit(node)


def mutants(path: Path) -> list[tuple[int, str, str]]:
    """Return (line, what it became, whole source) of each mutant of a file."""
    source = path.read_text(encoding="utf-8")
    made = []
    for number, node in enumerate(ast.walk(ast.parse(source))):
        for choice, _ in enumerate(changes(node)):
            tree = ast.parse(source)
            target = list(ast.walk(tree))[number]
            changed = list(changes(target))[choice]
            became = ast.unparse(changed)
            made.append((getattr(target, "lineno", 0), became, ast.unparse(_Swap(target, changed).visit(tree))))
    return made


def survives(folder: Path, path: Path, source: str, tests: str) -> bool:
    """Tell whether all tests pass with the changed file."""
    place = folder / path.relative_to(ROOT)
    whole = place.read_text(encoding="utf-8")
    place.write_text(source, encoding="utf-8")
    command = [sys.executable, "-m", "pytest", tests, "-x", "-q", "-p", "no:cacheprovider"]
    try:
        run = subprocess.run(command, cwd=folder, capture_output=True, check=False, timeout=LONGEST_RUN_S)  # noqa: S603 - our own tests
    except subprocess.TimeoutExpired:
        return False
    finally:
        place.write_text(whole, encoding="utf-8")
    return run.returncode == 0


def main() -> None:
    """Make mutants of a room, run its tests against each, print who survives."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("room", type=Path)
    parser.add_argument("tests")
    parser.add_argument("--sample", type=int, default=120)
    parser.add_argument("--seed", type=int, default=7)
    given = parser.parse_args()
    made = [(path, *mutant) for path in sorted((ROOT / given.room).glob("*.py")) for mutant in mutants(path)]
    chosen = random.Random(given.seed).sample(made, min(given.sample, len(made)))  # noqa: S311 - a sample, no secret
    alive = 0
    with TemporaryDirectory(prefix="mutants-") as name:
        folder = Path(name)
        for part in ("bot", "tests", "config", "pyproject.toml"):
            source = ROOT / part
            shutil.copytree(source, folder / part) if source.is_dir() else shutil.copy(source, folder / part)
        for path, line, became, source in chosen:
            if survives(folder, path, source, given.tests):
                alive += 1
                print(f"survived: {path.relative_to(ROOT)}:{line}: {became}", flush=True)
    killed = len(chosen) - alive
    share = 100 * killed / len(chosen)
    print(f"{killed} of {len(chosen)} killed ({share:.0f} %), of {len(made)} possible; seed {given.seed}")


if __name__ == "__main__":
    main()
