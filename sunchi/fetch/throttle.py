"""When a site may be asked: the turns that all who ask it in this process take, and the rest that a busy site wants."""

from __future__ import annotations

import asyncio
import random
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from weakref import WeakKeyDictionary

import httpx

MAX_RETRY_AFTER = 120.0  # seconds that a site can make us wait


@dataclass
class Door:
    """Where a site is asked: all who ask it in this process wait their turn together."""

    gate: asyncio.Semaphore  # as many at once as the site bears
    next_turn: float = 0.0  # of the event loop's clock

    async def turn(self, delay: float, sleep: Callable[[float], Awaitable[None]]) -> None:
        """Wait until the site may be asked again, and take that turn; the next one is `delay` seconds later, or up to
        half as much again."""
        now = asyncio.get_running_loop().time()
        turn = max(now, self.next_turn)
        self.next_turn = turn + delay * random.uniform(1.0, 1.5)  # noqa: S311 - keeps us out of step, hides nothing
        if turn > now:
            await sleep(turn - now)

    def hold(self, seconds: float) -> None:
        """Let nobody ask the site for so long."""
        self.next_turn = max(self.next_turn, asyncio.get_running_loop().time() + seconds)


_doors: WeakKeyDictionary[asyncio.AbstractEventLoop, dict[str, Door]] = WeakKeyDictionary()


def door(place: str, concurrency: int) -> Door:
    """The door of a site in this event loop, by host and port."""
    of_this_loop = _doors.setdefault(asyncio.get_running_loop(), {})
    return of_this_loop.setdefault(place, Door(asyncio.Semaphore(concurrency)))


def rest_wanted(headers: httpx.Headers, clock: Callable[[], datetime]) -> float:
    """Seconds that a busy server wants to be left alone, in either form of Retry-After; 0 where it says nothing."""
    wanted = headers.get("Retry-After", "").strip()
    if wanted.isascii() and wanted.isdigit():
        return min(float(wanted), MAX_RETRY_AFTER)
    until = _http_date(wanted)
    if until is None:
        return 0.0
    now = _http_date(headers.get("Date", "")) or clock()  # the server's own clock, where it shows it
    return min(max((until - now).total_seconds(), 0.0), MAX_RETRY_AFTER)


def _http_date(text: str) -> datetime | None:
    try:
        found = parsedate_to_datetime(text)
    except (ValueError, OverflowError):
        return None
    return found if found.tzinfo else found.replace(tzinfo=UTC)  # "-0000" is UTC too
