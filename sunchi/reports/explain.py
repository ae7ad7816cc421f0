"""Explains one article: each signal with its reasons, and the candidates that were dropped; pure.

`explain` detects as `sunchi detect` does and puts the detectors' reasons (signals/rationale.py) into words. `page`
renders everything as one HTML file, with the text marked (marking.py).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

import polars as pl

from sunchi import signals
from sunchi.alerts.wording import Wording
from sunchi.lexicon import Lexicon, Name, Term
from sunchi.lexicon.columns import LANGUAGES
from sunchi.lexicon.frames import Frame
from sunchi.lexicon.voices import Tone, Voice
from sunchi.model import Row
from sunchi.reports.marking import Mark, lines
from sunchi.reports.provenance import page_in_words
from sunchi.reports.templates import environment
from sunchi.signals.detectors import Explained
from sunchi.signals.document import Document
from sunchi.signals.faults import Fault
from sunchi.signals.rationale import Found, Rejected, Rule
from sunchi.store import Provenance
from sunchi.text import LANGUAGE_NAMES, Span, counted, cut, language_of, primary_language
from sunchi.text.safe import visible, web_address

_FILES: dict[type, str] = {
    Term: "terms.csv",
    Name: "partners.csv",
    Tone: "stance.csv",
    Voice: "authority.csv",
    Frame: "frames.csv",
}
_LONG = 200  # characters of a quote


@dataclass(frozen=True, slots=True)
class ExplainedSignal:
    """One signal, with its reasons."""

    number: int  # in the marked text
    kind: str
    code: str
    line: str  # the signal in one line, as in an alert
    span: Span
    quote: str
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Dropped:
    """A candidate for a signal that was dropped, for one reason, at all its places in the text."""

    number: int
    kind: str
    why: str
    rule: str  # the row of the lexicon that decided; "" if none did
    places: tuple[Span, ...]
    quotes: tuple[str, ...]  # without repetitions

    @property
    def label(self) -> str:
        """In words, what it is not; a name inside a title is a name, but does not count."""
        return "not counted as a name" if self.kind == "name" else f"no {self.kind}"


@dataclass(frozen=True)
class Explanation:
    """One article, explained. All offsets count in `text`, in which control and invisible characters are shown as �."""

    article: str
    source: str
    lang: str
    date: str  # "no date" without one
    url: str
    text: str  # title, newline, paragraphs joined by newlines
    headline: int  # end of the title
    language: str  # of the text
    read: bool  # False: no detector has read it; `unread` says why
    found: tuple[ExplainedSignal, ...]
    dropped: tuple[Dropped, ...]
    lexicon: str  # its version
    notice: str = ""  # from its data folder: that everything there is a demonstration, a trial …
    faults: tuple[str, ...] = ()  # in words: why some of its signals may be missing
    page: str = ""  # in words: where the page it came from is archived, and its hash

    @property
    def title(self) -> str:
        return self.text[: self.headline]

    @property
    def language_note(self) -> str:
        """The language of the text, if it is not its edition's; otherwise ""."""
        edition = primary_language(self.lang)
        if self.language == edition:
            return ""
        said, seen = (LANGUAGE_NAMES.get(language, language) for language in (edition, self.language))
        how = f"and was read as {seen}" if self.language in LANGUAGES else "which Sunchi does not support"
        return f"Its edition is {said}. Its text is {seen}, {how}."

    @property
    def unread(self) -> str:
        """Why no detector has read it; "" if one has."""
        if self.read:
            return ""
        if self.faults:
            return "It could not be read."
        if self.language not in LANGUAGES:
            return "Sunchi does not support its language, so nothing was looked for."
        return "It names no other state and no leader of Pyongyang's side, so nothing more was looked for."

    @property
    def footnote(self) -> str:
        """Says what the reasons refer to."""
        return (
            f"Read with the lexicon of version {self.lexicon[:12]}, whose files and lines are named. "
            "Each kind has its detector: sunchi/signals/KIND.py."
        )

    @property
    def marks(self) -> list[Mark]:
        """The marks in the order of the text; of those that begin together, the longest first."""
        marks = [Mark(found.span, found.number, found.kind, dropped=False) for found in self.found]
        marks += [Mark(s, each.number, each.kind, dropped=True) for each in self.dropped for s in each.places]
        return sorted(marks, key=lambda mark: (mark.span[0], -mark.span[1], mark.number))


def explain(article: pl.DataFrame, lexicon: Lexicon, page: Provenance | None = None) -> Explanation:
    """Explain the one article of a frame (model.ARTICLES); `page` is the archived page that it was read from."""
    row = article.row(0, named=True)
    text = (row["title"] or "") + "\n" + "\n".join(row["paragraphs"] or ())
    faults: list[Fault] = []
    explained = next(signals.explain(article, lexicon, faults), None)
    found = tuple(_found(explained, lexicon)) if explained else ()
    return Explanation(
        article=row["article"],
        source=row["source"] or "",
        lang=row["lang"] or "",
        date=str(row["date"] or "no date"),
        url=web_address(row["url"] or ""),
        text=visible(text),
        headline=len(row["title"] or ""),
        language=explained.document.language if explained else language_of(text, row["lang"] or ""),
        read=explained is not None,
        found=found,
        dropped=tuple(_dropped(explained, len(found))) if explained else (),
        lexicon=lexicon.version,
        faults=tuple(f"Its signals are not complete: {visible(fault.words)}." for fault in faults),
        page=page_in_words(page) if page else "",
    )


# --- signals --------------------------------------------------------------------------------------------------------


def _found(explained: Explained, lexicon: Lexicon) -> Iterator[ExplainedSignal]:
    document = explained.document
    words = Wording(lexicon, [each.row for each in explained.found], document.original)
    for number, each in enumerate(explained.found, 1):
        row = each.row
        span = (row["start"], row["end"])
        reasons = dict.fromkeys([*_reasons(document, each), *_besides(explained, row)])
        line = _attention(lexicon, row) if row["kind"] == "attention" else words.line(row)
        yield ExplainedSignal(
            number=number,
            kind=row["kind"],
            code=row["code"],
            line=visible(line),
            span=span,
            quote=_quote(document, span),
            reasons=tuple(map(visible, reasons)),
        )


def _reasons(document: Document, found: Found) -> Iterator[str]:
    is_stance = found.row["kind"] == "stance"
    for reason in found.reasons:
        where = f"“{_quote(document, reason.at)}”: " if reason.at and not is_stance else ""
        yield f"{where}{reason.why}" + (f" ({_place(reason.rule, weighed=is_stance)})" if reason.rule else "")


def _place(rule: Rule, *, weighed: bool = False) -> str:
    """Return a row of the lexicon in words: "terms.csv:34, “{old} {pair} relations”, strength +2".

    The strength is left out if the reason is `weighed`, which already gives it.
    """
    form = "" if isinstance(rule, Voice) else f", “{rule.form}”"
    strength = f", strength {rule.strength:+d}" if isinstance(rule, Term | Tone) and not weighed else ""
    return f"{_FILES[type(rule)]}:{rule.line}{form}{strength}"


def _attention(lexicon: Lexicon, row: Row) -> str:
    detail = row["detail"]
    share = f", {detail['share']:.0%} of those given to any state" if row["value"] else ""
    return f"{lexicon.label(row['partner'])}: {row['code']}, {row['value']:.0f} words{share}; order {detail['order']}"


def _besides(explained: Explained, row: Row) -> Iterator[str]:
    """Yield what else decided a signal's value, from its detail."""
    detail = {name: value for name, value in row["detail"].items() if value is not None}
    if row["kind"] == "attention":
        yield from _names(explained, row["partner"])
        yield f"{counted(detail['sentences'], 'sentence')} of its own; {detail['words_raw']} words with titles"
    elif row["kind"] == "formula":
        if detail["negated"]:
            yield "denied by the words around it: friendship turns into its opposite, enmity into nothing"
        if detail["voice"] == "third":
            yield "others' words: they count one fifth"
        if detail["historical"]:
            yield "about a year long past: it counts for no stance"
    elif row["kind"] == "message":
        yield "the other side by name" if detail["named"] else "the other side by office or state, no person by name"
        if detail["historical"]:
            yield "sent long ago, and only recalled: not in the ledger"
        if detail["grouped"]:
            yield "one of several of its kind in the article"
        yield "the text follows in full" if detail["full_text"] else "the text is not given in full"
        if detail.get("dated"):
            yield f"dated {detail['dated']}"
    elif row["kind"] == "stance" and not detail["rests_on"]:
        yield "no set phrase, message or word of stance.csv counts for or against"


def _names(explained: Explained, partner: str) -> Iterator[str]:
    """Yield how often and by which names a text names a state, and how abbreviations were resolved."""
    reasons = [reason for name, reason in explained.names if name.partner == partner]
    forms = Counter(reason.rule for reason in reasons if isinstance(reason.rule, Name))
    listed = ", ".join(
        f"“{name.form}”{f' ×{times}' if times > 1 else ''} (partners.csv:{name.line})" for name, times in forms.items()
    )
    yield f"named {counted(len(reasons), 'time')}: {listed}"
    for reason in reasons:
        if reason.why and reason.at:
            yield f"“{_quote(explained.document, reason.at)}”: {reason.why}"


def _quote(document: Document, span: Span) -> str:
    return cut(" ".join(visible(document.quote(span)).split()), _LONG)


# --- what was dropped -----------------------------------------------------------------------------------------------


def _dropped(explained: Explained, before: int) -> Iterator[Dropped]:
    """Yield what was dropped, grouped by kind, reason and row of the lexicon; numbered from `before` + 1."""
    groups: dict[tuple[str, str, str], list[Span]] = {}
    for each in sorted(dict.fromkeys(explained.rejected), key=_where):
        rule = _place(each.rule) if each.rule else ""
        groups.setdefault((each.kind, each.why, rule), []).append(each.span)
    for number, ((kind, why, rule), places) in enumerate(groups.items(), before + 1):
        quotes = tuple(dict.fromkeys(_quote(explained.document, span) for span in places))
        yield Dropped(number, kind, why, visible(rule), tuple(places), quotes)


def _where(rejected: Rejected) -> Span:
    return rejected.span


def page(explanation: Explanation) -> str:
    """Render one HTML file without scripts; everything from the article is escaped."""
    title, *body = lines(explanation.text, explanation.marks)
    used = dict.fromkeys(found.kind for found in explanation.found)
    return (
        environment()
        .get_template("explain.html")
        .render(of=explanation, title=title, body=body, kinds=signals.kinds(), used=used)
    )
