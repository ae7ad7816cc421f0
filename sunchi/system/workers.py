"""Other processes that work beside this one; they can be begun before it is known at what."""

from __future__ import annotations

import os
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from importlib import import_module
from multiprocessing import get_context


@contextmanager
def worker_processes(count: int, *, ready: str = "") -> Iterator[ProcessPoolExecutor | None]:
    """`count` processes, which begin at once to import the module `ready`; None where there are to be none.

    A forked process would share the threads of polars and may hang, so each is a new one. It takes as long as this one
    to import what the work needs: who knows that there will be work begins it before importing that himself.
    """
    if count < 1:
        yield None
        return
    with _one_thread_each(), ProcessPoolExecutor(count, get_context("spawn")) as pool:
        for _ in range(count if ready else 0):
            pool.submit(_import, ready)
        yield pool


@contextmanager
def _one_thread_each() -> Iterator[None]:
    """There is a process for each processor: threads of polars beside it, a new one's and ours where it has none yet,
    would only be in its way."""
    asked = os.environ.get(_THREADS)
    os.environ.setdefault(_THREADS, "1")
    try:
        yield
    finally:
        if asked is None:
            del os.environ[_THREADS]


_THREADS = "POLARS_MAX_THREADS"


def processors() -> int:
    """How many processors this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _import(module: str) -> None:
    import_module(module)
