"""Rate limiting per site: the pause between two requests, and the longer one that a busy site asks for."""

from __future__ import annotations

import asyncio
import random
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from weakref import WeakKeyDictionary

import httpx

MAX_RETRY_AFTER = 120.0  # the most seconds that a site can make us wait


@dataclass
class Throttle:
    """The request rate of this process for one site, shared by all its fetchers."""

    slots: asyncio.Semaphore  # requests at the same time
    next_at: float = 0.0  # of the event loop's clock

    async def wait(self, delay: float, sleep: Callable[[float], Awaitable[None]]) -> None:
        """Wait until the next request is allowed; the one after it follows `delay` to 1.5 `delay` seconds later."""
        now = asyncio.get_running_loop().time()
        at = max(now, self.next_at)
        self.next_at = at + delay * random.uniform(1.0, 1.5)  # noqa: S311 - keeps us out of step, hides nothing
        if at > now:
            await sleep(at - now)

    def pause(self, seconds: float) -> None:
        """Send no request to the site for that long."""
        self.next_at = max(self.next_at, asyncio.get_running_loop().time() + seconds)


_throttles: WeakKeyDictionary[asyncio.AbstractEventLoop, dict[str, Throttle]] = WeakKeyDictionary()


def throttle_of(host: str, concurrency: int) -> Throttle:
    """Return the throttle of a site, given by host and port, in this event loop."""
    of_this_loop = _throttles.setdefault(asyncio.get_running_loop(), {})
    return of_this_loop.setdefault(host, Throttle(asyncio.Semaphore(concurrency)))


def retry_after(headers: httpx.Headers, clock: Callable[[], datetime]) -> float:
    """Return the seconds that a busy server asks for, in either form of Retry-After; 0 if it does not say."""
    wanted = headers.get("Retry-After", "").strip()
    if wanted.isascii() and wanted.isdigit():
        return min(float(wanted), MAX_RETRY_AFTER)
    until = http_date(wanted)
    if until is None:
        return 0.0
    now = http_date(headers.get("Date", "")) or clock()  # the server's own clock, if it sends it
    return min(max((until - now).total_seconds(), 0.0), MAX_RETRY_AFTER)


def http_date(text: str) -> datetime | None:
    """Return the time in a header such as `Date`; None if it is none."""
    try:
        found = parsedate_to_datetime(text)
    except (ValueError, OverflowError):
        return None
    return found if found.tzinfo else found.replace(tzinfo=UTC)  # "-0000" is UTC too
