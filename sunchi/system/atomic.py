"""Files that are written completely or not at all, and what is on the disk for certain."""

from __future__ import annotations

import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def atomic_file(path: Path) -> Iterator[Path]:
    """Give a new file, which replaces `path` when the block ends; until then `path` is unchanged and may be read.

    The folder is made. Raises OSError at once where the file can't be written.
    """
    place = path.resolve()  # a symbolic link stays, and the file that it names is replaced
    if place.is_dir():
        raise IsADirectoryError(f"{path} is a folder")
    if not place.parent.exists():
        place.parent.mkdir(parents=True, exist_ok=True)
    new = place.with_name(f".{place.name}-{secrets.token_hex(4)}")
    new.open("xb").close()
    try:
        yield new
        new.replace(place)
    finally:
        new.unlink(missing_ok=True)


def sync(path: Path) -> None:
    """Return once the disk has a file's content, or a folder's entries. Raises OSError where it cannot."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
