"""What one edition says of one state in some days, in figures that can be set beside those of other days; pure.

Words and phrases of translations do not count. A measure is None if the archive has none of the days.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import polars as pl

from sunchi.history.answers import REPLIED
from sunchi.history.coverage import Coverage
from sunchi.history.identities import phrases_said, with_identities
from sunchi.history.items import items_of
from sunchi.history.past import Past
from sunchi.identity import ledger
from sunchi.lexicon import Lexicon
from sunchi.reports.attention import MIN_NAMED
from sunchi.reports.exchanges import Exchange, by_partner, exchanges
from sunchi.reports.periods import Span

_LEADERS = 1  # the rank of contacts
_LEVEL = "leader"  # of messages and of voices
_REPORT = 1  # the level of the voice of a plain report


@dataclass(frozen=True, slots=True)
class Use:
    """A use of a set phrase."""

    date: date
    quote: str
    article: str


@dataclass(frozen=True)
class FamilyUses:
    """A family of set phrases in Pyongyang's own voice, in some days."""

    articles: int
    first: Use
    last: Use


@dataclass(frozen=True)
class Measures:
    """What one edition says of one state in some days."""

    days: int  # of which the archive has articles
    figures: Mapping[str, int | float | None] = field(default_factory=dict)  # by measure, in the order of a table
    families: Mapping[str, FamilyUses] = field(default_factory=dict)


def editions(past: Past, partner: str, spans: tuple[Span, ...]) -> list[str]:
    """Return the editions that name a state, or with "" any state, on any of the days."""
    of_state = pl.col("partner") == partner if partner else pl.col("partner") != ""
    named = past.signals.filter(of_state, _in(*spans))
    return sorted(set(named.select(pl.format("{}/{}", "source", "lang")).to_series()))


def measures(past: Past, lexicon: Lexicon, edition: str, partner: str, span: Span) -> Measures:
    """Return the measures of one edition for one state in some days."""
    printed = _printed(past, edition)
    found = _of_states(printed, past, edition, [partner], span)[partner]
    if not found.days:
        return found
    own = printed.filter(pl.col("partner") == partner)
    now = own.filter(_in(span))
    written = _messages(own, past.articles, past.coverage, lexicon, span)
    return Measures(found.days, {**found.figures, **_contacts(now), **written}, _families(now, lexicon))


def attention(past: Past, edition: str, spans: tuple[Span, ...]) -> dict[str, tuple[Measures, ...]]:
    """Return how much one edition says of each state in some spans, and in what tone; the last one's order by words."""
    printed = _printed(past, edition).filter(pl.col("kind").is_in(["attention", "stance", "authority"]))
    named = printed.filter(pl.col("kind") == "attention", _in(*spans))
    last = pl.when(_in(spans[-1])).then("value").otherwise(0).sum()
    by_words = named.group_by("partner").agg(last).sort("value", "partner", descending=[True, False])
    partners = by_words["partner"].to_list()
    by_span = [_of_states(printed, past, edition, partners, span) for span in spans]
    return {each: tuple(found[each] for found in by_span) for each in partners}


def _of_states(
    printed: pl.DataFrame, past: Past, edition: str, partners: Iterable[str], span: Span
) -> dict[str, Measures]:
    """Return how much is said of each state in some days, and in what tone; `printed` are the edition's signals."""
    days = past.coverage.days(edition, span.since, span.until)
    if not days:
        return {each: Measures(0) for each in partners}
    now = printed.filter(_in(span))
    total = sum(past.coverage.articles(edition, day) for day in days)
    words = _words(now)
    return {
        each: Measures(len(days), {**_attention(now, words, each, total), **_voices(now, each)}) for each in partners
    }


def _printed(past: Past, edition: str) -> pl.DataFrame:
    """Return the signals of one edition, without those of translations."""
    source, _, lang = edition.partition("/")
    return past.signals.filter(pl.col("source") == source, pl.col("lang") == lang, pl.col("language").is_null())


def _in(*spans: Span) -> pl.Expr:
    """Return whether a row is of any of the spans."""
    return pl.any_horizontal(pl.col("date").is_between(span.since, span.until) for span in spans)


def _words(now: pl.DataFrame) -> dict[str, float]:
    """Return the words on each state, the most first."""
    named = now.filter(pl.col("kind") == "attention")
    ranked = named.group_by("partner").agg(pl.col("value").sum()).sort("value", "partner", descending=[True, False])
    return dict(ranked.iter_rows())


def _attention(
    now: pl.DataFrame, words: Mapping[str, float], partner: str, total: int
) -> dict[str, int | float | None]:
    """Return how much is said of a state, and who is named before it; `words` are those on each state, ranked."""
    named = now.filter(pl.col("kind") == "attention")
    own = named.filter(pl.col("partner") == partner)
    about = own.filter(pl.col("code") == "about").height
    of_several = named.filter(pl.len().over("article") >= MIN_NAMED, pl.col("partner") == partner)
    order = of_several["detail"].struct.field("order")
    return {
        "articles about it": about,
        "of 100 articles": round(100 * about / total, 2),
        "articles that name it": own.height,
        "words on it": int(words.get(partner, 0)),
        "% of the words on states": round(100 * words.get(partner, 0) / max(sum(words.values()), 1), 2),
        "rank by words": list(words).index(partner) + 1 if partner in words else None,
        f"articles with {MIN_NAMED} states or more": of_several.height,
        "named first in them": int((order == 1).sum()),
    }


def _voices(now: pl.DataFrame, partner: str) -> dict[str, int | float | None]:
    """Return how the articles about a state treat it, and how many of them are more than a report."""
    stance = now.filter(pl.col("kind") == "stance", pl.col("partner") == partner)
    about = now.filter(pl.col("kind") == "attention", pl.col("code") == "about", pl.col("partner") == partner)
    voices = now.filter(pl.col("kind") == "authority").join(about, on="article", how="semi")
    mean: Any = stance["value"].mean()
    return {
        "tone, −2 to 2": None if mean is None else round(mean, 2),
        "articles by a voice above a report": voices.filter(pl.col("value") > _REPORT).height,
        "articles by the leader": voices.filter(pl.col("code") == _LEVEL).height,
    }


def _contacts(own: pl.DataFrame) -> dict[str, int | float | None]:
    """Return on how many days a contact was reported, of any rank and of leaders."""
    contacts = own.filter(pl.col("kind") == "contact")
    leaders = contacts.filter(pl.col("detail").struct.field("rank") == _LEADERS)
    return {
        "days with a contact": contacts["date"].n_unique(),
        "days with a contact of leaders": leaders["date"].n_unique(),
    }


def _messages(
    own: pl.DataFrame, articles: pl.DataFrame, coverage: Coverage, lexicon: Lexicon, span: Span
) -> dict[str, int | float | None]:
    """Return the messages in both directions, those of leaders apart, and how they were answered."""
    near = own.filter(_in(Span(span.since - REPLIED, span.until + REPLIED)))
    reported = articles.join(near, on="article", how="semi")
    about = {row["article"]: row | {"outcome": "read"} for row in reported.drop("paragraphs").iter_rows(named=True)}
    written = ledger.messages(ledger.message_reports(near, about, lexicon), lexicon)
    some = [each for each in exchanges(written, items_of(near, reported, lexicon), coverage) if each.is_in(span)]
    found = {
        "messages from Pyongyang": _number(some, span, "out"),
        "messages from its leader": _number(some, span, "out", _LEVEL),
        "messages to Pyongyang": _number(some, span, "in"),
        "messages from their leaders": _number(some, span, "in", _LEVEL),
    }
    answers = by_partner(some)
    return found | {
        "answers": sum(each.replies for each in answers),
        "days to an answer, median": answers[0].days if answers else None,
        "leaders' unanswered": sum(each.unanswered for each in answers),
    }


def _number(some: list[Exchange], span: Span, direction: str, level: str = "") -> int:
    """Return how many messages of these days went in a direction, from senders of a level."""
    written = (message.fullest for each in some for message in each.messages if span.holds(message.date))
    return sum(each.direction == direction and level in ("", each.identity["level"]) for each in written)


def _families(own: pl.DataFrame, lexicon: Lexicon) -> dict[str, FamilyUses]:
    """Return the families of set phrases in Pyongyang's own voice: neither denied nor recalled."""
    said = phrases_said(own).filter(pl.col("detail").struct.field("voice") == "own")
    rows = with_identities(said, lexicon).explode("families").filter(pl.col("families").is_not_null())
    by_date = rows.sort("date", "article", "start")
    found = {}
    for (family,), uses in by_date.group_by("families", maintain_order=True):
        ends = (uses.row(place, named=True) for place in (0, -1))
        first, last = (Use(row["date"], row["quote"], row["article"]) for row in ends)
        found[str(family)] = FamilyUses(uses["article"].n_unique(), first, last)
    return dict(sorted(found.items(), key=lambda each: (-each[1].articles, each[0])))
