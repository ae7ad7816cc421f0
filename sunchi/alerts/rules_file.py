"""Reads and checks lexicon/rules.toml; all faults are reported together, each with its line."""

from __future__ import annotations

import difflib
import hashlib
import json
import math
import re
import string
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any, Literal, get_args

from sunchi import lexicon as lexicons
from sunchi.errors import LexiconError
from sunchi.history.findings import CONFIDENCES, Confidence
from sunchi.history.findings import KINDS as FINDINGS
from sunchi.lexicon import Lexicon
from sunchi.model import KINDS, Change, Severity
from sunchi.signals import kinds

Level = Literal["leader", "government", "other"]
Counterpart = Literal["leader", "party", "government", "ministry", "organ", "other"]

_TITLE = "{summary}"
_BODY = (
    "{change}\n\n{what}\n\n{evidence}\n\n{headline}\n{source}, {date}\n{url}\n{explained}\n{page}\n\n"
    "Rule: {rule}. {why}"
)
_FIELDS = frozenset(
    (
        "summary", "change", "partner", "severity", "date", "source", "headline", "what", "evidence", "url",
        "explained", "page", "rule", "why",
    )
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule; a condition that is None always holds. `version` changes with every word of the rule."""

    id: str
    version: str
    severity: Severity
    tags: tuple[str, ...]
    why: str
    changes: tuple[str, ...] = ("published",)
    kinds: tuple[str, ...] | None = None
    codes: tuple[str, ...] | None = None
    categories: tuple[str, ...] | None = None
    partners: tuple[str, ...] | None = None
    not_partners: tuple[str, ...] | None = None
    directions: tuple[str, ...] | None = None
    levels: tuple[str, ...] | None = None
    counterparts: tuple[str, ...] | None = None
    voices: tuple[str, ...] | None = None
    genres: tuple[str, ...] | None = None
    at_least: float | None = None
    at_most: float | None = None
    strength: float | None = None
    authority: float | None = None
    authority_below: float | None = None
    quiet: float | None = None  # days
    named: bool | None = None
    grouped: bool | None = None
    full_text: bool | None = None
    historical: bool | None = None
    negated: bool | None = None
    abroad: bool | None = None
    findings: tuple[str, ...] | None = None
    confidence: Confidence | None = None
    title: str = _TITLE
    body: str = _BODY


@dataclass(frozen=True)
class Rules:
    """The rules of a file, with the lexicon that they were checked against."""

    rules: tuple[Rule, ...]
    lexicon: Lexicon

    def __iter__(self) -> Iterator[Rule]:
        return iter(self.rules)


_CHOICES: dict[str, frozenset[str]] = {
    "changes": frozenset(get_args(Change)),
    "directions": frozenset({"out", "in"}),
    "levels": frozenset(get_args(Level)),
    "counterparts": frozenset(get_args(Counterpart)),
    "voices": frozenset({"own", "partner", "third"}),
    "genres": frozenset(KINDS["authority"].codes),
    "categories": frozenset(lexicons.CATEGORIES),
    "findings": frozenset(FINDINGS),
}
_LISTS = ("tags", "kinds", *_CHOICES, "codes", "partners", "not_partners")
_NUMBERS = ("at_least", "at_most", "strength", "authority", "authority_below", "quiet")
SWITCHES = ("named", "grouped", "full_text", "historical", "negated", "abroad")
_RENAMED = {"events": "changes"}  # old key: current key
_NOW_A_SWITCH = ("categories", "abroad")  # key and value that a switch of that name now replaces
_WORDS = ("id", "severity", "why", "confidence", "title", "body")
_LONGEST_QUIET = 3650  # days
_NEEDED = ("id", "severity", "tags", "why")


def load_rules(path: Path, lexicon: Lexicon | None = None) -> Rules:
    """Read the rules in `path`, with the lexicon of its folder unless one is given. Raises LexiconError, which lists
    all faults."""
    lexicon = lexicon or lexicons.load(path.parent)
    try:
        content = path.read_text(encoding="utf-8-sig")
        document = tomllib.loads(content)
    except OSError as error:
        raise LexiconError(f"{path.name}:1: can't be read ({error.strerror}); put the file there") from None
    except UnicodeDecodeError:
        raise LexiconError(f"{path.name}:1: is not UTF-8; save it as UTF-8") from None
    except RecursionError:
        raise LexiconError(f"{path.name}:1: can't be read as TOML: brackets are nested too deep") from None
    except tomllib.TOMLDecodeError as error:
        line = re.search(r"line (\d+)", str(error))
        raise LexiconError(f"{path.name}:{line[1] if line else 1}: is not TOML: {error}") from None
    rows = content.split("\n")
    faults = [f"{path.name}:{_line(rows, key)}: {fault}" for key, fault in _stray(document)]
    tables = document.get("rule", []) if not faults else []
    rules: list[Rule] = []
    for table, first, last in zip(tables, *_extents(rows, len(tables)), strict=True):
        wrong = list(_faults(table, lexicon, {rule.id for rule in rules}))
        faults += [f"{path.name}:{_line(rows, key, first, last)}: {fault}" for key, fault in wrong]
        if not wrong:
            rules.append(_rule(table))
    if faults:
        raise LexiconError("\n".join(faults))
    return Rules(tuple(rules), lexicon)


def _stray(document: Mapping[str, Any]) -> Iterator[Fault]:
    """Yield a fault for everything in the file that is not a rule: a misspelt [[rule]] would alert nobody."""
    for key in document:
        if key != "rule":
            yield key, f"“{key}” is not a rule; each rule begins with [[rule]]"
    rules = document.get("rule")
    if rules is None:
        yield "", "it contains no rule; each rule begins with [[rule]]"
    elif not isinstance(rules, list) or not all(isinstance(rule, dict) for rule in rules):
        yield "rule", "each rule begins with [[rule]], in double brackets"


def _extents(rows: Sequence[str], number: int) -> tuple[list[int], list[int]]:
    """Return the first and last line of each rule; all lines if rules are not written as [[rule]]."""
    first = [n for n, row in enumerate(rows, 1) if re.match(r"\s*\[\[\s*[\"']?rule[\"']?\s*\]\]", row)]
    if len(first) != number:
        return [1] * number, [len(rows)] * number
    return first, [*(n - 1 for n in first[1:]), len(rows)][:number]


def _line(rows: Sequence[str], key: str, first: int = 1, last: int | None = None) -> int:
    """Return the line of a key; the first line if it is not found."""
    stands = re.compile(rf"\s*\[*\s*[\"']?{re.escape(key)}[\"']?\s*(?:=|\])")
    within = enumerate(rows[first - 1 : last], first)
    return next((n for n, row in within if key and stands.match(row)), first)


def _rule(table: dict[str, Any]) -> Rule:
    content = json.dumps(table, sort_keys=True, ensure_ascii=False)
    values: dict[str, Any] = {key: tuple(value) if isinstance(value, list) else value for key, value in table.items()}
    return Rule(version=hashlib.sha256(content.encode()).hexdigest()[:12], **values)


Fault = tuple[str, str]
"""The key that is wrong, "" for the whole rule; and what is wrong, in words."""


def _faults(table: dict[str, Any], lexicon: Lexicon, taken: set[str]) -> Iterator[Fault]:
    """Yield what is wrong with one rule."""
    name = table.get("id", "without id")
    for key in _NEEDED:
        if key not in table:
            yield "", f"rule “{name}” has no {key}; add {key} = …"
    for key, value in table.items():
        yield from ((key, fault) for fault in _faults_of(key, value, lexicon))
    yield from (("codes", fault) for fault in _wrong_codes(table.get("kinds"), table.get("codes"), lexicon))
    if isinstance(name, str) and "id" in table:
        if not re.fullmatch("[a-z0-9][a-z0-9-]*", name):
            yield "id", f"id “{name}” may contain only lower-case letters, digits and -"
        if name in taken:
            yield "id", f"there is already a rule “{name}”; give this one another id"
    for key, known in (("confidence", CONFIDENCES), ("severity", get_args(Severity))):
        if isinstance(table.get(key), str) and table[key] not in known:
            yield key, f"{key} “{table[key]}” is unknown; use one of {', '.join(known)}"


def _faults_of(key: str, value: object, lexicon: Lexicon) -> Iterator[str]:
    """Yield what is wrong with one line of a rule."""
    if key in _LISTS:
        if isinstance(value, list) and value and all(isinstance(item, str) for item in value):
            yield from _strangers(key, value, lexicon)
        else:
            yield f'{key} must be a list of words, as in {key} = ["…"]'
    elif key in _NUMBERS:
        if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
            yield f"{key} must be a number"
        elif key == "quiet" and not 0 <= value <= _LONGEST_QUIET:
            yield f"quiet must be a number of days from 0 to {_LONGEST_QUIET:,}"
    elif key in SWITCHES:
        if not isinstance(value, bool):
            yield f"{key} must be true or false"
    elif key in _RENAMED:
        yield f"“{key}” is now called {_RENAMED[key]}; rename it"
    elif key not in _WORDS:
        known = [field.name for field in fields(Rule) if field.name != "version"]
        meant = difflib.get_close_matches(key, known, 1)
        yield f"“{key}” is unknown" + (
            f"; did you mean {meant[0]}?" if meant else f"; a rule may have {', '.join(known)}"
        )
    elif not isinstance(value, str):
        yield f"{key} must be text in quotation marks"
    elif key in ("title", "body"):
        yield from _template_faults(key, value)


def _strangers(key: str, values: list[str], lexicon: Lexicon) -> Iterator[str]:
    for value in values:
        if key == "tags" and not re.fullmatch("[a-z][a-z0-9_-]*", value):
            yield f"tag “{value}” may contain only lower-case letters, digits, - and _; “:” has a meaning for apprise"
        elif key in ("partners", "not_partners") and value not in lexicon.partners:
            yield f"partner “{value}” is not in partners.csv; add it there"
        elif (key, value) == _NOW_A_SWITCH:
            yield f"“{value}” is no longer one of {key}; write {value} = true on a line of its own"
        elif key not in ("kinds", *_CHOICES):
            continue
        elif value not in (known := _CHOICES.get(key) or kinds()):
            yield f"“{value}” is not one of the {key}: {', '.join(sorted(known))}"


def _wrong_codes(asked: object, codes: object, lexicon: Lexicon) -> Iterator[str]:
    """Yield a fault for each code that no signal of the rule's kinds has: such a rule would never match."""
    wanted = [kind for kind in asked if kind in kinds()] if isinstance(asked, list) else list(kinds())
    known = {name: kind.codes for name, kind in KINDS.items()} | {"formula": tuple(term.id for term in lexicon.terms)}
    if not isinstance(codes, list) or not all(kind in known for kind in wanted):
        return  # the codes of a user's own detector are not known
    possible = frozenset[str]().union(*(known[kind] for kind in wanted))
    for code in codes:
        if isinstance(code, str) and code not in possible:
            meant = difflib.get_close_matches(code, sorted(possible), 1)
            which = f"did you mean {meant[0]}?" if meant else "correct it, or the kinds"
            yield f"“{code}” is not a code of {', '.join(wanted)}; {which}"


def _template_faults(key: str, template: str) -> Iterator[str]:
    try:
        named = [name for _, name, *_ in string.Formatter().parse(template) if name is not None]
    except ValueError as error:
        yield f"{key} can't be read: {error}; write {{{{ and }}}} for plain braces"
        return
    strange = [name for name in named if name not in _FIELDS]
    for name in strange:
        yield f"{key} names {{{name}}}, which is unknown; the fields are {', '.join(sorted(_FIELDS))}"
    try:
        _ = strange or template.format_map(dict.fromkeys(_FIELDS, "words"))
    except (ValueError, KeyError, IndexError, AttributeError) as error:
        yield f"{key} can't be filled in: {error}; a name must be followed by its closing brace"
