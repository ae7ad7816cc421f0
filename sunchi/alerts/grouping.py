"""Alerts of one event by several editions, sent once, with the evidence and link of each edition; pure."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any, Protocol, TypeVar

from sunchi.model import Event, covers
from sunchi.store import Delivery


class HasEvents(Protocol):
    """An alert or its delivery."""

    @property
    def events(self) -> tuple[Event, ...]: ...
    @property
    def edition(self) -> str: ...


T = TypeVar("T", bound=HasEvents)


def group_by_event(alerts: Iterable[T], first: Callable[[T], Any] = lambda _: 0) -> list[list[T]]:
    """Group alerts: each group is led by one alert, and the others tell of no event that it does not tell of.

    The leader is the lowest by `first`, then the one with most events, then the English edition. An alert whose events
    are covered only by several groups together joins the first of these. Groups keep the order of the alerts.
    """
    items = list(alerts)

    def place(number: int) -> tuple[Any, ...]:
        item = items[number]
        return first(item), -len(item.events), not item.edition.endswith("(en)"), number

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
    return [[items[number] for number in group] for group in sorted(groups, key=min)]


def _share(some: Iterable[Event], others: Sequence[Event]) -> bool:
    return any(event.is_same(other) for event in some for other in others)


def combined_text(some: Sequence[Delivery]) -> tuple[str, str]:
    """Return title and body of one message for a group; of the later ones it has only what the first does not say."""
    first, *others = some
    titles, said = {first.title}, set(quotes(first.body))
    parts = [first.body]
    for other in others:
        title = [other.title] if other.title not in titles else []
        new = [quote for quote in quotes(other.body) if quote not in said]
        titles.add(other.title)
        said.update(new)
        parts.append("\n".join([f"Also in {other.edition}:", *title, *new, *filter(None, [other.url])]))
    return first.title, "\n\n".join(parts) + ("\n" if others else "")


_QUOTE = re.compile("(?:Before: |Now: )?“")


def quotes(body: str) -> Iterator[str]:
    """Yield the quoted lines of an alert: `“…”`, and for an edit `Before: “…”` and `Now: “…”`."""
    return (line for line in body.splitlines() if _QUOTE.match(line))
