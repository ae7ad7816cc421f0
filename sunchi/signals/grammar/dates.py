"""Days and years that texts name: whether what was done then is still news."""

from __future__ import annotations

import re

from sunchi.signals.document import Document
from sunchi.text import Span

_YEAR = re.compile(r"(?<!\d)((?:1[89]|20)\d{2})(?: ?[년年](?!부터|起)|\b)")  # 2012年, 2012, and not since when


def is_of_an_older_year(document: Document, sentence: Span) -> bool:
    """Return whether a sentence reports of a year that was over before its paper came out: April 7, 2012; 2012年4月7日.

    In January the year before is news; a paper without a date makes nothing old.
    """
    years = [int(year[1]) for year in _YEAR.finditer(document.text, *sentence)]
    if not years or document.date is None:
        return False
    return max(years) < document.date.year - (document.date.month == 1)
