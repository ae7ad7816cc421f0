"""The alerts of a report, grouped by event, with their evidence and articles; pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from sunchi.alerts.grouping import URGENCY, group_by_event, quotes, severity_of
from sunchi.model import Severity
from sunchi.store import AlertRecord, ArticleRow


@dataclass(frozen=True)
class AlertGroup:
    """The alerts of one event; several editions may report it."""

    date: date  # the article's; the alert's for an edit, a deletion, or an article without a date
    title: str
    severity: Severity
    quotes: tuple[tuple[str, str], ...]  # the evidence in each language, with the language
    alerts: tuple[AlertRecord, ...]
    articles: tuple[ArticleRow, ...]  # of the alerts, without repetitions


def alert_groups(alerts: Iterable[tuple[AlertRecord, ArticleRow]]) -> list[AlertGroup]:
    """Group alerts, newest first, with their articles: the last day first, within a day the most urgent first.

    A group has the title of its leading alert, as it was sent.
    """
    found = list(alerts)
    article_of = {alert.id: of for alert, of in found}
    by_title: dict[tuple[date, str, str], list[tuple[AlertRecord, ArticleRow]]] = {}
    for some in group_by_event((alert for alert, _ in found), newest_first=True):
        alert, of = some[0], article_of[some[0].id]
        day = of["date"] if of["date"] and alert.change == "published" else alert.made_at.date()
        same = by_title.setdefault((day, alert.title, of["language"]), [])
        same += [(each, article_of[each.id]) for each in some]
    groups = [_alert_group(day, title, some) for (day, title, _), some in by_title.items()]
    return sorted(groups, key=lambda each: (-each.date.toordinal(), URGENCY.index(each.severity)))


def _alert_group(day: date, title: str, some: Sequence[tuple[AlertRecord, ArticleRow]]) -> AlertGroup:
    led_by, *others = some
    others.sort(key=lambda each: (-len(each[0].events), each[1]["source"], each[1]["lang"], each[0].id))
    some = [led_by, *others]
    first_of = {of["language"]: alert for alert, of in reversed(some)}
    return AlertGroup(
        date=day,
        title=title,
        severity=severity_of(alert for alert, _ in some),
        quotes=tuple((lang, quote) for lang in sorted(first_of) for quote in quotes(first_of[lang].body)),
        alerts=tuple(alert for alert, _ in some),
        articles=tuple({article["id"]: article for _, article in some}.values()),
    )
