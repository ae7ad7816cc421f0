"""The signals of many articles, read by as many processes as there are processors; this one is one of them."""

from __future__ import annotations

import os
import pickle
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from contextlib import contextmanager
from itertools import chain, islice
from multiprocessing import get_context
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TypeVar

import polars as pl

from sunchi import signals
from sunchi.lexicon import Lexicon

_WAITING = 2  # frames that wait for each of the other processes: the next one is there when one is read
_AHEAD = 16  # frames that may be read before the one whose turn it is
_T = TypeVar("_T")


def detect_each(
    frames: Iterable[pl.DataFrame],
    lexicon: Lexicon,
    tell: Callable[[pl.DataFrame], _T],
    *,
    processes: int | None = None,
) -> Iterator[_T]:
    """What `tell`, a function of a module, makes of the signals of each of `frames` (model.ARTICLES), in their order.

    One frame is read, and told of, by one process. `processes`: how many read at once; as many as this process may use
    processors, where it is not said. However many frames there are, no more than a few are held at a time.
    """
    readers = processes or _processors()
    rest = iter(frames)
    first = list(islice(rest, 2))
    if len(first) < 2 or readers == 1:
        yield from (tell(signals.detect(frame, lexicon)) for frame in (*first, *rest))
        return
    # A forked process would share polars' threads and may hang. A new one takes a third of a second to start, in which
    # this one begins to read.
    with (
        _written(lexicon) as file,
        ProcessPoolExecutor(readers - 1, get_context("spawn"), initializer=_learn, initargs=(file,)) as pool,
    ):
        begun: deque[Future[_T]] = deque()
        for frame in chain(first, rest):
            waiting = sum(not each.done() for each in begun)
            is_for_them = waiting < _WAITING * (readers - 1)
            begun.append(pool.submit(_told, frame, tell) if is_for_them else _told_here(frame, tell, lexicon))
            while len(begun) > _AHEAD or (begun and begun[0].done()):
                yield begun.popleft().result()
        yield from (each.result() for each in begun)


def itself(found: pl.DataFrame) -> pl.DataFrame:
    """The signals as they are."""
    return found


@contextmanager
def _written(lexicon: Lexicon) -> Iterator[Path]:
    """The lexicon in a file. Through the pipe that starts a process this one would wait until the other has read it."""
    with TemporaryDirectory(prefix="sunchi-") as folder:
        file = Path(folder) / "lexicon"
        file.write_bytes(pickle.dumps(lexicon))
        yield file


def _told_here(frame: pl.DataFrame, tell: Callable[[pl.DataFrame], _T], lexicon: Lexicon) -> Future[_T]:
    done: Future[_T] = Future()
    done.set_result(tell(signals.detect(frame, lexicon)))
    return done


def _processors() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


_learned: list[Lexicon] = []
"""What a reading process was told at its start."""


def _learn(file: Path) -> None:
    _learned[:] = [pickle.loads(file.read_bytes())]  # noqa: S301 - written by our own process, in a folder of its own


def _told(frame: pl.DataFrame, tell: Callable[[pl.DataFrame], _T]) -> _T:
    return tell(signals.detect(frame, _learned[0]))
