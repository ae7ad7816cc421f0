"""Patterns for lower-case text contain no capital, and patterns for Spanish text no accent."""

from __future__ import annotations

import ast
import importlib
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import sunchi.signals
from sunchi.lexicon.vocabulary import Pattern
from tests.detecting import house_lexicon

SEARCHES = {"search", "match", "fullmatch", "finditer", "findall", "sub", "split"}  # of a pattern: in what follows
HOLDS = {"hits", "held", "by_sentence"}  # of a document: words in small letters
SMALL = frozenset({"small", "in_small_letters"})  # what gives a text in small letters
FILES = sorted(Path(sunchi.signals.__file__).parent.rglob("*.py"))
SPANISH = [file for file in FILES if file.name == "spanish.py"]


def test_no_pattern_for_lower_case_text_contains_a_capital() -> None:
    found = {(file.stem, name): value for file in FILES for name, value in sought_in(file)}
    assert len(found) > 20, "the searches are no longer found: has `small` another name?"
    assert [where for where, value in found.items() if holds_a_capital(value)] == []


def test_no_pattern_for_text_without_accents_contains_one() -> None:
    found = {(file.stem, name): value for file in SPANISH for name, value in sought_in(file)}
    assert len(found) > 2, "the searches are no longer found: has `small` another name?"
    assert [where for where, value in found.items() if re.search("[áéíóúüñ]", written(value))] == []


def test_no_lexicon_pattern_for_lower_case_text_contains_a_capital() -> None:
    lexicon = house_lexicon()
    patterns = [tone.pattern for tone in lexicon.tones]
    patterns += [part for voice in lexicon.voices for part in (voice.document, voice.speaker) if part]
    patterns += list(lexicon.posts.abroad.values())
    assert len(patterns) > 100
    assert [pattern.pattern for pattern in patterns if holds_a_capital(pattern)] == []


@pytest.mark.parametrize(
    ("sought", "held"),
    [
        (re.compile(r"\b(?P<who>envoy)\B\S+"), False),  # what only looks like one: a name of a group, \B, \S
        (re.compile(r"\bEnvoy"), True),
        (re.compile(r"[A-Z]\w+ of"), True),
        (("of russia", "in moscow"), False),
        (("of russia", "in Moscow"), True),
    ],
)
def test_a_capital_is_distinguished_from_what_looks_like_one(sought: Any, held: bool) -> None:
    assert holds_a_capital(sought) is held


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("A.search(document.small, 0)", {"A"}),
        ("(A if there else B).match(held)", {"A", "B", "there"}),
        ("A.search(texts.in_small_letters(sentence))", {"A"}),
        ("[each.search(held) for each in (A, B)]", {"A", "B", "each"}),
        ("holds_any(held, A)", {"A"}),
        ("document.by_sentence(A)", {"A"}),
        ("document.pattern(A).search(document.small)", {"A"}),
        ("A.search(document.text)", set()),
        ("holds_any(document.text, A)", set()),
    ],
)
def test_each_form_of_a_search_in_lower_case_is_recognized(line: str, names: set[str]) -> None:
    assert names_sought(ast.parse(f"held = document.small[1:2]\n{line}")) == names


# --- how they are found ---------------------------------------------------------------------------------------------


def sought_in(file: Path) -> Iterator[tuple[str, Any]]:
    """Return a module's patterns and tuples of words for such texts, by their names in it."""
    parts = file.relative_to(Path(sunchi.signals.__file__).parent).with_suffix("").parts
    module = importlib.import_module(".".join(("sunchi.signals", *parts)))
    tree = ast.parse(file.read_text(encoding="utf-8"))
    for part in (node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)):
        for name in names_sought(part):
            value = getattr(module, name, None)
            if isinstance(value, Pattern):
                value = house_lexicon().vocabulary.compiled(value)
            if isinstance(value, (re.Pattern, tuple)):
                yield name, value


def names_sought(part: ast.AST) -> set[str]:
    """Return the names by which a function or a module searches such texts."""
    calls = [node for node in ast.walk(part) if isinstance(node, ast.Call)]
    texts = SMALL | {
        target.id
        for node in ast.walk(part)
        if isinstance(node, ast.Assign)
        for target in node.targets
        if isinstance(target, ast.Name) and is_one(node.value, SMALL)
    }
    found: set[str] = set()
    for call in calls:
        called, given = call.func, call.args
        if isinstance(called, ast.Name) and called.id == "holds_any" and is_one(given[0], texts):
            found |= names_in(given[1])
        elif isinstance(called, ast.Attribute) and called.attr in HOLDS and given:
            found |= names_in(given[0])
        elif isinstance(called, ast.Attribute) and called.attr in SEARCHES and given and is_one(given[0], texts):
            asked = called.value  # document.pattern(A).search(…) searches with A
            found |= names_in(asked.args[0] if is_pattern(asked) else asked)  # type: ignore[attr-defined]
    return found | {name for one, many in loops(part) if one in found for name in many}


def is_pattern(node: ast.AST) -> bool:
    return isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "pattern"


def is_one(node: ast.AST, names: frozenset[str]) -> bool:
    """Return whether an expression is a text that one of `names` gives or is, or a piece of it."""
    if isinstance(node, ast.Subscript):
        return is_one(node.value, names)
    if isinstance(node, ast.Call):
        return is_one(node.func, names)
    return (node.attr if isinstance(node, ast.Attribute) else node.id if isinstance(node, ast.Name) else "") in names


def loops(part: ast.AST) -> Iterator[tuple[str, set[str]]]:
    """Return these, and what a loop names each of several."""
    for node in ast.walk(part):
        if isinstance(node, (ast.For, ast.comprehension)) and isinstance(node.target, ast.Name):
            yield node.target.id, names_in(node.iter)


def names_in(node: ast.AST) -> set[str]:
    return {each.id for each in ast.walk(node) if isinstance(each, ast.Name)}


def holds_a_capital(sought: Any) -> bool:
    return bool(re.search("[A-Z]", re.sub(r"\\.|\(\?P[<=]\w+", "", written(sought))))


def written(sought: re.Pattern[str] | tuple[str, ...]) -> str:
    return "|".join(sought) if isinstance(sought, tuple) else sought.pattern
