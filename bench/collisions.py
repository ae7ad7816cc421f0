"""Lists Korean words that contain a form of the lexicon, by morphological analysis of real texts.

    python -m venv kiwi && kiwi/bin/pip install kiwipiepy
    python -m bench.collisions kiwi/bin/python kcna_ko.jsonl new_year_ko.jsonl.gz

Kiwi (LGPL) runs in its own environment: it is a tool for editors of the lexicon, not a dependency. A form
collides if it begins or ends inside a morpheme: 일본 in 일본새 ("way of working"), 호전 in 수호전 ("defence"). The
reader decides which of them really are the form. The others go into titles.csv (names), or the class `other_words` of
vocabulary.csv (words of stance), and into tests/lexicon/korean_words.csv.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator, Sequence

import polars as pl

from bench.quality.program import ROOT
from bench.quality.texts import SHARED, collection
from sunchi.lexicon.load import load
from sunchi.model import ARTICLES
from sunchi.signals.document import Document, read

_ANALYSE = """
import json, sys
from kiwipiepy import Kiwi
kiwi = Kiwi()
for line in sys.stdin:
    print(json.dumps([(token.start, token.end, token.tag) for token in kiwi.tokenize(json.loads(line))]))
"""
_MEANING = ("N", "V", "M", "X", "I")  # tags of morphemes with a meaning; a form may end inside a particle
_SHOWN = 12  # characters on either side of a form

Token = tuple[int, int, str]
"""Start, end and tag of a morpheme."""


def main(python: str, names: Sequence[str]) -> None:
    """Write the words with a collision, the most frequent first: how often, kind, form, word, and an example."""
    documents = [document for name in names for document in _documents(name)]
    found: Counter[tuple[str, str, str]] = Counter()
    example: dict[tuple[str, str, str], str] = {}
    for document, tokens in zip(documents, _tokens(python, [d.text for d in documents]), strict=True):
        for kind, start, end in _forms_in(document):
            word = _word_cut(document.text, tokens, start, end)
            if word:
                key = kind, document.text[start:end], word
                found[key] += 1
                example.setdefault(key, document.text[max(0, start - _SHOWN) : end + _SHOWN].replace("\n", " "))
    for key, count in found.most_common():
        sys.stdout.write("\t".join((str(count), *key, example[key])) + "\n")


def _documents(name: str) -> list[Document]:
    """Yield the texts of one collection that name a state."""
    articles = [text.article for text in collection(name, SHARED / "data")]
    rows = [(str(n), "", "ko", "", None, a["title"] or "", a["paragraphs"]) for n, a in enumerate(articles)]
    return read(pl.DataFrame(rows, schema=ARTICLES, orient="row"), load(ROOT / "lexicon"))


def _tokens(python: str, texts: Sequence[str]) -> list[list[Token]]:
    """Return the morphemes of each text, from Kiwi in its environment."""
    asked = "".join(json.dumps(text) + "\n" for text in texts)
    run = subprocess.run([python, "-c", _ANALYSE], input=asked, check=True, capture_output=True, text=True)  # noqa: S603 - our own command
    return [json.loads(line) for line in run.stdout.splitlines()]


def _forms_in(document: Document) -> Iterator[tuple[str, int, int]]:
    """Yield the places of names and of the words of stance.csv."""
    for mention in document.mentions:
        yield f"name {mention.partner}", mention.start, mention.end
    for (start, end), tone in document.tones:
        yield f"stance {tone.strength:+d}", start, end


def _word_cut(text: str, tokens: Sequence[Token], start: int, end: int) -> str:
    """Return the morpheme inside which a form begins or ends; "" if there is none."""
    for first, last, tag in tokens:
        if tag.startswith(_MEANING) and (first < start < last or first < end < last):
            return text[first:last]
    return ""


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2:])
