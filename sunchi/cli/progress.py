"""The progress of a long command: a bar on a terminal, else a line now and then; both on standard error."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from sunchi.cli.screen import warn

_EVERY = 15.0  # seconds between two lines


@contextmanager
def progress(verb: str, what: str, total: int) -> Iterator[Callable[[int], None]]:
    """Yield a function that takes how many of `total` are done: `importing  6,300 of 10,601 articles, 5 s left`."""
    if not sys.stderr.isatty():
        yield _lines(verb, what, total)
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (TextColumn(verb), BarColumn(), MofNCompleteColumn(), TextColumn(what), TimeRemainingColumn())
    with Progress(*columns, console=Console(file=sys.stderr), transient=True) as bar:
        task = bar.add_task(verb, total=total)
        yield lambda done: bar.update(task, completed=done)


def _lines(verb: str, what: str, total: int) -> Callable[[int], None]:
    begun = said = time.monotonic()

    def note(done: int) -> None:
        nonlocal said
        now = time.monotonic()
        if done and now - said >= _EVERY:
            said = now
            rate = done / (now - begun)
            warn(
                f"{verb} {done:,} of {total:,} {what}, {rate:,.0f} a second, {max(total - done, 0) / rate:,.0f} s left"
            )

    return note
