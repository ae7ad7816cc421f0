"""How many pages of a list are read."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import date

from sunchi.errors import FetchError, ParseError
from sunchi.model import Link, Listing, Request

MAX_PAGES = 40
"""The most pages of one list read in one poll; if there are more, an incident says so and the next poll continues."""

SEVERAL = 3
"""Known links on a page of a list without dates that are not just pinned there."""

WantsMore = Callable[[Sequence[Link], int], bool]
"""Decides whether to read the next page, from the new links of the last page and the number of links so far."""


@dataclass(frozen=True)
class ListContents:
    """The links of a list, from all its pages that were read."""

    links: tuple[Link, ...]  # each key once
    skipped: tuple[str, ...]  # entries that could not be read, in words
    cut: str  # why it was not read far enough; "" if it was
    is_over: bool = False  # it was read to its end, where more was wanted


def at_least(number: int) -> WantsMore:
    """Read until there are `number` links."""
    return lambda fresh, count: count < number


def back_to(horizon: date, least: int, is_unknown: Callable[[Link], bool]) -> WantsMore:
    """Read until there are `least` links, and on to the day of the horizon; on a list without dates, until a page ends
    with a known link, or has several.

    The last link of a page decides, because links at the top may be pinned. An unknown link elsewhere on the page is
    no reason to read on: below what the first poll reached, everything is unknown.
    """

    def wanted(fresh: Sequence[Link], count: int) -> bool:
        if count < least:
            return True
        days = [link.date for link in fresh if link.date]
        if days:
            return days[-1] >= horizon
        return is_unknown(fresh[-1]) and sum(not is_unknown(link) for link in fresh) < SEVERAL

    return wanted


async def read_pages(
    first: Listing, wanted: WantsMore, fetch_next: Callable[[Request], Awaitable[Listing | None]]
) -> ListContents:
    """Read a list from its first page on. `fetch_next` returns a further page, None past the last."""
    listing: Listing | None = first
    links = {link.key: link for link in first.links}
    skipped, fresh, pages = list(first.skipped), list(links.values()), 1

    def contents(cut: str = "", *, is_over: bool = False) -> ListContents:
        return ListContents(tuple(links.values()), tuple(skipped), cut, is_over)

    def lacks_entries() -> bool:
        return len(links) + len(skipped) < (first.total or 0)

    if fresh and not first.more and wanted(fresh, len(links)) and lacks_entries():
        return contents(f"no link to a second page was found, though the list has {first.total} entries")
    while fresh and wanted(fresh, len(links)):
        if listing is None or not listing.more:
            return contents(is_over=True)
        if pages == MAX_PAGES:
            return contents(f"stopped after {pages} pages; the next poll continues")
        try:
            listing = await fetch_next(listing.more)
        except (FetchError, ParseError) as error:
            return contents(f"page {pages + 1} could not be read: {error}")
        pages += 1
        shown = listing.links if listing else ()
        fresh = [link for link in shown if link.key not in links]
        links |= {link.key: link for link in fresh}
        skipped += listing.skipped if listing else ()
        # A page without a new link is the last: some sites repeat their last page for every higher number.
        if not fresh:
            brings = "nothing new" if shown else "nothing"
            words = f"page {pages} shows {brings}, though the list has {first.total} entries"
            return contents(words if lacks_entries() else "", is_over=True)
    return contents()
