"""The date that a message bears, from words such as "Monday", "Dec. 20" or 8일 and the day of the article; pure."""

from __future__ import annotations

import re
from datetime import date, timedelta

from sunchi import text as texts
from sunchi.model import YEARS

_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_MONTHS = {
    "en": ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"),
    "es": ("ene", "feb", "mar", "abr", "may", "jun", "jul", "ago", "sep", "oct", "nov", "dic"),
}
_MONTH_FIRST = re.compile(r"([a-z]{3})[a-z]*\.? (\d{1,2})(?:, (\d{4}))?")
_DAY_FIRST = re.compile(r"(\d{1,2}) de ([a-z]{3})[a-z]*(?: de (\d{4}))?")
_EASTERN = re.compile(r"(?:(\d{4}) ?[년年] ?)?(?:(\d{1,2}) ?[월月] ?)?(\d{1,2}) ?[일日]")
_AHEAD = timedelta(days=1)  # a paper's date may be a day before that of the message that it prints


def message_date(written: str, lang: str, published: date | None) -> date | None:
    """Return the date that a message bears, the latest one before its article that fits; None if uncertain."""
    language = texts.primary_language(lang)
    small = texts.plain(written, language).strip().casefold()
    if published is None or not small:
        return None
    if small in _WEEKDAYS:
        return published - timedelta(days=(published.weekday() - _WEEKDAYS.index(small)) % 7)
    year, month, day = _parts(small, language)
    if year:
        return _day(year, month, day)
    return _latest(month, day, published + _AHEAD) if day else None


def _parts(small: str, language: str) -> tuple[int, int, int]:
    """Return year, month and day; 0 for those not written."""
    if match := _EASTERN.fullmatch(small):
        return int(match[1] or 0), int(match[2] or 0), int(match[3])
    for pattern, month_at, day_at in ((_MONTH_FIRST, 1, 2), (_DAY_FIRST, 2, 1)):
        match = pattern.fullmatch(small)
        if match and match[month_at] in _MONTHS.get(language, ()):
            return int(match[3] or 0), _MONTHS[language].index(match[month_at]) + 1, int(match[day_at])
    return 0, 0, 0


def _latest(month: int, day: int, last: date) -> date | None:
    """Return the latest matching day up to `last`; without a month, of this month or the one before."""
    if month:
        days = [_day(year, month, day) for year in (last.year, last.year - 1)]
    else:
        before = last.replace(day=1) - timedelta(days=1)
        days = [_day(last.year, last.month, day), _day(before.year, before.month, day)]
    return next((each for each in days if each and each <= last), None)


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day) if year in YEARS else None
    except ValueError:
        return None
