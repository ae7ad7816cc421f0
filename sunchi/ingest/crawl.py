"""One article's walk: list -> links -> pages -> archive -> articles -> signals and alerts -> store.

    visit = Visit(source, edition, fetcher, writer, store, desk, …)
    walk = Walk(visit)
    await walk.read_lists()      # lists.py, paging.py: what is new, and what is due again
    await walk.read_articles()   # pages.py: each page fetched, kept, parsed, saved with its signals and alerts
    walk.take_stock()            # what is strange about it all
    visit.tally                  # what came of it

Knows no site (a `Source` is handed in) and no Prefect (`flows/` wraps what goes over the network). Everything that is
still to be done stands in the store, so a walk may be cut off anywhere and is taken up by the next one.
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterator, Sequence

from sunchi.errors import Outcome
from sunchi.ingest import usual as normal
from sunchi.ingest.context import Visit, waiting
from sunchi.ingest.lists import Lists
from sunchi.ingest.pages import ANSWERS, Look, Pages
from sunchi.store import State, Work

__all__ = ["Visit", "Walk"]

BATCH = 10
"""Pages between two looks at the result: what is read is saved, and a site that no longer answers is left alone."""

FEW = 3
"""Fewer pages than this that can't be read are not yet a poll that has failed."""

_FAILURES = tuple(outcome for outcome in Outcome if outcome not in ANSWERS)


class Walk:
    """One pass over one edition: `read_lists`, then `read_articles`, then `take_stock`. All count in the visit's tally.

    They raise for no page, whatever it is; only where nothing can be kept: ArchiveError, StoreError.
    """

    def __init__(self, visit: Visit) -> None:
        self.visit = visit
        self._lists = Lists(visit)
        self._pages = Pages(visit, self._lists)

    async def read_lists(self) -> None:
        """Every list of the edition; what they show is in the store then."""
        await self._lists.read()

    async def read_articles(self) -> None:
        """Every page that is due, newest first; what is read is saved before the next batch is asked for."""
        visit = self.visit
        due = visit.store.work(visit.edition.source, visit.edition.lang, visit.clock())
        if not self._lists.answer:
            if due:
                visit.tally.note(visit.name(), waiting(len(due), "page"))
            return
        looks: list[Look] = []
        for batch in _batches(due):
            some = await self.look_at(batch)
            looks += some
            if len(some) >= FEW and all(look.outcome is Outcome.UNREACHABLE for look in some):
                break
        self._judge(looks, left=len(due) - len(looks))

    async def look_at(self, batch: Sequence[Work]) -> list[Look]:
        """Looks at pages side by side, and records what came of each; raises when all are done."""
        looks = await asyncio.gather(*map(self._pages.look, batch), return_exceptions=True)
        recorded = [self._pages.record(look) for look in looks if isinstance(look, Look)]
        if error := next((look for look in looks if isinstance(look, BaseException)), None):
            raise error
        return recorded

    def take_stock(self) -> None:
        """Holds what the edition brought lately against what it usually brings; where its lists say anything at all."""
        if not (self._lists.answer and self._lists.are_well):
            return
        visit, now = self.visit, self.visit.clock()
        past = visit.store.past(visit.edition.source, visit.edition.lang, visit.zone, now - normal.MEMORY)
        for kind, words in normal.strange(past, visit.edition, visit.zone, now).items():
            if words is not None:
                visit.report(kind, words, fails=True)

    def _judge(self, looks: Sequence[Look], left: int) -> None:
        """One bad page is a note. Where no page could be read, the poll has failed; unless all of them are old ones,
        which have failed before and are tried again now and then."""
        visit = self.visit
        lost = [look for look in looks if look.outcome not in ANSWERS]
        is_lost = len(lost) == len(looks) >= FEW and any(look.work.attempts == 0 for look in lost)
        failing = visit.store.failing(visit.edition.source, visit.edition.lang)
        for outcome in _FAILURES:
            bad = [look for look in lost if look.outcome is outcome]
            if bad:
                words = f"{len(bad)} of {len(looks)} pages could not be read ({outcome}): {bad[0].error}"
                visit.report(outcome, words, fails=is_lost or left > 0)
            elif not failing.keys() & {State(outcome), State.READ}:  # why a page fails that was read before is not kept
                visit.report(outcome, "")
        if left:
            visit.tally.fault(visit.name(), f"the site no longer answers; {waiting(left, 'page')}")


def _batches(due: Sequence[Work]) -> Iterator[Sequence[Work]]:
    for start in range(0, len(due), BATCH):
        yield due[start : start + BATCH]
