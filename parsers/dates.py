"""The dates that the sites print, in their languages: Western and Juche years, and datelines without a year."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from parsers.markup import ascii_digits
from sunchi.model import FIRST_DAY, YEARS, DateBasis

NEAR = timedelta(days=31)
"""The year is known if a page was fetched within this time of its dateline."""

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")

# "[2026.7.19.]", "Juche113.10.6.", "주체111(2022)년 3월 10일", "2025年10月10日"
_NUMBERS = re.compile(
    r"(?<![0-9])(?P<juche>(?:Juche|주체|主体)\s*)?(?P<year>[0-9]{2,4})(?:\s*\(\s*(?P<western>[0-9]{4})\s*\))?"
    r"\s*[.년年/-]\s*(?P<month>[0-9]{1,2})\s*[.월月/-]\s*(?P<day>[0-9]{1,2})(?![0-9])"
)
# "Mar. 10, Juche 111 (2022)", "Feb. 19, 2026 Thursday", "May 28. 2011 Juche 100"
_ENGLISH = re.compile(
    r"\b(?P<month>[A-Z][a-z]{2,8})\.?\s*(?P<day>[0-9]{1,2})[.,]?\s*(?:Juche\s*[0-9]{2,3}\s*)?\(?(?P<year>[0-9]{4})(?![0-9])"
)
_PLACE = r"[A-Z][\w.']{1,20}(?:[ -](?:[A-Z][\w.']{0,20}|de|da|la|el)){0,3}"
# "Pyongyang, December 30 (KCNA) --", "(평양 8월 21일발 조선중앙통신)", "朝中社平壤8月21日电"
_DATELINES = (
    re.compile(rf"^{_PLACE},\s*(?P<month>[A-Z][a-z]{{2,8}})\.?\s*(?P<day>[0-9]{{1,2}})\s*\(KCNA\)"),
    re.compile(r"^\(\S{1,12}\s+(?P<month>[0-9]{1,2})월\s*(?P<day>[0-9]{1,2})일발\s*조선중앙통신\)"),
    re.compile(r"^朝(?:鲜中央通讯|中)社\S{0,8}?\s?(?P<month>[0-9]{1,2})月(?P<day>[0-9]{1,2})日电"),
)


def dated(text: str) -> date | None:
    """Return the first date with a year in `text`; None if there is none, or if it is not a valid date."""
    text = ascii_digits(text)
    if found := _NUMBERS.search(text):
        year = int(found["western"] or found["year"])
        if year < 100 and not found["juche"]:
            return None
        return _day(year + 1911 if year < 1000 else year, int(found["month"]), int(found["day"]))
    if found := _ENGLISH.search(text):
        return _day(int(found["year"]), _month(found["month"]), int(found["day"]))
    return None


def dateline(
    paragraphs: tuple[str, ...], fetched_at: datetime, timezone: str, listed: date | None = None
) -> date | None:
    """Return the date of the dateline at the start of a text, if its year is known.

    A dateline has no year. It is the year in which it is nearest to the day that its list says. Without that, it is
    known if the page is fetched within a month of that day; for an old page it would be a guess. A day after the fetch
    is allowed, since clocks differ.
    """
    latest = fetched_at.astimezone(ZoneInfo(timezone)).date() + timedelta(days=1)
    opening = (ascii_digits(paragraph) for paragraph in paragraphs[:2])
    for found in (match for text in opening for form in _DATELINES if (match := form.match(text))):
        month = int(found["month"]) if found["month"].isdigit() else _month(found["month"])
        if listed:
            days = (_day(year, month, int(found["day"])) for year in range(listed.year - 1, listed.year + 2))
            return min(filter(None, days), key=lambda day: abs(day - listed), default=None)
        days = (_day(year, month, int(found["day"])) for year in (latest.year, latest.year - 1))
        return next((day for day in days if day and latest - NEAR <= day <= latest), None)
    return None


def first_known(*candidates: tuple[DateBasis, date | None]) -> tuple[date | None, DateBasis]:
    """Return the first known date that an article can have, and its basis: for `("page", None), ("list", day)` it is
    `day, "list"`."""
    return next(((day, basis) for basis, day in candidates if day and day >= FIRST_DAY), (None, "none"))


def _month(name: str) -> int:
    """Return 1 to 12 by the first three letters; 0 for any other word."""
    short = name[:3].lower()
    return _MONTHS.index(short) + 1 if short in _MONTHS else 0


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day) if year in YEARS else None
    except ValueError:
        return None
