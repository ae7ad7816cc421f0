"""The signals of many articles, read by as many processes as there are processors."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from itertools import islice
from multiprocessing import get_context

import polars as pl

from sunchi import signals
from sunchi.lexicon import Lexicon


def detect_each(
    frames: Iterable[pl.DataFrame], lexicon: Lexicon, *, processes: int | None = None
) -> Iterator[pl.DataFrame]:
    """The signals of each of `frames` (model.ARTICLES), in their order; one frame alone is read by this process.

    `processes`: how many read at once; as many as this process may use processors, where it is not said. No more than
    two frames for each of them are held at a time.
    """
    readers = processes or _processors()
    rest = iter(frames)
    first = list(islice(rest, 2))
    if len(first) < 2 or readers == 1:
        yield from (signals.detect(frame, lexicon) for frame in (*first, *rest))
        return
    # A forked process would share polars' threads and may hang; a new one starts in a third of a second.
    with ProcessPoolExecutor(readers, mp_context=get_context("spawn"), initializer=_learn, initargs=(lexicon,)) as pool:
        begun: list[Future[pl.DataFrame]] = [pool.submit(_detect, frame) for frame in first]
        while begun:
            begun += [pool.submit(_detect, frame) for frame in islice(rest, 2 * readers - len(begun))]
            yield begun.pop(0).result()


def _processors() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


_learned: list[Lexicon] = []
"""What a reading process was told at its start."""


def _learn(lexicon: Lexicon) -> None:
    _learned[:] = [lexicon]


def _detect(frame: pl.DataFrame) -> pl.DataFrame:
    return signals.detect(frame, _learned[0])
