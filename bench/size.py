"""Counts the lines of sunchi/signals now and at an older commit: all, those of code, and those of pattern literals.

    python -m bench.size --base 0f84013

Lines of code are all but blank ones, comments and docstrings. Pattern literals are the constants of a module that hold
text: what an analyst would correct belongs in lexicon/ instead.
"""

from __future__ import annotations

import argparse
import ast
import io
import subprocess
import sys
import tarfile
import tokenize
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = "sunchi/signals"
_NO_CODE = {tokenize.COMMENT, tokenize.NL, tokenize.NEWLINE, tokenize.INDENT, tokenize.DEDENT, tokenize.ENDMARKER}
_SHORTEST = 3  # characters of text


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--base", metavar="COMMIT", help="an older commit to compare with")
    given = parser.parse_args()
    now = _sum(path.read_text(encoding="utf-8") for path in (ROOT / PACKAGE).rglob("*.py"))
    before = _sum(_at(given.base)) if given.base else Counter()
    for name, count in now.items():
        change = f", {before[name]:,} at {given.base}: {count / before[name] - 1:+.0%}" if before[name] else ""
        sys.stdout.write(f"{name}: {count:,}{change}\n")


def _at(commit: str) -> Iterator[str]:
    """Yield the sources of the package at a commit."""
    packed = subprocess.run(["git", "archive", commit, PACKAGE], cwd=ROOT, check=True, capture_output=True).stdout  # noqa: S603, S607
    with tarfile.open(fileobj=io.BytesIO(packed)) as archive:
        for member in archive:
            file = archive.extractfile(member)
            if file and member.name.endswith(".py"):
                yield file.read().decode()


def _sum(sources: Iterator[str]) -> Counter[str]:
    counts: Counter[str] = Counter()
    for source in sources:
        counts += sizes(source)
    return counts


def sizes(source: str) -> Counter[str]:
    """Return how many lines a module has, how many of code, and how many of pattern literals."""
    tree = ast.parse(source)
    prose = {
        line
        for node in ast.walk(tree)
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant) and isinstance(node.value.value, str)
        for line in range(node.lineno, (node.end_lineno or node.lineno) + 1)
    }
    code = {
        line
        for token in tokenize.generate_tokens(io.StringIO(source).readline)
        if token.type not in _NO_CODE
        for line in range(token.start[0], token.end[0] + 1)
    }
    patterns = {
        line
        for node in tree.body
        if isinstance(node, ast.Assign | ast.AnnAssign) and len(_text(node)) >= _SHORTEST
        for line in range(node.lineno, (node.end_lineno or node.lineno) + 1)
    }
    return Counter({"lines": source.count("\n"), "lines of code": len(code - prose), "pattern literals": len(patterns)})


def _text(node: ast.AST) -> str:
    values = (each.value for each in ast.walk(node) if isinstance(each, ast.Constant))
    return "".join(value for value in values if isinstance(value, str))


if __name__ == "__main__":
    main()
