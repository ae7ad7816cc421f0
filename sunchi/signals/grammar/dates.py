"""Days that Korean and Chinese texts name: whether what was done then is news still."""

from __future__ import annotations

import re
from datetime import date, timedelta

DAY = re.compile(
    r"(?:(?P<year>\d{4}) ?[년年] ?)?(?P<month>\d{1,2}) ?[월月](?: ?(?P<day>\d{1,2}) ?[일日])?|\d{2,4} ?[년年]"
)
"""A day, a month or a year."""

_NEWS = timedelta(days=7)  # so old are the days of which an article still tells as news


def is_of_these_days(printed: date | None, day: re.Match[str]) -> bool:
    """Whether a day of a month is one of the week before the paper's."""
    if printed is None or not day["day"]:
        return False
    month, dated = int(day["month"]), int(day["day"])
    year = int(day["year"] or (printed.year - (month > printed.month)))
    try:
        return timedelta(0) <= printed - date(year, month, dated) <= _NEWS
    except ValueError:
        return False
