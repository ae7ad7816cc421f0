"""Whether a Korean or Chinese sentence tells of a year that was over before its paper came out: 2012年4月7日."""

from __future__ import annotations

import re

from sunchi.signals.document import Document
from sunchi.text import Span

_YEAR = re.compile(r"(?<!\d)((?:19|20)\d{2}) ?[년年](?!代|대|부터|이래|起|以来)")  # and not since when


def is_of_an_older_year(document: Document, sentence: Span) -> bool:
    """False where the paper has no date, or the sentence no year; in January the year before is news."""
    if document.date is None:
        return False
    oldest_of_news = document.date.year - (document.date.month == 1)
    years = [int(year[1]) for year in _YEAR.finditer(document.text, *sentence)]
    return bool(years) and max(years) < oldest_of_news
