"""Groups the alerts of one event into one message; pure.

They come from several editions, several rules, or both sides of an exchange. The message has the evidence and the link
of each edition.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from typing import Any, Protocol, TypeVar

from sunchi.alerts.markup import is_quote
from sunchi.history.findings import KINDS
from sunchi.model import Event, Severity, covers
from sunchi.store import Delivery


class HasEvents(Protocol):
    """An alert or its delivery."""

    @property
    def events(self) -> tuple[Event, ...]: ...
    @property
    def edition(self) -> str: ...
    @property
    def severity(self) -> Severity: ...
    @property
    def article(self) -> str: ...
    @property
    def data(self) -> Mapping[str, Any]: ...


T = TypeVar("T", bound=HasEvents)


def group_by_event(
    alerts: Iterable[T], first: Callable[[T], Any] = lambda _: 0, *, newest_first: bool = False
) -> list[list[T]]:
    """Group alerts so that each group has a leader, and the others report no event that the leader does not report.

    The leader is the alert with the lowest `first`, then the most events, then the English edition, then the one with a
    past, then the one made first: the last one, if they come `newest_first`. An alert whose events are covered only by
    several groups together joins the first of them. Groups led by the same article, or by the two messages of an
    exchange, are then joined: the weightiest change first, then the most urgent, then what happened before what was
    said. Groups keep the order of the alerts.
    """
    items = list(alerts)

    def place(number: int) -> tuple[Any, ...]:
        item = items[number]
        has_past = bool(item.data.get("finding")), len(item.data.get("compared", ())) > 1
        return (
            first(item),
            -len(item.events),
            not item.edition.endswith("(en)"),
            *(not each for each in has_past),
            -number if newest_first else number,
        )

    groups: list[list[int]] = []
    for number in sorted(range(len(items)), key=place):
        holding = (group for group in groups if covers(items[group[0]].events, items[number].events))
        if group := next(holding, None):
            group.append(number)
        else:
            groups.append([number])
    for group in reversed(groups.copy()):
        events = items[group[0]].events
        others = [other for other in groups if other is not group]
        if covers((event for other in others for event in items[other[0]].events), events):
            groups.remove(group)
            next(each for each in others if _share(items[each[0]].events, events)).extend(group)
    return _joined([[items[number] for number in group] for group in sorted(groups, key=min)])


def _joined(groups: Sequence[list[T]]) -> list[list[T]]:
    """Join the groups of one article, or of a message and its reply."""
    joined: list[list[list[T]]] = []
    for group in groups:
        near = [some for some in joined if any(_belong_together(group, other) for other in some)]
        for some in near:
            joined.remove(some)
        joined.append([*(each for some in near for each in some), group])
    return [[alert for group in sorted(some, key=lambda group: _place(group[0])) for alert in group] for some in joined]


_CHANGES = tuple(KINDS)
URGENCY: tuple[Severity, ...] = ("high", "medium", "low")
_HAPPENED = frozenset(("message", "contact", "appointment"))


def _place(alert: HasEvents) -> tuple[int, int, bool]:
    """Return the sort key: the weightiest change first, then the most urgent alert, then what happened."""
    finding = alert.data.get("finding")
    change = _CHANGES.index(finding["kind"]) if finding else len(_CHANGES)
    return change, URGENCY.index(alert.severity), _HAPPENED.isdisjoint(alert.data.get("kinds", ()))


def severity_of(some: Iterable[HasEvents]) -> Severity:
    """Return the severity of a group: that of its most urgent alert."""
    return min((each.severity for each in some), key=URGENCY.index)


def _of_one_finding(alert: HasEvents) -> Iterator[Hashable]:
    """Yield the keys shared by alerts of one event that several articles report: the finding, the contacts of one day
    (a visit), and what one speaker says about a state on one day.
    """
    data = alert.data
    if not data or data["change"] != "published":
        return
    if data["finding"]:
        yield data["finding"]["id"]
    if data["kinds"] == ["contact"]:
        yield ("contacts", data["partner"], data["articles"][0]["date"])
    if data["kinds"] == ["stance"] and data.get("speakers"):
        yield (data["rule"], data["partner"], data["articles"][0]["date"], *data["speakers"])


def _article(alert: HasEvents) -> tuple[str, str] | None:
    """Return the article of an alert and its change; None if it has none."""
    return (alert.article, alert.data["change"]) if alert.article and alert.data else None


def _belong_together(some: Sequence[HasEvents], others: Sequence[HasEvents]) -> bool:
    """Return whether two groups report the same event. An article that only adds to a group may report several."""
    if (article := _article(some[0])) and article == _article(others[0]):
        return True
    shared = {key for each in some for key in _of_one_finding(each)}
    if any(key in shared for each in others for key in _of_one_finding(each)):
        return True
    written = {tuple(each.data.get("parties") or ()) for each in some} - {()}
    return any(tuple(reversed(each.data.get("parties") or ())) in written for each in others)


def _share(some: Iterable[Event], others: Sequence[Event]) -> bool:
    return any(event.is_same(other) for event in some for other in others)


def combined_text(some: Sequence[Delivery]) -> tuple[str, str]:
    """Return the title and body of one message for a group; later alerts add only what the first does not say."""
    first, *others = some
    titles, said, shown = {first.title}, set(quotes(first.body)), {first.article} - {""}
    parts = [first.body]
    for other in others:
        new = [quote for quote in quotes(other.body) if quote not in said]
        says_more = bool(new) or bool(other.data.get("finding"))
        title = [other.title] if other.title not in titles and says_more else []
        titles.add(other.title)
        said.update(new)
        if other.article in shown:  # under another rule, or about another state
            parts += ["\n".join(["Also:", *title, *new])] if title or new else []
        else:
            parts.append("\n".join([f"Also in {other.edition}:", *title, *new, *filter(None, [other.url])]))
        shown |= {other.article} - {""}
    return first.title, "\n\n".join(parts) + ("\n" if others else "")


def combined_data(some: Sequence[Delivery]) -> Mapping[str, Any]:
    """Return the data of one message for a group: the first alert's, with all articles and quotes."""
    data = dict(some[0].data)
    if not data:
        return data
    data["rules"] = list(dict.fromkeys(each.data["rule"] for each in some if each.data))
    data["partners"] = list(dict.fromkeys(each.data["partner"] for each in some if each.data))
    for name in ("articles", "quotes"):
        every = [value for each in some for value in each.data.get(name, ())]
        data[name] = [value for number, value in enumerate(every) if value not in every[:number]]
    return data


def quotes(body: str) -> list[str]:
    """Return the lines of an alert that quote a text."""
    return [line for line in body.splitlines() if is_quote(line)]
