"""Replays real texts day by day: which finding reported a known event on which day, how many findings of each kind
there are per month, and how many alerts per week the default rules make.

    python -m bench.replay                    the texts of KCNA of 2011 in the folder of real texts (SUNCHI_SHARED)
    python -m bench.replay FILE…              other files of articles, as `sunchi detect` reads them
    python -m bench.replay --days 2011-05     the findings and alerts of a month, day by day, for reading
    python -m bench.replay --check 20         computes that many random days again from only what was there by the end
                                              of the day, and compares

The texts are not part of the project. No baseline has later texts: --check and tests/bench/test_replay.py verify it.
"""

from __future__ import annotations

import argparse
import os
import random
import statistics
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from pathlib import Path
from typing import Any

import polars as pl

from sunchi.alerts.comparison import Background
from sunchi.alerts.grouping import group_by_event
from sunchi.alerts.rules import Rules, alerts, load_rules, missing_alerts
from sunchi.cli.inputs import select_past
from sunchi.history.baseline import MessageHistory
from sunchi.history.compare import compare, compare_new
from sunchi.history.coverage import Coverage
from sunchi.history.findings import KINDS, Finding
from sunchi.lexicon import Lexicon, load
from sunchi.model import Alert, Event, Severity, covers
from sunchi.settings import load as load_settings

_NOT_OF_NEW = ("silence", "words", "epithet", "outlets")  # kinds found by `compare` but not by a poll

ROOT = Path(__file__).resolve().parent.parent
SHARED = Path(os.environ.get("SUNCHI_SHARED", ROOT.parent / "shared"))
CORPUS = SHARED / "data" / "kcna_en_2011.jsonl.gz"


@dataclass(frozen=True)
class Known:
    """A known event, and the findings that report it."""

    what: str
    first: date
    last: date  # by which it must have been reported
    partner: str
    kinds: tuple[str, ...]
    words: str = ""  # that the finding has


KNOWN = (
    Known("Kim Jong Il in China", date(2011, 5, 20), date(2011, 5, 27), "CN", ("contact",)),
    Known("Kim Jong Il in Russia", date(2011, 8, 20), date(2011, 8, 25), "RU", ("contact",)),
    Known("Kim Jong Il in China on his way back", date(2011, 8, 25), date(2011, 8, 28), "CN", ("contact",)),
    Known("his death is announced", date(2011, 12, 19), date(2011, 12, 20), "", ("words", "epithet"), "grief"),
    Known("from where condolences come first", date(2011, 12, 19), date(2011, 12, 21), "CN", ("order",)),
    Known("the successor has a title", date(2011, 12, 19), date(2011, 12, 31), "", ("epithet",)),
)


@dataclass(frozen=True)
class Queued:
    """An alert of an edition, as alerts are grouped."""

    alert: Alert
    edition: str

    @property
    def events(self) -> tuple[Event, ...]:
        return self.alert.events

    @property
    def severity(self) -> Severity:
        return self.alert.severity

    @property
    def article(self) -> str:
        return self.alert.article

    @property
    def data(self) -> Mapping[str, Any]:
        return self.alert.data


@dataclass(frozen=True)
class Day:
    """The results of a day: findings, and alerts grouped as they are sent."""

    day: date
    findings: tuple[Finding, ...]
    alerts: tuple[tuple[Alert, ...], ...]


@dataclass(frozen=True)
class Replay:
    """Texts in the order in which they came, day by day."""

    signals: pl.DataFrame  # model.SIGNALS
    articles: pl.DataFrame  # model.ARTICLES
    coverage: Coverage
    lexicon: Lexicon
    rules: Rules

    @cached_property
    def history(self) -> MessageHistory:
        return MessageHistory.of(self.signals, self.articles, self.lexicon)

    @cached_property
    def findings(self) -> list[Finding]:
        return compare(self.signals, self.history, self.coverage, self.lexicon, self.articles)

    @cached_property
    def dates(self) -> list[date]:
        return self.articles["date"].drop_nulls().unique().sort().to_list()

    def days(self) -> Iterator[Day]:
        """Yield all days. An event that was already reported is not reported again, as for a recipient."""
        by_day: dict[date, list[Finding]] = defaultdict(list)
        for each in self.findings:
            by_day[each.day].append(each)
        told: list[Event] = []
        first, last = self.dates[0], self.dates[-1]
        for day in (first + timedelta(days=number) for number in range((last - first).days + 1)):
            found = tuple(each.as_of(day) for each in by_day[day])
            groups = group_by_event(each for each in self._alerts(day, found) if not covers(told, each.events))
            told += [event for group in groups for each in group for event in each.events]
            yield Day(day, found, tuple(tuple(each.alert for each in group) for group in groups))

    def until(self, day: date) -> Replay:
        """Return the texts at the end of a day."""
        signals, articles = (frame.filter(pl.col("date") <= day) for frame in (self.signals, self.articles))
        return Replay(signals, articles, self.coverage.until(day), self.lexicon, self.rules)

    def of_new(self, day: date) -> list[Finding]:
        """Return what a poll of a day finds in its new articles."""
        new = self.articles.filter(pl.col("date") == day)["article"].to_list()
        return compare_new(self.signals, self.articles, self.coverage, self.lexicon, new)[1]

    def _alerts(self, day: date, found: Sequence[Finding]) -> Iterator[Queued]:
        """Yield the alerts of a day: about what did not come, and about what came, by edition."""
        for alert in missing_alerts(found, self.rules, ()):
            yield Queued(alert, "")
        signals, articles = (frame.filter(pl.col("date") == day) for frame in (self.signals, self.articles))
        of_texts = [each for each in found if each.kind != "silence"]
        for source, lang in articles.select("source", "lang").unique().sort("source", "lang").iter_rows():
            of_edition = (pl.col("source") == source, pl.col("lang") == lang)
            earlier = self.signals.filter(pl.col("date") < day, *of_edition)
            past = Background(self.history, of_texts, self.coverage.until(day), f"{source}/{lang}", earlier)
            for alert in alerts(signals.filter(of_edition), articles.filter(of_edition), self.rules, (), past=past):
                yield Queued(alert, f"{source} ({lang})")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("files", type=Path, nargs="*", default=[CORPUS])
    parser.add_argument("--days", default="", help="show the findings and alerts of the days with this prefix: 2011-05")
    parser.add_argument("--check", type=int, default=0, help="the number of days to compute again")
    given = parser.parse_args()
    if missing := [file for file in given.files if not file.exists()]:
        raise SystemExit(f"needs real texts: none at {missing[0]} (name files, or set SUNCHI_SHARED)")
    replay = replay_of(given.files)
    if given.check:
        _say("\n".join(checked(replay, given.check)))
        return
    days = list(replay.days())
    _say("\n".join(shown(days, given.days, replay.lexicon) if given.days else summary(days, replay)))


def replay_of(files: Sequence[Path]) -> Replay:
    """Return the replay of the articles of files."""
    lexicon = load(ROOT / "lexicon")
    past = select_past(files, load_settings(), lexicon)
    if past is None:
        raise SystemExit("no articles")
    rules = load_rules(ROOT / "lexicon" / "rules.toml", lexicon)
    return Replay(past.signals, past.articles, past.coverage, lexicon, rules)


def summary(days: Sequence[Day], replay: Replay) -> Iterator[str]:
    """Yield the lines of the report."""
    first, last = days[0].day, days[-1].day
    yield f"{replay.articles.height:,} articles, {first} to {last}"
    yield ""
    for known in KNOWN:
        if first <= known.first and known.last <= last:
            yield _told(known, days)
    yield ""
    yield f"{'findings':<14}{'all':>5}{'a month':>9}"
    months = ((last - first).days + 1) / 30.4
    times = Counter(part for day in days for each in day.findings for part in {part.kind for part in each.parts})
    for kind in KINDS:
        yield f"{kind:<14}{times[kind]:>5}{times[kind] / months:>9.1f}"
    weeks: dict[date, int] = defaultdict(int)
    for day in days:
        weeks[day.day - timedelta(days=day.day.weekday())] += len(day.alerts)
    yield ""
    yield f"alerts a week: {statistics.median(weeks.values()):g} as a rule, {max(weeks.values())} at most"
    yield " ".join(str(weeks[week]) for week in sorted(weeks))
    rules = Counter(group[0].rule for day in days for group in day.alerts)
    yield ", ".join(f"{rule} {number}" for rule, number in rules.most_common())


def _told(known: Known, days: Sequence[Day]) -> str:
    """Return in one line which finding reported a known event, and on which day."""
    found = next(
        (
            each
            for day in days
            if known.first <= day.day <= known.last
            for each in day.findings
            if each.partner == known.partner
            and {part.kind for part in each.parts} & {*known.kinds}
            and known.words in each.first_line
        ),
        None,
    )
    told = f"{found.day}  {found.kind}: {found.first_line}" if found else "NOT REPORTED"
    return f"{known.first}  {known.what}\n    {told}"


def shown(days: Sequence[Day], begin: str, lexicon: Lexicon) -> Iterator[str]:
    """Yield the findings and alerts of the days with a prefix."""
    for day in days:
        if not str(day.day).startswith(begin) or not (day.findings or day.alerts):
            continue
        yield str(day.day)
        for each in day.findings:
            label = lexicon.label(each.partner) if each.partner else "no state"
            yield f"  finding  {each.kind} ({each.confidence}) {label}: {each.first_line}"
        for group in day.alerts:
            rules = ", ".join(dict.fromkeys(each.rule for each in group))
            yield f"  alert    {rules} ({group[0].severity}): {group[0].title}"
            yield from (f"           {line}" for line in group[0].body.splitlines() if line)


def checked(replay: Replay, number: int, seed: int = 11) -> Iterator[str]:
    """Yield for random days whether they are the same if computed from texts up to their end, or as a poll."""
    days = random.Random(seed).sample(replay.dates, min(number, len(replay.dates)))  # noqa: S311 - a sample
    for day in sorted(days):
        known = replay.until(day)
        expected = [each.as_of(day) for each in replay.findings if each.day == day]
        again = [each for each in known.findings if each.day == day]
        polled = {each.id for each in known.of_new(day)}
        of_texts = {each.id for each in expected if each.kind not in _NOT_OF_NEW}
        same = again == expected and polled == of_texts
        yield f"{day}  {len(expected)} findings  {'the same' if same else 'NOT THE SAME'}"


def _say(text: str) -> None:
    sys.stdout.write(f"{text}\n")


if __name__ == "__main__":
    main()
