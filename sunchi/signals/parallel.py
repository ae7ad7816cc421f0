"""The signals of many articles, read by as many processes as there are processors; this one is one of them."""

from __future__ import annotations

import gc
import pickle
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from contextlib import ExitStack, contextmanager
from functools import lru_cache
from itertools import chain, islice
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TypeVar

import polars as pl

from sunchi import signals
from sunchi.beside import others, processors
from sunchi.lexicon import Lexicon

_WAITING = 2  # frames that wait for each of the other processes: the next one is there when one is read
_AHEAD = 16  # frames that may be read before the one whose turn it is
_LAST = 4  # frames for each of the other processes that are cut: they have half as much to do when the cut ones begin
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
            pool = stack.enter_context(others(beside))
        if pool is None or len(first) < 2:
            yield from (tell(signals.detect(frame, lexicon)) for frame in (*first, *rest))
            return
        file = stack.enter_context(_written(lexicon))
        begun: deque[Future[_T]] = deque()
        for frame in _cut_at_the_end(chain(first, rest), _LAST * beside):
            waiting = sum(not each.done() for each in begun)
            is_for_them = waiting < _WAITING * beside
            begun.append(pool.submit(_told, frame, tell, file) if is_for_them else _told_here(frame, tell, lexicon))
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


@contextmanager
def _written(lexicon: Lexicon) -> Iterator[Path]:
    """The lexicon in a file, for each of the other processes to read once."""
    with TemporaryDirectory(prefix="sunchi-") as folder:
        file = Path(folder) / "lexicon"
        file.write_bytes(pickle.dumps(lexicon))
        yield file


def _told_here(frame: pl.DataFrame, tell: Callable[[pl.DataFrame], _T], lexicon: Lexicon) -> Future[_T]:
    done: Future[_T] = Future()
    done.set_result(tell(signals.detect(frame, lexicon)))
    return done


def _told(frame: pl.DataFrame, tell: Callable[[pl.DataFrame], _T], file: Path) -> _T:
    return tell(signals.detect(frame, _lexicon(file)))


@lru_cache(maxsize=1)
def _lexicon(file: Path) -> Lexicon:
    learned: Lexicon = pickle.loads(file.read_bytes())  # noqa: S301 - written by our own process, in its own folder
    gc.freeze()  # it stays, and all that was imported: it need not be searched for garbage, at the end least of all
    return learned
