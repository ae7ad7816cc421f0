"""Set phrases over time: the first and last use of each family, by partner and voice; pure."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

import polars as pl

from sunchi.history.coverage import Coverage
from sunchi.history.identities import phrases_said, with_identities
from sunchi.history.past import Past
from sunchi.lexicon import Lexicon
from sunchi.model import Row
from sunchi.reports.periods import Span

MAX_PARTNERS = 6
"""The number of partners whose phrases get a chart: those with the most uses."""

MAX_LINES = 8
"""The number of families in one chart: the most frequent ones."""

USUAL = 3
"""The least number of earlier uses for a family to be listed as no longer used."""

KNOWN = timedelta(days=60)
"""How long the archive must have had texts for a family without earlier uses to be new."""

_VOICES = ("own", "partner")


@dataclass(frozen=True, slots=True)
class FamilyTimeline:
    """A family of set phrases, as one voice uses it about one partner."""

    partner: str
    name: str  # the family; the id of the phrase if it has none
    voice: str  # own: Pyongyang's; partner
    value: float  # the mean strength
    first: date  # in the archive
    last: date  # up to the last day of the report
    is_new: bool  # the archive had texts for a while before these days, without it
    before: int  # articles before the days of the report
    uses: Mapping[date, int]  # articles by day, in the days of the report

    @property
    def number(self) -> int:
        """The articles of these days that use it."""
        return sum(self.uses.values())

    @property
    def words(self) -> str:
        return self.name.replace("_", " ")


def families(past: Past, lexicon: Lexicon, span: Span) -> list[FamilyTimeline]:
    """Return the families of set phrases up to the last day of a span.

    Denied and recalled phrases and translations are left out. Families most used in these days come first.
    """
    phrases = phrases_said(past.signals).filter(pl.col("date") <= span.until, pl.col("language").is_null())
    voice = pl.col("detail").struct.field("voice")
    known = with_identities(phrases, lexicon).with_columns(voice=voice).filter(voice.is_in(_VOICES))
    named = pl.when(pl.col("families").list.len() > 0).then(pl.col("families")).otherwise(pl.concat_list("code"))
    rows = known.with_columns(family=named).explode("family").group_by("partner", "family", "voice", "date")
    found: dict[tuple[str, str, str], list[tuple[date, int, float]]] = defaultdict(list)
    for partner, family, who, day, number, value in rows.agg(
        pl.col("article").n_unique(), pl.col("value").mean()
    ).iter_rows():
        found[partner, family, who].append((day, number, value or 0.0))
    made = [_family(*key, sorted(days), span, past.coverage) for key, days in found.items()]
    return sorted(made, key=lambda each: (-each.number, each.partner, each.name, each.voice))


def _is_new(first: date, span: Span, coverage: Coverage) -> bool:
    """Return whether the first use is in a span, and the archive had texts for long before it."""
    begins = min((coverage.since(each, first, texts=True) for each in coverage.editions), default=first)
    return span.holds(first) and first - begins >= KNOWN


def _family(
    partner: str, name: str, voice: str, days: list[tuple[date, int, float]], span: Span, coverage: Coverage
) -> FamilyTimeline:
    return FamilyTimeline(
        partner,
        name,
        voice,
        sum(value for _, _, value in days) / len(days),
        days[0][0],
        days[-1][0],
        _is_new(days[0][0], span, coverage),
        sum(number for day, number, _ in days if day < span.since),
        {day: number for day, number, _ in days if span.holds(day)},
    )


@dataclass(frozen=True)
class PartnerPhrases:
    """What Pyongyang says about one partner: the families in use, and those no longer used, each by first use."""

    partner: str
    used: tuple[FamilyTimeline, ...]
    dropped: tuple[FamilyTimeline, ...]


def by_partner(some: Iterable[FamilyTimeline]) -> list[PartnerPhrases]:
    """Return the families in Pyongyang's own voice by partner, the partner with the most uses first."""
    grouped: dict[str, list[FamilyTimeline]] = defaultdict(list)
    for each in some:
        if each.voice == "own" and each.partner:
            grouped[each.partner].append(each)
    found = [
        PartnerPhrases(
            partner,
            tuple(
                sorted([each for each in mine if each.number][:MAX_LINES], key=lambda each: (min(each.uses), each.name))
            ),
            tuple(each for each in mine if not each.number and each.before >= USUAL),
        )
        for partner, mine in grouped.items()
    ]
    return sorted(
        (each for each in found if each.used),
        key=lambda each: (-sum(family.number for family in each.used), each.partner),
    )


def quoted(signals: pl.DataFrame, articles: Mapping[str, Row]) -> list[Row]:
    """Return the set phrases of each article and partner, in the order of the text; the newest article first."""
    collected: dict[tuple[str, str], Row] = {}
    newest = pl.col("date").rank("dense", descending=True)
    said = signals.filter(pl.col("kind") == "formula").sort(newest, "article", "start")
    for row in said.iter_rows(named=True):
        if row["article"] not in articles:
            continue
        of = articles[row["article"]]
        one = collected.setdefault((row["article"], row["partner"]), row | {"of": of, "phrases": []})
        if (phrase := _phrase(row)) not in one["phrases"]:
            one["phrases"].append(phrase)
    return list(collected.values())


def _phrase(row: Row) -> Row:
    detail = row["detail"]
    marks = [mark for mark in ("negated", "historical") if detail[mark]]
    return {"quote": row["quote"], "value": row["value"], "voice": ", ".join([detail["voice"] or "", *marks])}
