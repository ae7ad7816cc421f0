"""vocabulary.csv: classes of words, for the forms of terms.csv and for the patterns of the grammar."""

from __future__ import annotations

import ast
import importlib
import pickle
import pkgutil
from collections.abc import Iterator
from pathlib import Path

import pytest

import sunchi.signals
from sunchi.errors import LexiconError
from sunchi.lexicon.columns import LANGUAGES
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


def test_a_pattern_is_compiled_once_per_process() -> None:
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
def test_a_word_of_a_class_is_found_as_its_language_separates_words(
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
    assert len(patterns) > 50
    for pattern in patterns:
        house_lexicon().vocabulary.compiled(pattern)


def asked_by_name() -> Iterator[tuple[str, str]]:
    """Yield each file of the detectors with each class whose words it requests from a document."""
    for file in Path(sunchi.signals.__file__).parent.rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            match node:
                case ast.Call(
                    func=ast.Attribute(attr="word_of" | "class_words"), args=[ast.Constant(value=str(name)), *_]
                ):
                    yield file.relative_to(sunchi.signals.__path__[0]).as_posix(), name


def languages_of(file: str) -> tuple[str, ...]:
    """Return the languages of the documents that a file of the detectors reads: one if its name says so."""
    if file == "grammar/english.py":  # others ask it of any document
        return LANGUAGES
    return next((langs for stem, langs in _READ_BY.items() if Path(file).stem.startswith(stem)), LANGUAGES)


_READ_BY = {
    "english": ("en",),
    "korean": ("ko",),
    "chinese": ("zh",),
    "spanish": ("es",),
    "word_order": ("ko", "zh"),
    "particles": ("ko", "zh"),
}


def test_every_class_used_by_a_detector_has_a_row_in_each_of_its_languages() -> None:
    classes = house_lexicon().vocabulary.classes
    asked = set(asked_by_name())
    assert len(asked) > 50, "the calls are no longer found: have they other names?"
    missing = {(name, lang, file) for file, name in asked for lang in languages_of(file) if name not in classes[lang]}
    assert missing == set(), "give each a row in vocabulary.csv, with - where the language has no such word"
