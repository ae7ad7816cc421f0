"""The signals of many articles, read by as many processes as there are processors; this one is one of them."""

from __future__ import annotations

import gc
import pickle
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import ExitStack
from itertools import chain, islice
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Generic, TypeVar

import polars as pl

from sunchi.lexicon import Lexicon
from sunchi.signals.detectors import detect
from sunchi.system.workers import processors, worker_processes

_WAITING = 2  # frames that wait for each of the other processes: the next one is there when one is read
_AHEAD = 16  # frames that may be read before the one whose turn it is
_LAST = 2  # frames for each of the other processes that are cut: it still has as many to read when the cut ones begin
_SMALL = 100  # articles of a piece of these
_T = TypeVar("_T")


def detect_each(
    frames: Iterable[pl.DataFrame],
    lexicon: Lexicon,
    tell: Callable[[pl.DataFrame], _T],
    *,
    pool: ProcessPoolExecutor | None = None,
    processes: int | None = None,
) -> Iterator[_T]:
    """What `tell`, a function of a module, makes of the signals of `frames` (model.ARTICLES), in their order.

    One frame is read, and told of, by one process; the last ones are cut, so that all processes end together.
    `processes`: how many read at once; as many as this process may use processors, where it is not said. `pool`: the
    others, where they are begun; else they are for a second frame. However many frames there are, no more than a few
    are held at a time.
    """
    beside = (processes or processors()) - 1
    rest = iter(frames)
    first = list(islice(rest, 2))
    with ExitStack() as stack:
        if pool is None and len(first) > 1:
            pool = stack.enter_context(worker_processes(beside))
        if pool is None or len(first) < 2:
            yield from (tell(detect(frame, lexicon)) for frame in (*first, *rest))
            return
        folder = Path(stack.enter_context(TemporaryDirectory(prefix="sunchi-")))
        learned = folder / f"lexicon-{lexicon.version}"
        learned.write_bytes(pickle.dumps(lexicon))
        begun: deque[_Here[_T] | _There[_T]] = deque()
        for number, frame in enumerate(_cut_at_the_end(chain(first, rest), _LAST * beside)):
            if sum(not each.done() for each in begun) < _WAITING * beside:
                begun.append(_There(frame, tell, learned, folder / f"frame-{number}", pool))
            else:
                begun.append(_Here(frame, tell, lexicon))
            while len(begun) > _AHEAD or (begun and begun[0].done()):
                yield begun.popleft().result()
        yield from (each.result() for each in begun)


def _cut_at_the_end(frames: Iterable[pl.DataFrame], last: int) -> Iterator[pl.DataFrame]:
    """The frames, of which the `last` ones are cut into small pieces."""
    held: deque[pl.DataFrame] = deque()
    for frame in frames:
        held.append(frame)
        if len(held) > last:
            yield held.popleft()
    for frame in held:
        yield from frame.iter_slices(_SMALL)


def itself(found: pl.DataFrame) -> pl.DataFrame:
    """The signals as they are."""
    return found


class _Here(Generic[_T]):
    """A frame that this process reads, at once."""

    def __init__(self, frame: pl.DataFrame, tell: Callable[[pl.DataFrame], _T], lexicon: Lexicon) -> None:
        self._found = tell(detect(frame, lexicon))

    def done(self) -> bool:
        return True

    def result(self) -> _T:
        return self._found


class _There(Generic[_T]):
    """A frame that another process reads.

    It goes there in a file, and what is found comes back in it: a pipe holds a tenth of a frame, and each time that it
    is full or empty the other process would wait until the threads of this one, which reads too, have their turn.
    """

    def __init__(
        self,
        frame: pl.DataFrame,
        tell: Callable[[pl.DataFrame], _T],
        learned: Path,
        file: Path,
        pool: ProcessPoolExecutor,
    ) -> None:
        file.write_bytes(pickle.dumps(frame))
        self._file = file
        self._read = pool.submit(_told, file, tell, learned)

    def done(self) -> bool:
        return self._read.done()

    def result(self) -> _T:
        self._read.result()
        found: _T = _unpacked(self._file)
        self._file.unlink()
        return found


def _unpacked(file: Path) -> Any:
    return pickle.loads(file.read_bytes())  # noqa: S301 - written by our own process, in its own folder


def _told(file: Path, tell: Callable[[pl.DataFrame], _T], learned: Path) -> None:
    frame: pl.DataFrame = _unpacked(file)
    file.write_bytes(pickle.dumps(tell(detect(frame, _lexicon(learned)))))


_learned: dict[str, Lexicon] = {}  # the one that was asked for last, by its file's name: a pool may get several works


def _lexicon(learned: Path) -> Lexicon:
    if learned.name not in _learned:
        _learned.clear()
        _learned[learned.name] = _unpacked(learned)
        gc.freeze()  # it stays, and all that was imported: it need not be searched for garbage, at the end least of all
    return _learned[learned.name]
