"""The signals of many articles, detected by as many processes as there are processors; this one is one of them."""

from __future__ import annotations

import gc
import pickle
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import ExitStack
from functools import partial
from itertools import chain, islice
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Generic, TypeVar

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
    convert: Callable[[pl.DataFrame], _T],
    *,
    faults: list[Fault] | None = None,
    pool: ProcessPoolExecutor | None = None,
    processes: int | None = None,
) -> Iterator[_T]:
    """Yield, in the order of `frames` (model.ARTICLES), what `convert` makes of the signals of each (model.SIGNALS).

    `convert`, `faults`, `pool` and `processes` are those of `read_each`.
    """
    return read_each(frames, lexicon, partial(_of_signals, convert), faults=faults, pool=pool, processes=processes)


def _of_signals(convert: Callable[[pl.DataFrame], _T], articles: pl.DataFrame, found: pl.DataFrame) -> _T:
    return convert(found)


def read_each(
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
            yield from (convert(frame, detect(frame, lexicon, faults)) for frame in (*first, *rest))
            return
        folder = Path(stack.enter_context(TemporaryDirectory(prefix="sunchi-")))
        lexicon_file = folder / f"lexicon-{lexicon.version}"
        lexicon_file.write_bytes(pickle.dumps(lexicon))
        tasks: deque[_Done[_T] | _Submitted[_T]] = deque()
        for number, frame in enumerate(_cut_at_the_end(chain(first, rest), _LAST * workers)):
            if sum(not task.done() for task in tasks) < _WAITING * workers:
                tasks.append(_Submitted(frame, convert, faults, lexicon_file, folder / f"frame-{number}", pool))
            else:
                tasks.append(_Done(convert(frame, detect(frame, lexicon, faults))))
            while len(tasks) > _AHEAD or (tasks and tasks[0].done()):
                yield tasks.popleft().result()
        yield from (task.result() for task in tasks)


def _cut_at_the_end(frames: Iterable[pl.DataFrame], last: int) -> Iterator[pl.DataFrame]:
    """Yield the frames, the `last` ones cut into small pieces."""
    held: deque[pl.DataFrame] = deque()
    for frame in frames:
        held.append(frame)
        if len(held) > last:
            yield held.popleft()
    for frame in held:
        yield from frame.iter_slices(_SMALL)


def unchanged(found: pl.DataFrame) -> pl.DataFrame:
    """Return signals as they are."""
    return found


class _Done(Generic[_T]):
    """The result of a frame that this process has done itself."""

    def __init__(self, found: _T) -> None:
        self._found = found

    def done(self) -> bool:
        return True

    def result(self) -> _T:
        return self._found


class _Submitted(Generic[_T]):
    """A frame that a worker does.

    The frame goes to the worker in a file, and the result comes back in the same file. A pipe holds a tenth of a frame:
    each time it was full or empty, the worker would wait for a turn of this process's threads, which are busy, too.
    """

    def __init__(
        self,
        frame: pl.DataFrame,
        convert: Callable[[pl.DataFrame, pl.DataFrame], _T],
        faults: list[Fault] | None,
        lexicon_file: Path,
        file: Path,
        pool: ProcessPoolExecutor,
    ) -> None:
        file.write_bytes(pickle.dumps(frame))
        self._file = file
        self._faults = faults
        self._future = pool.submit(_detect_in_file, file, convert, lexicon_file, is_contained=faults is not None)

    def done(self) -> bool:
        return self._future.done()

    def result(self) -> _T:
        self._future.result()
        found: _T
        found, faults = _unpickled(self._file)
        self._file.unlink()
        if self._faults is not None:
            self._faults += faults
        return found


def _unpickled(file: Path) -> Any:
    return pickle.loads(file.read_bytes())  # noqa: S301 - written by our own process, in its own folder


def _detect_in_file(
    file: Path, convert: Callable[[pl.DataFrame, pl.DataFrame], _T], lexicon_file: Path, *, is_contained: bool
) -> None:
    """Replace a frame in its file by what `convert` makes of it and by its faults; run by a worker."""
    frame: pl.DataFrame = _unpickled(file)
    faults: list[Fault] | None = [] if is_contained else None
    found = convert(frame, detect(frame, _lexicon_of_worker(lexicon_file), faults))
    file.write_bytes(pickle.dumps((found, faults)))


_lexicons: dict[str, Lexicon] = {}  # the last one alone, by its file's name: a pool may work with several in turn


def _lexicon_of_worker(file: Path) -> Lexicon:
    if file.name not in _lexicons:
        _lexicons.clear()
        _lexicons[file.name] = _unpickled(file)
        gc.freeze()  # lexicon and modules stay: garbage need not be searched for in them, at the end least of all
    return _lexicons[file.name]
