"""Attention: which states a text names, in what order, and at what length.

The method is that of the Hankyoreh on the congress report of 2021. A sentence belongs to the state that it names most;
in a tie, to the state of the sentence before if that is one of them, else to the one it names first. Words are counted
without datelines, end marks and full titles, and these do not decide the order either; the headline is no part of the
count unless there is nothing else. States that only a title names come last, with no words.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import polars as pl

from sunchi.lexicon import Lexicon
from sunchi.model import ARTICLES
from sunchi.signals.attention.about import why_about
from sunchi.signals.document import Document, read
from sunchi.signals.grammar.speech import OWN
from sunchi.signals.rationale import Found, Reason
from sunchi.signals.row import Row, row
from sunchi.text import Span


@dataclass(frozen=True, slots=True)
class Attention:
    """What one text gives to one state."""

    partner: str
    order: int  # of first mention, from 1
    words: int
    words_raw: int  # with titles
    share: float  # of the words given to any state, 0 to 1
    sentences: tuple[Span, ...]  # those that belong to it
    first: Span  # where it is named first


def measure(document: Document) -> list[Attention]:
    """Return every state that a text names, in the order of first mention."""
    if not document.mentions:
        return []
    owned = _owned(document, masked=True)
    owned_raw = _owned(document, masked=False) if document.titles else owned
    words = _words(document, owned, masked=True)
    words_raw = _words(document, owned_raw, masked=False) if document.titles else words
    total = sum(words.values())
    first: dict[str, Span] = {}
    in_body = [n for n in document.mentions if n.start > document.headline]
    for mention in (*(n for n in in_body if not n.titled), *in_body, *document.mentions):
        first.setdefault(mention.partner, (mention.start, mention.end))
    return [
        Attention(
            partner=partner,
            order=order,
            words=words.get(partner, 0),
            words_raw=words_raw.get(partner, 0),
            share=words.get(partner, 0) / total if total else 0.0,
            sentences=tuple(owned.get(partner, ())),
            first=place,
        )
        for order, (partner, place) in enumerate(first.items(), 1)
    ]


def attention_table(text: str, lexicon: Lexicon, *, lang: str = "en", title: str = "") -> pl.DataFrame:
    """Return the founding article's table of one text: a row a state, in the order of first mention.

    Columns: partner, name, order (from 1), words, share (0 to 1), sentences, words_raw (with titles).
    """
    paragraphs = [line for line in text.splitlines() if line.strip()]
    article = {"article": "text", "source": "", "lang": lang, "title": title, "paragraphs": paragraphs}
    found = [row for document in read(pl.DataFrame([article], schema=ARTICLES), lexicon) for row in measure(document)]
    return pl.DataFrame(
        [
            (f.partner, lexicon.label(f.partner), f.order, f.words, f.share, len(f.sentences), f.words_raw)
            for f in found
        ],
        schema={
            "partner": pl.String,
            "name": pl.String,
            "order": pl.Int32,
            "words": pl.Int32,
            "share": pl.Float64,
            "sentences": pl.Int32,
            "words_raw": pl.Int32,
        },
        orient="row",
    )


def _owned(document: Document, *, masked: bool) -> dict[str, list[Span]]:
    """Return the sentences that belong to each state."""
    owned: dict[str, list[Span]] = {}
    owner = ""
    for sentence in document.body or document.sentences:
        named = [n.partner for n in document.named_in(sentence) if not (masked and n.titled)]
        if not named:
            owner = ""
            continue
        most = max(map(named.count, named))
        tied = [partner for partner in named if named.count(partner) == most]
        owner = owner if owner in tied else tied[0]
        owned.setdefault(owner, []).append(sentence)
    return owned


def _words(document: Document, owned: Mapping[str, Sequence[Span]], *, masked: bool) -> dict[str, int]:
    """Return the number of words in the sentences of each state."""
    return {partner: sum(document.words(s, masked=masked) for s in spans) for partner, spans in owned.items()}


_DEALINGS = {
    "contact": "a contact with it is reported",
    "message": "a message between it and Pyongyang is reported",
}


def attention(document: Document, rows: Sequence[Row]) -> Iterator[Found]:
    """Yield a row for each state that the text names.

    Its code is `about` where the text is about it or reports a message or contact with it, else `mention`.
    """
    dealings = {r["partner"]: why for kind, why in _DEALINGS.items() for r in rows if r["kind"] == kind}
    related = {r["partner"] for r in rows if r["kind"] == "formula" and _is_said_today(document, r)}
    for found in measure(document):
        about = dealings.get(found.partner) or why_about(document, found.partner)
        if not about and found.partner in related:
            about = "Pyongyang says a set phrase of the relations with it"
        signal = row(
            document,
            "attention",
            found.partner,
            "about" if about else "mention",
            float(found.words),
            found.sentences[0] if found.sentences else document.sentence_at(found.first[0]),
            share=round(found.share, 4),
            order=found.order,
            sentences=len(found.sentences),
            words_raw=found.words_raw,
        )
        mere = "a mere mention: neither headline nor first sentence nor a sentence of its own is about it"
        yield Found(signal, (Reason(about or mere),))


def _is_said_today(document: Document, phrase: Row) -> bool:
    """Return whether a set phrase is Pyongyang's own, and of these days; an old ruler's enmity is of the past."""
    detail = phrase["detail"]
    recalls = document.language == "ko" and phrase["partner"] in document.lexicon.standings.former_ruler
    return detail["voice"] == OWN and not detail["historical"] and not (recalls and detail["category"] == "hostile")
