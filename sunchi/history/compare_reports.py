"""Who is named first in a report, at what length, and in which phrases, against the last of its type; pure.

A report is a text in the voice of the state or above it that names three states or more. Its type is its headline
without numbers: the reports of two party congresses are of one type, and years may lie between them.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import polars as pl

from sunchi.history.findings import Compared, Observation, Part
from sunchi.history.identities import families_by, phrases_said, with_identities
from sunchi.lexicon import Lexicon

HIGH = 6
"""The height of a voice, as in authority.csv, from which on its order of naming counts."""

NAMED = 3
"""States that a report must name."""

WORDS = 20
"""Words that a state must be given in one of two reports for its length to be compared."""

FACTOR = 1.5
"""More or fewer words than this, by share as well, are another length."""

APART = timedelta(days=20)
"""Between two reports of one type; what comes sooner is a reprint, or another part."""

_NUMBERS = re.compile(
    r"\b(?:first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|eleventh|twelfth)\b"
    r"|\b(?:juche\s*)?\d+(?:st|nd|rd|th)?\b|제?\s*\d+\s*(?:차|기|년)?|第?[一二三四五六七八九十\d]+[次届年]",
    re.IGNORECASE,
)
_ROUND = ("a report of another length", "two outlets that shorten one speech in two ways")


@dataclass(frozen=True, slots=True)
class Report:
    """One report: the states that it names, in order, and the words that it gives to each."""

    edition: str
    date: date
    article: str
    title: str
    words: Mapping[str, int]  # by state, in the order of naming
    families: Mapping[str, frozenset[str]]  # of set phrases, by state

    @property
    def total(self) -> int:
        return sum(self.words.values())

    @property
    def first(self) -> str:
        return next(iter(self.words))


def observed(signals: pl.DataFrame, lexicon: Lexicon) -> Iterator[Observation]:
    """Yield what reports show against the last of their type."""
    types: dict[tuple[str, str], list[Report]] = defaultdict(list)
    for report in _reports(signals, lexicon):
        types[report.edition, type_of(report.title)].append(report)
    for reports in types.values():
        for number, report in enumerate(reports):
            earlier = [each for each in reports[:number] if report.date - each.date >= APART]
            if earlier:
                yield from _against(report, earlier, lexicon)


def type_of(title: str) -> str:
    """Return a headline without numbers, in small letters."""
    return " ".join(_NUMBERS.sub(" ", title).casefold().split())


def _reports(signals: pl.DataFrame, lexicon: Lexicon) -> Iterator[Report]:
    """Yield the reports by day."""
    detail = pl.col("detail").struct
    voice = signals.filter(pl.col("kind") == "authority", pl.col("value") >= HIGH).select("article", title="quote")
    named = signals.filter(pl.col("kind") == "attention", pl.col("date").is_not_null()).join(voice, on="article")
    named = named.with_columns(order=detail.field("order"), edition=pl.format("{}/{}", "source", "lang"))
    own = phrases_said(signals).filter(detail.field("voice") == "own").join(voice, on="article", how="semi")
    families = families_by(with_identities(own, lexicon), "article", "partner")
    for (day, _), some in named.sort("date", "article", "order").group_by("date", "article", maintain_order=True):
        if some.height >= NAMED and isinstance(day, date):
            row = some.row(0, named=True)
            words = {each["partner"]: int(each["value"] or 0) for each in some.iter_rows(named=True)}
            said = {state: families.get((row["article"], state), frozenset()) for state in words}
            yield Report(row["edition"], day, row["article"], row["title"] or "", words, said)


def _against(report: Report, earlier: Sequence[Report], lexicon: Lexicon) -> Iterator[Observation]:
    last = earlier[-1]
    title = report.title
    for state, words in report.words.items():
        texts = (_compared(report, state), *(_compared(each, state) for each in reversed(earlier)))
        label = lexicon.label(state)

        def observation(part: Part, state: str = state, texts: tuple[Compared, ...] = texts) -> Observation:
            return Observation(report.edition, state, report.date, f"report {report.article}", title, part, texts)

        if state == report.first and last.first != state:
            before = f"number {list(last.words).index(state) + 1}" if state in last.words else "not named"
            said = f"{label} is named first; in the last of its type, of {last.date}, it was {before}, and first came "
            said += f"{lexicon.label(last.first)}"
            yield observation(Part("order", said, {"of": len(earlier)}, "medium", _ROUND))
        known = {family for each in earlier for family in each.families.get(state, ())}
        if new := sorted(report.families[state] - known):
            others = {family for other, some in report.families.items() if other != state for family in some}
            alone = [family for family in new if family not in others]
            said = f"{_named(new)} of {label} for the first time in {len(earlier) + 1} such reports"
            said += f"; {_named(alone)} of no other state in it" if alone and len(report.words) > 1 else ""
            yield observation(Part("phrase", said, {"of": len(earlier)}, "medium", _ROUND))
        before_words = last.words.get(state, 0)
        shares = words / max(report.total, 1), before_words / max(last.total, 1)
        if max(words, before_words) >= WORDS and _differ(words, before_words) and _differ(*shares):
            earlier_words = f"{before_words} and {shares[1]:.0%}" if before_words else "none"
            said = (
                f"{words} words on {label}, {shares[0]:.0%} of those on states; {earlier_words} in the last of its "
                f"type, of {last.date}"
            )
            numbers = {"words": float(words), "before": float(before_words), "share": shares[0]}
            yield observation(Part("share", said, numbers, "medium" if len(earlier) > 1 else "low", _ROUND))


def _named(families: Iterable[str]) -> str:
    return ", ".join(f"“{family}”" for family in families)


def _differ(one: float, other: float) -> bool:
    return max(one, other) >= FACTOR * min(one, other)


def _compared(report: Report, state: str) -> Compared:
    place = f"number {list(report.words).index(state) + 1}" if state in report.words else "not named"
    what = f"{place} of {len(report.words)} states"
    phrases = tuple(sorted(report.families.get(state, ())))
    return Compared(report.date, what, report.words.get(state), None, phrases, report.article, report.title)
