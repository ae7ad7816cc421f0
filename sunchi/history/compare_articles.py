"""What the articles of a day say of a state, against those of the days before; pure, and by frames.

A kind is a function from frames to observations. Each looks back only: a day's numbers are judged by what its edition
brought before that day, and only where the archive has those days.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from typing import Any

import polars as pl
from scipy.stats import nbinom, poisson

from sunchi.history.baseline import years_before
from sunchi.history.coverage import Coverage
from sunchi.history.findings import Compared, Observation, Part
from sunchi.history.identities import with_identities
from sunchi.lexicon import HOME, Lexicon
from sunchi.lexicon.persons import Person

SHARE = 0.4
"""The share of an article's words on states that makes a phrase in it one about the state."""

PAUSE = timedelta(days=330)
"""After so long a family of phrases is said again; before, it was never gone."""

WRITTEN_OF = 30
"""Articles on a state that must have been without a phrase, before its absence means anything."""

HIGH = 6
"""The height of a voice, as in authority.csv, from which on its return counts; commentaries are no voice of state."""

QUIET = timedelta(days=45)
"""Without a voice of that height on a state."""

APART = timedelta(days=60)
"""Without a meeting at the leaders' level."""

MEMORY = timedelta(days=180)
"""How far back a burst is judged by."""

RARE = 0.001
"""How improbable a number of articles must be."""

_FEWEST = 60  # days that must be known before a number can be a burst
_SHOWN = 5  # articles of a burst that are shown
_LEAST = 5  # articles of a burst
_LEAST_HOSTILE = 6  # there are some every day
_ONE_EVENT = timedelta(days=10)  # in which further bursts are of the same event
_LAST_YEAR = timedelta(days=2)  # around the day of last year
_LEADER = "supreme_leader"  # an office of organizations.csv
_UNBROKEN = "from which on the archive is without a gap"
_TRANSLATED = "another translation of a phrase that was there before"
_LEADERS = ("talks", "summit", "visit")
_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Articles:
    """Signals by article, with what the kinds ask of them."""

    signals: pl.DataFrame  # model.SIGNALS, dated
    coverage: Coverage
    lexicon: Lexicon

    @cached_property
    def about(self) -> pl.DataFrame:
        """Article, edition, date, partner, share, stance, height of the voice, headline."""
        dated = self.signals.filter(pl.col("date").is_not_null(), pl.col("language").is_null())  # no translations
        detail = pl.col("detail").struct
        about = dated.filter(pl.col("kind") == "attention", pl.col("code") == "about").select(
            "article",
            "date",
            "partner",
            pl.format("{}/{}", "source", "lang").alias("edition"),
            share=detail.field("share"),
        )
        stance = dated.filter(pl.col("kind") == "stance").select("article", "partner", stance="value")
        voice = dated.filter(pl.col("kind") == "authority").select(
            "article", voice="code", height="value", headline="quote"
        )
        joined = about.join(stance, on=["article", "partner"], how="left").join(voice, on="article", how="left")
        return joined.unique(["article", "partner"], keep="first", maintain_order=True).sort(
            "edition", "partner", "date", "article"
        )

    @cached_property
    def of_messages(self) -> pl.Series:
        """The articles that report messages, which are compared in their series."""
        return self.signals.filter(pl.col("kind") == "message")["article"].unique()

    @cached_property
    def in_full(self) -> pl.Series:
        """The articles that give a message in full."""
        full = pl.col("detail").struct.field("full_text")
        return self.signals.filter(pl.col("kind") == "message", full)["article"].unique()

    @cached_property
    def _days(self) -> dict[tuple[str, str], list[date]]:
        found: dict[tuple[str, str], list[date]] = {}
        for edition, partner, day in self.about.select("edition", "partner", "date").sort("date").iter_rows():
            found.setdefault((edition, partner), []).append(day)
        return found

    @cached_property
    def states(self) -> dict[str, list[str]]:
        """The states that each article is about."""
        found: dict[str, list[str]] = {}
        for article, partner in self.about.select("article", "partner").iter_rows():
            found.setdefault(article, []).append(partner)
        return found

    def number(self, edition: str, partner: str, first: date, before: date) -> int:
        """Return how many articles of an edition are about a state, from a day until before another."""
        days = self._days.get((edition, partner), [])
        return bisect_left(days, before) - bisect_left(days, first)

    def label(self, partner: str) -> str:
        return self.lexicon.label(partner)


def observed(articles: Articles) -> Iterator[Observation]:
    """Yield what the articles show against those before them."""
    for kind in KINDS:
        yield from kind(articles)


def phrases(articles: Articles) -> Iterator[Observation]:
    """Families of phrases that were not said of a state for 330 days, in Pyongyang's own voice or the other state's."""
    detail = pl.col("detail").struct
    said = articles.signals.filter(
        pl.col("kind") == "formula",
        pl.col("date").is_not_null(),
        pl.col("partner") != "",
        detail.field("voice").is_in(["own", "partner"]),
        ~detail.field("negated").fill_null(False),
        ~detail.field("historical").fill_null(False),
    )
    said = said.filter((detail.field("voice") == "own") | pl.col("article").is_in(articles.in_full.implode()))
    said = with_identities(said, articles.lexicon).with_columns(voice=detail.field("voice")).explode("families")
    said = said.filter(pl.col("families").is_not_null())
    known = articles.about.select("article", "partner", "edition", "share", "stance", "headline")
    joined = said.join(known, on=["article", "partner"], how="inner").sort("date", "article", "start")
    by = ("edition", "partner", "voice", "families")
    for (edition, partner, voice, family), some in joined.group_by(*by, maintain_order=True):
        last: date | None = None
        for row in some.iter_rows(named=True):
            if (last is None or row["date"] - last >= PAUSE) and _is_about(row):
                yield from _first_or_return(articles, str(edition), str(partner), str(voice), str(family), row, last)
            last = row["date"]


def _is_about(row: Mapping[str, Any]) -> bool:
    """Return whether an article is about the state, and its stance agrees with the phrase."""
    share, stance, value = (float(row[name] or 0) for name in ("share", "stance", "value"))
    return share >= SHARE and stance * value >= 0


def _first_or_return(
    articles: Articles, edition: str, partner: str, voice: str, family: str, row: Mapping[str, Any], last: date | None
) -> Iterator[Observation]:
    day: date = row["date"]
    since = articles.coverage.since(edition, day, texts=True)
    number = articles.number(edition, partner, max(since, day - PAUSE), day)
    if day - since < PAUSE or number < WRITTEN_OF:
        return
    label = articles.label(partner)
    if last is None or last < since:
        words, kind = (
            f"“{family}” for the first time since {since}, {_UNBROKEN}",
            "first",
        )
    else:
        words, kind = f"“{family}” again after {(day - last).days} days, last on {last}", "return"
    numbers = {"days": float((day - max(last or since, since)).days), "articles": float(number)}
    yield Observation(
        edition, partner, day, "articles", f"Pyongyang on {label}" if voice == "own" else f"{label} to Pyongyang",
        Part(kind, f"{words}; {number} articles on {label} in between", numbers, "medium", (_TRANSLATED,)),
        (Compared(day, str(row["quote"]), article=str(row["article"]), title=str(row["headline"] or "")),),
    )  # fmt: skip


def levels(articles: Articles) -> Iterator[Observation]:
    """The leader on a state, or a voice of height 6 or more against it, after 45 days without one."""
    high = articles.about.filter(
        pl.col("height") >= HIGH,
        pl.col("share") >= SHARE,
        (pl.col("voice") == "leader") | (pl.col("stance") < 0),
        pl.col("voice") != "commentary",
        ~pl.col("article").is_in(articles.of_messages.implode()),
    )
    for (edition, partner), some in high.group_by("edition", "partner", maintain_order=True):
        last: date | None = None
        for row in some.iter_rows(named=True):
            day = row["date"]
            since = articles.coverage.since(str(edition), day)
            if day - max(last or since, since) >= QUIET:
                words, days = _ago(day, last, since)
                words = f"{row['voice'].replace('_', ' ')} (height {row['height']:g}), {words}"
                yield Observation(
                    str(edition), str(partner), day, "articles", f"Pyongyang on {articles.label(str(partner))}",
                    Part("level", words, {"height": row["height"], "days": days}, "medium"),
                    (Compared(day, row["headline"] or "", article=row["article"], title=row["headline"] or ""),),
                )  # fmt: skip
            last = day


def _ago(day: date, last: date | None, since: date) -> tuple[str, float]:
    """Return in words how long ago the last one was, and how many days; `since` then the archive has every day."""
    if last is None or last < since:
        return f"the first since {since}, {_UNBROKEN}", float((day - since).days)
    return f"the first after {(day - last).days} days, last on {last}", float((day - last).days)


def bursts(articles: Articles) -> Iterator[Observation]:
    """Many more articles on a state, or hostile ones, than the days before let expect."""
    all_about = articles.about.filter(pl.col("share") >= SHARE)
    hostile = articles.about.filter(pl.col("stance") < 0)
    for of, words, least in ((all_about, "articles", _LEAST), (hostile, "hostile articles", _LEAST_HOSTILE)):
        counts = of.group_by("edition", "partner", "date", maintain_order=True).agg(
            pl.len().alias("number"), pl.col("article").head(_SHOWN), pl.col("headline").head(_SHOWN)
        )
        for (edition, partner), some in counts.group_by("edition", "partner", maintain_order=True):
            yield from _bursts(articles, str(edition), str(partner), words, some.sort("date"), least)


def _bursts(
    articles: Articles, edition: str, partner: str, words: str, counts: pl.DataFrame, least: int
) -> Iterator[Observation]:
    number = {row["date"]: row["number"] for row in counts.iter_rows(named=True)}
    last: date | None = None
    for row in counts.filter(pl.col("number") >= least).iter_rows(named=True):
        day = row["date"]
        days = articles.coverage.days(edition, day - MEMORY, day - _DAY)
        before = [number.get(each, 0) for each in days]
        if len(before) < _FEWEST or (last and day - last < _ONE_EVENT):
            last = day if last and _is_rare(row["number"], before) else last
            continue
        chance = exceedance(row["number"], before)
        usual_day = years_before(day, 1)
        same = max(
            (number.get(usual_day + _DAY * n, 0) for n in range(-_LAST_YEAR.days, _LAST_YEAR.days + 1)), default=0
        )
        if chance >= RARE or same >= row["number"] / 2:
            continue
        last = day
        mean = sum(before) / len(before)
        said = f"{row['number']} {words}, where {mean:.1f} a day were usual in {len(before)} days"
        yield Observation(
            edition, partner, day, "articles", f"{articles.label(partner)} in {edition}",
            Part("burst", said, {"number": row["number"], "mean": mean, "chance": chance}, "medium"),
            tuple(
                Compared(day, headline or "", article=article, title=headline or "")
                for article, headline in zip(row["article"], row["headline"], strict=True)
            ),
        )  # fmt: skip


def exceedance(number: int, before: Sequence[int]) -> float:
    """Return how probable so many or more are, by a negative binomial fitted to the numbers of the days before."""
    mean = (sum(before) + 0.5) / (len(before) + 1)
    variance = sum((each - mean) ** 2 for each in before) / max(len(before) - 1, 1)
    if variance <= mean:
        return float(poisson.sf(number - 1, mean))
    successes = mean**2 / (variance - mean)
    return float(nbinom.sf(number - 1, successes, successes / (successes + mean)))


def _is_rare(number: int, before: Sequence[int]) -> bool:
    return len(before) >= _FEWEST and exceedance(number, before) < RARE


def contacts(articles: Articles) -> Iterator[Observation]:
    """A meeting with Pyongyang's leader, or of its head of state with another, after 60 days without one."""
    detail = pl.col("detail").struct
    leaders = [person for person in articles.lexicon.persons if person.state == HOME]
    met = articles.signals.filter(
        pl.col("kind") == "contact",
        pl.col("date").is_not_null(),
        pl.col("code").is_in(list(_LEADERS)),
        detail.field("rank") == 1,
    ).with_columns(edition=pl.format("{}/{}", "source", "lang"), who=detail.field("who"))
    met = with_identities(met, articles.lexicon)
    for (edition, partner), some in met.sort("date", "article", "start").group_by(
        "edition", "partner", maintain_order=True
    ):
        last: date | None = None
        for row in some.iter_rows(named=True):
            day, with_leader = row["date"], _has_leader(row, leaders)
            if not with_leader and row["code"] != "summit":
                continue
            since = articles.coverage.since(str(edition), day)
            if day - max(last or since, since) >= APART:
                words, days = _ago(day, last, since)
                yield Observation(
                    str(edition), str(partner), day, "articles", row["who"],
                    Part("contact", f"{row['code']}, {words}", {"days": days}, "high" if with_leader else "medium"),
                    (Compared(day, row["quote"], article=row["article"]),),
                )  # fmt: skip
            last = day


def _has_leader(contact: Mapping[str, Any], leaders: Sequence[Person]) -> bool:
    """Return whether Pyongyang's leader of that day takes part."""
    present = set(contact["person_ids"] or ())
    return any(
        person.id in present and any(role.office == _LEADER and role.held(contact["date"]) for role in person.roles)
        for person in leaders
    )


KINDS: tuple[Callable[[Articles], Iterator[Observation]], ...] = (phrases, levels, bursts, contacts)
"""What is asked of the articles."""
