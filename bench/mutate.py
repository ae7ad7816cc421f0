"""Measures how many faults the tests notice: breaks one place of sunchi/ at a time, and runs the tests of its package.

    python -m bench.mutate                        forty faults, the same each time
    python -m bench.mutate --faults 100 --seed 7
    python -m bench.mutate --also ../older        only places that are also in that checkout; both are tried

A fault is a plausible slip: a comparison reversed, `and` for `or`, a `not` lost, a number off by one, a branch never or
always taken, a call left out, nothing returned. The tests run in a copy, nearest first, until one fails. A fault that
no test notices is either a gap in the tests or has no visible effect: look at it.
"""

from __future__ import annotations

import argparse
import ast
import os
import random
import shutil
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import accumulate
from pathlib import Path
from typing import cast

ROOT = Path(__file__).resolve().parent.parent
LONGEST = 1_800
"""The most seconds of a test run. A longer one is an endless loop, which also counts as noticed."""

NEAREST = {  # in addition to the tests of the same folder
    "cli": ("cli", "demo", "hostile", "flows"),
    "ingest": ("ingest", "flows", "crashes"),
    "lexicon": ("lexicon", "signals"),
    "text": ("text", "signals"),
    "identity": ("identity", "flows"),
    "store": ("store", "crashes"),
    "alerts": ("alerts", "hostile", "flows"),
    "system": ("system", "cli", "flows"),
    "migrations": ("store",),
}
ANYWHERE = ("test_settings.py", "lexicon", "alerts", "cli", "store", "ingest")  # for module-level code


@dataclass(frozen=True)
class Fault:
    """One place of a file, and its replacement."""

    file: Path  # relative to the project's folder
    line: int
    start: int  # byte offset in the file
    end: int
    was: str
    now: str
    of_line: str  # the original line, by which the place is found in another checkout

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {' '.join(self.was.split())[:60]}  →  {' '.join(self.now.split())[:60]}"

    def applied(self, source: bytes) -> bytes:
        return source[: self.start] + self.now.encode() + source[self.end :]

    @property
    def tests(self) -> list[str]:
        """Return its tests, nearest first: under its own name, in its own folder, in the packages that use it."""
        _, room, *inner = self.file.parts
        if not inner:
            return [f"tests/{name}" for name in (f"test_{self.file.stem}.py", *ANYWHERE)]
        near = (f"{room}/test_{self.file.stem}.py", f"{room}/{inner[0]}", *NEAREST.get(room, (room,)))
        return [f"tests/{name}" for name in near]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--faults", type=int, default=40)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--also", type=Path, help="another checkout of the project, with its own environment")
    asked = parser.parse_args()
    drawn = draw(asked.faults, asked.seed, asked.also)
    for root, faults in drawn.items():
        noticed = 0
        with copied(root) as copy:
            for number, fault in enumerate(faults, 1):
                by = noticed_by(fault, copy, root)
                noticed += bool(by)
                say(f"{number:3} {fault}\n    {by or 'NOT NOTICED'}")
        say(f"{root}: {noticed} of {len(faults)} faults noticed")


def say(words: str) -> None:
    sys.stdout.write(f"{words}\n")
    sys.stdout.flush()


def draw(number: int, seed: int, also: Path | None) -> dict[Path, list[Fault]]:
    """Return faults by checkout, the same in each."""
    order = random.Random(seed)  # noqa: S311 - drawn again from the same seed
    faults = [fault for file in sorted((ROOT / "sunchi").rglob("*.py")) for fault in faults_of(file, ROOT)]
    elsewhere: dict[tuple[str, str, str], list[Fault]] = {}
    for file in sorted((also / "sunchi").rglob("*.py")) if also else ():
        for fault in faults_of(file, also or ROOT):
            elsewhere.setdefault((fault.of_line, fault.was, fault.now), []).append(fault)
    seen = Counter((fault.of_line, fault.was, fault.now) for fault in faults)
    order.shuffle(faults)
    if not also:
        return {ROOT: faults[:number]}
    keys = [(fault, elsewhere.get((fault.of_line, fault.was, fault.now), [])) for fault in faults]
    pairs = [
        (here, there[0]) for here, there in keys if len(there) == 1 and seen[here.of_line, here.was, here.now] == 1
    ]
    return {also.resolve(): [there for _, there in pairs[:number]], ROOT: [here for here, _ in pairs[:number]]}


def noticed_by(fault: Fault, copy: Path, root: Path) -> str:
    """Return the first test that fails with a fault and not without it; "" if there is none."""
    path = copy / fault.file
    source = path.read_bytes()
    failing_anyway: list[str] = []
    try:
        for name in [name for name in dict.fromkeys(fault.tests) if (copy / name).exists()]:
            path.write_bytes(fault.applied(source))
            while words := failure(copy, root, name, *(f"--deselect={test}" for test in failing_anyway)):
                test = words.removeprefix("FAILED ").partition(" - ")[0]
                path.write_bytes(source)
                if not words.startswith("FAILED ") or not failure(copy, root, test):
                    return words[:160]
                failing_anyway.append(test)
                path.write_bytes(fault.applied(source))
    except subprocess.TimeoutExpired:
        return f"not done after {LONGEST} s"
    finally:
        path.write_bytes(source)
    return ""


def failure(copy: Path, root: Path, *chosen: str) -> str:
    """Return pytest's message for the first failing test, drills included; "" if all pass."""
    wanted = ["-x", "-q", "--no-header", "-p", "no:cacheprovider", "-m", "not long"]
    done = subprocess.run(  # noqa: S603 - our own words
        [root / ".venv/bin/python", "-m", "pytest", *wanted, *chosen],
        cwd=copy,
        env=os.environ | {"PYTHONPATH": str(copy), "PYTHONDONTWRITEBYTECODE": ""},
        capture_output=True,
        text=True,
        timeout=LONGEST,
    )
    if not done.returncode:
        return ""
    said = [line for line in done.stdout.splitlines() if line.startswith(("FAILED", "ERROR", "E  "))]
    return said[-1] if said else (done.stdout + done.stderr).strip()[-160:]


class copied:  # noqa: N801 - used as a function is
    """Copy the tracked files of a checkout, beside the folder of real texts, for as long as the block lasts."""

    def __init__(self, root: Path) -> None:
        self._root = root

    def __enter__(self) -> Path:
        self._folder = Path(tempfile.mkdtemp(prefix="sunchi-mutate-"))
        listed = subprocess.run(["git", "ls-files", "-z"], cwd=self._root, capture_output=True, text=True, check=True)  # noqa: S607
        for name in listed.stdout.split("\0"):
            if name and (self._root / name).is_file():
                target = self._folder / "project" / name
                target.parent.mkdir(parents=True, exist_ok=True)
                shutil.copy(self._root / name, target)
        shared = Path(os.environ.get("SUNCHI_SHARED", self._root.parent / "shared"))
        if shared.is_dir():
            (self._folder / "shared").symlink_to(shared.resolve())
        return self._folder / "project"

    def __exit__(self, *_: object) -> None:
        shutil.rmtree(self._folder)


# --- the faults -------------------------------------------------------------------------------------------------------

COMPARED: dict[type[ast.cmpop], ast.cmpop] = {
    ast.Eq: ast.NotEq(), ast.NotEq: ast.Eq(), ast.Is: ast.IsNot(), ast.IsNot: ast.Is(), ast.In: ast.NotIn(),
    ast.NotIn: ast.In(), ast.Lt: ast.LtE(), ast.LtE: ast.Lt(), ast.Gt: ast.GtE(), ast.GtE: ast.Gt(),
}  # fmt: skip
JOINED: dict[type[ast.boolop], ast.boolop] = {ast.And: ast.Or(), ast.Or: ast.And()}
COUNTED: dict[type[ast.operator], ast.operator] = {ast.Add: ast.Sub(), ast.Sub: ast.Add()}


def faults_of(file: Path, root: Path) -> Iterator[Fault]:
    """Return every fault that a file may have."""
    source = file.read_bytes()
    lines = source.splitlines(keepends=True)
    starts = list(accumulate(map(len, lines), initial=0))  # columns are counted in bytes
    for node in ast.walk(ast.parse(source)):
        for now in broken(node):
            place = cast(ast.stmt, node)
            start = starts[place.lineno - 1] + place.col_offset
            end = starts[cast(int, place.end_lineno) - 1] + cast(int, place.end_col_offset)
            of_line = lines[place.lineno - 1].decode().strip()
            yield Fault(file.relative_to(root), place.lineno, start, end, source[start:end].decode(), now, of_line)


def broken(node: ast.AST) -> Iterator[str]:
    """Return plausible wrong versions of an expression or statement, as source."""
    match node:
        case ast.Compare(left=left, ops=[op], comparators=[right]) if type(op) in COMPARED:
            yield f"({ast.unparse(ast.Compare(left, [COMPARED[type(op)]], [right]))})"
        case ast.BoolOp(op=both, values=values):
            yield f"({ast.unparse(ast.BoolOp(JOINED[type(both)], values))})"
        case ast.BinOp(left=left, op=sign, right=right) if type(sign) in COUNTED and not _joins_texts(left, right):
            yield f"({ast.unparse(ast.BinOp(left, COUNTED[type(sign)], right))})"
        case ast.UnaryOp(op=ast.Not(), operand=operand):
            yield f"({ast.unparse(operand)})"
        case ast.Constant(value=bool() as value):
            yield str(not value)
        case ast.Constant(value=int() as value):
            yield str(value + 1)
        case ast.IfExp(body=body, orelse=orelse):
            yield f"({ast.unparse(body)})"
            yield f"({ast.unparse(orelse)})"
        case ast.Return(value=ast.expr() as value) if not isinstance(value, ast.Constant):
            yield "return None"
        case ast.Expr(value=ast.Call() | ast.Yield() | ast.YieldFrom() | ast.Await()):
            yield "pass"
        case ast.AugAssign() | ast.Continue() | ast.Break():
            yield "pass"


def _joins_texts(*operands: ast.expr) -> bool:
    """Return whether + joins strings or lists, where another operator would be an error at once."""
    joined = (ast.JoinedStr, ast.List, ast.Tuple, ast.ListComp)
    return any(
        isinstance(each, joined) or (isinstance(each, ast.Constant) and isinstance(each.value, str))
        for each in operands
    )


if __name__ == "__main__":
    main()
