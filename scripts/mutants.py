"""Mutation testing of a room: change one thing at a time, and see whether a test notices.

    python scripts/mutants.py bot/assessment tests/assessment [--sample 120] [--seed 7] [--only facts.py]

Comparisons, conditions, numbers, boolean words and operators are changed; annotations are not, they do nothing.
Printed: the share of mutants killed, and each survivor with its line. A survivor is a test to write, or a line that
does nothing.

The tests are collected and run once; then each mutant is a forked child that swaps the code of one function and runs
the tests that enter it, the fastest first, until one fails. What is worked out at import (a constant, a default, a
decorator) cannot be swapped: there the whole room's tests run against a changed copy of the tree.
"""

import argparse
import ast
import copy
import functools
import gc
import os
import random
import resource
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from types import CodeType, FrameType, FunctionType

import pytest

ROOT = Path(__file__).resolve().parent.parent
LONGEST_S = 30
"""Processor time after which a mutant counts as killed: it hangs."""

_COMPARED: dict[type[ast.cmpop], type[ast.cmpop]] = {
    ast.Lt: ast.LtE, ast.LtE: ast.Lt, ast.Gt: ast.GtE, ast.GtE: ast.Gt, ast.Eq: ast.NotEq, ast.NotEq: ast.Eq,
    ast.Is: ast.IsNot, ast.IsNot: ast.Is, ast.In: ast.NotIn, ast.NotIn: ast.In,
}  # fmt: skip
_ADDED: dict[type[ast.operator], type[ast.operator]] = {
    ast.Add: ast.Sub, ast.Sub: ast.Add, ast.Mult: ast.FloorDiv, ast.BitOr: ast.BitAnd, ast.BitAnd: ast.BitOr,
}  # fmt: skip


@dataclass(frozen=True)
class Mutant:
    """One change: where, what it became, the whole changed file; `function` is where the changed function starts.

    That is the first line of the outermost function that holds the change, with its decorators; 0 for what is worked
    out at import.
    """

    path: Path
    line: int
    became: str
    tree: ast.Module
    function: int


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


def _places(node: ast.AST, function: int = 0) -> Iterator[tuple[ast.AST, int]]:
    """Give each node that does something, with the first line of the outermost function whose body holds it, or 0."""
    yield node, function
    for name, value in ast.iter_fields(node):
        if name in {"annotation", "returns"}:
            continue
        inside = function
        if name == "body" and isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and not function:
            inside = min((node.lineno, *(each.lineno for each in node.decorator_list)))
        for child in value if isinstance(value, list) else [value]:
            if isinstance(child, ast.AST):
                yield from _places(child, inside)


def choices(path: Path) -> list[tuple[Path, int, int]]:
    """Return each possible mutant of a file: the file, the number of the node, which of its changed forms."""
    nodes = enumerate(_places(ast.parse(path.read_text(encoding="utf-8"))))
    return [(path, number, form) for number, (node, _) in nodes for form, _ in enumerate(changes(node))]


def mutant_of(path: Path, number: int, form: int) -> Mutant:
    """Make one of the possible mutants."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    target, function = list(_places(tree))[number]
    changed = list(changes(target))[form]
    became = ast.unparse(changed)
    swapped = ast.fix_missing_locations(_Swap(target, changed).visit(tree))
    return Mutant(path, getattr(target, "lineno", 0), became, swapped, function)


@dataclass
class Tests:
    """A pytest plugin that runs the tests once, then the mutants of functions, each in a forked child.

    A test that fails without any mutant is left out.
    """

    chosen: Sequence[Mutant]
    alive: list[Mutant] = field(default_factory=list)
    failed: bool = False
    left_out: list[str] = field(default_factory=list)
    _entered: dict[tuple[str, int], list[int]] = field(default_factory=dict)
    _seconds: list[float] = field(default_factory=list)

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Note a failure."""
        self.failed = self.failed or report.failed

    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        """Run in place of pytest's own loop."""
        session.config.pluginmanager.unregister(name="terminalreporter")
        files = {str(mutant.path) for mutant in self.chosen}
        for number, item in enumerate(session.items):
            self._run_watched(item, number, files)
        for mutant in self.chosen:
            numbers = sorted(self._entered.get((str(mutant.path), mutant.function), ()), key=self._seconds.__getitem__)
            if _passes(mutant, [session.items[number] for number in numbers], self):
                self.alive.append(mutant)
                _tell(mutant)
        return True

    def _run_watched(self, item: pytest.Item, number: int, files: set[str]) -> None:
        """Run a test and note the functions that it enters. What it sets up for the session stays for the children."""
        entered = set()

        def watch(frame: FrameType, _event: str, _arg: object) -> None:
            if frame.f_code.co_filename in files:
                entered.add((frame.f_code.co_filename, frame.f_code.co_firstlineno))

        start = time.process_time()
        sys.settrace(watch)
        _run(item)
        sys.settrace(None)
        self._seconds.append(time.process_time() - start)
        if self.failed:
            print(f"left out, fails without any mutant: {item.nodeid}", flush=True)
            self.left_out.append(item.nodeid)
            self.failed = False
            return
        for function in entered:
            self._entered.setdefault(function, []).append(number)


def _run(item: pytest.Item) -> None:
    item.ihook.pytest_runtest_protocol(item=item, nextitem=item.session)  # so only the session stays set up


def _passes(mutant: Mutant, items: Sequence[pytest.Item], tests: Tests) -> bool:
    """Tell whether all these tests pass with the swapped function."""
    child = os.fork()
    if child:
        return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0
    spent = int(time.process_time())
    resource.setrlimit(resource.RLIMIT_CPU, (spent + LONGEST_S, spent + LONGEST_S))
    passed = False
    try:
        _swap_code(mutant)
        for item in items:
            _run(item)
            if tests.failed:
                break
        passed = not tests.failed
    finally:
        os._exit(0 if passed else 1)


def _swap_code(mutant: Mutant) -> None:
    """Give the functions of the file their changed code, and forget what they had worked out before."""
    name = str(mutant.path)
    codes = {(code.co_qualname, code.co_firstlineno): code for code in _codes(compile(mutant.tree, name, "exec"))}
    for each in gc.get_objects():
        if isinstance(each, FunctionType) and each.__code__.co_filename == name:
            each.__code__ = codes[each.__code__.co_qualname, each.__code__.co_firstlineno]
        elif isinstance(each, functools._lru_cache_wrapper):  # noqa: SLF001 - the type has no other name
            each.cache_clear()


def _codes(code: CodeType) -> Iterator[CodeType]:
    yield code
    for each in code.co_consts:
        if isinstance(each, CodeType):
            yield from _codes(each)


def _survives_in_copy(folder: Path, mutant: Mutant, tests: Sequence[str]) -> bool:
    """Tell whether all tests pass with the changed file in a copy of the tree."""
    place = folder / mutant.path.relative_to(ROOT)
    whole = place.read_text(encoding="utf-8")
    place.write_text(ast.unparse(mutant.tree), encoding="utf-8")
    command = [sys.executable, "-m", "pytest", *tests, "-x", "-q", "-p", "no:cacheprovider"]
    try:
        run = subprocess.run(command, cwd=folder, capture_output=True, check=False, timeout=10 * LONGEST_S)  # noqa: S603 - our own tests
    except subprocess.TimeoutExpired:
        return False
    finally:
        place.write_text(whole, encoding="utf-8")
    return run.returncode == 0


def _tell(mutant: Mutant) -> None:
    print(f"survived: {mutant.path.relative_to(ROOT)}:{mutant.line}: {mutant.became}", flush=True)


def main() -> None:
    """Make mutants of a room, run its tests against each, print who survives."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("room", type=Path)
    parser.add_argument("tests")
    parser.add_argument("--sample", type=int, default=120)
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--only", default="*.py", help="files of the room, as a pattern")
    given = parser.parse_args()
    os.chdir(ROOT)
    made = [choice for path in sorted((ROOT / given.room).glob(given.only)) for choice in choices(path)]
    sample = random.Random(given.seed).sample(made, min(given.sample, len(made)))  # noqa: S311 - a sample, no secret
    chosen = [mutant_of(*choice) for choice in sample]
    tests = Tests([mutant for mutant in chosen if mutant.function])
    done = pytest.main([given.tests, "-p", "no:cacheprovider"], plugins=[tests])
    if done not in {pytest.ExitCode.OK, pytest.ExitCode.TESTS_FAILED}:
        raise SystemExit("the tests cannot be run")
    alive = len(tests.alive)
    with TemporaryDirectory(prefix="mutants-") as name:
        folder = Path(name)
        run = [given.tests, *(f"--deselect={test}" for test in tests.left_out)]
        for part in ("bot", "tests", "config", "pyproject.toml"):
            source = ROOT / part
            shutil.copytree(source, folder / part) if source.is_dir() else shutil.copy(source, folder / part)
        for mutant in chosen:
            if not mutant.function and _survives_in_copy(folder, mutant, run):
                alive += 1
                _tell(mutant)
    killed = len(chosen) - alive
    share = 100 * killed / len(chosen)
    print(f"{killed} of {len(chosen)} killed ({share:.0f} %), of {len(made)} possible; seed {given.seed}")


if __name__ == "__main__":
    main()
