"""What is near a day, without looking at all days: so that the ledger grows with its reports, and not their square."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable
from datetime import date, timedelta

_DAY = timedelta(days=1)


class Nearby:
    """Places in a list, by a key and a day; what has no day is near to nothing but what has none."""

    def __init__(self) -> None:
        self._places: dict[tuple[Hashable, date | None], list[int]] = defaultdict(list)

    def add(self, key: Hashable, day: date | None, place: int) -> None:
        """Note that what is at this place of the list belongs to that key and day."""
        self._places[key, day].append(place)

    def find(self, key: Hashable, day: date | None, reach: timedelta) -> list[int]:
        """Return the places of that key at most `reach` from a day, each once, in their order."""
        days = [day] if day is None else [day + n * _DAY for n in range(-reach.days, reach.days + 1)]
        return sorted({place for each in days for place in self._places.get((key, each), ())})
