"""The time of a poll: this machine's, unless the site and what is stored show that its clock is wrong.

A server says in `Date` when it answered. That is a second witness, and what is stored is the third: neither clock can
be earlier than what a poll has seen already.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import httpx

from sunchi.fetch.throttle import http_date

_LONG_AGO = datetime.min.replace(tzinfo=UTC)
TOLERANCE = timedelta(days=1)
"""The difference between two clocks that means nothing: a cache sends an old `Date`, a server its local time."""


@dataclass
class SiteClock:
    """The time of a poll. Call it for the time; `hear` every answer of the site.

    If the two clocks disagree, the one that is earlier than `not_before` is wrong. If neither is, the earlier one is
    right, since a time too late makes everything old. Of several answers the latest counts: caches send old ones.
    """

    own: Callable[[], datetime]
    not_before: datetime = _LONG_AGO  # the newest time that is stored, less the tolerance
    error: timedelta = timedelta(0)  # by which this machine's clock is ahead; at first as the last polls found it
    is_replay: bool = False  # no site is heard
    said: datetime | None = None  # by the site; None if it has not answered, or does not say
    agrees: bool = False  # with the site

    def __call__(self) -> datetime:
        return self.own() - self.error

    def hear(self, headers: httpx.Headers) -> None:
        """Compare with the time of an answer."""
        said, now = http_date(headers.get("Date", "")), self.own()
        if self.is_replay or said is None or (self.said and said <= self.said):
            return
        self.said, ahead = said, now - said
        self.agrees = abs(ahead) <= TOLERANCE
        if self.agrees:
            self.error = timedelta(0)
        elif (said >= self.not_before) if ahead > timedelta(0) else (now < self.not_before):
            self.error = ahead

    @property
    def words(self) -> str:
        """What is wrong; "" if nothing is, or the site does not say what time it is."""
        if self.said is None or self.agrees:
            return ""
        said = f"it says {self.own():%Y-%m-%d %H:%M} UTC, the site {self.said:%Y-%m-%d %H:%M}"
        if not self.error:
            return f"this machine's clock or the site's is wrong: {said}"
        days, way = abs(self.error) // TOLERANCE, "ahead" if self.error > timedelta(0) else "behind"
        return f"this machine's clock is {days} days {way}: {said}, whose time is recorded. Set the clock"
