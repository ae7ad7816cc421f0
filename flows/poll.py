"""Polls one source: stores what is new, changed or gone, with its signals and alerts."""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable, Sequence
from contextlib import AsyncExitStack, suppress
from datetime import UTC, datetime, time

from prefect import flow, task
from prefect.artifacts import acreate_markdown_artifact
from prefect.cache_policies import NO_CACHE
from prefect.client.schemas.objects import State
from prefect.runtime import flow_run
from prefect.states import Completed, Failed
from pydantic import AwareDatetime

from flows.naming import run_name
from parsers import source_named
from sunchi.alerts.heartbeat import beat
from sunchi.archive.store import Archive
from sunchi.errors import SettingsError, SunchiError
from sunchi.fetch.client import Fetcher
from sunchi.fetch.clock import TOLERANCE, SiteClock
from sunchi.ingest.analysis import Analyzer
from sunchi.ingest.audit import audit_entry
from sunchi.ingest.context import CrawlContext
from sunchi.ingest.crawl import Crawl
from sunchi.ingest.summary import Summary
from sunchi.model import Edition, Source
from sunchi.settings import Settings, load
from sunchi.store import Poll, Store
from sunchi.store.database import LONG_AGO

log = logging.getLogger("sunchi.poll")


@flow(name="poll", flow_run_name=run_name)
async def poll(source: str, as_of: AwareDatetime | None = None) -> State[Poll]:
    """Poll one source, such as `kcna`, or one edition of it, such as `kcna/ko`.

    The run fails if a list that is never empty could not be read or was too short, if no page could be read, if the
    source brings less than usual, or if nothing can be stored. One bad page or auxiliary list is noted. A poll in which
    something must be looked at again before it is believed is `waiting`. If this machine's clock is wrong, the poll
    says so and takes the site's. `as_of` sets the clock, for replays. The data of the run's state is the `Poll`, which
    is also stored, unless the store or a setting is the problem.
    """
    # Prefect does not change the level of other loggers.
    logging.getLogger("sunchi").setLevel(logging.INFO)
    outlet, editions = _named(source)
    settings = load()
    summary = Summary()
    with Store.open(settings.database()) as store:
        store.refuse_half_rebuilt()
        clock = SiteClock(lambda: as_of, is_replay=True) if as_of else _clock(store, source, editions)
        began = clock.own()
        if _overtaken(store, source, clock()):
            return Completed(name="Overtaken", message=f"{source}: a later poll has already run")
        _close_unwatched(store, [*settings.sources, source], clock())
        await _poll_editions(outlet, editions, settings, store, summary, clock)
        if clock.words:
            summary.note("clock", clock.words)
        if clock.agrees or clock.error:
            store.note_clock(clock.words, clock())
        result = _summed(source, began - clock.error, clock(), summary)
        store.add_poll(result)
        await _report_pass(settings, store, clock())
    await acreate_markdown_artifact(
        key=f"poll-{source.replace('/', '-')}",
        markdown=summary.markdown(f"{outlet.title}, {result.started_at:%Y-%m-%d %H:%M} UTC"),
        description=f"The last pass over {outlet.title}",
    )
    if result.outcome == "failed":
        return Failed(message=result.words, data=result)
    return Completed(message=result.words or "ok", data=result)


def _close_unwatched(store: Store, sources: Sequence[str], now: datetime) -> None:
    """Close the incidents of editions and lists that are no longer read, since no poll would; none if a source has a
    wrong name."""
    with suppress(SettingsError):
        editions = [edition for name in sources for edition in _named(name)[1]]
        names = {f"{edition.source}/{edition.lang}": edition.lists for edition in editions}
        watched = {*names, *(f"{name} {address.name}" for name, lists in names.items() for address in lists)}
        for each in store.incidents():
            if each.source and each.subject.startswith(f"{each.source}/") and each.subject not in watched:
                store.close_incident(each.kind, each.subject, now)


async def _report_pass(settings: Settings, store: Store, now: datetime) -> None:
    """Request SUNCHI_HEARTBEAT after a good pass over all sources; a failure is an incident, not a failed poll."""
    if settings.heartbeat is None:
        store.close_incident("heartbeat", "SUNCHI_HEARTBEAT", now)
        return
    if not store.complete_pass(list(dict.fromkeys(settings.sources)), now):
        return
    if words := await beat(settings.heartbeat.get_secret_value()):
        log.warning("%s", words)
        store.open_incident("heartbeat", "SUNCHI_HEARTBEAT", words, now)
    else:
        store.close_incident("heartbeat", "SUNCHI_HEARTBEAT", now)


def _clock(store: Store, source: str, editions: Sequence[Edition]) -> SiteClock:
    """Return this machine's clock, which the site may show to be wrong."""
    now, last = datetime.now(UTC), store.last_good_poll(source)
    days = [store.newest_listed(edition.source, edition.lang) for edition in editions]
    newest = [datetime.combine(day, time.min, UTC) for day in days if day] + ([last.ended_at] if last else [])
    not_before = max([LONG_AGO, *newest]) - TOLERANCE
    return SiteClock(lambda: datetime.now(UTC), not_before, store.clock_error(now))


async def _poll_editions(
    source: Source,
    editions: Sequence[Edition],
    settings: Settings,
    store: Store,
    summary: Summary,
    clock: SiteClock,
) -> None:
    """Poll each edition in turn; one that fails is a fault in the summary, and the next one is polled."""
    try:
        analyzer = Analyzer.open(settings)
    except SunchiError as error:
        summary.fault(source.name, str(error))
        return
    entry = audit_entry(f"poll {source.name}", settings, clock(), analyzer.lexicon, analyzer.rules)
    store.record_command(entry, only_changes=True)
    for edition in editions:
        try:
            await _poll_edition(source, edition, settings, analyzer, store, summary, clock)
        except SunchiError as error:
            summary.fault(f"{edition.source}/{edition.lang}", str(error))
        except Exception as error:  # unexpected errors are recorded, too
            log.exception("%s/%s aborted", edition.source, edition.lang)
            summary.fault(f"{edition.source}/{edition.lang}", f"aborted: {error!r}; the run's log has the rest")


async def _poll_edition(
    source: Source,
    edition: Edition,
    settings: Settings,
    analyzer: Analyzer,
    store: Store,
    summary: Summary,
    clock: SiteClock,
) -> None:
    async with AsyncExitStack() as stack:
        fetcher = await stack.enter_async_context(Fetcher.of(edition, settings, clock, clock.hear))
        writer = stack.enter_context(Archive.open(settings.archive_address()).writer(edition.site))
        crawl = Crawl(
            CrawlContext(source, edition, fetcher, writer, store, analyzer, settings.first_poll, clock, summary)
        )
        await _read_lists(crawl.read_lists)
        await _read_articles(crawl.read_articles)
        crawl.compare_with_usual()
        crawl.audit()


# Tasks get a method, which is opaque: Prefect would search a dataclass, and with it the whole lexicon.
@task(name="lists", cache_policy=NO_CACHE, persist_result=False)
async def _read_lists(read: Callable[[], Awaitable[None]]) -> None:
    await read()


@task(name="articles", cache_policy=NO_CACHE, persist_result=False)
async def _read_articles(read: Callable[[], Awaitable[None]]) -> None:
    await read()


def _named(name: str) -> tuple[Source, Sequence[Edition]]:
    """Return the source and its default editions for `kcna`, the source and one edition for `kcna/ko`."""
    outlet, _, lang = name.partition("/")
    source = source_named(outlet)
    editions = [edition for edition in source.editions if (edition.lang == lang if lang else edition.default)]
    if not editions:
        langs = ", ".join(edition.lang for edition in source.editions)
        raise SettingsError(f"{name}: {source.title} is not read in this language; it is in {langs}")
    return source, editions


def _overtaken(store: Store, source: str, now: datetime) -> bool:
    """Return whether a later poll has already run.

    After the scheduler was down, late runs come one after the other, and the first one does all the work. A poll in the
    future (the clock was wrong) does not count.
    """
    due = flow_run.get_scheduled_start_time()
    last = store.polls(source, limit=1)
    return bool(last and due and flow_run.get_run_count() == 1 and due < last[0].started_at <= now)


def _summed(source: str, started_at: datetime, ended_at: datetime, summary: Summary) -> Poll:
    return Poll(
        source=source,
        started_at=started_at,
        ended_at=ended_at,
        listed=summary.listed,
        new=summary.count("new"),
        changed=summary.count("changed"),
        gone=summary.count("gone"),
        failed=len(summary.unread),
        signals=summary.signals,
        alerts=summary.alerts,
        outcome=summary.outcome,
        words=summary.words,
    )
