"""What an edition usually brings, learned from what it brought; and in words what is strange now.

Pure. The measure is the median, which a few bad days do not move. Where the store does not know an edition for long
enough, only what its parser states is held against it: the fewest entries of a list, the fewest articles of a day.

What is usual, and how that was set, is told in docs/reliability.md.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from datetime import date, datetime, time, timedelta, tzinfo
from itertools import pairwise
from math import sqrt
from statistics import median

from sunchi.model import Edition
from sunchi.store import Past, State

DAY, WEEK = timedelta(days=1), timedelta(weeks=1)
MEMORY = 9 * WEEK
"""How far back is looked: eight weeks, and the day or week that is judged."""

WEEKS = 4
"""Days of the same name, or weeks, that must be known: before, nobody can say what is usual on a Sunday."""

LIST_DAYS = timedelta(days=30)
KNOWN_LIST_DAYS = 5

EVENING = time(20)
"""A day counts where a list was read after this hour of it: of other days it is not known what they brought."""

WINDOW = 20
"""Links whose outcomes are judged together."""

WINDOWS = 5
"""Windows before it that must be known."""

_UNREAD = frozenset(State) - {State.NEW, State.PASSED, State.READ}

Strange = dict[str, str | None]
"""Kind of incident -> in words what is strange; "" where nothing is; None where it can't be said now."""


def fewest(samples: Sequence[int]) -> float:
    """The lower end of what is usual: half the median; of small numbers less, by what chance does to them."""
    middle = median(samples)
    return max(0.0, min(middle / 2, middle - 3 * sqrt(middle)))


def most(samples: Sequence[int]) -> float:
    """The upper end: twice the median; of small numbers more."""
    middle = median(samples)
    return max(2 * middle, middle + 3 * sqrt(middle), 5.0)


def short_list(entries: int, earlier: Sequence[int]) -> str:
    """What is strange where the first page of a list shows so many; `earlier` is the most on each earlier day."""
    if len(earlier) < KNOWN_LIST_DAYS or entries >= median(earlier) / 2:
        return ""
    return f"{entries} entries, where {median(earlier):g} are usual"


def strange(past: Past, edition: Edition, timezone: tzinfo, now: datetime) -> Strange:
    """What an edition whose lists can be read does not bring as it used to."""
    return {
        "few_articles": _few_articles(past, edition, timezone, now),
        "nothing_new": _nothing_new(past, edition, now),
        "outcomes": _outcomes(past),
    }


def _few_articles(past: Past, edition: Edition, timezone: tzinfo, now: datetime) -> str | None:
    """Of yesterday, the last day that is over: against days of the same name, for weekends are quiet."""
    yesterday = now.astimezone(timezone).date() - DAY
    known = [day for day in past.read_until if _is_known(day, past, timezone)]
    if yesterday not in known:
        return None
    count = Counter(day for day, _, _ in past.links)
    same = [count[day] for day in known if day < yesterday and day.weekday() == yesterday.weekday()]
    least = max(fewest(same) if len(same) >= WEEKS else 0.0, edition.daily)
    if count[yesterday] >= least:
        return ""
    usual = f"{median(same):g} are usual" if len(same) >= WEEKS else f"{edition.daily} or more are usual"
    return f"{count[yesterday]} articles on {yesterday:%A, %-d %B %Y}, where {usual} on such a day"


def _is_known(day: date, past: Past, timezone: tzinfo) -> bool:
    """Whether all that a day brought was seen: not on the first, and not where nobody looked in the evening."""
    read = past.read_until[day].astimezone(timezone)
    return day > min(past.read_until) and (read.date() > day or read.time() >= EVENING)


def _nothing_new(past: Past, edition: Edition, now: datetime) -> str | None:
    """How long no list has shown anything new, against the longest wait of each week before: weekends are in it."""
    if past.last_new_at is None:
        return None
    came = sorted({at for _, at, _ in past.links})
    longest: dict[int, timedelta] = defaultdict(timedelta)
    for before, after in pairwise(came):
        week = (now - after) // WEEK
        longest[week] = max(longest[week], after - before)
    longest.pop(0, None)  # the week that is judged
    if len(longest) >= WEEKS:
        usual = timedelta(seconds=median(wait.total_seconds() for wait in longest.values()))
        bound = max(2 * usual, DAY)
    elif edition.daily:
        usual, bound = DAY, 2 * DAY
    else:
        return None
    waited = now - past.last_new_at
    if waited <= bound:
        return ""
    return f"nothing new for {_hours(waited)}, where {_hours(usual)} are the longest usual wait"


def _outcomes(past: Past) -> str | None:
    """How many of the last links are no articles, against earlier ones: photos, blocked, changed, gone."""
    looked = [state for _, _, state in past.links if state not in (State.NEW, State.PASSED)]
    windows = [looked[max(0, end - WINDOW) : end] for end in range(len(looked), WINDOW - 1, -WINDOW)]
    if len(windows) <= WINDOWS:
        return None
    now, *before = (sum(state in _UNREAD for state in window) for window in windows)
    if now <= most(before):
        return ""
    kinds = Counter(state.value for state in windows[0] if state in _UNREAD)
    said = ", ".join(f"{number} {kind}" for kind, number in kinds.most_common())
    return f"{now} of the last {WINDOW} links are no articles ({said}), where {median(before):g} are usual"


def _hours(span: timedelta) -> str:
    return f"{span / timedelta(hours=1):.0f} h"
