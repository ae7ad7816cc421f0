"""An index of items by key and day, so that the ledger's time grows with its reports, not with their square."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable
from datetime import date, timedelta

_DAY = timedelta(days=1)


class Nearby:
    """Positions in a list, by key and day; items without a day are near only to each other."""

    def __init__(self) -> None:
        self._places: dict[tuple[Hashable, date | None], list[int]] = defaultdict(list)

    def add(self, key: Hashable, day: date | None, place: int) -> None:
        """Record the key and day of the item at this position."""
        self._places[key, day].append(place)

    def find(self, key: Hashable, day: date | None, reach: timedelta) -> list[int]:
        """Return the positions with that key at most `reach` from a day, each once, in order."""
        days = [day] if day is None else [day + n * _DAY for n in range(-reach.days, reach.days + 1)]
        return sorted({place for each in days for place in self._places.get((key, each), ())})
