"""One pass over one source: what is new, changed or gone, with its signals and alerts, into the store."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import AsyncExitStack
from dataclasses import asdict
from datetime import UTC, datetime

from prefect import flow, task
from prefect.artifacts import acreate_table_artifact
from prefect.cache_policies import NO_CACHE
from prefect.client.schemas.objects import State
from prefect.runtime import flow_run
from prefect.states import Completed, Failed

from parsers import SOURCES
from sunchi.archive import Archive
from sunchi.fetch import Fetcher
from sunchi.model import Edition, SettingsError, Source
from sunchi.settings import Settings, load
from sunchi.store import Poll, Store
from sunchi.walk import Desk, Tally, Walk


@flow(name="poll", flow_run_name="poll-{source}")
async def poll(source: str, as_of: datetime | None = None) -> State[Poll]:
    """Polls one source, such as `kcna`, or one edition of it, such as `kcna/ko`.

    The run fails where a list that is never empty could not be read or was too short, or where no page could be read;
    one bad page or auxiliary list is noted. `as_of` sets the clock, for replays. The state's data is the `Poll`.
    """
    clock: Callable[[], datetime] = (lambda: as_of) if as_of else (lambda: datetime.now(UTC))
    outlet, editions = _named(source)
    settings = load()
    desk = Desk.open(settings)
    started_at = clock()
    with Store.open(settings.database()) as store:
        if _overtaken(store, source):
            return Completed(name="Overtaken", message=f"{source}: a later poll has run already")
        tally = Tally()
        for edition in editions:
            await _poll_edition(outlet, edition, settings, desk, store, tally, clock)
        result = _summed(source, started_at, clock(), tally)
        store.add_poll(result)
    await acreate_table_artifact(
        key=f"poll-{source.replace('/', '-')}",
        table=[{name: str(value) for name, value in asdict(result).items()}],
        description=f"The last pass over {outlet.title}",
    )
    if tally.faults:
        return Failed(message=result.error, data=result)
    return Completed(message=result.error or "ok", data=result)


async def _poll_edition(
    source: Source,
    edition: Edition,
    settings: Settings,
    desk: Desk,
    store: Store,
    tally: Tally,
    clock: Callable[[], datetime],
) -> None:
    mirror = settings.mirrors.get(edition.site)
    fetcher = Fetcher(
        edition,
        mirror=str(mirror) if mirror else None,
        proxy=settings.proxy.get_secret_value() if settings.proxy else None,
        contact=settings.contact,
        delay=settings.delay,
        timeout=settings.timeout,
        clock=clock,
    )
    async with AsyncExitStack() as stack:
        await stack.enter_async_context(fetcher)
        writer = stack.enter_context(Archive.open(settings.archive_address()).writer(edition.site))
        walk = Walk(source, edition, fetcher, writer, store, desk, settings.first_poll, clock, tally)
        await _read_lists(walk)
        await _read_articles(walk)


@task(name="lists", cache_policy=NO_CACHE, persist_result=False)
async def _read_lists(walk: Walk) -> None:
    await walk.read_lists()


@task(name="articles", cache_policy=NO_CACHE, persist_result=False)
async def _read_articles(walk: Walk) -> None:
    await walk.read_articles()


def _named(name: str) -> tuple[Source, Sequence[Edition]]:
    """`kcna` -> the source and its default editions; `kcna/ko` -> the source and this edition."""
    outlet, _, lang = name.partition("/")
    if outlet not in SOURCES:
        raise SettingsError(f"{name}: there is no source of this name; there are {', '.join(SOURCES)}")
    source = SOURCES[outlet]
    editions = [edition for edition in source.editions if (edition.lang == lang if lang else edition.default)]
    if not editions:
        langs = ", ".join(edition.lang for edition in source.editions)
        raise SettingsError(f"{name}: {source.title} is not read in this language; it is in {langs}")
    return source, editions


def _overtaken(store: Store, source: str) -> bool:
    """After the scheduler was down, late runs come all at once, oldest first: only the last of them has work to do."""
    due = flow_run.get_scheduled_start_time()
    last = store.polls(source, limit=1)
    return bool(last and due and flow_run.get_run_count() == 1 and last[0].started_at > due)


def _summed(source: str, started_at: datetime, ended_at: datetime, tally: Tally) -> Poll:
    return Poll(
        source=source,
        started_at=started_at,
        ended_at=ended_at,
        listed=len(tally.listed),
        new=tally.new,
        changed=tally.changed,
        gone=tally.gone,
        failed=tally.failed,
        signals=tally.signals,
        alerts=tally.alerts,
        outcome="failed" if tally.faults else "noted" if tally.notes else "ok",
        error="\n".join(tally.faults + tally.notes),
    )
