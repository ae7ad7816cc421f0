"""Attention: which states a text names, in what order, and at what length.

The method is that of the Hankyoreh on the congress report of 2021. A sentence belongs to the state that it names most;
in a tie, to the state of the sentence before if that is one of them, else to the one it names first. Words are counted
without datelines, end marks and full titles, and these do not decide the order either; the headline is no part of the
count unless there is nothing else. States that only a title names come last, with no words.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

import polars as pl

from sunchi.lexicon import Lexicon
from sunchi.model import ARTICLES, Row
from sunchi.signals.attention.about import A_LIST, why_about
from sunchi.signals.document import Document, read
from sunchi.signals.grammar.speech import OWN, THIRD
from sunchi.signals.rationale import Found, Reason
from sunchi.text import Span


class Attention(NamedTuple):
    """What one text gives to one state."""

    partner: str
    order: int  # of first mention, from 1
    words: int
    words_raw: int  # with titles
    share: float  # of the words given to any state, 0 to 1
    sentences: Sequence[Span]  # those that belong to it
    first: int  # where it is named first


def measure(document: Document) -> list[Attention]:
    """Return every state that a text names, in the order of first mention."""
    owned, words = _given(document, masked=True)
    words_raw = _given(document, masked=False)[1] if document.titles else words
    first: dict[str, int] = {}
    for mention in sorted(document.mentions, key=lambda n: (n.start <= document.headline, n.titled)):
        first.setdefault(mention.partner, mention.start)
    total = words.total() or 1
    return [
        Attention(state, order, words[state], words_raw[state], words[state] / total, owned.get(state, ()), place)
        for order, (state, place) in enumerate(first.items(), 1)
    ]


def _given(document: Document, *, masked: bool) -> tuple[Mapping[str, Sequence[Span]], Counter[str]]:
    """Return the sentences that belong to each state, and the number of words in them."""
    owned: defaultdict[str, list[Span]] = defaultdict(list)
    words: Counter[str] = Counter()
    owner = ""
    for sentence in document.body or document.sentences:
        named = [n.partner for n in document.named_in(sentence) if not (masked and n.titled)]
        if not named:
            owner = ""
            continue
        most = max(named, key=named.count)
        if named.count(owner) < named.count(most):
            owner = most
        owned[owner].append(sentence)
        words[owner] += document.words(sentence, masked=masked)
    return owned, words


def attention_table(text: str, lexicon: Lexicon, *, lang: str = "en", title: str = "") -> pl.DataFrame:
    """Return the founding article's table of one text: a row a state, in the order of first mention.

    Columns: partner, name, order (from 1), words, share (0 to 1), sentences, words_raw (with titles).
    """
    article = {"article": "text", "source": "", "lang": lang, "title": title, "paragraphs": text.splitlines()}
    found = [f for document in read(pl.DataFrame([article], schema=ARTICLES), lexicon) for f in measure(document)]
    rows = [f._asdict() | {"name": lexicon.label(f.partner), "sentences": len(f.sentences)} for f in found]
    columns = {"partner": str, "name": str, "order": int, "words": int, "share": float, "sentences": int}
    return pl.DataFrame(rows, schema=columns | {"words_raw": int})


def attention(document: Document, rows: Sequence[Row]) -> Iterator[Found]:
    """Yield a row for each state that the text names.

    Its code is `about` where the text is about it or reports a message or contact with it, else `mention`.
    """
    listed = Counter(r["start"] for r in rows if r["kind"] == "formula")  # of how many states a set phrase is said
    told = [r for r in rows if r["kind"] != "formula" or (listed[r["start"]] < A_LIST and _is_said_today(document, r))]
    dealings = {r["partner"]: r["kind"] for r in told}
    for found in measure(document):
        dealing = dealings.get(found.partner)
        about = f"the partner of the text's {dealing}" if dealing else why_about(document, found.partner)
        span = found.sentences[0] if found.sentences else document.sentence_at(found.first)
        measures = {"share": round(found.share, 4), "sentences": len(found.sentences), "words_raw": found.words_raw}
        code, words = "about" if about else "mention", float(found.words)
        signal = document.row("attention", found.partner, code, words, span, order=found.order, **measures)
        mere = "a mere mention: neither headline nor first sentence nor a sentence of its own is about it"
        yield Found(signal, (Reason(about or mere),))


def _is_said_today(document: Document, phrase: Row) -> bool:
    """Return whether Pyongyang says a set phrase, or others of ties, and of these days; old rulers are no more."""
    detail = phrase["detail"]
    recalls = document.language == "ko" and phrase["partner"] in document.lexicon.standings.former_ruler
    is_ours = detail["voice"] == OWN or (detail["voice"] == THIRD and detail["category"] != "hostile")
    return is_ours and not (recalls or detail["historical"])
