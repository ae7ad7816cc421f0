"""The signals of many articles, read by as many processes as there are processors; this one is one of them."""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from itertools import chain, islice
from multiprocessing import get_context

import polars as pl

from sunchi import signals
from sunchi.lexicon import Lexicon
from sunchi.model import SIGNALS

_PART = 500
"""Articles that one process reads at a time: enough for polars to be quick, few enough for all to end together."""

_WAITING = 2  # parts that wait for each of the other processes: the next one is there when one is read
_AHEAD = 4  # frames that may be read before the one whose turn it is


def detect_each(
    frames: Iterable[pl.DataFrame], lexicon: Lexicon, *, processes: int | None = None
) -> Iterator[pl.DataFrame]:
    """The signals of each of `frames` (model.ARTICLES), in their order; one frame alone is read by this process.

    `processes`: how many read at once; as many as this process may use processors, where it is not said. However many
    frames there are, no more than a few are held at a time.
    """
    readers = processes or _processors()
    rest = iter(frames)
    first = list(islice(rest, 2))
    if len(first) < 2 or readers == 1:
        yield from (signals.detect(frame, lexicon) for frame in (*first, *rest))
        return
    # A forked process would share polars' threads and may hang. A new one takes a third of a second to start, in which
    # this one begins to read.
    pool = ProcessPoolExecutor(readers - 1, get_context("spawn"), initializer=_learn, initargs=(lexicon,))
    with pool:
        begun: deque[list[Future[pl.DataFrame]]] = deque()
        for frame in chain(first, rest):
            begun.append([])
            for part in frame.iter_slices(_PART):
                waiting = sum(not each.done() for parts in begun for each in parts)
                is_for_them = waiting < _WAITING * (readers - 1)
                begun[-1].append(pool.submit(_detect, part) if is_for_them else _detected_here(part, lexicon))
            while len(begun) > _AHEAD or (begun and all(each.done() for each in begun[0])):
                yield _joined(begun.popleft())
        yield from map(_joined, begun)


def _joined(parts: list[Future[pl.DataFrame]]) -> pl.DataFrame:
    return signals.in_order(pl.concat([SIGNALS.to_frame(), *(part.result() for part in parts)]))


def _detected_here(part: pl.DataFrame, lexicon: Lexicon) -> Future[pl.DataFrame]:
    done: Future[pl.DataFrame] = Future()
    done.set_result(signals.detect(part, lexicon))
    return done


def _processors() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


_learned: list[Lexicon] = []
"""What a reading process was told at its start."""


def _learn(lexicon: Lexicon) -> None:
    _learned[:] = [lexicon]


def _detect(frame: pl.DataFrame) -> pl.DataFrame:
    return signals.detect(frame, _learned[0])
