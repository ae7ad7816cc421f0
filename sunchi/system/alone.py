"""One process at a time: a lock on a folder, which ends with the process that holds it."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sunchi.errors import StoreError
from sunchi.system.private import private_folder


@contextmanager
def alone(folder: Path) -> Iterator[None]:
    """Keep other restores and rebuilds out of a folder, which is created if it is missing.

    Raises StoreError if one is under way, or if the folder can't be created.
    """
    try:
        handle = os.open(folder if folder.is_dir() else private_folder(folder), os.O_RDONLY)
    except OSError as error:
        raise StoreError(f"{folder}: can't be opened: {error.strerror}") from None
    try:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise StoreError(f"{folder}: another restore or rebuild is under way: wait for its end") from None
        yield
    finally:
        os.close(handle)
