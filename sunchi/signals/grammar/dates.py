"""Days and years that texts name: whether what was done then is still news."""

from __future__ import annotations

import re
from datetime import date, timedelta

from sunchi.signals.document import Document
from sunchi.text import Span

# a day, a month or a year: 2024년 9월 9일, 9月9日, 2024년
_DAY = re.compile(r"(?:(?P<year>\d{4}) ?[년年] ?)?(?P<month>\d{1,2}) ?[월月](?: ?(?P<day>\d{1,2}) ?[일日])?")
_YEAR = re.compile(r"(?<!\d)((?:1[89]|20)\d{2})(?: ?[년年](?!부터|起)|\b)")  # 2012年, 2012, and not since when
_NEWS = timedelta(days=7)  # so old are the days of which an article still tells as news


def has_its_own_time(document: Document, sentence: Span) -> bool:
    """Return whether a sentence after the lead tells of another time: "earlier", a year, or a day not of this news."""
    return any(not _is_of_these_days(document.date, day) for day in _DAY.finditer(document.text, *sentence))


def _is_of_these_days(printed: date | None, day: re.Match[str]) -> bool:
    """Return whether a day of a month is one of the week before the paper's."""
    if printed is None or not day["day"]:
        return False
    month = int(day["month"])
    year = int(day["year"] or (printed.year - (month > printed.month)))
    try:
        return timedelta(0) <= printed - date(year, month, int(day["day"])) <= _NEWS
    except ValueError:
        return False


def is_of_an_older_year(document: Document, sentence: Span) -> bool:
    """Return whether a sentence reports of a year that was over before its paper came out: April 7, 2012; 2012年4月7日.

    In January the year before is news; a paper without a date makes nothing old.
    """
    years = [int(year[1]) for year in _YEAR.finditer(document.text, *sentence)]
    if not years or document.date is None:
        return False
    return max(years) < document.date.year - (document.date.month == 1)
