"""Days and years that texts name: whether what was done then is still news."""

from __future__ import annotations

import re

from sunchi.signals.document import Document
from sunchi.text import Span

_YEAR = re.compile(r"(?<!\d)((?:1[89]|20)\d{2})(?: ?[년年](?!부터|起)|\b)")  # 2012年, 2012, and not since when


def years_ago(document: Document, sentence: Span) -> int:
    """Return how many years before its paper the last year lies that a sentence names; 0 if one of them is unknown."""
    years = [int(year[1]) for year in _YEAR.finditer(document.text, *sentence)]
    return document.date.year - max(years) if years and document.date else 0


def is_of_an_older_year(document: Document, sentence: Span) -> bool:
    """Return whether a sentence reports of a year that was over before its paper came out: April 7, 2012; 2012年4月7日.

    In January the year before is news.
    """
    return document.date is not None and years_ago(document, sentence) > (document.date.month == 1)
