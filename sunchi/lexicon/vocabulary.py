"""vocabulary.csv: classes of words that an analyst could correct, and the patterns of the grammar that name them.

    class,lang,forms
    send,en,sent|sends|sending          a class may hold another one that stands above it: {send}|conveyed
    delegation,ko,대표단|방문단|참관단      a form that ends in ~ stands for every word that begins so: denounc~
    old_ruler,en,-                          the language has no such word; without a row, asking for it is an error

Terms (terms.csv) name a class as {send}, and so does a `Pattern` of the grammar.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from sunchi.errors import LexiconError
from sunchi.lexicon.columns import LANGUAGES, Rows, has_forms, split_forms

COLUMNS = ("class", "lang", "forms")
"""The columns of vocabulary.csv."""

_CLASS = re.compile(r"\{([a-z_]+)\}")


@dataclass(frozen=True)
class Vocabulary:
    """The forms of each class by language, in the order of the file."""

    classes: Mapping[str, Mapping[str, tuple[str, ...]]]
    _compiled: dict[Pattern, re.Pattern[str]] = field(default_factory=dict, compare=False, repr=False)
    _word_of: dict[tuple[str, str], re.Pattern[str]] = field(default_factory=dict, compare=False, repr=False)

    def words(self, name: str, lang: str) -> tuple[str, ...]:
        """Return the forms of a class; raise LexiconError if it has no row for the language."""
        try:
            return self.classes[lang][name]
        except KeyError:
            raise LexiconError(
                f"vocabulary.csv: the class “{name}” has no row for “{lang}”, and the grammar asks for it; "
                f"add one, with {NO_WORD} for its forms if the language has no such word"
            ) from None

    def compiled(self, pattern: Pattern) -> re.Pattern[str]:
        """Return the regular expression of a pattern with this vocabulary's words in it."""
        found = self._compiled.get(pattern)
        if found is None:
            expression = _CLASS.sub(lambda name: self._either(name[1], pattern.lang), pattern.template)
            found = self._compiled[pattern] = re.compile(expression, pattern.flags)
        return found

    def word_of(self, name: str, lang: str) -> re.Pattern[str]:
        """Return a pattern of any form of a class, as whole words."""
        found = self._word_of.get((name, lang))
        if found is None:
            found = self._word_of[name, lang] = self.compiled(_word(name, lang, self.words(name, lang)))
        return found

    def _either(self, name: str, lang: str) -> str:
        forms = sorted(self.words(name, lang), key=lambda form: (-len(form), form))
        either = "|".join(re.escape(form).replace(r"\~", STEM) for form in forms)
        return f"(?:{either})" if forms else "(?!)"

    def __getstate__(self) -> dict[str, object]:
        return {"classes": self.classes, "_compiled": {}, "_word_of": {}}  # another process compiles what it needs


NO_WORD = "-"
"""The cell of forms that says that a language has no word of a class."""

STEM = r"\w*"
"""The pattern of `~` at the end of a form."""


class Pattern:
    """A regular expression of the grammar in which {class} stands for any form of a class of the vocabulary.

    `Document.pattern` gives it compiled. It is compiled once for each lexicon, when it is first asked for.
    """

    def __init__(self, template: str, lang: str = "en", flags: re.RegexFlag = re.NOFLAG) -> None:
        self.template = template
        self.lang = lang
        self.flags = flags

    @property
    def classes(self) -> tuple[str, ...]:
        """The classes that it names."""
        return tuple(_CLASS.findall(self.template))


def _word(name: str, lang: str, forms: tuple[str, ...]) -> Pattern:
    """Return the pattern of a class alone; Korean and Chinese words are not set apart by blanks."""
    if lang in ("ko", "zh"):
        return Pattern(f"{{{name}}}", lang)
    if all(re.fullmatch(r"\w(?:.*[\w~])?", form) for form in forms):  # a third of the time of what looks around
        return Pattern(rf"\b{{{name}}}\b", lang)
    return Pattern(rf"(?<!\w){{{name}}}(?!\w)", lang)


def classes_of(file: Rows) -> dict[str, dict[str, tuple[str, ...]]]:
    """Return by language and class its words; a class may hold those that stand above it."""
    found: dict[str, dict[str, tuple[str, ...]]] = {lang: {} for lang in LANGUAGES}
    line_of: dict[tuple[str, str], int] = {}
    for line, row in file.rows():
        first = line_of.setdefault((row["class"], row["lang"]), line)
        if not re.fullmatch("[a-z_]+", row["class"]) or row["class"] in ("pair", "partner"):
            file.fault(line, f"class “{row['class']}” must be small letters, and neither pair nor partner")
        elif first != line:
            file.fault(
                line, f"class “{row['class']}” has a row for “{row['lang']}” on line {first}; move the forms there"
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
                    file.fault(line, f"class “{inner}” is not on a line above; write its words, or move it up")
            known[row["class"]] = tuple(words)
    return found
