"""One process at a time: a lock on a folder, which ends with the process that holds it."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sunchi.errors import StoreError


@contextmanager
def alone(folder: Path) -> Iterator[None]:
    """Keep other restores and rebuilds out of a folder, also where its database does not exist yet.

    Raises StoreError if one is under way.
    """
    handle = os.open(folder, os.O_RDONLY)
    try:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise StoreError(f"{folder}: another restore or rebuild is under way: wait for its end") from None
        yield
    finally:
        os.close(handle)
