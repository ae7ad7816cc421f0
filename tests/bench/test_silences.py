"""States that were greeted near the same day in each of five years, and then not."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from bench.silences import Gap, gaps
from sunchi.history.coverage import Coverage
from tests.history.making import item

DAYS = [date(2000, 1, 1) + timedelta(days=n) for n in range(366 * 9)]


def found(days: Sequence[date], covered: Sequence[date] = DAYS, **said: object) -> list[Gap]:
    greetings = [item(day, partner="NO", to_id="no_king", occasion_id="", **said) for day in days]
    return list(gaps(greetings, Coverage({"kcna/en": dict.fromkeys(covered, 9)})))


def test_a_year_without_a_greeting_after_five_with_one_is_a_gap() -> None:
    years = (2001, 2002, 2003, 2004, 2005, 2007)

    [gap] = found([date(year, 5, 15 + year % 4) for year in years])

    assert (gap.partner, gap.last.year, gap.years, gap.later) == ("NO", 2006, (2001, 2002, 2003, 2004, 2005), (2007,))
    assert found([date(year, 5, 17) for year in years[:4]]) == [], "four years are too few"


def test_days_around_new_year_are_one_occasion() -> None:
    days = [date(2000, 12, 30), date(2002, 1, 1), date(2002, 12, 31), date(2004, 1, 2), date(2005, 1, 1)]

    [gap] = found(days)

    assert (gap.years, gap.last) == ((2001, 2002, 2003, 2004, 2005), date(2006, 1, 2))


def test_days_that_the_archive_lacks_are_not_a_gap() -> None:
    days = [date(year, 5, 17) for year in (2001, 2002, 2003, 2004, 2005)]

    assert found(days, [day for day in DAYS if day < date(2006, 5, 1)]) == []
