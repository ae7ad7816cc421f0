"""vocabulary.csv: classes of words that an analyst may correct, and the grammar's patterns that refer to them.

    class,lang,forms
    send,en,sent|sends|sending          a class may include one defined above it: {send}|conveyed
    delegation,ko,대표단|방문단|참관단      a form that ends in ~ matches every word with that beginning: denounc~
    old_ruler,en,-                          the language has no such word; using a class without a row is an error

Terms (terms.csv) and the grammar's `Pattern`s refer to a class as {send}.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping

from sunchi.errors import LexiconError
from sunchi.lexicon.columns import LANGUAGES, Rows, has_forms, split_forms

COLUMNS = ("class", "lang", "forms")

_CLASS = re.compile(r"(?P<begins>\\b)?\{(?P<name>[a-z_]+)\}")  # "\b{class}": only where a word begins


class Vocabulary:
    """The forms of each class by language, in the order of the file, and the patterns that refer to the classes.

    Every article needs dozens of them, so each is looked up in a dictionary.
    """

    def __init__(self, classes: Mapping[str, Mapping[str, tuple[str, ...]]]) -> None:
        self.compiled: Callable[[Pattern], re.Pattern[str]] = _Compiled(self).__getitem__
        """Returns the regular expression of a pattern, filled with this vocabulary's words."""
        self.classes: Mapping[str, Mapping[str, tuple[str, ...]]] = {
            lang: _Forms(lang, classes.get(lang, {})) for lang in LANGUAGES
        }
        self._finders = {lang: _Finders(lang, self) for lang in LANGUAGES}

    def words_in(self, lang: str) -> Callable[[str], tuple[str, ...]]:
        """Return a function from a class to its forms in a language; it raises LexiconError if there is no such row."""
        return self.classes[lang].__getitem__

    def finders_in(self, lang: str) -> Callable[[str], re.Pattern[str]]:
        """Return a function from a class to a pattern of any of its forms in a language, as whole words."""
        return self._finders[lang].__getitem__

    def words(self, name: str, lang: str) -> tuple[str, ...]:
        """Return the forms of a class; raises LexiconError if it has no row for the language."""
        return self.classes[lang][name]

    def word_of(self, name: str, lang: str) -> re.Pattern[str]:
        """Return a pattern that matches any form of a class, as `finders_in` gives it."""
        return self._finders[lang][name]

    def __reduce__(self) -> tuple[object, ...]:
        return Vocabulary, ({lang: dict(forms) for lang, forms in self.classes.items()},)  # patterns are compiled again


class _Forms(dict[str, tuple[str, ...]]):
    """Class -> its forms in one language."""

    def __init__(self, lang: str, forms: Mapping[str, tuple[str, ...]]) -> None:
        super().__init__(forms)
        self._lang = lang

    def __missing__(self, name: str) -> tuple[str, ...]:
        raise LexiconError(
            f"vocabulary.csv: the class “{name}” has no row for “{self._lang}”, but the grammar uses it; "
            f"add one, with {NO_WORD} for its forms if the language has no such word"
        )


class _Finders(dict[str, re.Pattern[str]]):
    """Class -> the pattern of its forms in one language, compiled when it is first looked up."""

    def __init__(self, lang: str, vocabulary: Vocabulary) -> None:
        super().__init__()
        self._lang = lang
        self._vocabulary = vocabulary

    def __missing__(self, name: str) -> re.Pattern[str]:
        found = self[name] = re.compile(_word(self._lang, self._vocabulary.words(name, self._lang)))
        return found


class _Compiled(dict["Pattern", re.Pattern[str]]):
    """Pattern -> its regular expression, compiled when it is first looked up."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        super().__init__()
        self._vocabulary = vocabulary

    def __missing__(self, pattern: Pattern) -> re.Pattern[str]:
        def forms(mark: re.Match[str]) -> str:
            words = self._vocabulary.words(mark["name"], pattern.lang)
            if mark["begins"] and words and _are_words(words):
                return either(words, after_first=_BEGINS)
            return (mark["begins"] or "") + either(words)

        expression = _CLASS.sub(forms, pattern.template)
        found = self[pattern] = re.compile(expression, pattern.flags)
        return found


def either(forms: Iterable[str], after_first: str = "") -> str:
    """Return an expression for any of the forms, the longest first; forms with the same first character are grouped.

    `after_first` is put after the first character: a condition there, instead of before it, lets `re` skip to the next
    place where a form may begin, which takes half the time.
    """
    rests: dict[str, list[str]] = {}
    for form in sorted(forms, key=lambda form: (-len(form), form)):
        rests.setdefault(form[0], []).append(re.escape(form[1:]).replace(r"\~", STEM))
    either = "|".join(f"{re.escape(first)}{after_first}(?:{'|'.join(rest)})" for first, rest in rests.items())
    return f"(?:{either})" if rests else "(?!)"


NO_WORD = "-"
"""The value of `forms` if a language has no word of a class."""

STEM = r"\w*"
"""The pattern of `~` at the end of a form."""


class Pattern:
    """A regular expression of the grammar in which {class} stands for any form of a class of the vocabulary.

    `Document.pattern` compiles it when first used, once per lexicon.
    """

    def __init__(self, template: str, lang: str = "en", flags: re.RegexFlag = re.NOFLAG) -> None:
        self.template = template
        self.lang = lang
        self.flags = flags

    @property
    def classes(self) -> tuple[str, ...]:
        """The classes that it refers to."""
        return tuple(mark["name"] for mark in _CLASS.finditer(self.template))


def _word(lang: str, forms: tuple[str, ...]) -> str:
    """Return the expression of a class by itself; Korean and Chinese words have no spaces around them."""
    if lang in ("ko", "zh"):
        return either(forms)
    if _are_words(forms):
        return either(forms, after_first=_BEGINS) + r"(?!\w)"
    return rf"(?<!\w){either(forms)}(?!\w)"


def _are_words(forms: tuple[str, ...]) -> bool:
    return all(re.match(r"\w", form) for form in forms)


_BEGINS = (
    r"(?<!\w.)"  # after the first character of a word: it takes a third of the time that a condition before it takes
)


def classes_of(file: Rows) -> dict[str, dict[str, tuple[str, ...]]]:
    """Return the words of each class by language; a class may include those defined above it."""
    found: dict[str, dict[str, tuple[str, ...]]] = {lang: {} for lang in LANGUAGES}
    line_of: dict[tuple[str, str], int] = {}
    for line, row in file.rows():
        first = line_of.setdefault((row["class"], row["lang"]), line)
        if not re.fullmatch("[a-z_]+", row["class"]) or row["class"] in ("pair", "partner"):
            file.fault(line, f"class “{row['class']}” must be lower-case letters, and neither pair nor partner")
        elif first != line:
            file.fault(
                line,
                f"class “{row['class']}” has a row for “{row['lang']}” on line {first} already; move the forms there",
            )
        elif has_forms(file, line, row):
            known = found[row["lang"]]
            if row["forms"] == NO_WORD:
                known[row["class"]] = ()
                continue
            words: list[str] = []
            for form in split_forms(row["forms"], row["lang"]):
                inner = form.strip("{}")
                if not form.startswith("{") or inner == "pair":
                    words.append(form)
                elif inner in known:
                    words += known[inner]
                else:
                    file.fault(line, f"class “{inner}” is not defined above; write its words, or move it up")
            known[row["class"]] = tuple(words)
    return found
