"""The signals of many articles, detected by as many processes as there are processors; this one is one of them."""

from __future__ import annotations

import gc
import pickle
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from contextlib import ExitStack
from functools import lru_cache
from itertools import chain, islice
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, TypeVar

import polars as pl

from sunchi.lexicon import Lexicon
from sunchi.signals.detectors import detect
from sunchi.signals.faults import Fault
from sunchi.system.workers import processors, worker_processes

_WAITING = 2  # frames queued for each worker: the next one is there when it has done one
_AHEAD = 16  # frames that may be done before the one that is yielded next
_LAST = 2  # frames for each worker that are cut: it still has as many to do when the cut ones begin
_SMALL = 100  # articles of a piece of these
_T = TypeVar("_T")


def detect_each(
    frames: Iterable[pl.DataFrame],
    lexicon: Lexicon,
    convert: Callable[[pl.DataFrame, pl.DataFrame], _T],
    *,
    faults: list[Fault] | None = None,
    pool: ProcessPoolExecutor | None = None,
    processes: int | None = None,
) -> Iterator[_T]:
    """Yield, in the order of `frames` (model.ARTICLES), what `convert` makes of articles and signals (model.SIGNALS).

    `convert` is a function of a module. One process does one frame and converts its signals; the last frames are cut,
    so that all processes end together. However many frames there are, no more than a few are held at a time.
    `processes` counts this one; by default it is the number of processors. `pool` holds the other processes, if they
    have been started; otherwise they are started for a second frame. `faults` is that of `detect`.
    """
    workers = (processes or processors()) - 1
    rest = iter(frames)
    first = list(islice(rest, 2))
    with ExitStack() as stack:
        if pool is None and len(first) > 1:
            pool = stack.enter_context(worker_processes(workers))
        if pool is None or len(first) < 2:
            yield from (convert(frame, detect(frame, lexicon, faults)) for frame in chain(first, rest))
            return
        folder = Path(stack.enter_context(TemporaryDirectory(prefix="sunchi-")))
        lexicon_file = folder / "lexicon"
        lexicon_file.write_bytes(pickle.dumps(lexicon))
        tasks: deque[Future[Any]] = deque()
        for number, frame in enumerate(_cut_at_the_end(chain(first, rest), _LAST * workers)):
            if sum(not task.done() for task in tasks) < _WAITING * workers:
                file = folder / f"frame-{number}"
                file.write_bytes(pickle.dumps(frame))
                tasks.append(pool.submit(_detect_in_file, file, convert, lexicon_file, is_contained=faults is not None))
            else:
                tasks.append(Future())
                tasks[-1].set_result(convert(frame, detect(frame, lexicon, faults)))
            while len(tasks) > _AHEAD or (tasks and tasks[0].done()):
                yield _result(tasks.popleft(), faults)
        yield from (_result(task, faults) for task in tasks)


def _cut_at_the_end(frames: Iterator[pl.DataFrame], last: int) -> Iterator[pl.DataFrame]:
    """Yield the frames, the `last` ones cut into small pieces."""
    held = deque(islice(frames, last))
    for frame in frames:
        held.append(frame)
        yield held.popleft()
    for frame in held:
        yield from frame.iter_slices(_SMALL)


def unchanged(articles: pl.DataFrame, found: pl.DataFrame) -> pl.DataFrame:
    """Return signals as they are."""
    return found


def _result(task: Future[Any], faults: list[Fault] | None) -> Any:
    """Return what is made of a frame; what a worker made of it lies in a file, with the frame's faults."""
    done = task.result()
    if not isinstance(done, Path):
        return done
    found, further = _unpickled(done)
    done.unlink()
    if faults is not None:
        faults += further
    return found


def _unpickled(file: Path) -> Any:
    return pickle.loads(file.read_bytes())  # noqa: S301 - written by our own process, in its own folder


def _detect_in_file(
    file: Path, convert: Callable[[pl.DataFrame, pl.DataFrame], _T], lexicon_file: Path, *, is_contained: bool
) -> Path:
    """Replace a frame in its file by what `convert` makes of it and by its faults; run by a worker.

    A pipe holds a tenth of a frame: each time it was full or empty, a worker would wait for a turn of the other
    process's threads, which are busy, too.
    """
    frame: pl.DataFrame = _unpickled(file)
    faults: list[Fault] | None = [] if is_contained else None
    found = convert(frame, detect(frame, _lexicon_of_worker(lexicon_file), faults))
    file.write_bytes(pickle.dumps((found, faults)))
    return file


@lru_cache(maxsize=1)  # the last one alone: a pool may work with several in turn
def _lexicon_of_worker(file: Path) -> Lexicon:
    lexicon: Lexicon = _unpickled(file)
    gc.freeze()  # lexicon and modules stay: garbage need not be searched for in them, at the end least of all
    return lexicon
