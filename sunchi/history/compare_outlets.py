"""A leader's message that one outlet has, and another that used to have such messages does not; pure."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import timedelta

from sunchi.history.baseline import ENOUGH, LENGTH
from sunchi.history.compare_messages import subject
from sunchi.history.coverage import Coverage
from sunchi.history.findings import Compared, Observation, Part
from sunchi.history.items import Item

GRACE = timedelta(days=3)
"""The days within which a paper prints what the agency has sent."""

_LEVEL = "leader"
_PRINTED = "a report on another day, or in a list"


def observed(items: Iterable[Item], coverage: Coverage) -> Iterator[Observation]:
    """Yield each message that another outlet in the same language lacks, on the day on which that is certain."""
    ways: dict[tuple[str, ...], list[Item]] = defaultdict(list)
    for item in items:
        ways[item.language, item.partner, item.direction, item.message_class].append(item)
    for some in ways.values():
        for edition in sorted({item.edition for item in some}):
            yield from _missing_in(edition, some, coverage)


def _missing_in(edition: str, items: Sequence[Item], coverage: Coverage) -> Iterator[Observation]:
    """Yield the messages of one kind that one edition lacks."""
    own = [item for item in items if item.edition == edition]
    others: dict[str, list[Item]] = defaultdict(list)
    for item in items:
        if item.edition != edition and item.level == _LEVEL and not item.damage and item.from_id and item.to_id:
            others[item.edition].append(item)
    end = coverage.last_day(edition)
    for other in others.values():
        for number, item in enumerate(other):
            last = item.date + GRACE
            if _has(own, item) or end is None or end < last or coverage.trouble(edition, item.date - GRACE, last):
                continue
            before = [each for each in other[:number] if not coverage.trouble(edition, each.date, each.date + GRACE)]
            had = [each for each in before[-LENGTH:] if _has(own, each)]
            if len(had) >= ENOUGH:
                words = (
                    f"in {item.edition} on {item.date}, and not in {edition} until {last}, which had {len(had)} of the "
                    f"last {len(before[-LENGTH:])} such messages"
                )
                part = Part("outlets", words, {"had": len(had)}, "medium", (_PRINTED,))
                compared = tuple(Compared.of(each) for each in (item, *reversed(had)))
                yield Observation(
                    edition, item.partner, last, f"outlets {item.article}", subject(item), part, compared
                )  # fmt: skip


def _has(own: Iterable[Item], item: Item) -> bool:
    """Return whether an edition has a message, judged by the days around it and, if certain, by its sender."""
    return any(
        abs(each.date - item.date) <= GRACE
        and all(
            not one or not other or one == other
            for one, other in ((each.from_id, item.from_id), (each.to_id, item.to_id))
        )
        for each in own
    )
