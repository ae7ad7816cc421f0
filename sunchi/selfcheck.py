"""Checks the lexicon by trying it on texts, for `sunchi check`.

Every id must have examples in each language in which it has forms, and they must give the expected result; so must
those of every frame. Every form must be findable: of overlapping forms the longest is chosen, so a form is lost if
other forms cover everything that it matches. No form may take unlimited time, and no name may be inside other words.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from time import process_time

import polars as pl

from sunchi import signals, text
from sunchi.lexicon import HOME, Lexicon, Term
from sunchi.lexicon.columns import LANGUAGES, split_forms
from sunchi.lexicon.csv_file import File
from sunchi.lexicon.families import COLUMNS as FAMILIES
from sunchi.lexicon.frames import Frame
from sunchi.lexicon.load import read
from sunchi.lexicon.matching import find
from sunchi.lexicon.partners import PERSONS
from sunchi.model import ARTICLES

COLUMNS = ("id", "lang", "expected", "sentence")
"""Of examples.csv."""
PARALLEL = ("id", "stance", "formulas", "en", "ko", "zh", "es")
"""Of parallel.csv."""
_SIGNS = {"+": 1, "0": 0, "-": -1}


_REPEATS = 40  # of one word in a row, more than in any sentence
_TOO_LONG = 0.05  # processor seconds for one form in one sentence; a normal one takes a thousandth


def check_lexicon(folder: Path) -> list[str]:
    """Return every fault of the lexicon in `folder`, each as `file:line: what, and how to fix it`.

    These are the faults that `load` raises or, if there are none, those that show when its forms are tried on texts.
    """
    faults: list[str] = []
    lexicon = read(folder, faults)
    if faults:
        return faults
    _try_examples(File(folder / "examples.csv", COLUMNS, faults), lexicon)
    _try_parallel(File(folder / "parallel.csv", PARALLEL, faults), lexicon)
    faults += _wrong_frames(lexicon)
    faults += _slow_terms(lexicon)
    faults += _hidden_terms(lexicon)
    faults += _trapped_names(lexicon)
    faults += _unsure_names(lexicon)
    faults += _families_of_no_term(File(folder / "families.csv", FAMILIES, faults), lexicon)
    faults += _persons_of_two_states(lexicon)
    return faults


def _try_examples(file: File, lexicon: Lexicon) -> None:
    """Read each example sentence as a separate article, as `sunchi detect` would, and compare."""
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
                line, f"no form in “{row['lang']}” has the id “{row['id']}”; correct the id, or add it to terms.csv"
            )
        elif row["expected"] not in ("yes", "no"):
            file.fault(line, f"expected “{row['expected']}” is neither yes nor no")
        else:
            given[key].add(row["expected"])
            if row["expected"] == "yes" and row["id"] not in codes[line]:
                instead = f"; found instead: {', '.join(sorted(codes[line]))}" if codes[line] else ""
                file.fault(line, f"{row['id']} is not found in the sentence{instead}; fix the sentence or the forms")
            if row["expected"] == "no" and row["id"] in codes[line]:
                file.fault(line, f"{row['id']} is found in the sentence, but should not be; make its forms narrower")
    first = {(term.id, term.lang): term.line for term in reversed(lexicon.terms)}
    for (id, lang), line in sorted(first.items(), key=lambda item: item[1]):
        for expected in ("yes", "no"):
            if expected not in given[id, lang]:
                wants = f"{id} has no example in “{lang}” with expected {expected}; add one to examples.csv"
                file.faults.append(f"terms.csv:{line}: {wants}")


def _try_parallel(file: File, lexicon: Lexicon) -> None:
    """Read each sentence of parallel.csv as a separate article: all four must give the stances and set phrases."""
    rows = list(file.rows())
    articles = [(f"{line}.{lang}", "", lang, "", None, "", [row[lang]]) for line, row in rows for lang in LANGUAGES]
    found = signals.detect(pl.DataFrame(articles, schema=ARTICLES, orient="row"), lexicon)
    signs: dict[tuple[str, str], int] = {}
    phrases: dict[str, set[str]] = defaultdict(set)
    for article, kind, partner, value, detail in found.select(
        "article", "kind", "partner", "value", "detail"
    ).iter_rows():
        if kind == "stance":
            signs[article, partner] = (value > 0) - (value < 0)
        elif kind == "formula":
            phrases[article].add(f"{partner}:{detail['category']}")
    for line, row in rows:
        expected = re.findall(r"([A-Z]{2})([+0-])(?: |$)", row["stance"])
        if not expected:
            file.fault(line, f"stance “{row['stance']}” is not written like “US- RU+ CU0”")
        for lang in LANGUAGES:
            article = f"{line}.{lang}"
            for partner, sign in expected:
                is_found = signs.get((article, partner), 0)
                if is_found != _SIGNS[sign]:
                    file.fault(line, f"the stance to {partner} is “{'0+-'[is_found]}” in “{lang}”, and not “{sign}”")
            if phrases[article] != set(row["formulas"].split()):
                of_lang = " ".join(sorted(phrases[article])) or "none"
                file.fault(line, f"the set phrases in “{lang}” are {of_lang}, and not {row['formulas'] or 'none'}")


def _wrong_frames(lexicon: Lexicon) -> Iterator[str]:
    """Yield a fault for each frame that gives no signal in its example, or one in its counter-example."""
    frames = [frame for some in lexicon.frames.values() for frame in some.rows]
    texts = [
        (f"{n} {expected}", frame.lang, sentence)
        for n, frame in enumerate(frames)
        for expected, sentence in (("yes", frame.example), ("no", frame.counterexample))
    ]
    articles = [(article, "", lang, "", None, *_headed(example)) for article, lang, example in texts]
    deciding: dict[str, set[Frame]] = defaultdict(set)
    for each in signals.explain(pl.DataFrame(articles, schema=ARTICLES, orient="row"), lexicon):
        rules = [reason.rule for found in each.found for reason in found.reasons]
        deciding[each.document.article].update(rule for rule in rules if isinstance(rule, Frame))
    for n, frame in enumerate(frames):
        if frame not in deciding[f"{n} yes"]:
            yield f"frames.csv:{frame.line}: no {frame.kind} of its example comes from it; fix the example or the frame"
        if frame in deciding[f"{n} no"]:
            yield f"frames.csv:{frame.line}: a {frame.kind} of its counterexample uses it; make the frame narrower"


def _headed(example: str) -> tuple[str, list[str]]:
    """Return the headline and the paragraphs of an example: "headline ¶ paragraph", or only a paragraph."""
    *headline, body = example.split(" ¶ ", 1)
    return "".join(headline), body.split(" ¶ ")


def _hidden_terms(lexicon: Lexicon) -> Iterator[str]:
    """Yield a fault for each form whose samples are all found as other ids."""
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
    """Yield a fault for each form that can match in so many ways that its time doubles with each word."""
    for term in lexicon.terms:
        if any(sign in term.form for sign in "[*+") and any(_is_slow(term, row) for row in _rows_like(term)):
            yield (
                f"terms.csv:{term.line}: “{term.form}” can match in so many ways that one sentence may take for "
                "ever; write it with fewer [ ], * and + beside each other, or in two rows"
            )


def _rows_like(term: Term) -> Iterator[list[str]]:
    """Return beginnings of a sample; a bad sentence repeats the last word of one and never completes the form."""
    longest = max(term.samples, key=len)
    words = longest.split() if term.lang in text.WRITTEN_APART else list(longest)
    return (words[:end] for end in range(1, len(words) + 1))


def _is_slow(term: Term, row: list[str]) -> bool:
    blank = " " if term.lang in text.WRITTEN_APART else ""
    pattern = term.pattern  # compiled here, before the time is taken
    for times in range(2, _REPEATS, 4):
        said = blank.join([*row, *row[-1:] * times, "."])
        began = process_time()
        pattern.search(said)
        if process_time() - began > _TOO_LONG:
            return True
    return False


def _trapped_names(lexicon: Lexicon) -> Iterator[str]:
    """Yield a fault for each Korean or Chinese name inside a set phrase, where it would be found as well.

    Names inside other names need no check, since the longer one is chosen.
    """
    terms = [term for term in lexicon.terms if term.lang not in text.WRITTEN_APART and "{" not in term.form]
    for name in (name for name in lexicon.names if name.role != "initial"):
        form = lexicon.spelling[name.lang].fold(name.form, name.lang).text
        for term in terms:
            if name.lang == term.lang and name.partner not in (HOME, term.partner) and form in term.samples[-1]:
                yield (
                    f"partners.csv:{name.line}: “{name.form}” stands inside “{term.form}” (terms.csv:{term.line}), "
                    f"which does not speak of {name.partner}; write more of the name"
                )
                break


def _unsure_names(lexicon: Lexicon) -> Iterator[str]:
    """Yield a fault for each name that is also a mask, or so short that it is found inside other words."""
    masks = {(lang, text.plain(mask, lang)) for lang, some in lexicon.masks.items() for mask in some}
    for name in lexicon.names:
        where = f"partners.csv:{name.line}: “{name.form}”"
        if (name.lang, name.form) in masks:
            yield f"{where} is also a mask in titles.csv; delete one of the two"
        if len(name.form) < 2 and name.role != "initial":
            yield f"{where} is a single character, which is found inside other words; write more of the name"


def _families_of_no_term(file: File, lexicon: Lexicon) -> Iterator[str]:
    """Yield a fault for each term of a family that terms.csv does not have."""
    known = {term.id for term in lexicon.terms}
    for line, row in file.rows():
        for term in split_forms(row["terms"]):
            if term not in known:
                yield f"families.csv:{line}: “{term}” is not an id of terms.csv; correct or delete it"


def _persons_of_two_states(lexicon: Lexicon) -> Iterator[str]:
    """Yield a fault for each name of persons.csv that partners.csv gives only to persons of other states."""
    states: dict[tuple[str, str], set[str]] = defaultdict(set)
    for name in lexicon.names:
        if name.role in PERSONS:
            states[name.lang, name.form].add(name.partner)
    for person in lexicon.persons:
        for lang, forms in person.forms:
            for form in forms:
                if (known := states.get((lang, form))) and person.state not in known:
                    yield (
                        f"persons.csv:{person.line}: “{form}” is of {', '.join(sorted(known))} in partners.csv; "
                        "correct the state here or there"
                    )
