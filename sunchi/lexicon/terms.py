"""terms.csv: the set phrases."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from sunchi import text
from sunchi.lexicon.columns import LANGUAGES, Rows, no_state, not_among
from sunchi.lexicon.partners import HOME, Name
from sunchi.lexicon.patterns import CAPITALS, Classes, compile_form

COLUMNS = ("id", "partner", "category", "strength", "lang", "form", "seen")

CATEGORIES = (
    "friendship", "traditional", "blood", "kinship", "strategic", "commitment", "support", "salutation", "military",
    "criticism", "hostile",
)  # fmt: skip


@dataclass(frozen=True)
class Term:
    """One form of one set phrase, compiled when it is first searched for: most texts contain the words of few forms."""

    id: str
    partner: str  # alpha-2, or ANY
    category: str
    strength: int
    lang: str
    form: str
    line: int  # of terms.csv
    expression: str
    anchors: tuple[tuple[str, ...], ...]  # groups of lower-case words: a line has one of each; the most selective first
    samples: tuple[str, ...]  # sample texts that match

    def __hash__(self) -> int:
        return self.line

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        return re.compile(self.expression, re.IGNORECASE)

    @cached_property
    def case_sensitive(self) -> bool:
        """Return whether some letters must be capitals, so that a match in lower case is not enough."""
        return CAPITALS in self.expression

    @cached_property
    def in_small_letters(self) -> re.Pattern[str]:
        """A pattern for the lower-case text, twice as fast; it matches wherever `pattern` matches the text."""
        return re.compile(self.expression.replace(CAPITALS, "(?i:"))

    @property
    def precedence(self) -> tuple[int, int]:
        """A sort key: of two terms over the same words, the one with the greater precedence is chosen."""
        return abs(self.strength), -self.line


def terms_of(
    file: Rows, names: Sequence[Name], classes: Mapping[str, Classes], spelling: Mapping[str, text.Spelling]
) -> Iterator[Term]:
    """Yield the rows of terms.csv; `names` are those of partners.csv, `classes` and `spelling` by language."""
    states = {name.partner for name in names}
    pairs = {
        lang: [spelling[lang].fold(n.form, lang).text for n in names if (n.lang, n.role) == (lang, "pair")]
        for lang in LANGUAGES
    }
    known = {lang: {name: words for name, words in some.items() if words} for lang, some in classes.items()}
    for lang in ("ko", *text.WRITTEN_APART):
        foreign = [n.form for n in names if (n.lang, n.role) == (lang, "name") and n.partner != HOME]
        folded = dict.fromkeys(spelling[lang].fold(form, lang).text for form in foreign)  # as the texts are searched
        known[lang] = {"state": tuple(folded), **known[lang]}
    first_line: dict[tuple[str, str, str], int] = {}
    for line, row in file.rows():
        wrong, compiled = list(_wrong_in(row, states)), None
        if (lang := row["lang"]) in LANGUAGES:
            form = spelling[lang].fold(text.plain(row["form"], lang), lang).text
            earlier = first_line.setdefault((lang, row["partner"], form.lower()), line)
            if earlier != line:
                wrong.append(f"“{row['form']}” is already on line {earlier}; delete one of the two")
            try:
                compiled = compile_form(form, lang, pairs[lang], known[lang])
            except ValueError as error:
                wrong.append(f"form “{row['form']}” can't be read: {error}")
        file.fault(line, *wrong)
        if compiled and not wrong:
            yield Term(
                id=row["id"],
                partner=row["partner"],
                category=row["category"],
                strength=int(row["strength"]),
                lang=lang,
                form=row["form"],
                line=line,
                expression=compiled.pattern,
                anchors=compiled.anchors,
                samples=compiled.samples,
            )


def _wrong_in(row: Mapping[str, str], states: Collection[str]) -> Iterator[str]:
    """Yield what is wrong with a row of terms.csv, apart from its form."""
    if not re.fullmatch("[a-z][a-z0-9_]*", row["id"]):
        yield f"id “{row['id']}” may contain only lower-case letters, digits and _, as in fr_friendship"
    yield from no_state(row, "partner", states)
    yield from not_among(row, "category", CATEGORIES)
    if row["strength"] not in ("-2", "-1", "0", "1", "2"):
        yield f"strength “{row['strength']}” is not a whole number from -2 to 2"
    yield from not_among(row, "lang", LANGUAGES)
