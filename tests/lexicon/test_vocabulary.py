"""vocabulary.csv: classes of words, for the forms of terms.csv and for the patterns of the grammar."""

from __future__ import annotations

import ast
import importlib
import pickle
import pkgutil
from pathlib import Path

import pytest

import sunchi.signals
from sunchi.errors import LexiconError
from sunchi.lexicon.vocabulary import Pattern, Vocabulary
from tests.detecting import house_lexicon

VOCABULARY = Vocabulary(
    {
        "en": {"send": ("sent", "sent off"), "blame": ("denounc~",), "abbreviated": ("U.S.",)},
        "ko": {"send": ("보내였다",), "blame": ()},
    }
)


@pytest.mark.parametrize(
    ("template", "lang", "text", "found"),
    [
        (r"\b{send} a letter", "en", "He sent a letter.", "sent a letter"),
        (r"\b{send}\b", "en", "He sent off a letter.", "sent off"),  # the longest form is tried first
        (r"\b{blame}\b", "en", "It denounces that.", "denounces"),
        (r"{abbreviated}", "en", "UxSx U.S. here", "U.S."),  # a dot is a dot
        (r"편지를 {send}", "ko", "편지를 보내였다.", "편지를 보내였다"),
        (r"(?:very ){2,3}{send}", "en", "very very sent", "very very sent"),  # a number in braces is a number of times
    ],
)
def test_a_class_in_a_pattern_stands_for_each_of_its_forms(template: str, lang: str, text: str, found: str) -> None:
    match = VOCABULARY.compiled(Pattern(template, lang)).search(text)
    assert match is not None
    assert match[0] == found


@pytest.mark.parametrize(("name", "lang"), [("receive", "en"), ("abbreviated", "ko")])
def test_a_class_without_a_row_for_the_language_is_named_with_the_file(name: str, lang: str) -> None:
    said = rf"vocabulary\.csv: the class “{name}” has no row for “{lang}”"
    with pytest.raises(LexiconError, match=said):
        VOCABULARY.compiled(Pattern(f"{{{name}}}", lang))
    with pytest.raises(LexiconError, match=said):
        VOCABULARY.word_of(name, lang)


def test_a_pattern_is_compiled_once_and_anew_in_another_process() -> None:
    pattern = Pattern("{send}")
    assert VOCABULARY.compiled(pattern) is VOCABULARY.compiled(pattern)
    again = pickle.loads(pickle.dumps(VOCABULARY))  # noqa: S301 - written a line above
    assert again.classes == VOCABULARY.classes
    assert again.compiled(pattern).pattern == VOCABULARY.compiled(pattern).pattern


@pytest.mark.parametrize(
    ("name", "lang", "text", "found"),
    [
        ("send", "en", "They consent.", None),
        ("send", "en", "He sent, then left.", "sent"),
        ("blame", "en", "It denounces that.", "denounces"),
        ("send", "ko", "편지를보내였다.", "보내였다"),  # Korean words are not set apart by blanks
        ("blame", "ko", "편지를 보내였다.", None),  # the file says that Korean has no word of it
    ],
)
def test_the_word_of_a_class_is_found_as_its_language_writes_words(
    name: str, lang: str, text: str, found: str | None
) -> None:
    match = VOCABULARY.word_of(name, lang).search(text)
    assert (match and match[0]) == found


def test_a_pattern_with_a_class_that_has_no_words_matches_nothing() -> None:
    assert VOCABULARY.compiled(Pattern("편지|{blame}를", "ko")).findall("편지를") == ["편지"]
    assert VOCABULARY.compiled(Pattern("{blame}", "ko")).search("를") is None


def test_every_pattern_of_the_grammar_finds_its_classes_in_the_lexicon() -> None:
    modules = pkgutil.walk_packages(sunchi.signals.__path__, "sunchi.signals.")
    patterns = [
        value
        for module in modules
        for value in vars(importlib.import_module(module.name)).values()
        if isinstance(value, Pattern)
    ]
    for pattern in patterns:
        house_lexicon().vocabulary.compiled(pattern)


def test_every_class_that_a_detector_asks_for_by_its_name_is_in_the_lexicon() -> None:
    asked = {
        node.args[0].value
        for file in Path(sunchi.signals.__file__).parent.rglob("*.py")
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr in ("word_of", "class_words")
        and isinstance(node.args[0], ast.Constant)
    }
    assert len(asked) > 20, "the calls are no longer found: have they other names?"
    assert asked - {name for classes in house_lexicon().vocabulary.classes.values() for name in classes} == set()
