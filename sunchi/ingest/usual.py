"""What an edition usually brings, learned from its past, and how it deviates now, in words.

Pure. The measure is the median, which a few bad days do not change. Until the store has seen an edition for long
enough, only the minimum stated by its parser counts: the fewest entries of a list, the fewest articles of a day.

docs/reliability.md says how the limits were set.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from datetime import date, datetime, time, timedelta, tzinfo
from itertools import pairwise
from math import sqrt
from statistics import median

from sunchi.model import Edition
from sunchi.store import Activity, LinkState

DAY, WEEK = timedelta(days=1), timedelta(weeks=1)
MEMORY = 9 * WEEK
"""How far back the comparison goes: eight weeks, and the day or week that is examined."""

WEEKS = 4
"""The number of same weekdays, or weeks, that must be known before anything counts as usual."""

LIST_DAYS = timedelta(days=30)
KNOWN_LIST_DAYS = 5

EVENING = time(20)
"""A day counts only if a list was read after this hour; otherwise it is not known what it brought."""

WINDOW = 20
"""The number of links whose outcomes are examined together."""

WINDOWS = 5
"""The number of earlier windows that must be known."""

_UNREAD = frozenset(LinkState) - {LinkState.NEW, LinkState.PASSED, LinkState.READ}

Deviations = dict[str, str | None]
"""Kind of incident -> the deviation in words; "" if there is none; None if it can't be judged now."""


def lower_bound(samples: Sequence[int]) -> float:
    """Return the lower end of what is usual: half the median; less for small numbers, which vary more by chance."""
    middle = median(samples)
    return max(0.0, min(middle / 2, middle - 3 * sqrt(middle)))


def upper_bound(samples: Sequence[int]) -> float:
    """Return the upper end of what is usual: twice the median; more for small numbers."""
    middle = median(samples)
    return max(2 * middle, middle + 3 * sqrt(middle), 5.0)


def short_list(entries: int, earlier: Sequence[int]) -> str:
    """Return a message that a list's first page shows few entries; `earlier` has the most entries of each earlier
    day."""
    if len(earlier) < KNOWN_LIST_DAYS or entries >= median(earlier) / 2:
        return ""
    return f"{entries} entries, where {median(earlier):g} are usual"


def deviations(activity: Activity, edition: Edition, timezone: tzinfo, now: datetime) -> Deviations:
    """Return how an edition whose lists can be read brings less than it used to."""
    return {
        "few_articles": _few_articles(activity, edition, timezone, now),
        "nothing_new": _nothing_new(activity, edition, now),
        "outcomes": _outcomes(activity),
    }


def _few_articles(activity: Activity, edition: Edition, timezone: tzinfo, now: datetime) -> str | None:
    """Compare yesterday with the same weekday of earlier weeks, since weekends are quiet."""
    yesterday = now.astimezone(timezone).date() - DAY
    known = [day for day in activity.read_until if _is_known(day, activity, timezone)]
    if yesterday not in known:
        return None
    count = Counter(day for day, _, _ in activity.links)
    same = [count[day] for day in known if day < yesterday and day.weekday() == yesterday.weekday()]
    least = max(lower_bound(same) if len(same) >= WEEKS else 0.0, edition.daily)
    if count[yesterday] >= least:
        return ""
    usual = f"{median(same):g} are usual" if len(same) >= WEEKS else f"{edition.daily} or more are usual"
    return f"{count[yesterday]} articles on {yesterday:%A, %-d %B %Y}, where {usual} on such a day"


def _is_known(day: date, activity: Activity, timezone: tzinfo) -> bool:
    """Return whether everything that a day brought was seen: not on the first day, nor if no list was read that
    evening."""
    read = activity.read_until[day].astimezone(timezone)
    return day > min(activity.read_until) and (read.date() > day or read.time() >= EVENING)


def _nothing_new(activity: Activity, edition: Edition, now: datetime) -> str | None:
    """Compare how long no list has shown anything new with the longest wait of each earlier week, weekends included."""
    if activity.last_new_at is None:
        return None
    came = sorted({at for _, at, _ in activity.links})
    longest: dict[int, timedelta] = defaultdict(timedelta)
    for before, after in pairwise(came):
        week = (now - after) // WEEK
        longest[week] = max(longest[week], after - before)
    longest.pop(0, None)  # the week that is examined
    if len(longest) >= WEEKS:
        usual = timedelta(seconds=median(wait.total_seconds() for wait in longest.values()))
        bound = max(2 * usual, DAY)
    elif edition.daily:
        usual, bound = DAY, 2 * DAY
    else:
        return None
    waited = now - activity.last_new_at
    if waited <= bound:
        return ""
    return f"nothing new for {_hours(waited)}, where {_hours(usual)} are the longest usual wait"


def _outcomes(activity: Activity) -> str | None:
    """Compare how many of the last links are not articles (photos, blocked, changed, gone) with earlier links."""
    looked = [state for _, _, state in activity.links if state not in (LinkState.NEW, LinkState.PASSED)]
    windows = [looked[max(0, end - WINDOW) : end] for end in range(len(looked), WINDOW - 1, -WINDOW)]
    if len(windows) <= WINDOWS:
        return None
    now, *before = (sum(state in _UNREAD for state in window) for window in windows)
    if now <= upper_bound(before):
        return ""
    kinds = Counter(state.value for state in windows[0] if state in _UNREAD)
    said = ", ".join(f"{number} {kind}" for kind, number in kinds.most_common())
    return f"{now} of the last {WINDOW} links are not articles ({said}), where {median(before):g} are usual"


def _hours(span: timedelta) -> str:
    return f"{span / timedelta(hours=1):.0f} h"
