"""Compares recurring documents: which state they name first, in which phrases, and at what length; pure.

A document is a text that names three states or more, in a high voice or at length. It is compared with earlier ones
like it: texts of the same day of the year, such as New Year addresses, or otherwise texts of the same type. A type is a
headline without its numbers: the reports of two party congresses are of one type, though years lie between them.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from statistics import mean, stdev

import polars as pl

from sunchi.history.articles import Articles
from sunchi.history.baseline import ENOUGH, LENGTH
from sunchi.history.findings import Compared, Observation, Part
from sunchi.history.identities import families_by, phrases_said, quoted, with_identities

STATES = 3
"""The least number of states that a document names."""

HIGH = 6
"""The least level of a voice, as in authority.csv, with which a text of a type is a document."""

WORDS = 150
"""The least number of words on states that makes a text a document of its day, in whatever voice."""

FLOOR = 40
"""The least number of words on a state, in one of the documents compared, for its share to be compared."""

FLOOR_OF_TYPE = 20
"""The same for documents of one type, which are few."""

FACTOR = 1.5
"""A ratio beyond which words and share count as different, where too few documents are compared for a deviation."""

_DEVIATIONS = 2
_POINTS = 0.10  # of the share: the least difference, in addition
_REPRINTED = timedelta(days=20)  # a text of the same type that comes sooner is a reprint or another part
_NEAR = timedelta(days=2)  # between the days in two years
_YEARS = 6  # of the baseline: one may be missing
_INNOCENT = ("a report of another length", "two outlets that shorten one speech in two ways")

_NUMBERS = re.compile(
    r"\b(?:first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|eleventh|twelfth)\b"
    r"|\b(?:juche\s*)?\d+(?:st|nd|rd|th)?\b|제?\s*\d+\s*(?:차|기|년)?|第?[一二三四五六七八九十\d]+[次届年]",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class PolicyDocument:
    """One text: the states that it names, in order, with the words on each, and its set phrases about them."""

    edition: str
    day: date
    article: str
    title: str
    height: float
    words: Mapping[str, int]
    families: Mapping[str, frozenset[str]]

    @property
    def total(self) -> int:
        return sum(self.words.values())

    @property
    def first(self) -> str:
        return next(iter(self.words))

    @property
    def type(self) -> str:
        """Return the headline without numbers, in lower case; "" for a low voice, or if it has no number.

        A headline without a number does not recur: statements on anything have the same headline.
        """
        found = " ".join(_NUMBERS.sub(" ", self.title).casefold().split())
        return found if self.height >= HIGH and found != " ".join(self.title.casefold().split()) else ""

    def share(self, state: str) -> float:
        return self.words.get(state, 0) / max(self.total, 1)

    def place(self, state: str) -> str:
        return f"number {list(self.words).index(state) + 1}" if state in self.words else "not named"


def observed(articles: Articles) -> Iterator[Observation]:
    """Yield the differences between a document and earlier ones like it."""
    of_a_day: dict[str, list[PolicyDocument]] = defaultdict(list)  # by edition, the long ones
    of_a_type: dict[tuple[str, str], list[PolicyDocument]] = defaultdict(list)
    documents = _documents(articles)
    longest = {(document.edition, document.day): document for document in documents}  # the last one is
    for document in documents:
        headed = document.type
        is_longest = longest[document.edition, document.day] is document and document.total >= WORDS
        before = _of_its_day(document, of_a_day[document.edition]) if is_longest else []
        if len(before) < ENOUGH:
            before = _of_its_type(document, of_a_type[document.edition, headed]) if headed else []
        if document.total >= WORDS:
            of_a_day[document.edition].append(document)
        of_a_type[document.edition, headed].append(document)
        if before:
            yield from _against(document, before, articles)


def may_have_documents(signals: pl.DataFrame) -> bool:
    """Return whether an article in signals (model.SIGNALS) names as many states as a document does."""
    named = signals.filter(pl.col("kind") == "attention")
    return bool((named.group_by("article").len()["len"] >= STATES).any())


def _documents(articles: Articles) -> list[PolicyDocument]:
    """Return the documents by day, those with the fewest words on states first."""
    detail = pl.col("detail").struct
    voices = articles.signals.filter(pl.col("kind") == "authority").select("article", title="quote", height="value")
    named = (
        articles.signals.filter(pl.col("kind") == "attention", pl.col("date").is_not_null())
        .select("article", "date", "partner", "value", order=detail.field("order"),
                edition=pl.format("{}/{}", "source", "lang"))
        .join(voices.unique("article", keep="first", maintain_order=True), on="article", how="left")
    )  # fmt: skip
    is_document = (pl.len().over("article") >= STATES) & (
        (pl.col("height") >= HIGH) | (pl.col("value").sum().over("article") >= WORDS)
    )
    rows = named.filter(is_document).sort("article", "order", "partner")
    own = phrases_said(articles.signals).filter(detail.field("voice") == "own")
    own = own.join(rows.select("article").unique(), on="article", how="semi")
    families = families_by(with_identities(own, articles.lexicon), "article", "partner")
    found = []
    for _, some in rows.group_by("article", maintain_order=True):
        first = some.row(0, named=True)
        words = {state: int(number or 0) for state, number in some.select("partner", "value").iter_rows()}
        said = {state: families.get((first["article"], state), frozenset()) for state in words}
        title, height = first["title"] or "", first["height"] or 0.0
        found.append(PolicyDocument(first["edition"], first["date"], first["article"], title, height, words, said))
    return sorted(found, key=lambda document: (document.day, document.total, document.article))


def _of_its_day(document: PolicyDocument, earlier: Sequence[PolicyDocument]) -> list[PolicyDocument]:
    """Return the longest documents of the same day of the last five years, newest first; `earlier` are by day."""
    found: list[PolicyDocument] = []
    for years in range(1, _YEARS + 1):
        day = document.day - timedelta(days=round(365.25 * years))
        after = bisect_right(earlier, day + _NEAR, key=lambda each: each.day)
        if after and earlier[after - 1].day >= day - _NEAR:
            found.append(earlier[after - 1])
    return found[:LENGTH]


def _of_its_type(document: PolicyDocument, earlier: Sequence[PolicyDocument]) -> list[PolicyDocument]:
    """Return the last five documents of the same type, newest first."""
    return [each for each in reversed(earlier) if document.day - each.day >= _REPRINTED][:LENGTH]


def _against(document: PolicyDocument, before: Sequence[PolicyDocument], articles: Articles) -> Iterator[Observation]:
    """Yield the observations of one document, one event per state."""
    subject = document.title or document.article
    states = sorted({*document.words, *(state for each in before for state in each.words)})
    for state in states:
        label = articles.label(state)
        parts = [
            *_order(document, before, state, articles),
            *_phrases(document, before, state, label),
            *_share(document, before, state, label),
        ]
        compared = tuple(_compared(each, state) for each in (document, *before))
        for part in parts:
            event = f"document {document.article}"
            yield Observation(document.edition, state, document.day, event, subject, part, compared)


def _order(
    document: PolicyDocument, before: Sequence[PolicyDocument], state: str, articles: Articles
) -> Iterator[Part]:
    """Find a state that is named first, and was not in any earlier document."""
    if state != document.first or any(each.first == state for each in before):
        return
    last, label = before[0], articles.label(state)
    if len(before) == 1:
        was = f"had it as {last.place(state)}" if state in last.words else "did not name it"
        firsts = f"while the last of its type, on {last.day}, {was} ({articles.label(last.first)} was first)"
    else:
        firsts = "while before it came " + ", ".join(
            f"{articles.label(each.first)} in {each.day.year}" for each in before
        )
    yield Part("order", f"{label} is named first, {firsts}", {"of": float(len(before))}, "medium", _INNOCENT)


def _phrases(document: PolicyDocument, before: Sequence[PolicyDocument], state: str, label: str) -> Iterator[Part]:
    """Find families of set phrases about a state that no earlier document has."""
    known = {family for each in before for family in each.families.get(state, ())}
    new = sorted(document.families.get(state, frozenset()) - known)
    if not new or document.words.get(state, 0) < FLOOR_OF_TYPE:
        return
    others = {family for other, some in document.families.items() if other != state for family in some}
    alone = [family for family in new if family not in others]
    words = f"{quoted(new)} said of {label} for the first time in {len(before) + 1} such reports"
    if alone and len(document.words) > 1:
        words += ", and of no other state" if alone == new else f", of {label} alone: {quoted(alone)}"
    yield Part("phrase", words, {"of": float(len(before))}, "medium", _INNOCENT)


def _share(document: PolicyDocument, before: Sequence[PolicyDocument], state: str, label: str) -> Iterator[Part]:
    """Find a state's share of the words on states that is far from the earlier ones."""
    now, usual = document.share(state), [each.share(state) for each in before]
    words, last = document.words.get(state, 0), before[0].words.get(state, 0)
    most = max(words, *(each.words.get(state, 0) for each in before))
    numbers = {"words": float(words), "before": float(last), "share": now, "mean": mean(usual)}
    said = f"{words} words on {label}, {now:.0%} of the words on states" if words else f"no word on {label}"
    if len(before) >= ENOUGH:
        if abs(now - mean(usual)) > max(_DEVIATIONS * stdev(usual), _POINTS) and most >= FLOOR:
            least, highest = f"{min(usual):.0%}", f"{max(usual):.0%}"
            span = least if least == highest else f"{least} to {highest}"
            said += f", while the last {len(before)} of its kind had {span}"
            yield Part("share", said, numbers | {"deviation": stdev(usual)}, "medium", _INNOCENT)
    elif most >= FLOOR_OF_TYPE and _differ(words, last) and _differ(now, usual[0]):
        earlier = f"{last} words, {usual[0]:.0%}" if last else "none"
        said += f", while the last of its type, on {before[0].day}, had {earlier}"
        yield Part("share", said, numbers, "medium" if len(before) > 1 else "low", _INNOCENT)


def _differ(one: float, other: float) -> bool:
    """Return whether one number is at least one and a half times the other."""
    return max(one, other) >= FACTOR * min(one, other)


def _compared(document: PolicyDocument, state: str) -> Compared:
    what = f"{document.place(state)} of {len(document.words)} states"
    phrases = tuple(sorted(document.families.get(state, ())))
    return Compared(document.day, what, document.words.get(state), None, phrases, document.article, document.title)
