"""How far a list is read, page by page."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import date

from sunchi.errors import FetchError, ParseError
from sunchi.model import Link, Listing, Request

MAX_PAGES = 40
"""Pages of one list in one poll; further ones wait for the next, and an incident says so."""

Wanted = Callable[[Sequence[Link], int], bool]
"""Whether the next page is wanted: by the links that only the last one showed, and the number of links up to there."""


@dataclass(frozen=True)
class Found:
    """What a list showed, on all its pages that were read."""

    links: tuple[Link, ...]  # each key once
    skipped: tuple[str, ...]  # entries that could not be read, in words
    cut: str  # why it was not read as far as it should be; "" where it was


def at_least(number: int) -> Wanted:
    """So many links, if the list has them."""
    return lambda fresh, count: count < number


def back_to(horizon: date, least: int, is_unknown: Callable[[Link], bool]) -> Wanted:
    """So many links, and on to the day of the horizon; where no dates are given, to a page that ends in a known link.

    The last link of a page decides: what stands at its top may be pinned there. That a page shows something unknown is
    no reason to read on: below what the first poll reached, everything is unknown.
    """

    def wanted(fresh: Sequence[Link], count: int) -> bool:
        if count < least:
            return True
        days = [link.date for link in fresh if link.date]
        return days[-1] >= horizon if days else is_unknown(fresh[-1])

    return wanted


async def read_on(first: Listing, wanted: Wanted, turn: Callable[[Request], Awaitable[Listing | None]]) -> Found:
    """The list from its first page on. `turn` gives a further page, None past the last."""
    listing: Listing | None = first
    links = {link.key: link for link in first.links}
    skipped, fresh, pages = list(first.skipped), list(links.values()), 1
    if fresh and not first.more and wanted(fresh, len(links)) and len(links) + len(skipped) < (first.total or 0):
        words = f"the way on from the first page is not known, though the list has {first.total} entries"
        return Found(tuple(links.values()), tuple(skipped), words)
    # A page without a link that is new to this reading is the last: some sites repeat it for every number after.
    while listing and listing.more and fresh and wanted(fresh, len(links)):
        if pages == MAX_PAGES:
            return Found(tuple(links.values()), tuple(skipped), f"left off after {pages} pages; the next poll reads on")
        try:
            listing = await turn(listing.more)
        except (FetchError, ParseError) as error:
            return Found(tuple(links.values()), tuple(skipped), f"page {pages + 1} could not be read: {error}")
        pages += 1
        shown = listing.links if listing else ()
        if not shown and first.total and len(links) < first.total:
            words = f"page {pages} shows nothing, though the list has {first.total} entries"
            return Found(tuple(links.values()), tuple(skipped), words)
        fresh = [link for link in shown if link.key not in links]
        links |= {link.key: link for link in fresh}
        skipped += listing.skipped if listing else ()
    return Found(tuple(links.values()), tuple(skipped), "")
