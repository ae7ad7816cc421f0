"""Makes every rule switchable, for bench/ablation.py, which measures what each is worth.

`install` imports the modules of a package with switches wherever a rule decides: an `if` or a conditional expression
(never, or always taken), an operand of `and` or `or`, a filter of a comprehension, a statement that yields, a
function's result, and a regular expression: the whole, each alternative, each lookaround and each optional group. A
switch that is on changes nothing and, while `recording`, records the articles for which it decided: no other article
can change when it is switched off.
"""

from __future__ import annotations

import ast
import re
import sys
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from importlib.abc import MetaPathFinder
from importlib.machinery import ModuleSpec, PathFinder, SourceFileLoader
from itertools import pairwise
from pathlib import Path
from types import CodeType
from typing import Any, cast

from sunchi.lexicon import vocabulary
from sunchi.lexicon.vocabulary import Pattern

NEVER, ALWAYS, WITHOUT = "never", "always", "without"


@dataclass(frozen=True)
class Unit:
    """A rule, or a part of one, that can be switched off."""

    file: str
    line: int
    how: str  # NEVER or ALWAYS true, or read WITHOUT it
    source: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line} {self.how}: {' '.join(self.source.split())[:100]}"


units: list[Unit] = []
off: set[int] = set()
"""The units that are switched off, by their indexes in `units`."""
recording = False
article = 0
"""The article being read while `recording`."""
decided: defaultdict[int, set[int]] = defaultdict(set)
"""Unit -> the articles for which it decided."""


def new_unit(file: str, line: int, how: str, source: str) -> int:
    """Return the number of a new unit."""
    units.append(Unit(file, line, how, source))
    return len(units) - 1


def note(unit: int) -> None:
    if recording:
        decided[unit].add(article)


# --- called by the code wherever a rule decides ----------------------------------------------------------------------


def condition(never: int, always: int, value: Any) -> Any:
    """Return a condition unchanged, unless one of its two units is switched off."""
    unit, otherwise = (never, False) if value else (always, True)
    if unit in off:
        return otherwise
    note(unit)
    return value


def alternative(unit: int, value: Any) -> Any:
    """Return an operand of `or`; False if its unit is switched off."""
    return condition(unit, -1, value)


def requirement(unit: int, value: Any) -> Any:
    """Return an operand of `and`, or a filter; True if its unit is switched off."""
    return condition(-1, unit, value)


def given(*of: int) -> bool:
    """Return whether a statement yields: unless its unit, or that of its function, is switched off."""
    if not off.isdisjoint(of):
        return False
    for unit in of:
        note(unit)
    return True


def answer(unit: int, value: Any) -> Any:
    """Return a function's result; nothing, or an empty result of its type, if its unit is switched off."""
    if value and unit in off:
        return type(value)() if isinstance(value, str | list | tuple | dict | set) else None
    if value:
        note(unit)
    return value


class Expression:
    """A regular expression, whole and without each of its parts."""

    def __init__(self, place: tuple[str, int, str], source: str, compiled: Callable[[str], re.Pattern[str]]) -> None:
        file, line, name = place
        self.whole = compiled(source)
        self.pattern = self.whole.pattern
        nothing = re.compile("(?!)" + "()" * self.whole.groups)
        self._variants = {new_unit(file, line, NEVER, f"{name} = {source}"): nothing}
        self._may_widen: set[int] = set()  # the units without which it may match in more places
        for start, end, may_widen in parts(source):
            try:
                variant = compiled(source[:start] + source[end:])
            except re.error:
                continue
            if variant.groupindex != self.whole.groupindex:  # the code uses the content of a group
                continue
            unit = new_unit(file, line, WITHOUT, f"{name}: {source[start:end]}")
            self._variants[unit] = variant
            if may_widen:
                self._may_widen.add(unit)

    def search(self, *where: Any) -> Any:
        return self._read(lambda pattern: pattern.search(*where), _span)

    def match(self, *where: Any) -> Any:
        return self._read(lambda pattern: pattern.match(*where), _span)

    def fullmatch(self, *where: Any) -> Any:
        return self._read(lambda pattern: pattern.fullmatch(*where), _span)

    def finditer(self, *where: Any) -> Any:
        return iter(self._read(lambda pattern: list(pattern.finditer(*where)), lambda found: list(map(_span, found))))

    def findall(self, *where: Any) -> Any:
        return self._read(lambda pattern: pattern.findall(*where), list)

    def sub(self, by: Any, text: str, **how: Any) -> Any:
        return self._read(lambda pattern: pattern.sub(by, text, **how), lambda changed: changed != text and changed)

    def split(self, text: str, **how: Any) -> Any:
        return self._read(lambda pattern: pattern.split(text, **how), lambda pieces: pieces[1:] and pieces)

    def _read(self, read: Callable[[re.Pattern[str]], Any], shown: Callable[[Any], Any]) -> Any:
        """Return the result of the pattern, or of its variant without the parts that are switched off."""
        for unit in off and off & self._variants.keys():
            return read(self._variants[unit])
        found = read(self.whole)
        if recording:
            held = shown(found)
            for unit in self._variants if held else self._may_widen:
                if article not in decided[unit] and shown(read(self._variants[unit])) != held:
                    note(unit)
        return found


def _span(found: re.Match[str] | None) -> Any:
    return found and (found.span(), found.groupdict())


def regex(file: str, line: int, name: str, source: str, flags: re.RegexFlag = re.NOFLAG) -> Expression:
    """Return the replacement for `re.compile`."""
    return Expression((file, line, name), source, lambda less: re.compile(less, flags))


def pattern(file: str, line: int, name: str, source: str, lang: str = "en", flags: re.RegexFlag = re.NOFLAG) -> Pattern:
    """Return a `Pattern`, which a lexicon compiles to an Expression."""
    made = Pattern(source, lang, flags)
    _places[made] = file, line, name
    return made


_places: dict[Pattern, tuple[str, int, str]] = {}
_compile = vocabulary._Compiled.__missing__  # there is no public API for it


def _compiled(self: Any, pattern: Pattern) -> Any:
    if pattern not in _places:
        return _compile(self, pattern)
    made = Expression(
        _places[pattern], pattern.template, lambda less: _compile(self, Pattern(less, pattern.lang, pattern.flags))
    )
    self[pattern] = made
    return made


_GROUP = re.compile(r"\((?:\?(?:P<\w+>|[a-z]*:|<?[=!]))?")


def parts(source: str) -> Iterator[tuple[int, int, bool]]:
    """Yield the removable parts of a regular expression: the place, and whether more may match without it."""
    opened: list[tuple[int, int, list[int], bool]] = [
        (-1, 0, [], False)
    ]  # start, inside, its bars, whether it excludes
    place = 0
    while place < len(source):
        sign = source[place]
        if sign == "\\":
            place += 1
        elif sign == "[":
            place = source.index("]", place + 2)
        elif sign == "(" and (group := _GROUP.match(source, place)):
            excludes = opened[-1][3] or group[0] in ("(?!", "(?<!")
            opened.append((place, group.end(), [], excludes))
        elif sign == "|":
            opened[-1][2].append(place)
        elif sign == ")":
            start, inside, bars, excludes = opened.pop()
            yield from _branches(inside, place, bars, may_widen=excludes)
            if source.startswith(("(?!", "(?<!", "(?=", "(?<="), start):
                yield start, place + 1, True
            elif source[place + 1 : place + 2] in ("?", "*"):
                yield start, place + 2, opened[-1][3]
        place += 1
    yield from _branches(0, len(source), opened[0][2], may_widen=False)


def _branches(begin: int, end: int, bars: list[int], *, may_widen: bool) -> Iterator[tuple[int, int, bool]]:
    """Yield each alternative of a group with the bar beside it."""
    if bars:
        yield begin, bars[0] + 1, may_widen
    for first, last in pairwise([*bars, end] if bars else []):
        yield first, last, may_widen


# --- inserting the calls into the code --------------------------------------------------------------------------------


class _Switched(ast.NodeTransformer):
    """Inserts the calls into the tree of one file."""

    def __init__(self, file: str, source: str) -> None:
        self._file = file
        self._source = source
        self._functions: list[tuple[str, int]] = [("", -1)]  # what each yields, and its unit
        self._constant = ""

    def _unit(self, node: ast.expr | ast.stmt, how: str, words: str = "") -> ast.Constant:
        words = words or ast.get_source_segment(self._source, node) or ""
        return ast.Constant(new_unit(self._file, node.lineno, how, words))

    def _conditional(self, node: Any) -> Any:
        both = self._unit(node, NEVER), self._unit(node, ALWAYS)
        self.generic_visit(node)
        node.test = _call("condition", *both, node.test)
        return node

    visit_If = visit_IfExp = _conditional  # noqa: N815 - the names of ast

    def visit_BoolOp(self, node: ast.BoolOp) -> ast.BoolOp:
        kind = "requirement" if isinstance(node.op, ast.And) else "alternative"
        units = [None if isinstance(each, ast.Constant) else self._unit(each, WITHOUT) for each in node.values]
        self.generic_visit(node)
        pairs = zip(units, node.values, strict=True)
        node.values = [_call(kind, unit, each) if unit else each for unit, each in pairs]
        return node

    def visit_comprehension(self, node: ast.comprehension) -> ast.comprehension:
        units = [self._unit(each, WITHOUT) for each in node.ifs]
        self.generic_visit(node)
        node.ifs = [_call("requirement", unit, each) for unit, each in zip(units, node.ifs, strict=True)]
        return node

    def visit_Expr(self, node: ast.Expr) -> Any:
        if not isinstance(node.value, ast.Yield | ast.YieldFrom):
            return self.generic_visit(node)
        kind, function = self._functions[-1]
        of = (self._unit(node, WITHOUT), *([ast.Constant(function)] if kind == "yields" else []))
        self.generic_visit(node)
        return ast.If(_call("given", *of), [node], [])

    def visit_FunctionDef(self, node: ast.FunctionDef) -> ast.FunctionDef:
        kind = _kind_of(ast.unparse(node.returns) if node.returns else "")
        unit = cast(int, self._unit(node, NEVER, f"def {node.name}").value) if kind else -1
        if kind == "judges":
            self._unit(node, ALWAYS, f"def {node.name}")  # has the next number
        self._functions.append((kind, unit))
        self.generic_visit(node)
        self._functions.pop()
        return node

    def visit_Return(self, node: ast.Return) -> ast.Return:
        self.generic_visit(node)
        kind, unit = self._functions[-1]
        if node.value is not None and kind == "judges":
            node.value = _call("condition", ast.Constant(unit), ast.Constant(unit + 1), node.value)
        elif node.value is not None and kind == "answers":
            node.value = _call("answer", ast.Constant(unit), node.value)
        return node

    def visit_Assign(self, node: ast.Assign) -> Any:
        if len(self._functions) == 1:
            self._constant = ast.unparse(node.targets[0])
        return self.generic_visit(node)

    def visit_Call(self, node: ast.Call) -> ast.Call:
        self.generic_visit(node)
        called = ast.unparse(node.func)
        if len(self._functions) == 1 and called in ("re.compile", "Pattern"):
            place = [ast.Constant(each) for each in (self._file, node.lineno, self._constant)]
            return ast.Call(
                _name("regex" if called == "re.compile" else "pattern"), [*place, *node.args], node.keywords
            )
        return node

    def visit_Module(self, node: ast.Module) -> ast.Module:
        self.generic_visit(node)
        after = next(n for n, each in enumerate(node.body) if not _is_preface(each))
        node.body.insert(after, *ast.parse("import bench.switches as _switches").body)
        return node


def _kind_of(returns: str) -> str:
    """Return what kind of function it is by its result, if it can be switched off."""
    if returns == "bool":
        return "judges"
    if returns.startswith(("Iterator", "Iterable")):
        return "yields"
    return "answers" if re.match(r"str\b|list|tuple|.*\| None$", returns) else ""


def _is_preface(node: ast.stmt) -> bool:
    return isinstance(node, ast.Expr) or (isinstance(node, ast.ImportFrom) and node.module == "__future__")


def _call(name: str, *given: ast.expr) -> ast.Call:
    return ast.Call(_name(name), list(given), [])


def _name(name: str) -> ast.expr:
    return ast.parse(f"_switches.{name}", mode="eval").body


def switched(file: str, source: str) -> ast.Module:
    """Return the tree of a file with its switches."""
    return cast(ast.Module, ast.fix_missing_locations(_Switched(file, source).visit(ast.parse(source))))


class _Loader(SourceFileLoader):
    """Compiles a module with switches, without a cache."""

    def get_code(self, fullname: str) -> CodeType:
        path = self.get_filename(fullname)
        source = Path(path).read_text(encoding="utf-8")
        tree = switched("/".join(fullname.split(".")[2:]) + ".py", source)
        return compile(tree, path, "exec", dont_inherit=True)


class _Finder(MetaPathFinder):
    """Finds the modules of a package that should have switches."""

    def __init__(self, package: str, without: Sequence[str]) -> None:
        self._package = package
        self._without = without

    def find_spec(self, fullname: str, path: Any, target: Any = None) -> ModuleSpec | None:
        if not fullname.startswith(f"{self._package}.") or fullname.rpartition(".")[2] in self._without:
            return None
        spec = PathFinder.find_spec(fullname, path, target)
        if spec is None or spec.origin is None or spec.origin.endswith("__init__.py"):
            return None
        spec.loader = _Loader(fullname, spec.origin)
        return spec


def install(package: str, without: Sequence[str] = ()) -> None:
    """Import the modules of a package with switches, except some by name."""
    vocabulary._Compiled.__missing__ = _compiled  # type: ignore[method-assign]
    sys.meta_path.insert(0, _Finder(package, without))
