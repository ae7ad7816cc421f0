"""Deliveries -> messages: the alerts of one fact go out as one, with the evidence of each edition; pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from sunchi.store import Delivery
from sunchi.text import cut

TITLE = 200  # characters


def together(due: Iterable[Delivery]) -> list[list[Delivery]]:
    """One recipient's deliveries, those of one fact in one group: the English edition first, then as they came."""
    groups: dict[str | int, list[Delivery]] = {}
    for delivery in due:
        groups.setdefault(delivery.fact or delivery.id, []).append(delivery)
    return [sorted(some, key=lambda each: not each.edition.endswith("(en)")) for some in groups.values()]


def message(some: Sequence[Delivery]) -> tuple[str, str]:
    """Title and body of what one group is told by."""
    first, *others = some
    title = first.title
    parts = [first.body, *(f"The same in {each.edition}:\n{each.title}\n{each.body}" for each in others)]
    if first.told:
        title = cut(f"Told before, now in {first.edition}: {title}", TITLE)
        parts.append(f"Told before, of {first.told.edition}:\n{first.told.title}\n{first.told.url}")
    return title, "\n\n".join(parts)
