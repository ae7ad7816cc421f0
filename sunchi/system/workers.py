"""Worker processes, which can be started before their work is known."""

from __future__ import annotations

import os
import threading
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from importlib import import_module
from multiprocessing import get_context, parent_process
from multiprocessing.process import BaseProcess

_THREADS = "POLARS_MAX_THREADS"


@contextmanager
def worker_processes(count: int, *, ready: str = "") -> Iterator[ProcessPoolExecutor | None]:
    """Start `count` processes that import the module `ready` at once; yield None if `count` is 0.

    They are spawned, since a forked process would share polars' threads and might hang. Each takes as long as this one
    to import what the work needs, so start them before this process imports it.
    """
    if count < 1:
        yield None
        return
    with _one_thread_each(), ProcessPoolExecutor(count, get_context("spawn"), _end_with_parent) as pool:
        for _ in range(count if ready else 0):
            pool.submit(_import, ready)
        yield pool


@contextmanager
def _one_thread_each() -> Iterator[None]:
    """Limit polars to one thread in this and in new processes, since there is one process per processor."""
    asked = os.environ.get(_THREADS)
    os.environ.setdefault(_THREADS, "1")
    try:
        yield
    finally:
        if asked is None:
            del os.environ[_THREADS]


def processors() -> int:
    """Return how many processors this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _end_with_parent() -> None:
    """End this process when its parent is killed, since it would wait for work for ever."""
    parent = parent_process()
    if parent is not None:
        threading.Thread(target=_exit_after, args=(parent,), daemon=True).start()


def _exit_after(parent: BaseProcess) -> None:
    parent.join()
    os._exit(1)


def _import(module: str) -> None:
    """Import a module, and return nothing: a result must be pickled, which a module can't be."""
    import_module(module)
