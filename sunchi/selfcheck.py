"""The lexicon, tried: what only shows when its forms meet texts.

Every id has examples in each language that it has forms in, and they come out as they say. Every form can be what is
found: where one holds another, the longer one is meant, so a form is lost only if others hold all that it matches. No
form takes time without end, and no name stands inside other words.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from time import process_time

import polars as pl

from sunchi import signals, text
from sunchi.lexicon import HOME, Lexicon, Term
from sunchi.lexicon.columns import LANGUAGES
from sunchi.lexicon.csv_file import File
from sunchi.lexicon.load import read
from sunchi.lexicon.matching import find
from sunchi.model import ARTICLES

COLUMNS = ("id", "lang", "expected", "sentence")
"""Of examples.csv."""


_UNLUCKY = 40  # times that a word stands in a row, more than in any sentence
_TOO_LONG = 0.05  # seconds of the processor for one form in one sentence; others take a thousandth of it


def check_lexicon(folder: Path) -> list[str]:
    """Every fault of the lexicon in `folder`, each as `file:line: what, and how to mend it`.

    Those that `load` raises; where there are none, those that show only when its forms meet texts.
    """
    faults: list[str] = []
    lexicon = read(folder, faults)
    if faults:
        return faults
    _try_examples(File(folder / "examples.csv", COLUMNS, faults), lexicon)
    faults += _slow_terms(lexicon)
    faults += _hidden_terms(lexicon)
    faults += _trapped_names(lexicon)
    faults += _unsure_names(lexicon)
    return faults


def _try_examples(file: File, lexicon: Lexicon) -> None:
    """Each sentence is read as an article of its own, as `sunchi detect` would read it."""
    rows = list(file.rows())
    articles = [(str(line), "", row["lang"], "", None, "", [row["sentence"]]) for line, row in rows]
    found = signals.detect(pl.DataFrame(articles, schema=ARTICLES, orient="row"), lexicon)
    codes = defaultdict(set)
    for line, code in found.filter(pl.col("kind") == "formula").select("article", "code").iter_rows():
        codes[int(line)].add(code)
    known = {(term.id, term.lang) for term in lexicon.terms}
    given: dict[tuple[str, str], set[str]] = defaultdict(set)
    for line, row in rows:
        key = row["id"], row["lang"]
        if key not in known:
            file.fault(
                line, f"no form in “{row['lang']}” has the id “{row['id']}”; mend the id, or add it to terms.csv"
            )
        elif row["expected"] not in ("yes", "no"):
            file.fault(line, f"expected “{row['expected']}” is neither yes nor no")
        else:
            given[key].add(row["expected"])
            if row["expected"] == "yes" and row["id"] not in codes[line]:
                instead = f"; what is found there is {', '.join(sorted(codes[line]))}" if codes[line] else ""
                file.fault(line, f"{row['id']} is not found in the sentence{instead}; mend the sentence or the forms")
            if row["expected"] == "no" and row["id"] in codes[line]:
                file.fault(line, f"{row['id']} is found in the sentence, and should not be; make its forms narrower")
    first = {(term.id, term.lang): term.line for term in reversed(lexicon.terms)}
    for (id, lang), line in sorted(first.items(), key=lambda item: item[1]):
        for expected in ("yes", "no"):
            if expected not in given[id, lang]:
                wants = f"{id} has no example in “{lang}” with expected {expected}; add one to examples.csv"
                file.faults.append(f"terms.csv:{line}: {wants}")


def _hidden_terms(lexicon: Lexicon) -> Iterator[str]:
    """A form is hidden where each of its samples is taken for another id's."""
    for lang in LANGUAGES:
        terms = [term for term in lexicon.terms if term.lang == lang]
        for term in terms:
            taken: set[str] = set()
            for sample in term.samples:
                ids = {match[2].id for match in find(sample, terms)}
                if term.id in ids:
                    break
                taken |= ids
            else:
                others = ", ".join(sorted(taken)) or "no form at all"
                yield (
                    f"terms.csv:{term.line}: “{term.form}” is never found: what it matches is taken for {others}; "
                    "take it out, or make the other narrower"
                )


def _slow_terms(lexicon: Lexicon) -> Iterator[str]:
    """A form that may be read in many ways takes, in an unlucky sentence, time that doubles with each word."""
    for term in lexicon.terms:
        if any(sign in term.form for sign in "[*+") and any(_is_slow(term, row) for row in _rows_like(term)):
            yield (
                f"terms.csv:{term.line}: “{term.form}” can be read in so many ways that one sentence may take for "
                "ever; write it with fewer [ ], * and + beside each other, or in two rows"
            )


def _rows_like(term: Term) -> Iterator[list[str]]:
    """Beginnings of what the term is: an unlucky sentence repeats the last word of one, and never comes to its end."""
    longest = max(term.samples, key=len)
    words = longest.split() if term.lang in text.WRITTEN_APART else list(longest)
    return (words[:end] for end in range(1, len(words) + 1))


def _is_slow(term: Term, row: list[str]) -> bool:
    blank = " " if term.lang in text.WRITTEN_APART else ""
    pattern = term.pattern  # which is compiled now, and takes its time for that
    for times in range(2, _UNLUCKY, 2):
        said = blank.join([*row, *row[-1:] * times, "."])
        began = process_time()
        pattern.search(said)
        if process_time() - began > _TOO_LONG:
            return True
    return False


def _trapped_names(lexicon: Lexicon) -> Iterator[str]:
    """A Korean or Chinese name that stands inside the words of a formula would be found wherever that is.

    Of names that stand in each other the longer one is read; no check is needed there.
    """
    terms = [term for term in lexicon.terms if term.lang not in text.WRITTEN_APART and "{" not in term.form]
    for name in lexicon.names:
        form = lexicon.spelling[name.lang].fold(name.form, name.lang).text
        for term in terms:
            if name.lang == term.lang and name.partner not in (HOME, term.partner) and form in term.samples[-1]:
                yield (
                    f"partners.csv:{name.line}: “{name.form}” stands inside “{term.form}” (terms.csv:{term.line}), "
                    f"which does not speak of {name.partner}; write more of the name"
                )
                break


def _unsure_names(lexicon: Lexicon) -> Iterator[str]:
    """A name that a mask says is nobody's, or one so short that it stands inside other words."""
    masks = {(lang, text.plain(mask, lang)) for lang, some in lexicon.masks.items() for mask in some}
    for name in lexicon.names:
        where = f"partners.csv:{name.line}: “{name.form}”"
        if (name.lang, name.form) in masks:
            yield f"{where} is a mask in titles.csv, too; take one of the two out"
        if len(name.form) < 2:
            yield f"{where} is one letter, which stands inside other words; write more of the name"
