"""Which days of an edition are known, by texts or by headlines alone: what may be called missing or the first; pure.

Where there are no articles, or few, nothing is missing, and nothing that came before is ruled out; where there are
headlines alone, neither is what only texts tell.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby, pairwise
from statistics import median

import polars as pl

from sunchi.history.baseline import years_before

MEMORY = timedelta(days=60)
"""The length of the time that gives the usual number of articles a day."""

DEPTH = timedelta(days=180)
"""How long an edition must be known without a hole for anything in it to be called the first."""

YEARLY = timedelta(days=7)
"""What came within so many days of the same day of last year comes each year: it is neither a first nor a return."""

A_YEAR = timedelta(days=366) + YEARLY
"""How long it must be known for what may come each year to be called the first."""

_FEWEST_DAYS = 20  # of these, the days with articles that a usual number needs
_THIN = 0.5  # of the usual number: below it, a source is thin
_MOST_DAYS = 0.7  # of a span: the least part that must have articles
_DAY = timedelta(days=1)
_BREAK = timedelta(days=10)  # without any article: a longer gap ends the coverage
_SOME = 0.001  # articles a day: more than none
_HOLES = 3  # that are named, the latest


@dataclass(frozen=True, slots=True)
class Gap:
    """A time in which a source was not reliable: unreachable, changed, thin."""

    source: str
    first: date
    last: date
    reason: str


class Coverage:
    """The number of articles of each edition of the archive, day by day."""

    def __init__(
        self,
        counts: Mapping[str, Mapping[date, int]],
        gaps: Iterable[Gap] = (),
        texts: Mapping[str, Mapping[date, int]] | None = None,
        read_since: date = date.min,
    ) -> None:
        """`texts` are the numbers of articles of which more than the headline is known; by default all.

        `read_since` is the first day of what is compared, if that is not the whole archive.
        """
        self._counts = {edition: dict(sorted(days.items())) for edition, days in counts.items()}
        self._texts = self._counts
        if texts is not None:
            self._texts = {edition: dict(sorted(texts.get(edition, {}).items())) for edition in counts}
        self._days = {edition: list(days) for edition, days in self._counts.items()}
        self._gaps = tuple(sorted(gaps, key=lambda gap: (gap.source, gap.first, gap.last, gap.reason)))
        self._read_since = read_since
        self._known_since: dict[tuple[str, date, bool], date] = {}

    @classmethod
    def of(cls, articles: pl.DataFrame, gaps: Iterable[Gap] = ()) -> Coverage:
        """Return the coverage of a frame of articles (model.ARTICLES)."""
        counts: dict[str, dict[date, int]] = defaultdict(dict)
        texts: dict[str, dict[date, int]] = defaultdict(dict)
        days = articles.filter(pl.col("date").is_not_null()).group_by("source", "lang", "date")
        with_text = (pl.col("paragraphs").list.len() > 0).sum().alias("texts")
        for source, lang, day, number, of_texts in days.agg(pl.len(), with_text).iter_rows():
            counts[f"{source}/{lang}"][day] = number
            texts[f"{source}/{lang}"] |= {day: of_texts} if of_texts else {}
        return cls(counts, gaps, texts)

    @property
    def editions(self) -> tuple[str, ...]:
        return tuple(sorted(self._counts))

    def extent(self, edition: str) -> tuple[int, date, date]:
        """Return the number of articles of an edition, their first day and their last."""
        days = self._days[edition]
        return sum(self._counts[edition].values()), days[0], days[-1]

    def last_day(self, edition: str) -> date | None:
        return next(iter(reversed(self._days.get(edition, ()))), None)

    def until(self, day: date) -> Coverage:
        """Return the coverage as it was at the end of a day."""
        counts, texts = (
            {edition: {each: number for each, number in days.items() if each <= day} for edition, days in known.items()}
            for known in (self._counts, self._texts)
        )
        return Coverage(counts, (gap for gap in self._gaps if gap.first <= day), texts, self._read_since)

    def has(self, edition: str, first: date, last: date) -> bool:
        """Return whether the archive has most days of a span."""
        return len(self.days(edition, first, last)) >= _MOST_DAYS * ((last - first).days + 1)

    def first(
        self, edition: str, day: date, days: Sequence[date], apart: timedelta = DEPTH, *, texts: bool = True
    ) -> tuple[str, int] | None:
        """Return since when, in words and days, what an edition says on a day is the first of its kind: "after 60 days;
        last on …", or "since …; 2012 to 2023 not known".

        `days` are all days on which it says so, in order. None if one of them is less than `apart` before or near the
        same day of last year, or if too little is known. `texts`: a headline alone would not tell. Whatever is called
        the first in any place rests on this.
        """
        before, year_ago = bisect_left(days, day), years_before(day, 1)
        last = days[before - 1] if before else None
        a_year_ago = bisect_left(days, year_ago - YEARLY)
        if a_year_ago < before and days[a_year_ago] <= year_ago + YEARLY:
            return None
        since = self.since(edition, day, texts=texts)
        if last and last >= since:
            return (
                (f"after {(day - last).days} days; last on {last}", (day - last).days) if day - last >= apart else None
            )
        if day - since < max(apart, DEPTH):
            return None
        words = self.since_in_words(edition, day, texts=texts)
        return words + (f"; the last known on {last}" if last else ""), (day - since).days

    def since(self, edition: str, day: date, *, texts: bool = False) -> date:
        """Return the first day from which an edition is known without a hole until a day: neither a break nor a month
        with less than half of what is usual at the end. With `texts`, headlines alone do not count.
        """
        key = (edition, day, texts)
        if key not in self._known_since:
            self._known_since[key] = max(self._since(*key), self._read_since)
        return self._known_since[key]

    def since_in_words(self, edition: str, day: date, *, texts: bool = True) -> str:
        """Return since when an edition is known on a day, and what is not known of the time before."""
        since = self.since(edition, day, texts=texts)
        if since == self._read_since:
            return f"since {since}"
        holes = self._holes(edition, since, day, texts=texts)
        return f"since {since}; {holes}" if holes else f"since {since}, where the archive begins"

    def _since(self, edition: str, day: date, texts: bool) -> date:
        counts = (self._texts if texts else self._counts).get(edition, {})
        days = [each for each in counts if each < day]
        begins = day
        for each in reversed(days):
            if begins - each > _BREAK:
                break
            begins = each
        least, since = self._least(edition, day, texts=texts), day
        for month in _months_before(day, _BREAK):
            begin = max(month, begins)
            if _number(counts, begin, since) < least * (since - begin).days:
                break
            since = begin
            if begin == begins:
                break
        return next((each for each in days if each >= since), day)

    def _least(self, edition: str, day: date, *, texts: bool) -> float:
        """Return the least number of articles a day that is not thin, by the last month before a day."""
        counts = (self._texts if texts else self._counts).get(edition, {})
        month = next(_months_before(day, _BREAK))
        begin = next((each for each in counts if each >= month), day)
        return max(_THIN * _number(counts, begin, day) / max((day - begin).days, 1), _SOME)

    def _holes(self, edition: str, since: date, day: date, *, texts: bool) -> str:
        """Return in words which times before `since` are not known, as seen on a later day; "" before all articles."""
        begins = next(iter(self._days.get(edition, ())), since)
        end, least = since, self._least(edition, day, texts=texts)
        months: list[tuple[bool, date, date]] = []
        for month in _months_before(since):
            if end <= begins:
                break
            first, last = max(month, begins), end - _DAY
            is_known = end != since and self._is_known(edition, first, last, least, texts=texts)
            least *= _THIN if is_known and not any(known for known, *_ in months) else 1  # further back, what is poor
            months.append((is_known, first, last))
            end = month
        holes: list[tuple[str, str]] = []
        for is_known, same in groupby(months, key=lambda month: month[0]):
            times = list(same)
            first, last = times[-1][1], times[0][2]
            is_listed = all(self.has(edition, begin, end) for _, begin, end in times)
            number, with_text = (_number(of.get(edition, {}), first, last + _DAY) for of in (self._counts, self._texts))
            of_headlines = texts and with_text < _THIN * number
            words = ("by headlines alone" if of_headlines else "only in part") if is_listed else "not known"
            holes += [] if is_known else [(_in_words(first, last), words)]
        named = groupby(reversed(holes[:_HOLES]), key=lambda hole: hole[1])
        said = ", ".join(f"{' and '.join(time for time, _ in same)} {words}" for words, same in named)
        return f"{said}; nor all before" if len(holes) > _HOLES else said

    def _is_known(self, edition: str, first: date, last: date, least: float, *, texts: bool) -> bool:
        """Return whether the archive has most days of a time, with so many articles a day, and of half of them the text
        if these count."""
        number, with_text = (_number(of.get(edition, {}), first, last + _DAY) for of in (self._counts, self._texts))
        is_thin = number < least * ((last - first).days + 1)
        return self.has(edition, first, last) and not is_thin and not (texts and with_text < _THIN * number)

    def trouble(self, edition: str, first: date, last: date) -> str:
        """Return in words why nothing can be said to be missing in a span; "" if the edition came as usual.

        Only days up to the end of the span count.
        """
        source = edition.partition("/")[0]
        for gap in self._gaps:
            if gap.source == source and gap.first <= last and gap.last >= first:
                return gap.reason
        if not self.has(edition, first, last):
            return "the archive has not all days of that time"
        counts = self._counts[edition]
        before = [counts[day] for day in self.days(edition, first - MEMORY, first - _DAY)]
        now = [counts[day] for day in self.days(edition, first, last)]
        if len(before) < _FEWEST_DAYS:
            return "the archive has too few days before that time"
        if median(now) < _THIN * median(before):
            return f"the source was thin: {median(now):g} articles a day, where {median(before):g} are usual"
        return ""

    def breaks(self, editions: Iterable[str], first: date, last: date) -> list[tuple[date, date]]:
        """Return the first and last days of the times in a span, each of ten days or more, without any article."""
        known = sorted({day for edition in editions for day in self.days(edition, first, last)})
        around = [first - _DAY, *known, last + _DAY]
        return [(before + _DAY, after - _DAY) for before, after in pairwise(around) if after - before > _BREAK]

    def articles(self, edition: str, day: date) -> int:
        return self._counts.get(edition, {}).get(day, 0)

    def days(self, edition: str, first: date, last: date) -> list[date]:
        """Return the days of a span of which the archive has articles."""
        days = self._days.get(edition, [])
        return days[bisect_left(days, first) : bisect_left(days, last + _DAY)]


def _number(counts: Mapping[date, int], begin: date, end: date) -> int:
    return sum(counts.get(begin + _DAY * n, 0) for n in range((end - begin).days))


def _months_before(day: date, least: timedelta = _DAY) -> Iterator[date]:
    """Yield the first days of the months before a day, beginning with its own if so much of it is over."""
    end = day
    while True:
        day = (day - _DAY).replace(day=1)
        if end - day >= least:
            yield day


def _in_words(first: date, last: date) -> str:
    """Return a time in words: "2012 to July 2024"; in days if it is less than a month."""
    if last - first < timedelta(days=27):
        return f"{first} to {last}"
    begins, ends = (first.month, first.day) == (1, 1), (last.month, last.day) == (12, 31)
    is_one = first.year == last.year
    begin = f"{first.year}" if begins and (ends or not is_one) else f"{first:%B %Y}"
    end = f"{last.year}" if ends and (begins or not is_one) else f"{last:%B %Y}"
    if begin == end:
        return begin
    return f"{first:%B} to {end}" if is_one else f"{begin} to {end}"
