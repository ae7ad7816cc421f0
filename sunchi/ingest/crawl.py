"""The crawl of one edition: list -> links -> pages -> archive -> articles -> signals and alerts -> store.

    context = CrawlContext(source, edition, fetcher, writer, store, analyzer, …)
    crawl = Crawl(context)
    await crawl.read_lists()      # lists.py, paging.py: which links are new
    await crawl.read_articles()   # pages.py: fetch, archive and parse each page, save it with its signals and alerts
    crawl.compare_with_usual()    # usual.py: is anything less than usual?
    context.summary               # summary.py: the results

It depends on no site (a `Source` is passed in) and not on Prefect (`flows/` wraps what goes over the network). The
store records everything that remains to be done, so a crawl may be interrupted anywhere and the next one continues.
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterator, Sequence
from datetime import timedelta

from sunchi.errors import Outcome
from sunchi.ingest import usual
from sunchi.ingest.context import CrawlContext, waiting
from sunchi.ingest.lists import Lists
from sunchi.ingest.pages import ANSWERS, FetchResult, Pages
from sunchi.store import LinkState, Work

BATCH = 10
"""Pages fetched and saved together; after each batch the crawl stops if the site no longer answers."""

AUDITED = timedelta(days=7)
"""How far back a poll compares what lists showed with what is stored."""

MIN_FAILURES = 3
"""Pages that must fail before the poll counts as failed."""

_FAILURES = tuple(outcome for outcome in Outcome if outcome not in ANSWERS)


class Crawl:
    """One crawl of one edition: `read_lists`, then `read_articles`, then `compare_with_usual`.

    All fill the context's summary. No page makes them raise; only a broken archive or store does: ArchiveError,
    StoreError.
    """

    def __init__(self, context: CrawlContext) -> None:
        self.context = context
        self._lists = Lists(context)
        self._pages = Pages(context, self._lists)

    async def read_lists(self) -> None:
        """Read every list of the edition and store what they show."""
        await self._lists.read()

    async def read_articles(self) -> None:
        """Read every page that is due, newest first; each batch is saved before the next is fetched."""
        context = self.context
        due = context.store.work(context.edition.source, context.edition.lang, context.clock())
        if not self._lists.site_answers:
            if due:
                context.summary.note(context.name(), waiting(len(due), "page"))
            return
        results: list[FetchResult] = []
        for batch in _batches(due):
            some = await self.fetch_pages(batch)
            results += some
            if len(some) >= MIN_FAILURES and all(result.outcome is Outcome.UNREACHABLE for result in some):
                break
        failed = {result.work.link.key: result for result in self.settle()}
        results = [failed.get(result.work.link.key, result) for result in results]
        self._report_failures(results, left=len(due) - len(results))

    async def fetch_pages(self, batch: Sequence[Work]) -> list[FetchResult]:
        """Fetch pages concurrently and record the results; an error is raised when all are done."""
        results = await asyncio.gather(*map(self._pages.fetch, batch), return_exceptions=True)
        recorded = self._pages.record([result for result in results if isinstance(result, FetchResult)])
        if error := next((result for result in results if isinstance(result, BaseException)), None):
            raise error
        return recorded

    def settle(self) -> list[FetchResult]:
        """Decide what has changed or is missing, now that all pages are known; return the pages where this failed."""
        return self._pages.settle()

    def compare_with_usual(self) -> None:
        """Report if the edition brings less than usual; report nothing if its lists could not be read."""
        if not (self._lists.site_answers and self._lists.are_healthy):
            return
        context, now = self.context, self.context.clock()
        activity = context.store.activity(
            context.edition.source, context.edition.lang, context.zone, now - usual.MEMORY
        )
        for kind, words in usual.deviations(activity, context.edition, context.zone, now).items():
            if words is not None:
                context.report(kind, words, fails=True)

    def audit(self) -> None:
        """Add to the summary what the lists showed in the last days, and how much of it is stored."""
        context = self.context
        edition, since = context.edition, context.today - AUDITED
        context.summary.completeness += [
            f"{context.name()} {day.words}" for day in context.store.completeness(edition.source, edition.lang, since)
        ]

    def _report_failures(self, results: Sequence[FetchResult], left: int) -> None:
        """Report pages that could not be read.

        One bad page is a note. The poll has failed if no page could be read, unless all of them had failed before
        and were only retried.
        """
        context = self.context
        lost = [result for result in results if result.outcome not in ANSWERS]
        is_lost = len(lost) == len(results) >= MIN_FAILURES and any(result.work.attempts == 0 for result in lost)
        failing = context.store.failing(context.edition.source, context.edition.lang)
        over = []
        for outcome in _FAILURES:
            bad = [result for result in lost if result.outcome is outcome]
            if bad:
                words = f"{len(bad)} of {len(results)} pages could not be read ({outcome}): {bad[0].error}"
                context.report(outcome, words, fails=is_lost or left > 0)
            elif not failing.keys() & {
                LinkState(outcome),
                LinkState.READ,
            }:  # why a page fails that was read before is not stored
                over.append(outcome)
        context.clear(over)
        not_due = sum(number for state, number in failing.items() if state is not LinkState.READ) - len(lost)
        if not_due > 0:
            words = "could not be read before and are fetched again later"
            context.summary.wait(context.name(), f"{not_due} pages {words}")
        gone = [result.work for result in results if result.outcome is Outcome.GONE]
        absent = [work.link for work in gone if not work.article or self._lists.show(work.link)]
        if absent:
            words = f"{len(absent)} of {len(results)} pages that lists show are missing: {absent[0].url}"
            context.summary.note(context.name(), words)
        if left:
            context.summary.fault(context.name(), f"the site no longer answers; {waiting(left, 'page')}")


def _batches(due: Sequence[Work]) -> Iterator[Sequence[Work]]:
    for start in range(0, len(due), BATCH):
        yield due[start : start + BATCH]
