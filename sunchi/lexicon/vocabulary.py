"""vocabulary.csv: classes of words that an analyst could correct, and the patterns of the grammar that name them.

    class,lang,forms
    send,en,sent|sends|sending          a class may hold another one that stands above it: {send}|conveyed
    delegation,ko,대표단|방문단|참관단      a form that ends in ~ stands for every word that begins so: denounc~

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
        """Return the forms of a class; raise LexiconError where the file has none."""
        try:
            return self.classes[lang][name]
        except KeyError:
            raise LexiconError(
                f"vocabulary.csv: the class “{name}” is missing in “{lang}”, and the grammar asks for it; add a row"
            ) from None

    def compiled(self, pattern: Pattern) -> re.Pattern[str]:
        """Return the regular expression of a pattern with this vocabulary's words in it."""
        found = self._compiled.get(pattern)
        if found is None:
            expression = _CLASS.sub(lambda name: self._either(name[1], pattern.lang), pattern.template)
            found = self._compiled[pattern] = re.compile(expression, pattern.flags)
        return found

    def word_of(self, name: str, lang: str) -> re.Pattern[str]:
        """Return a pattern of any form of a class, as whole words; it never matches if only other languages have it."""
        found = self._word_of.get((name, lang))
        if found is None:
            is_of_others = name not in self.classes.get(lang, ()) and any(
                name in some for some in self.classes.values()
            )
            found = _NEVER if is_of_others else self.compiled(_word(name, lang, self.words(name, lang)))
            self._word_of[name, lang] = found
        return found

    def _either(self, name: str, lang: str) -> str:
        forms = sorted(self.words(name, lang), key=lambda form: (-len(form), form))
        either = "|".join(re.escape(form).replace(r"\~", STEM) for form in forms)
        return f"(?:{either})"

    def __getstate__(self) -> dict[str, object]:
        return {"classes": self.classes, "_compiled": {}, "_word_of": {}}  # another process compiles what it needs


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


_NEVER = re.compile("(?!)")


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
    for line, row in file.rows():
        if not re.fullmatch("[a-z_]+", row["class"]) or row["class"] in ("pair", "partner"):
            file.fault(line, f"class “{row['class']}” must be small letters, and neither pair nor partner")
        elif has_forms(file, line, row):
            known = found[row["lang"]]
            words: list[str] = []
            for form in split_forms(row["forms"], row["lang"]):
                inner = form.strip("{}")
                if not form.startswith("{") or inner == "pair":
                    words.append(form)
                elif inner in known:
                    words += known[inner]
                else:
                    file.fault(line, f"class “{inner}” is not on a line above; write its words, or move it up")
            known[row["class"]] = (*known.get(row["class"], ()), *words)
    return found
